"""Versions of record that services know of, written into the notes; nothing else of a note changes."""

import re
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
            problems.append(Problem(note.path, note.line("arxiv"), fault))
        else:
            written.append(proposal)
    return written, problems


def _write(note: Note, proposal: Proposal) -> str | None:
    """Put a reference into the file of a note, or say why that cannot be."""
    path = Path(note.path)
    try:
        text = path.read_bytes().decode("utf-8")
        if parse_note(_plain(text), path)[0] != note:
            return "the note was changed during the fetch; run 'make fetch' again"
        changed = with_reference(text, proposal.reference)
    except OSError as error:
        return f"cannot be read any more ({error.strerror}); run 'make fetch' again"
    except ValueError as error:
        return str(error)
    _, faults = parse_note(_plain(changed), path)
    if faults:
        return f"the reference proposed cannot be read ({faults[0].message}); write it by hand"
    # A note may be a link to a file elsewhere.
    replace_file(path.resolve(), changed)
    return None


def _plain(text: str) -> str:
    """A text as files of text are read: without mark of byte order, with one sign at the end of a line."""
    return re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))
