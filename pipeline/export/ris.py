"""`bibliography.ris`: RIS from the works, for EndNote, Mendeley, Zotero and everything older.

Tags as rispy has them; a preprint is UNPB (unpublished work), as RIS has no word of its own for it.
"""

from collections.abc import Iterator
from typing import Any

import rispy

from ..bibliography import Bibliography
from ..people import OTHERS, Name
from ..problems import DataError, Problem
from ..text import first_paragraph
from ..works import Work
from .pages import page_ranges, pages
from .titles import plain_title

_TYPES = {
    "article": "JOUR",
    "inproceedings": "CONF",
    "incollection": "CHAP",
    "book": "BOOK",
    "phdthesis": "THES",
    "techreport": "RPRT",
    "misc": "ELEC",
}


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """RIS without the number that rispy sets over each record."""

    def set_header(self, count: int) -> str:  # noqa: ARG002  rispy calls it with the number
        return ""


def render(bibliography: Bibliography) -> str:
    """The works as RIS, sorted by citation key, all authors that are known.

    Raises:
        DataError: a record would not read back as it is.
    """
    works = bibliography.citable()
    topics = bibliography.vocabulary.topics
    records = []
    for work in works:
        values = (*_fields(work), ("keywords", [topics[topic].title for topic in work.note.topics]))
        records.append({label: _lines(value) for label, value in values if value})
    text: str = rispy.dumps(records, implementation=_Writer)
    if faults := list(_unlike(text, works, records)):
        raise DataError(faults)
    return text


def _fields(work: Work) -> Iterator[tuple[str, Any]]:
    reference, arxiv = work.reference, work.note.arxiv
    yield "type_of_reference", _TYPES[reference.type] if reference else "UNPB"
    yield "id", work.citekey
    yield "title", plain_title(work)
    # A comma in the name of a group would split it.
    people = [name for name in work.names if name.last != OTHERS]
    yield "authors", [name.last.replace(",", "") if name.group else _inverted(name) for name in people]
    yield "year", work.year
    yield "date", _date(work.issued) if len(work.issued) > len("YYYY") else None
    if reference:
        yield "type_of_work", "PhD thesis" if reference.type == "phdthesis" else None
        yield "secondary_title", reference.booktitle or reference.journal or reference.howpublished
        yield "publisher", reference.publisher or reference.institution
        yield "volume", reference.volume
        yield "number", reference.number
        ranges = page_ranges(reference.pages or "")
        whole = len(ranges) == 1
        yield "start_page", ranges[0][0] if whole else pages(reference.pages or "", "-")
        yield "end_page", ranges[0][1] if whole else None
        yield "issn", reference.isbn
        yield "access_date", work.accessed and _date(work.accessed)
    else:
        yield "publisher", "arXiv"
    yield "name_of_database", arxiv and "arXiv"
    yield "accession_number", arxiv and f"arXiv:{arxiv}"
    yield "doi", work.doi
    yield "urls", [work.address] if work.address else None
    yield "abstract", work.abstract
    yield "notes", [summary] if (summary := first_paragraph(work.note.summary)) else None


def _inverted(name: Name) -> str:
    """`Last, First, Suffix`, which is the order of RIS and not that of BibTeX."""
    return ", ".join(part for part in (name.family, name.first, name.suffix) if part)


def _date(date: str) -> str:
    """`YYYY/MM/DD/`: the slashes stay where a part is unknown."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


def _lines(value: Any) -> Any:
    """Each value on one line, as a line that starts like a tag would be taken for one."""
    return [_lines(item) for item in value] if isinstance(value, list) else " ".join(value.split())


def _unlike(text: str, works: list[Work], records: list[dict[str, Any]]) -> Iterator[Problem]:
    found = rispy.loads(text, delimiter_tags_mapping={})
    for work, meant, read in zip(works, records, found, strict=False):
        if meant != read:
            message = f"the record of {work.citekey!r} does not read back from the .ris; write it in plainer characters"
            yield Problem(work.note.path, work.note.line("reference", "arxiv"), message)
    if len(found) != len(records):
        yield Problem("bibliography", 1, f"{len(records)} records were written to the .ris, {len(found)} read back")
