"""The fetched files of a data directory, each written as soon as it is verified, by one process at a time."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..files import replace_file
from ..metadata import abstract_path, list_path, load_citations, load_metadata, metadata_path, render_record
from ..model import SEMANTIC_SCHOLAR, Citation, Metadata
from ..problems import Problem

_WRITTEN = re.compile(rb'"(?:source|cites)"\s*:')
"""What a list has of which anything is left."""
_FETCHED = re.compile(rf'"source"\s*:\s*"{SEMANTIC_SCHOLAR}"'.encode())


class Store:
    """Records and reference lists of a data directory.

    Attributes:
        data: the directory.
        records: arXiv records by identifier.
        lists: reference lists by key of the citing work.
        unreadable: files that cannot be read; what they should hold counts as missing.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.records, unreadable_records = load_metadata(data / "arxiv")
        self.lists, unreadable_lists = load_citations(data / "citations")
        self.unreadable: list[Problem] = unreadable_records + unreadable_lists

    def list_of(self, key: str, source: str) -> Citation | None:
        """The reference list that a source gives of a work."""
        return next((found for found in self.lists.get(key, ()) if found.source == source), None)

    def has_abstract(self, arxiv_id: str) -> bool:
        """Whether the abstract was fetched."""
        return abstract_path(self.data / "abstracts", arxiv_id).exists()

    def keep_record(self, record: Metadata, *, abstract: bool) -> bool:
        """Write a record, and its abstract if that is wanted.

        Returns:
            Whether it says anything new; the day of retrieval alone is nothing new.
        """
        if abstract and record.abstract:
            replace_file(abstract_path(self.data / "abstracts", record.arxiv), record.abstract + "\n")
        record, old = replace(record, abstract=None), self.records.get(record.arxiv)
        if old is not None and replace(record, retrieved=old.retrieved, abstract=old.abstract) == old:
            return False
        replace_file(metadata_path(self.data / "arxiv", record.arxiv), render_record(record))
        self.records[record.arxiv] = record
        return True

    def keep_list(self, citation: Citation) -> bool:
        """Write a reference list; one that was compiled by hand moves aside for that of the first service.

        Returns:
            Whether it says anything new.
        """
        folder = self.data / "citations"
        old = self.list_of(citation.key, citation.source)
        if old is not None and replace(citation, retrieved=old.retrieved) == old:
            return False
        is_first = citation.source == SEMANTIC_SCHOLAR
        path = list_path(folder, citation, is_first=is_first)
        if is_first:
            self._make_room(path, folder / "bundled" / path.name)
        replace_file(path, render_record(citation))
        others = tuple(found for found in self.lists.get(citation.key, ()) if found.source != citation.source)
        self.lists[citation.key] = (citation, *others)
        return True

    def _make_room(self, path: Path, aside: Path) -> None:
        """Move what no service gave, be it readable or not, out of the way as it is."""
        text = path.read_bytes() if path.is_file() else b""
        if _FETCHED.search(text) or not _WRITTEN.search(text):
            return
        is_read = path.as_posix() not in {problem.path for problem in self.unreadable}
        if is_read or not aside.exists():
            aside.parent.mkdir(exist_ok=True)
            path.replace(aside)


def today() -> str:
    """The day that records name as `retrieved`, in UTC."""
    return datetime.now(UTC).date().isoformat()
