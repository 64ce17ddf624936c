"""Hard works through every format and back: what a reader of ours makes of what a writer of ours wrote."""

from importlib import import_module
from pathlib import Path

import pytest
from hard import CASES, bibliography
from printed import fold

from pipeline.export import REFERENCES, render
from pipeline.importing import FORMATS

# What a format cannot say: BibTeX a list of more than fifty people and a title that is a picture, the others formulas,
# which they read out.
LOST = {
    ".bib": {"hardcrowd": {"authors"}, "hardfiftyone": {"authors"}, "hardfaces": {"title"}},
    ".json": {"hardformulas": {"title"}},
    ".ris": {"hardformulas": {"title"}},
}
VENUE = ("booktitle", "journal", "publisher", "institution", "volume", "number", "pages", "url", "isbn")


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_hard_works_read_back(name):
    """Title, authors, year, identifiers and venue come back as they went."""
    works = {work.citekey: work for work in bibliography().citable()}
    path = Path(name)
    reader = import_module(f"pipeline.importing.{FORMATS[path.suffix]}")
    items, problems = reader.read(render(name, bibliography()), path)
    assert not problems
    assert [item.citekey for item in items] == list(works)

    wrong = {item.citekey: set(_differing(item, works[item.citekey])) for item in items}
    assert {citekey: fields for citekey, fields in wrong.items() if fields} == LOST[path.suffix]


def _differing(item, work):
    """The names of what an item says otherwise than the work."""
    case, reference, published = CASES[work.key], work.reference, item.published
    told = {
        "title": (fold(item.title), fold(case.plain or case.title)),
        "authors": ([fold(n.direct) for n in item.authors], [fold(n.direct) for n in work.names]),
        "year": (item.year, work.year),
        "arxiv": (item.arxiv, work.note.arxiv),
        "doi": (item.doi, work.doi),
        "type": (published and published.type, reference and reference.type),
    }
    for name in VENUE if reference and published else ():
        told[name] = (fold(getattr(published, name) or ""), fold(getattr(reference, name) or ""))
    return (name for name, (found, meant) in told.items() if found != meant)
