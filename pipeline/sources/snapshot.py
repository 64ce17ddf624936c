"""One line of arXiv's metadata snapshot as a record.

Format: https://www.kaggle.com/datasets/Cornell-University/arxiv; texts are raw TeX, folded as arXiv folds them.
"""

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from ..identifiers import CATEGORY
from ..model import Metadata
from .records import VERSION, abstract_of, decode_name, doi_of, line_or_none, moment, says_withdrawn, split_authors

# The test that spares nearly all lines the parser. An identifier with an escape in it goes to the parser too.
_HEAD = re.compile(rb'\s*\{\s*"id"\s*:\s*"([^"\\]*)"')


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that gives no record.

    Attributes:
        offset: byte at which it starts, of what a packed file holds.
        what: what is wrong with it.
        arxiv: the identifier asked for that it starts with.
        is_end: the file is damaged from here on, so that what came before may be so too.
    """

    offset: int
    what: str
    arxiv: str | None = None
    is_end: bool = False


def read_line(offset: int, line: bytes, wanted: Container[bytes], day: str) -> Metadata | BadLine | None:
    """What a line of the snapshot holds; None for an empty one and for that of a work nobody asked for.

    Args:
        offset: where the line starts.
        line: with its end.
        wanted: bare identifiers.
        day: what a record names as `retrieved`.
    """
    head = _HEAD.match(line)
    asked = head[1].decode() if head and head[1] in wanted else None
    # Two records on one line are one that was damaged; a last line without its end may be cut behind any bracket.
    is_sound = head and line.endswith((b"}\n", b"}\r\n")) and line.find(b'"id":', head.end()) < 0
    if (is_sound and not asked) or not line.strip():
        return None
    try:
        data = _fields(line)
        asked = data["id"] if data["id"].encode(errors="replace") in wanted else None
        return _record(data, day) if asked else None
    except RecursionError:
        what = "is nested too deeply"
    except UnicodeDecodeError:
        what = "is not UTF-8 text"
    except json.JSONDecodeError as error:
        what = f"is broken JSON ({error.msg})"
    except ValueError as error:
        what = str(error)
    return BadLine(offset, what, asked)


def _fields(line: bytes) -> dict[str, Any]:
    data = json.loads(line)
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise ValueError("is no record with an 'id'")  # noqa: TRY004  of the file, not of the program
    return data


def _record(data: Mapping[str, Any], day: str) -> Metadata:
    """A record of the snapshot as ours.

    Raises:
        ValueError: it has no title, authors or versions, or a date is none.
    """
    texts = {name: _text(data, name) for name in ("title", "comments", "journal-ref", "doi", "abstract", "categories")}
    title, authors, versions = line_or_none(texts["title"]), _authors(data), _versions(data)
    for name, value in (("title", title), ("authors", authors), ("versions", versions)):
        if not value:
            raise ValueError(f"has no {name}")
    categories = tuple(filter(CATEGORY.fullmatch, (texts["categories"] or "").split()))
    return Metadata(
        arxiv=data["id"],
        version=max(versions),
        title=title or "",
        authors=authors,
        published=versions.get(1),
        updated=versions[max(versions)],
        primary_category=categories[0] if categories else None,
        categories=categories or None,
        comment=line_or_none(texts["comments"]),
        journal_ref=line_or_none(texts["journal-ref"]),
        doi=doi_of(texts["doi"]),
        abstract=abstract_of(texts["abstract"]),
        withdrawn=says_withdrawn(texts["comments"]),
        retrieved=day,
        # The snapshot is a harvest of that interface; only withdrawals that no comment names are lost.
        source="arxiv-oai",
    )


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _authors(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of `[[last, first, suffix], …]`, written "First Last Suffix", else those of the line of authors."""
    parsed = data.get("authors_parsed") or []
    if not isinstance(parsed, list) or not all(_is_name(name) for name in parsed):
        raise ValueError("authors_parsed is no list of names")
    names = (decode_name(" ".join((*parts[1:2], *parts[:1], *parts[2:3]))) for parts in parsed)
    return tuple(filter(None, names)) or split_authors(_text(data, "authors") or "")


def _is_name(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _versions(data: Mapping[str, Any]) -> dict[int, str]:
    """The moment of each version, by its number."""
    found = {}
    versions = data.get("versions")
    for version in versions if isinstance(versions, list) else ():
        match = VERSION.fullmatch(str(version.get("version"))) if isinstance(version, dict) else None
        if not match:
            raise ValueError("versions holds what is none")
        found[int(match[1])] = moment(str(version.get("created")))
    return found
