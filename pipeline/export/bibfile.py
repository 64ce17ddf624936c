"""A .bib file from entries, by bibtexparser, and the proof that it reads back as what was meant.

A .bib that is wrong in one place loses entries in most programs without a word (bibtexparser itself never raises), so
what was written is parsed and compared entry by entry and field by field before anybody gets it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from bibtexparser import writer
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from ..dates import MONTHS
from ..problems import DataError, Problem
from ..works import Work

_HEAD = (
    "% Annotated bibliography of language models. Made from the notes in data/papers; edit those, not this file.\n\n"
)

_BRACED = re.compile(r"\{[^{}]*\}")
_AND = re.compile(r"\sand\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BibEntry:
    """An entry: `fields` hold TeX in the order of print, `work` is where it comes from, `people` counts its authors."""

    type: str
    work: Work
    fields: Mapping[str, str]
    people: int = 0


def render_bib(entries: Iterable[BibEntry]) -> str:
    """The text of a .bib file.

    Raises:
        DataError: an entry would not read back as it is.
    """
    listed = list(entries)
    text = _HEAD + "\n".join(write_entry(entry) for entry in listed)
    if faults := list(unlike(text, listed)):
        raise DataError(faults)
    return text


def write_entry(entry: BibEntry) -> str:
    """The text of one entry, which is proven only as a part of a file."""
    style = writer.BibtexFormat()
    style.indent = "  "
    text: str = writer.write(Library([_block(entry)]), style)
    return text


def unlike(text: str, entries: Iterable[BibEntry]) -> Iterator[Problem]:
    """A problem for each entry that the text of a .bib does not hold as it is meant."""
    library = parse_string(text)
    for meant, found in zip_longest(entries, library.entries):
        if meant is None:
            yield Problem("bibliography", 1, f"an entry {found.key!r} comes out that nobody meant; report this")
            return
        if found is None or found.key != meant.work.citekey or found.entry_type != meant.type:
            yield _problem(meant, "the entry")
            return
        values = {field.key: field.value for field in found.fields}
        for name in values.keys() | meant.fields.keys():
            if values.get(name) != meant.fields.get(name):
                yield _problem(meant, f"the field {name}")
        if _count_names(values.get("author", "")) != meant.people:
            yield _problem(meant, "the list of authors")


def _count_names(value: str) -> int:
    """How many names BibTeX finds in a field: an "and" within braces parts none."""
    bare, inner = value, ""
    while bare != inner:
        bare, inner = _BRACED.sub("x", bare), bare
    return len(_AND.split(bare)) if bare.strip() else 0


def _problem(entry: BibEntry, what: str) -> Problem:
    message = f"{what} of {entry.work.citekey!r} does not read back from the .bib; write it in plainer characters"
    return Problem(entry.work.note.path, entry.work.note.line("reference", "arxiv"), message)


def _block(entry: BibEntry) -> Entry:
    fields = [Field(key=name, value=_enclosed(name, value)) for name, value in entry.fields.items()]
    return Entry(entry_type=entry.type, key=entry.work.citekey, fields=fields)


def _enclosed(name: str, value: str) -> str:
    return value if name == "month" and value in MONTHS else "{" + value + "}"
