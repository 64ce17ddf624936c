"""arXiv's query API through the `arxiv` package: identifiers in, records out.

The package has no timeout and no growing pauses, and reads a cut feed, a web page or an error as a short answer; its
session is therefore one of ours, and what comes is read strictly before the package sees it. Format of the answers:
https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned, as of November 2025.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

import arxiv
import requests
from lxml import etree

from ..identifiers import parse_arxiv
from ..model import Metadata
from ..text import one_line
from .progress import Progress
from .records import abstract_of, doi_of, line_or_none, says_withdrawn, utc
from .service import Service
from .trouble import RefusedError, UnusableError
from .xmlread import read_xml, refuse_markup

BATCH = 50
"""Identifiers in a request. One malformed one spoils the whole request, and 640 are too long for an address."""

_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_ATOM = f"{{{_SPACES['atom']}}}"
_ERROR = "/api/errors#"
_PLAIN = ("atom:id", "atom:title", "atom:updated", "atom:published")


class ArxivApi:
    """The query API; `day` is what records name as `retrieved`."""

    def __init__(self, progress: Progress, day: str) -> None:
        self._service = Service(
            "arXiv",
            variable="ARXIV_API_URL",
            address="https://export.arxiv.org/api/query",
            pace=3,
            progress=progress,
        )
        self._service.session.hooks["response"].append(_refuse_what_is_no_answer)
        self._day = day

    def records(self, ids: Sequence[str]) -> dict[str, Metadata]:
        """The records of those identifiers that arXiv has, by identifier.

        An identifier that the server refuses is left out: the one that it names, or what halving the batch finds.

        Args:
            ids: bare identifiers, well formed, no two the same, no more than BATCH.

        Raises:
            UnavailableError: no answer could be had.
        """
        try:
            found = self._service.ask(partial(self._page, ids))
            # arXiv sends empty feeds at random; of one identifier that may be the truth.
            return found if found or len(ids) == 1 else self._service.ask(partial(self._page, ids))
        except RefusedError as error:
            if len(ids) == 1:
                return {}
            named = re.search(r"incorrect id format for ([^<]+)", error.body.decode(errors="replace"))
            if named and named[1] in ids:
                return self.records([arxiv_id for arxiv_id in ids if arxiv_id != named[1]])
            half = len(ids) // 2
            return self.records(ids[:half]) | self.records(ids[half:])

    def _page(self, ids: Sequence[str]) -> dict[str, Metadata]:
        client = arxiv.Client(page_size=len(ids), delay_seconds=0, num_retries=0)
        client.query_url_format = self._service.address + "?{}"
        client._session = self._service.session  # noqa: SLF001  no public seam
        try:
            results = list(client.results(arxiv.Search(id_list=list(ids), max_results=len(ids))))
        except (arxiv.ArxivError, ValueError, OverflowError) as error:
            raise UnusableError("an answer that cannot be read") from error
        found = [_record(result, self._day) for result in results]
        if twice := [arxiv_id for arxiv_id, count in Counter(record.arxiv for record in found).items() if count > 1]:
            raise UnusableError(f"{twice[0]} is twice in the answer")
        return {record.arxiv: record for record in found if record.arxiv in ids}


def _refuse_what_is_no_answer(answer: requests.Response, **_: object) -> None:
    """Read a feed strictly, before the package reads it leniently.

    Raises:
        RefusedError: the feed is the service's complaint about an identifier.
        UnusableError: it is no feed, not a whole one, or its numbers and entries do not agree.
    """
    if answer.is_redirect:
        return
    feed = read_xml(answer.content, f"{_ATOM}feed")
    entries = feed.findall("atom:entry", _SPACES)
    if any(_ERROR in (entry.findtext("atom:id", "", _SPACES) or "") for entry in entries):
        raise RefusedError(400, answer.content)
    total = (feed.findtext("search:totalResults", "", _SPACES) or "").strip()
    if not re.fullmatch(r"[0-9]+", total) or int(total) != len(entries):
        raise UnusableError(f"{total or 'no number of'} results announced, {len(entries)} sent")
    for entry in entries:
        _refuse_a_torn_entry(entry)


def _refuse_a_torn_entry(entry: "etree._Element") -> None:
    names = entry.findall("atom:author/atom:name", _SPACES)
    refuse_markup(entry, structure=(f"{_ATOM}entry", f"{_ATOM}author"))
    texts = [*(entry.find(path, _SPACES) for path in _PLAIN), *names]
    whole = all(text is not None and (text.text or "").strip() for text in texts)
    category = entry.find("arxiv:primary_category", _SPACES)
    if not whole or not names or category is None or not category.get("term"):
        raise UnusableError(f"an entry is not whole: {entry.findtext('atom:id', 'without id', _SPACES)}")


def _record(result: arxiv.Result, day: str) -> Metadata:
    """The one place where arXiv's answer becomes a record."""
    identity = parse_arxiv(result.get_short_id())
    if identity is None or identity[1] is None:
        raise UnusableError(f"an entry has no identifier with a version: {result.entry_id}")
    return Metadata(
        arxiv=identity[0],
        version=identity[1],
        title=one_line(result.title),
        authors=tuple(name for author in result.authors if (name := one_line(author.name))),
        published=utc(result.published),
        updated=utc(result.updated),
        primary_category=result.primary_category,
        categories=tuple(result.categories),
        comment=line_or_none(result.comment),
        journal_ref=line_or_none(result.journal_ref),
        doi=doi_of(result.doi),
        abstract=abstract_of(result.summary),
        withdrawn=says_withdrawn(result.comment),
        retrieved=day,
        source="arxiv-api",
    )
