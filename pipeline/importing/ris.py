"""RIS files (https://en.wikipedia.org/wiki/RIS_(file_format)), as Zotero, EndNote, Mendeley and ours write them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..problems import Problem, Report, reporter
from . import cleaning, names
from .items import Item, fields_of
from .reading import make_item
from .venues import is_arxiv

_TYPES = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "JFULL": "article", "INPR": "article",
    "ABST": "article", "CONF": "inproceedings", "CPAPER": "inproceedings", "CHAP": "incollection",
    "ECHAP": "incollection", "ENCYC": "incollection", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "THES": "thesis", "RPRT": "techreport",
}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?")
_LEFT_OUT = {"A2": "editors", "ED": "editors", "T3": "series", "ET": "edition", "AB": "abstract"}

_NO_END = "is a record that does not end; add a line 'ER  - ' or delete it"

Record = dict[str, list[str]]
"""Values by tag, in their order, and the line of TY under "line"."""


def read(text: str, path: Path) -> tuple[list[Item], list[Problem]]:
    """Read a file.

    Args:
        text: its content.
        path: the file, for messages.

    Returns:
        Its records in their order, and what could not be read.
    """
    problems: list[Problem] = []
    records = _records(text, reporter(path, problems))
    return [_item(path, record) for record in records], problems


def _records(text: str, report: Report) -> list[Record]:
    """What rispy finds, with every value of every tag; a record that does not end is reported."""
    opened, place = 0, 0

    def lines() -> Iterator[str]:
        nonlocal opened, place
        for place, line in enumerate(text.splitlines(), 1):
            tag = match[1] if (match := _LINE.fullmatch(line.rstrip())) else None
            if opened and tag == "TY":
                report(opened, _NO_END)
            if tag in ("TY", "ER"):
                opened = place if tag == "TY" else 0
            yield line
        if opened:
            report(opened, _NO_END)

    found: list[Record] = _parser(lambda: place).parse_lines(lines())
    return found


def _parser(line: Callable[[], int]) -> Any:
    """A parser that keeps what rispy's own loses: tags given twice, addresses with a ";", line ends, tags it lacks."""
    from rispy.parser import RisParser

    class Parser(RisParser):  # type: ignore[misc]
        def _iter_till_start(self, lines: Iterator[str]) -> Record:
            while True:
                tag, content = self.parse_line(next(lines))
                if tag == self.START_TAG:
                    return {"TY": [content], "line": [str(line())]}

        def parse_line(self, line: str) -> tuple[str | None, str]:
            match = _LINE.fullmatch(line.rstrip())
            return (match[1], (match[2] or "").strip()) if match else (None, line.strip())

        def _add_tag(self, record: Record, tag: str | None, content: str, extend_multiline: bool = False) -> None:  # noqa: FBT001, FBT002  rispy's signature
            values = record.setdefault(tag or "", [])
            if extend_multiline and values:
                values[-1] += f"\n{content}"
            else:
                values.append(content)

    return Parser()


def _item(path: Path, record: Record) -> Item:
    def said(*tags: str) -> str:
        """The first value that one of the tags has."""
        return next((value for tag in tags for value in record.get(tag, ()) if value), "")

    def first(*tags: str) -> str:
        return cleaning.from_html(said(*tags))

    ours = _TYPES.get(said("TY").upper(), "misc")
    reports = ours in ("thesis", "techreport")
    people = record.get("AU") or record.get("A1") or record.get("A2") or record.get("ED") or []
    authors, more = names.from_ris(people)
    start, end = first("SP"), first("EP")
    container = first("T2", "BT", "C3") if ours != "article" else first("T2", "JO", "JF", "JA", "J2")
    addresses = [value for tag in ("UR", "L2", "LK") for value in record.get(tag, ())]
    notes = "\n".join(record.get("N1", ()))
    return make_item(
        path=path.as_posix(),
        line=int(record["line"][0]),
        citekey=said("ID", "LB"),
        title=first("TI", "T1", "CT") or (first("BT") if ours == "book" else ""),
        authors=authors,
        more_authors=more,
        fields=fields_of(
            type=ours,
            thesis=first("M3"),
            journal=container if ours == "article" else "",
            booktitle=container if ours in ("inproceedings", "incollection") else "",
            publisher="" if reports else first("PB"),
            institution=first("PB") if reports else "",
            howpublished=container if ours in ("misc", "techreport") else "",
            volume=first("VL"),
            number=first("IS", "M1"),
            pages=start if not end or "-" in start or start == end else f"{start}-{end}",
            url=next((value for value in addresses if value.startswith("http")), ""),
            doi=said("DO", "DI"),
            isbn=said("SN"),
            accessed=said("Y2"),
            note="\n".join(filter(None, (*_ids(record), notes))),
        ),
        dates=_dates(said("DA"), said("PY", "Y1")),
        keywords=record.get("KW", ()),
        annotation=_annotation(notes),
        left_out=tuple(dict.fromkeys(name for tag, name in _LEFT_OUT.items() if record.get(tag, people) is not people)),
    )


def _dates(day: str, year: str) -> tuple[str, str]:
    """The values of DA and PY, the surer one first: a day of another year is not that of the publication."""
    found, printed = cleaning.date(day), cleaning.date(year)
    agree = not found or not printed or found[:4] == printed[:4]
    return (day, year) if agree else (year, day)


def _ids(record: Record) -> Iterator[str]:
    """Values that may be an arXiv identifier in an address or behind "arXiv:"; a bare one only from arXiv itself."""
    is_from_arxiv = any(is_arxiv(value) for tag in ("DB", "PB", "DP") for value in record.get(tag, ()))
    for tag in ("AN", "M1", "C7", "L1", "L2", "L4", "UR"):
        for value in record.get(tag, ()):
            yield f"arXiv:{value}" if is_from_arxiv and re.fullmatch(r"[\d.]{9,10}(v\d+)?", value) else value


def _annotation(notes: str) -> str:
    """The notes without lines that only name the preprint."""
    kept = "\n".join(line for line in notes.splitlines() if not is_arxiv(line))
    return cleaning.paragraphs(kept)
