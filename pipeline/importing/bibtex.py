"""BibTeX and biblatex files, as JabRef, Zotero, Mendeley, DBLP, Scholar and our own exporters write them."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String

from ..problems import Problem, Report, reporter
from . import cleaning, names
from .items import Item, fields_of
from .reading import make_item
from .venues import is_arxiv

_TYPES = {
    "article": "article", "suppperiodical": "article", "inproceedings": "inproceedings", "conference": "inproceedings",
    "incollection": "incollection", "inbook": "incollection", "suppbook": "incollection", "inreference": "incollection",
    "bookinbook": "incollection", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "techreport", "report": "techreport",
}  # fmt: skip
_THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis"}
# Volumes that only others inherit from; a book one may cite too.
_PARENTS = ("proceedings", "mvproceedings", "collection", "mvcollection", "reference")
# What a parent's field is called in its child (biblatex manual, appendix B); the rest keeps its name.
_INHERITED = {"title": "booktitle", "booktitle": "booktitle", "subtitle": "booksubtitle"}
_NOT_INHERITED = frozenset(
    "crossref xref key ids label keywords abstract annote annotation note pages doi url urldate eprint eprinttype "
    "eprintclass archiveprefix primaryclass shorttitle sorttitle".split()
)
_PROPER = re.compile(r"(?<![\\\w{]){((?=[^\W\d_])[^\W_]{2,})}(?![\w}])")
# A word with a capital that a title leaves to the style, other than at its start.
_BARE = re.compile(r"(?<=[a-z] )[A-Z][a-z]+(?![\w}])")
# biblatex has no howpublished on the web.
_WHERE = {"online": ("titleaddon",)}
# An address in a text says nothing more there, only what it is called does.
_LINKED = re.compile(r"\\(?:url\s*\{[^{}]*\}|href\s*\{[^{}]*\}\s*\{([^{}]*)\})")
_LEFT_OUT = tuple("editor translator series edition chapter eventtitle address location issn abstract".split())


def read(text: str, path: Path) -> tuple[list[Item], list[Problem]]:
    """Read a file.

    Args:
        text: its content.
        path: the file, for messages.

    Returns:
        Its entries in their order, without those that others only inherit from, and what could not be read.
    """
    blocks, problems = _blocks(text, path)
    strings: dict[str, str] = {}
    for block in blocks:
        if hasattr(block, "value"):
            strings[block.key.casefold()] = _said(str(block.value), strings) or ""
    report = reporter(path, problems)
    entries = [(block, _values(block, strings, report)) for block in blocks if hasattr(block, "entry_type")]
    parents = {block.key.casefold(): values for block, values in entries}
    named = {values["crossref"].casefold() for _, values in entries if values.get("crossref")}
    keeps_names = _keeps_names(values.get("title", "") for _, values in entries)
    items = []
    for block, values in entries:
        is_parent = block.key.casefold() in named and block.entry_type.casefold() in _PARENTS
        if not is_parent:
            item = _item(path, block, _inherit(values, parents))
            if names.cannot_be_told_apart(values.get("author", "")):
                problems.append(item.problem("has authors joined by commas; put 'and' between them"))
            items.append(item if keeps_names else replace(item, proper=()))
    return items, problems


def _blocks(text: str, path: Path) -> tuple[list[Any], list[Problem]]:
    """The entries and strings that bibtexparser finds; what it calls double is kept, what is broken is a problem."""
    log = logging.getLogger("bibtexparser")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it warns of is reported here, with file and line
    try:
        library = parse_string(text, parse_stack=[])
    finally:
        log.setLevel(level)
    problems: list[Problem] = []
    report = reporter(path, problems)
    blocks = []
    for block in library.blocks:
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            blocks.append(block.ignore_error_block)
        elif isinstance(block, ParsingFailedBlock):
            message = "is an entry that cannot be read; close its braces and quotes, or delete it"
            report(block.start_line + 1, message)
        elif isinstance(block, Entry | String):
            blocks.append(block)
    return blocks, problems


def _values(block: Any, strings: Mapping[str, str], report: Report) -> dict[str, str]:
    """Raw values by lower-case name; of a field given twice the first that says something."""
    values: dict[str, str] = {}
    for field in block.fields:
        # bibtexparser takes a `% comment` behind a value for a part of the next name.
        name = field.key.split("\n")[-1].strip().casefold()
        said = _said(str(field.value), strings)
        if said is None:
            report(block.start_line + 1, f"{block.key!r} has no comma behind its {name}; add it")
        values[name] = values.get(name) or (said or "").strip()
    return values


def _said(expression: str, strings: Mapping[str, str]) -> str | None:
    """What a value says: texts in braces or quotes, numbers and names of strings, joined by "#"; None if by nothing.

    bibtexparser's own middlewares leave joined values, and entries that it calls double, as they stand. A name that no
    string has, as of a month, is kept: it is all there is.
    """
    parts = []
    rest = expression.strip()
    while rest:
        end = _end_of_piece(rest)
        piece = rest[:end].strip()
        parts.append(piece[1:-1] if piece[:1] in ("{", '"') else strings.get(piece.casefold(), piece))
        rest = rest[end:].lstrip()
        if (rest and not rest.startswith("#")) or (piece[:1] not in ("{", '"') and "=" in piece):
            return None
        rest = rest[1:].lstrip()
    return "".join(parts)


def _end_of_piece(text: str) -> int:
    """Where the first text, number or name of an expression ends."""
    if text[0] not in '{"':
        return (text + "#").index("#", 1)
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0 and place and letter == ("}" if text[0] == "{" else '"'):
            return place + 1
    return len(text)


def _inherit(values: dict[str, str], parents: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The values with those of the entry that `crossref` names, which classic BibTeX and biber both fill in."""
    if not values.get("crossref"):
        return dict(values)
    parent = parents.get(values["crossref"].casefold(), {})
    whole = dict(values)
    for name, value in parent.items():
        own = _INHERITED.get(name, name)
        if name not in _NOT_INHERITED and not whole.get(own):
            whole[own] = value
    return whole


def _item(path: Path, block: Any, values: Mapping[str, str]) -> Item:
    kind = block.entry_type.casefold()

    def first(*fields: str) -> str:
        said = (_LINKED.sub(r"\1", values.get(field, "")) for field in fields)
        return next((found for text in said if (found := cleaning.from_tex(text))), "")

    title = first("title")
    title = ": ".join(filter(None, (title, first("subtitle", *(() if title else ("titleaddon",))))))
    authors, more = names.from_bibtex(values.get("author") or "")
    edited = [] if authors else [name for name in ("editor", "organization") if values.get(name)]
    if edited:
        authors, more = names.from_bibtex(values[edited[0]] if edited[0] == "editor" else f"{{{values[edited[0]]}}}")
    return make_item(
        path=path.as_posix(),
        line=block.start_line + 1,
        citekey=block.key.strip(),
        aliases=tuple(key.strip() for key in values.get("ids", "").split(",") if key.strip()),
        title=title,
        authors=authors,
        more_authors=more,
        fields=fields_of(
            type=_TYPES.get(kind, "misc"),
            thesis=_thesis(kind, first("type")),
            journal=first("journaltitle", "journal"),
            booktitle=": ".join(filter(None, (first("booktitle"), first("booksubtitle")))),
            publisher=first("publisher"),
            institution=first("institution", "school"),
            howpublished=first("howpublished", *_WHERE.get(kind, ()), *(() if edited else ("organization",))),
            volume=first("volume"),
            number=first("number", "issue"),
            pages=first("pages", "eid"),
            url=_address(values.get("url", "")) or values.get("howpublished", "") or values.get("note", ""),
            doi=values.get("doi", ""),
            isbn=first("isbn"),
            accessed=values.get("urldate", "") or values.get("lastchecked", "") or values.get("lastaccessed", ""),
            eprint=values.get("eprint", "") or values.get("arxivid", "") or values.get("arxiv", ""),
            archive=first("eprinttype", "archiveprefix"),
            note="\n".join(filter(None, (first("note"), first("addendum"), first("pubstate")))),
        ),
        dates=(values.get("date", ""), _date(values), values.get("issued", "")),
        proper=tuple(_PROPER.findall(values.get("title", ""))),
        keywords=re.split(r"[,;]", first("keywords", "mendeley-tags")),
        annotation=first("annotation", "annote"),
        left_out=tuple(
            name
            for name in (*_LEFT_OUT, *(["note"] if _says_more(first("note"), values) else []))
            if values.get(name) and name not in edited
        ),
    )


def _address(value: str) -> str:
    """The value of a url field, which may have blanks in it or a second address behind it."""
    return value if value.casefold().count("http") > 1 else value.replace(" ", "%20")


def _says_more(note: str, values: Mapping[str, str]) -> bool:
    """Whether a note says more than where the work is."""
    known = (values.get("doi"), values.get("url"))
    return not is_arxiv(note) and not any(address and address in note for address in known)


def _thesis(kind: str, said: str) -> str:
    return _THESES.get(said.casefold(), said) or _THESES.get(kind, "")


def _date(values: Mapping[str, str]) -> str:
    """Year and month of classic BibTeX; the day is kept where the month has one ("June 12", `"12~" # jun`)."""
    year = cleaning.date(values.get("year", "")) or ""
    text = cleaning.from_tex(values.get("month", ""))
    month = cleaning.month(text)
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if not month or len(year) > 4:
        return year
    is_one_day = len(days) == 1 and not text.isdecimal()
    return cleaning.exact(year, month, f"{int(days[0]):02}") or year if is_one_day else f"{year}-{month}" * bool(year)


def _keeps_names(titles: Iterable[str]) -> bool:
    """Whether braces in these titles mark names; Zotero puts every word with a capital into some."""
    bare = braced = 0
    for title in titles:
        braced += len(_PROPER.findall(title))
        bare += len(_BARE.findall(title))
    return bare > braced
