"""CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html), as Zotero, Pandoc and ours write it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..problems import Problem, Report, reporter
from . import cleaning, names
from .items import Item, fields_of
from .reading import make_item
from .venues import is_arxiv

_TYPES = {
    "paper-conference": "inproceedings", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "review": "article", "review-book": "article", "chapter": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection", "book": "book", "collection": "book",
    "periodical": "book", "thesis": "thesis", "report": "techreport",
}  # fmt: skip
_NOCASE = re.compile(r"<span class=[\"']nocase[\"']>(.*?)</span>")
_LEFT_OUT = ("editor", "translator", "collection-title", "edition", "publisher-place", "ISSN", "abstract")


def read(text: str, path: Path) -> tuple[list[Item], list[Problem]]:
    """Read a file: a list of items, one item, or an object that has them under `items`.

    Args:
        text: its content.
        path: the file, for messages.

    Returns:
        Its items in their order, and what could not be read.
    """
    problems: list[Problem] = []
    report = reporter(path, problems)
    items = []
    for line, value in _objects(text, report):
        if isinstance(value, Mapping) and "itemType" in value:
            report(line, "is an item of Zotero's own JSON; export the file as CSL JSON")
        elif isinstance(value, Mapping):
            items.append(_item(path, line, value))
        else:
            report(line, "is no CSL item, which has fields; delete it or export the file again as CSL JSON")
    return items, problems


def _objects(text: str, report: Report) -> Iterator[tuple[int, Any]]:
    """(line, value) of each element of the list, until something is broken."""
    decoder = json.JSONDecoder()
    blank = re.compile(r"[\s,]*")
    try:
        whole = json.loads(text)
        if isinstance(whole, Mapping):
            found = whole.get("items")
            yield from ((1, value) for value in (found if isinstance(found, list) else [whole]))
            return
        if not isinstance(whole, list):
            report(1, "is no list of items; export the file again as CSL JSON")
            return
        place, line, counted = text.index("[") + 1, 1, 0
        while text[place := _end(blank, text, place)] != "]":
            line, counted = line + text.count("\n", counted, place), place
            value, place = decoder.raw_decode(text, place)
            yield line, value
    except json.JSONDecodeError as error:
        report(error.lineno, f"is broken JSON ({error.msg}); export the file again as CSL JSON")
    except RecursionError:
        report(1, "is nested too deeply for a bibliography; export the file again as CSL JSON")
    except ValueError:
        report(1, "is broken JSON (a number of thousands of digits); export the file again as CSL JSON")


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place


def _item(path: Path, line: int, value: Mapping[str, Any]) -> Item:
    def said(*fields: str) -> str:
        """The first of the fields that is a text or a number."""
        found = (value.get(field) for field in fields)
        return next((str(item) for item in found if isinstance(item, str | int | float) and str(item).strip()), "")

    def first(*fields: str) -> str:
        return cleaning.from_html(said(*fields))

    kind = said("type")
    publisher, container = first("publisher"), first("container-title")
    reports = kind in ("thesis", "report")
    ours = _TYPES.get(kind, "misc")
    people = value.get("author") or value.get("editor") or ()
    authors, more = names.from_csl(people if isinstance(people, list) else ())
    return make_item(
        path=path.as_posix(),
        line=line,
        citekey=_citekey(said("note")) or said("citation-key", "citekey", "id").strip(),
        title=first("title"),
        authors=authors,
        more_authors=more,
        fields=fields_of(
            type=ours,
            thesis=first("genre"),
            journal=container if ours == "article" else "",
            booktitle=container or first("event-title", "event") if ours in ("inproceedings", "incollection") else "",
            publisher="" if reports else publisher,
            institution=publisher if reports else "",
            howpublished=container if ours == "misc" else "",
            volume=first("volume"),
            number=first("issue", "number"),
            pages=said("page", "page-first"),
            url=said("URL").strip().replace(" ", "%20"),
            doi=said("DOI"),
            isbn=said("ISBN"),
            accessed=_date(value.get("accessed")),
            archive=first("archive"),
            eprint=said("archive_location") if is_arxiv(said("archive")) else "",
            note="\n".join((said("note"), said("archive_location"), said("number") if said("issue") else "")),
        ),
        dates=(_date(value.get("issued")), _date(value.get("original-date")) if not value.get("issued") else ""),
        proper=tuple(word for kept in _NOCASE.findall(said("title")) for word in re.findall(r"[^\W_]{2,}", kept)),
        keywords=re.split(r"[,;]", first("keyword")),
        annotation=cleaning.paragraphs(said("annote", "annotation")),
        left_out=tuple(name for name in _LEFT_OUT if value.get(name) and value.get(name) is not people),
    )


def _citekey(note: str) -> str:
    """The citation key that Zotero keeps among its extra fields."""
    match = re.search(r"(?im)^citation key:\s*(\S+)\s*$", note)
    return match[1] if match else ""


def _date(value: Any) -> str:
    """A CSL date, `{"date-parts": [[2017, 6, 12]]}` or with a text under `raw` or `literal`, as far as it is sound."""
    if isinstance(value, str | int):
        return str(value)
    if not isinstance(value, Mapping):
        return ""
    parts = value.get("date-parts")
    start = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(start, list) and start:
        numbers = [str(part).strip() for part in start if isinstance(part, str | int)]
        if numbers and all(number.isdecimal() for number in numbers):
            year, *others = numbers
            return cleaning.exact(year.zfill(4), *(other.zfill(2) for other in others[:2])) or ""
    return next((str(value[name]) for name in ("raw", "literal") if value.get(name)), "")
