"""Keeping `data/arxiv` filled: which records are wanted, and which answers are to be believed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ..files import replace_file
from ..metadata import metadata_path, render_record, title_fault
from ..model import Metadata, Note
from ..problems import Problem


def wanted(notes: Iterable[Note], cached: Mapping[str, Metadata], *, mode: str) -> list[Note]:
    """The notes whose record is to be fetched.

    Args:
        notes: the notes that parse.
        cached: records at hand, by identifier.
        mode: "missing" only what has no record, "bundled" also what no service has confirmed, "all" everything.
    """
    return [
        note
        for note in notes
        if note.arxiv
        and (
            mode == "all" or note.arxiv not in cached or (mode == "bundled" and cached[note.arxiv].source == "bundled")
        )
    ]


def fetch_metadata(
    notes: Iterable[Note], cached: Mapping[str, Metadata], folder: Path, tell: Callable[[str], None]
) -> list[Problem]:
    """Fetch and write the records of notes, each batch as soon as it has come.

    A record whose title is not that of the note's heading is not written, and the old one stays; so it does where only
    the day of retrieval is new.

    Returns:
        What could not be had; those records are as they were.
    """
    from .arxiv_api import UnavailableError, fetch_records

    by_id = {note.arxiv: note for note in notes if note.arxiv}
    pending = dict(by_id)
    problems: list[Problem] = []
    try:
        for batch, records in fetch_records(list(by_id)):
            for arxiv_id in batch:
                note = pending.pop(arxiv_id)
                fault = _judge(note, arxiv_id, records.get(arxiv_id))
                if fault:
                    problems.append(fault)
                else:
                    _keep(records[arxiv_id], cached.get(arxiv_id), folder)
            tell(f"arXiv: {len(by_id) - len(pending)} of {len(by_id)} asked for, {len(problems)} without record")
    except UnavailableError as error:
        for arxiv_id, note in pending.items():
            message = f"arXiv gave no usable answer for {arxiv_id} ({error}); run 'make fetch' again later"
            problems.append(Problem(note.path, note.line("arxiv"), message))
    return problems


def _judge(note: Note, arxiv_id: str, record: Metadata | None) -> Problem | None:
    if record is None:
        message = f"arXiv's answer did not hold {arxiv_id}; check the identifier, or run 'make fetch' again later"
        return Problem(note.path, note.line("arxiv"), message)
    return title_fault(note, record)


def _keep(record: Metadata, old: Metadata | None, folder: Path) -> None:
    if old is None or replace(record, retrieved=old.retrieved) != old:
        replace_file(metadata_path(folder, record.arxiv), render_record(record))
