"""A data directory for the works of a shelf."""

import re
import shutil
from pathlib import Path

from pipeline.model import Note, Reference
from pipeline.notes.writing import heading_of, render

VOCABULARY = Path(__file__).parents[1] / "corpus/vocabulary.yaml"


def key_of(work):
    """The key that a work gets where none is given: `work-1706-00010`."""
    return "work-" + re.sub(r"[^a-z0-9]+", "-", work.name.lower()).strip("-")


def write_data(shelf, folder, *, keys=None):
    """Write the notes of the works and the vocabulary, and nothing that a service would have to say.

    Args:
        shelf: the works; the heading of each note is the title.
        folder: the data directory, made where it is missing; other files in it stay.
        keys: key of the note by the work's arXiv identifier or name; others get one from `key_of`.

    Returns:
        The key of each work, by name.
    """
    papers = Path(folder) / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(VOCABULARY, Path(folder) / "vocabulary.yaml")
    given = {work.name: (keys or {}).get(work.name) or key_of(work) for work in shelf}
    for work in shelf:
        (papers / f"{given[work.name]}.md").write_text(render(_note(work, given[work.name])), encoding="utf-8")
    return given


def _note(work, key):
    names = tuple(name for name, _ in work.people)
    # What is not on arXiv lives by its reference alone.
    alone = Reference(type="misc", authors=names, year=work.versions[0][:4], doi=(work.dois or [None])[0])
    return Note(
        path=f"{key}.md",
        lines={},
        key=key,
        name=key,
        heading=heading_of(" ".join(work.title.split())),
        kind="method",
        branch="architecture",
        citekey=key,
        arxiv=work.arxiv,
        summary="An invented work.",
        reference=None if work.arxiv else alone,
    )
