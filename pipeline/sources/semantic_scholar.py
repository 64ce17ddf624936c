"""Semantic Scholar's graph: papers by identifier, and what they cite.

Shape of the answers: https://api.semanticscholar.org/api-docs/graph. Nearly every field may be null; lists of
references within a paper are cut short without a word, so that they are asked for one paper at a time.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from ..identifiers import is_arxiv_doi, parse_arxiv, parse_doi
from ..model import Published
from .cited import Cited
from .progress import Progress
from .records import one_line
from .service import Service, json_of
from .trouble import RefusedError, SettingError, UnusableError

T = TypeVar("T")

BATCH = 100
"""Papers in a request; the service takes 500."""
PAGE = 1000
"""References in a request."""
MOST = 9999
"""References that can be asked for: offset + limit must be below 10,000."""

_PAPER = "paperId,externalIds,title,year,venue,publicationVenue,journal,authors,referenceCount"
_REFERENCE = "isInfluential,intents,paperId,externalIds,title"
_UNKEYED, _KEYED = 6.5, 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as the service knows it; `references` is how many it counts, if it does."""

    id: str
    arxiv: str | None
    doi: str | None
    title: str
    authors: tuple[str, ...]
    references: int | None
    published: Published | None


class SemanticScholar:
    """The service, with the key in `SEMANTIC_SCHOLAR_API_KEY` or without."""

    def __init__(self, progress: Progress) -> None:
        key = os.environ.get("SEMANTIC_SCHOLAR_API_KEY", "").strip()
        if not re.fullmatch(r"[!-~]*", key):
            raise SettingError("SEMANTIC_SCHOLAR_API_KEY holds more than a key")
        self._service = Service(
            "Semantic Scholar",
            variable="SEMANTIC_SCHOLAR_API_URL",
            address="https://api.semanticscholar.org/graph/v1",
            pace=_KEYED if key else _UNKEYED,
            progress=progress,
            headers={"x-api-key": key} if key else None,
        )

    def papers(self, names: Sequence[str]) -> dict[str, Paper]:
        """The papers that the service knows, by the name that was asked for.

        Of several, those that it knows by another name are left out: position alone is not believed. Ask for each of
        these alone.

        Args:
            names: "ARXIV:1706.03762", "DOI:10.…" or "ACL:N19-1423", no more than BATCH.

        Raises:
            UnavailableError: no answer could be had.
        """
        try:
            return self._service.ask(partial(self._batch, names))
        except RefusedError:
            # One name that the service takes for none spoils the whole batch.
            half = len(names) // 2
            return self.papers(names[:half]) | self.papers(names[half:])

    def references(self, paper: Paper) -> list[Cited] | None:
        """All references of a paper that come, page by page, each once; None where the publisher withholds them.

        Raises:
            UnavailableError: no answer could be had.
        """
        found: list[Cited] = []
        offset = 0
        while True:
            page = self._service.ask(partial(self._page, paper.id, offset))
            if page is None:
                return None
            rows, following = page
            found += rows
            if not rows or following is None or following >= MOST:
                return list({row.paper or place: row for place, row in enumerate(found)}.values())
            # Not the number of rows that came: one that is left out would be made up for by one that comes twice.
            offset = following

    def _batch(self, names: Sequence[str]) -> dict[str, Paper]:
        asked = {"params": {"fields": _PAPER}, "json": {"ids": list(names)}}
        try:
            answer = self._json("POST", "/paper/batch", **asked)
        except RefusedError as error:
            if len(names) > 1:
                raise
            raise UnusableError(str(error), tries=3) from error
        if not isinstance(answer, list) or len(answer) != len(names):
            raise UnusableError("an answer of another length than what was asked for")
        if len(names) == 1:
            # Two records that were made one may answer with the identifier of the other one.
            return {names[0]: _whole(_paper, answer[0])} if answer[0] is not None else {}
        papers = [_paper_or_none(item) for item in answer]
        by_name = {name: paper for paper in papers if paper for name in _names(paper)}
        return {name: by_name[name.casefold()] for name in names if name.casefold() in by_name}

    def _page(self, paper: str, offset: int) -> tuple[list[Cited], int | None] | None:
        """Some of the references, and where the next ones begin."""
        asked = {"fields": _REFERENCE, "limit": min(PAGE, MOST - offset), "offset": offset}
        try:
            answer = self._json("GET", f"/paper/{paper}/references", params=asked)
        except RefusedError as error:
            raise UnusableError(str(error), tries=3) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list | None):
            raise UnusableError("an answer that is no list of references")
        if answer.get("offset", offset) != offset:
            raise UnusableError("another page than was asked for")
        if answer.get("data") is None:
            if "citingPaperInfo" not in answer:
                raise UnusableError("an answer without a list of references")
            return None
        following = answer.get("next")
        if following is not None and not (isinstance(following, int) and following > offset):
            raise UnusableError("an answer that leads nowhere")
        return [_whole(_cited, row) for row in answer["data"]], following

    def _json(self, method: str, path: str, **options: Any) -> Any:
        return json_of(self._service.request(method, path, **options))


def _names(paper: Paper) -> list[str]:
    """What it may be asked for by, in small letters."""
    names = (f"arxiv:{paper.arxiv}" if paper.arxiv else "", f"doi:{paper.doi}" if paper.doi else "")
    return [name.casefold() for name in names if name]


def _whole(read: Callable[[Any], T], item: Any) -> T:
    try:
        return read(item)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise UnusableError("an answer of another shape than is documented") from error


def _paper_or_none(item: Any) -> Paper | None:
    """A paper of a batch; one that cannot be read is no reason to lose the others, it is asked for alone."""
    try:
        return None if item is None else _whole(_paper, item)
    except UnusableError:
        return None


def _paper(item: Mapping[str, Any]) -> Paper:
    arxiv, doi = _identity(item)
    return Paper(
        id=_text(item["paperId"]),
        arxiv=arxiv,
        doi=doi,
        title=_text(item["title"]),
        authors=tuple(_text(author["name"]) for author in item.get("authors") or []),
        references=item.get("referenceCount") if isinstance(item.get("referenceCount"), int) else None,
        published=_published(item, doi),
    )


def _cited(row: Mapping[str, Any]) -> Cited:
    paper = row["citedPaper"] or {}
    arxiv, doi = _identity(paper)
    identifiers = (f"arXiv:{arxiv}" if arxiv else "", f"doi:{doi}" if doi else "")
    return Cited(
        identifiers=tuple(filter(None, identifiers)),
        title=_text(paper.get("title") or ""),
        resolved=bool(paper.get("paperId") or arxiv or doi),
        influential=bool(row.get("isInfluential")),
        intents=tuple(sorted({_text(intent) for intent in row.get("intents") or []})),
        paper=_text(paper.get("paperId") or ""),
    )


def _identity(item: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """(arXiv identifier, DOI other than arXiv's)."""
    known = item.get("externalIds") or {}
    doi = parse_doi(_text(known.get("DOI") or ""))
    arxiv = parse_arxiv(_text(known.get("ArXiv") or "")) or parse_arxiv(doi or "")
    return arxiv[0] if arxiv else None, None if doi and is_arxiv_doi(doi) else doi


def _published(item: Mapping[str, Any], doi: str | None) -> Published | None:
    """Where it appeared, if the service names a place other than arXiv."""
    known, journal = item.get("externalIds") or {}, item.get("journal") or {}
    venue = item.get("publicationVenue") or {}
    name = _text(venue.get("name") or item.get("venue") or journal.get("name") or "")
    found = Published(
        venue=None if name.casefold() in ("arxiv.org", "arxiv", "corr") else name or None,
        kind=_text(venue.get("type") or "") or None,
        year=str(item["year"]) if isinstance(item.get("year"), int) else None,
        doi=doi,
        acl=_text(known.get("ACL") or "") or None,
        dblp=_text(known.get("DBLP") or "") or None,
        volume=_text(journal.get("volume") or "") or None,
        pages=_text(journal.get("pages") or "") or None,
    )
    return found if found.venue or found.doi or found.acl else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return one_line(value) or ""
