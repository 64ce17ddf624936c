"""Notes as text: what is written reads back as the same note."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from ..markup import formulas, stray_dollars, targets
from ..model import Card, Link, Note, Reference, Size
from ..text import first_paragraph

# A value that YAML reads as the text that stands there, in a list too; all else is quoted.
_PLAIN = re.compile(r"[^\W_](?:[^\s:#,\[\]{}\"\\]|:(?=[^\s,\[\]{}])| (?![ #]))*")
_NULL = ("null", "Null", "NULL")
_ALWAYS_QUOTED = ("arxiv", "also")
_SPECIAL = re.compile(r"[\\`*\[<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"(?:[-+>#=~|]|\d+(?=[.)]))")


def render(note: Note) -> str:
    """The note as the text of its file, fields in the order of the template."""
    return "\n".join(["---", *_front(note), "---", f"# {note.heading}", *_body(note)]) + "\n"


def heading_of(title: str) -> str:
    r"""A title as a heading can hold it: a dollar sign that makes no formula becomes `\$`, a link none."""
    title = re.sub(r"(?:[ \t]+#+)+$", "", title.replace("](", "] (").replace("]:", "] :")).strip()
    if list(stray_dollars(title)) or not _readable(title):
        title = re.sub(r"\\.|\$", lambda match: "\\$" if match[0] == "$" else match[0], title)
    return title


def paragraph_of(text: str) -> str:
    """Plain text on one line as a paragraph of Markdown that reads back the same; well-formed formulas stay TeX."""
    found = list(formulas(text)) if _readable(text) else []
    parts, end = [], 0
    for formula in found:
        parts += [_escape(text[end : formula.start]), text[formula.start : formula.end]]
        end = formula.end
    escaped = _at_start("".join([*parts, _escape(text[end:])]))
    # A formula between signs that mean something else beside it: then it is words.
    is_same = first_paragraph(escaped) == text and not list(stray_dollars(escaped))
    return escaped if is_same else _at_start(_escape(text))


def _escape(text: str) -> str:
    # The search for links does not heed a backslash before the bracket that closes, but one behind it.
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text).replace("$", "\\$").replace("](", "]\\(")


def _at_start(text: str) -> str:
    match = _START.match(text)
    if not match:
        return text
    digits = match[0] if match[0].isdecimal() else ""
    return f"{digits}\\{text[len(digits) :]}"


def _readable(text: str) -> bool:
    """Whether every formula can be shown, and no link or image is in it."""
    from ..formulas import FormulaError, to_mathml

    try:
        for formula in formulas(text):
            to_mathml(formula.tex, display=formula.display)
    except FormulaError:
        return False
    return not any(targets(text))


def _front(note: Note) -> Iterator[str]:
    for name in ("name", "aliases", "arxiv", "also", "citekey", "former_keys", "former_citekeys", "kind", "branch"):
        yield from _field(name, getattr(note, name))
    for name in ("topics", "labs", "introduced_in", "status", "titles"):
        yield from _field(name, getattr(note, name))
    for name in ("builds_on", "relates_to"):
        if links := getattr(note, name):
            yield f"{name}:"
            yield from (f"  - {_flow(_edge(link))}" for link in links)
    for name, record in (("reference", note.reference), ("card", note.card)):
        if record:
            yield f"{name}:"
            yield from (f"  {line}" for part in fields(record) for line in _part(record, part.name))
    if note.links:
        yield f"links: {_flow(note.links)}"


def _part(record: Reference | Card, name: str) -> Iterator[str]:
    value = getattr(record, name)
    if name == "parameters" and value:
        yield f"{name}: [{', '.join(_size(size) for size in value)}]"
    else:
        yield from _field(name, value)


def _field(name: str, value: Any) -> Iterator[str]:
    if value:
        yield f"{name}: {_list(value) if isinstance(value, tuple) else _scalar(value, quoted=name in _ALWAYS_QUOTED)}"


def _edge(link: Link) -> Mapping[str, Any]:
    how = link.how[0] if len(link.how) == 1 else link.how
    edge = {"paper": link.paper, "how": how, "why": link.why, "concurrent": "true" if link.concurrent else None}
    return edge | {"uncited": link.uncited}


def _size(size: Size) -> str:
    return _flow({"total": size.total, "active": size.active}) if size.active else _scalar(size.total)


def _flow(values: Mapping[str, Any]) -> str:
    given = ((name, value) for name, value in values.items() if value)
    return "{" + ", ".join(f"{_scalar(n)}: {_list(v) if isinstance(v, tuple) else _scalar(v)}" for n, v in given) + "}"


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_scalar, values)) + "]"


def _scalar(text: str, *, quoted: bool = False) -> str:
    # JSON's strings are YAML's double-quoted ones.
    is_plain = _PLAIN.fullmatch(text) and text not in _NULL and not quoted
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _body(note: Note) -> Iterator[str]:
    if note.summary:
        yield f"\n{note.summary}"
    for title, text in note.sections:
        yield f"\n## {title}\n{text}"
