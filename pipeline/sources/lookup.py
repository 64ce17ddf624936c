"""arXiv works from whichever service has them: the query API, else OAI-PMH, else DataCite."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ..model import Metadata
from .arxiv_api import BATCH, ArxivApi
from .arxiv_oai import ArxivOai
from .datacite import DataCite
from .outcome import Answer
from .progress import Progress
from .trouble import UnavailableError

_HINT = re.compile("withdr[ae]w|retract", re.IGNORECASE)


class Lookup:
    """The services that know arXiv works.

    Args:
        progress: shows what is being waited for.
        day: that records name as `retrieved`.
        withdrawn: identifiers of works that were withdrawn when they were looked up last.
    """

    def __init__(self, progress: Progress, day: str, *, withdrawn: Collection[str] = ()) -> None:
        self._withdrawn = withdrawn
        self._api = ArxivApi(progress, day)
        self._oai = ArxivOai(progress, day)
        self._datacite = DataCite(progress, day)

    def records(self, ids: Iterable[str]) -> Iterator[Answer]:
        """An answer for each identifier, in no promised order.

        An identifier counts as missing where two answers of arXiv, of which the second was to it alone, lack it, and
        OAI-PMH says that it does not exist: the query API has sent empty answers at random.

        Args:
            ids: bare identifiers, well formed, no two the same.
        """
        absent: list[str] = []
        queue = iter(ids)
        while batch := list(islice(queue, BATCH)):
            try:
                found = self._api.records(batch)
            except UnavailableError as trouble:
                yield from (self._elsewhere(arxiv_id, trouble) for arxiv_id in batch)
                continue
            yield from (self._checked(record) for record in found.values())
            absent += (arxiv_id for arxiv_id in batch if arxiv_id not in found)
        for arxiv_id in absent:
            yield self._alone(arxiv_id)

    def _alone(self, arxiv_id: str) -> Answer:
        try:
            found = self._api.records([arxiv_id])
        except UnavailableError as trouble:
            return self._elsewhere(arxiv_id, trouble)
        if arxiv_id in found:
            return self._checked(found[arxiv_id])
        try:
            record = self._oai.record(arxiv_id)
        except UnavailableError as trouble:
            return Answer(arxiv_id, None, trouble.word, f"arXiv's answers lack it, to be confirmed; {trouble}")
        return Answer(arxiv_id, record) if record else Answer(arxiv_id, None, "missing", "arXiv has no such work")

    def _elsewhere(self, arxiv_id: str, trouble: UnavailableError) -> Answer:
        """The record from another service; that one does not have it proves nothing while arXiv's API is shut."""
        for service in (self._oai, self._datacite):
            try:
                record = service.record(arxiv_id)
            except UnavailableError:
                continue
            if record:
                return Answer(arxiv_id, record, trouble.word, str(trouble))
        return Answer(arxiv_id, None, trouble.word, str(trouble))

    def _checked(self, record: Metadata) -> Answer:
        """The record, with the word of OAI-PMH on whether it is withdrawn where anything hints at that."""
        hinted = _HINT.search(f"{record.comment} {record.abstract}") or record.arxiv in self._withdrawn
        if hinted and not record.withdrawn:
            try:
                raw = self._oai.record(record.arxiv)
                record = replace(record, withdrawn=bool(raw and raw.withdrawn))
            except UnavailableError:
                is_known = record.arxiv in self._withdrawn
                record = replace(record, withdrawn=is_known, unverified=("withdrawn",))
        return Answer(record.arxiv, record)
