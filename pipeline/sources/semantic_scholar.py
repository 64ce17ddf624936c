"""Semantic Scholar's graph: papers by identifier, and what they cite.

Shape of the answers: https://api.semanticscholar.org/api-docs/graph. Nearly every field may be null; lists of
references within a paper are cut short without a word, so that they are asked for one paper at a time.
"""

import os
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from .cited import Cited
from .papers import Paper, read_paper, read_reference
from .progress import Progress
from .service import Service, json_of
from .trouble import RefusedError, SettingError, UnusableError

BATCH = 100
"""Papers in a request; the service takes 500."""
PAGE = 1000
"""References in a request."""
MOST = 9999
"""References that can be asked for: offset + limit must be below 10,000."""

_PAPER = "paperId,externalIds,title,year,venue,publicationVenue,journal,authors,referenceCount"
_REFERENCE = "isInfluential,intents,paperId,externalIds,title"
_UNKEYED, _KEYED = 6.5, 1.1


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
            return {names[0]: read_paper(answer[0])} if answer[0] is not None else {}
        papers = [_paper_or_none(item) for item in answer]
        by_name = {name: paper for paper in papers if paper for name in paper.names}
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
        return [read_reference(row) for row in answer["data"]], following

    def _json(self, method: str, path: str, **options: Any) -> Any:
        return json_of(self._service.request(method, path, **options))


def _paper_or_none(item: Any) -> Paper | None:
    """A paper of a batch; one that cannot be read is no reason to lose the others, it is asked for alone."""
    try:
        return None if item is None else read_paper(item)
    except UnusableError:
        return None
