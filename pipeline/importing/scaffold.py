"""The text of a new note with what its writer needs beside the fields, as YAML comments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from ..identifiers import URL
from ..model import Metadata, Note
from ..notes.writing import render
from ..text import one_line
from . import UNSORTED

_ADDRESS = re.compile(r"https?://[^\s{}]+|(?<![\w./@])(?:www\.|(?:github|gitlab)\.com/|huggingface\.co/)[^\s{}]+")
# Labels as the notes use them, by how an address goes on behind its scheme.
_LABELS = (
    (re.compile(r"(?:www\.)?(?:[\w-]+\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org)/"), "code"),
    (re.compile(r"(?:www\.)?huggingface\.co/datasets/"), "data"),
    (re.compile(r"(?:www\.)?huggingface\.co/(?!papers/|blog/|spaces/)"), "weights"),
)
_NO_LINK = re.compile(r"https?://(?:[\w-]+\.)*(?:arxiv|doi)\.org(?:/|$)")
_FIELD = re.compile(r"([a-z_]+):")
# Parts of an edge that few edges have.
_RARE = re.compile(r"\s+(?:concurrent|uncited):")
_COLUMN = 37
"""Where the template's comments stand."""


Template = Mapping[str, Sequence[str]]
"""The lines of each field of data/TEMPLATE.md, with their explanations."""


def scaffold(note: Note, record: Metadata | None, template: Template) -> str:
    """The note's text; fields that it lacks stand there as lines of the template, to be uncommented."""
    opening, *lines = render(note).split("\n")
    end = lines.index("---")
    front = front_fields("\n".join([opening, *lines[: end + 1]]))
    for name in ("kind", "branch"):
        if front[name] == [f"{name}: {UNSORTED}"]:
            front[name] = [_explained(front[name][0], template.get(name, ()))]
    if record:
        front["arxiv"] += [f"# {line}" for line in _history(record)]
    front["branch"] += _to_fill(template, "topics", "labs")
    front["status"] += _to_fill(template, "builds_on")
    last = [name for name in front if name != "links"][-1]
    front[last] += _to_fill(template, "card") if note.kind in ("model", UNSORTED) else []
    return "\n".join([opening, *(line for field in front.values() for line in field), *lines[end:]])


def front_fields(text: str) -> dict[str, list[str]]:
    """The lines of each field of a front matter."""
    blocks: dict[str, list[str]] = {}
    for line in text.split("\n---", maxsplit=1)[0].split("\n")[1:]:
        if match := _FIELD.match(line):
            blocks[match[1]] = [line]
        elif blocks and not line.startswith("#"):
            blocks[list(blocks)[-1]].append(line)
    return blocks


def _explained(line: str, lines: Sequence[str]) -> str:
    """A line with the comment that the template has on the first line of the field."""
    comment = lines[0].partition(" # ")[2] if lines else ""
    return f"{line:<{_COLUMN - 1}} # {comment}" if comment else line


def _to_fill(template: Template, *names: str) -> list[str]:
    lines = (line for name in names for line in template.get(name, ()))
    return [f"# {line}" for line in lines if not _RARE.match(line)]


def _history(record: Metadata) -> Iterator[str]:
    """What arXiv says of the work that no field holds."""
    said = [
        f"first posted {record.published[:10]}" if record.published else "",
        f"version {record.version}" if (record.version or 1) > 1 else "",
        record.primary_category or "",
    ]
    if said[1] and record.updated:
        said[1] += f" of {record.updated[:10]}"
    if any(said):
        yield ", ".join(filter(None, said))
    for name, text in (("comment", record.comment), ("journal reference", record.journal_ref)):
        if plain := one_line(text):
            yield f"{name}: {plain}"


def links_of(record: Metadata | None) -> Mapping[str, str]:
    """The addresses that a comment names, by what is there."""
    links: dict[str, str] = {}
    for match in _ADDRESS.finditer((record and record.comment) or ""):
        bare = match[0].rstrip(".,;:!?)]>'\"")
        address = bare if bare.startswith("http") else f"https://{bare}"
        if not URL.fullmatch(address) or _NO_LINK.match(address) or address in links.values():
            continue
        label = next((label for pattern, label in _LABELS if pattern.match(address.partition("://")[2])), "site")
        names = (label if number == 1 else f"{label} {number}" for number in count(1))
        links[next(name for name in names if name not in links)] = address
    return links


def left_to_write(note: Note) -> Iterator[str]:
    """What nobody can fetch."""
    if words := " and ".join(name for name in ("kind", "branch") if getattr(note, name) == UNSORTED):
        yield f"{words}: words of data/vocabulary.yaml"
    if note.name.endswith("…"):
        yield f"name: what people call it, instead of {note.name!r}"
    yield "topics: words of data/vocabulary.yaml"
    yield "labs: who made it"
    yield "builds_on: what it descends from, with 'how' and 'why'; nothing for a root"
    yield "summary: under the heading, instead of 'status: stub'"
    if note.kind in ("model", UNSORTED):
        yield "card: if it is a model"
