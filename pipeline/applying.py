"""Versions of record that services know of, written into the notes; nothing else of a note changes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .files import replace_file
from .model import Citation, Metadata, Note
from .notes import parse_note
from .notes.writing import with_reference
from .problems import Problem
from .published import Proposal, propose


def proposals(
    notes: Iterable[Note], records: Mapping[str, Metadata], lists: Mapping[str, tuple[Citation, ...]]
) -> list[Proposal]:
    """What might be written into which note, by key; notes that name a version of record already want none."""
    found = (propose(note, records.get(note.arxiv or ""), lists.get(note.key, ())) for note in notes)
    return sorted(filter(None, found), key=lambda proposal: proposal.key)


def apply(found: Iterable[Proposal], notes: Iterable[Note]) -> tuple[list[Proposal], list[Problem]]:
    """Write those that are sure.

    Returns:
        What was written, and why the rest could not be.
    """
    by_key = {note.key: note for note in notes}
    written: list[Proposal] = []
    problems: list[Problem] = []
    for proposal in found:
        if not proposal.sure:
            continue
        note = by_key[proposal.key]
        if fault := _write(note, proposal):
            problems.append(Problem(note.path, note.line("arxiv"), f"{fault}; write the reference by hand"))
        else:
            written.append(proposal)
    return written, problems


def _write(note: Note, proposal: Proposal) -> str | None:
    """Put a reference into the file of a note, or say why that cannot be."""
    path = Path(note.path)
    text = path.read_bytes().decode("utf-8")
    try:
        changed = with_reference(text, proposal.reference)
    except ValueError as error:
        return str(error).partition(";")[0]
    _, faults = parse_note(changed.removeprefix("\ufeff"), path)
    if faults:
        return f"the reference proposed cannot be read ({faults[0].message})"
    replace_file(path, changed)
    return None
