"""Cached records in `data/arxiv`, `data/abstracts` and `data/citations`: read with a check of their shape, written."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from .dates import is_date
from .identifiers import CATEGORY, CONTROL, DOI, KEY, arxiv_file, is_arxiv_id
from .model import SOURCES, Citation, Metadata, Note, Published
from .problems import Problem
from .shapes import (
    NUMBER_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    TRUTH,
    Shape,
    faults_of_shape,
    lists_of_texts,
    load_records,
    texts,
    texts_of,
    texts_or_null,
)
from .text import fold_title

_METADATA: Mapping[str, Shape] = {
    "arxiv": TEXT,
    "version": NUMBER_OR_NULL,
    "title": TEXT,
    "authors": texts,
    "published": TEXT_OR_NULL,
    "updated": TEXT_OR_NULL,
    "primary_category": TEXT_OR_NULL,
    "categories": texts_or_null,
    "comment": TEXT_OR_NULL,
    "journal_ref": TEXT_OR_NULL,
    "doi": TEXT_OR_NULL,
    "abstract": TEXT_OR_NULL,
    "withdrawn": TRUTH,
    "retrieved": TEXT_OR_NULL,
    "source": TEXT,
    "unverified": texts,
}
_BUNDLED: Mapping[str, Shape] = {
    "key": TEXT,
    "source": TEXT,
    "complete": TRUTH,
    "references": NUMBER_OR_NULL,
    "cites": texts,
}
_FETCHED: Mapping[str, Shape] = {
    "retrieved": TEXT,
    "resolved": NUMBER_OR_NULL,
    "elided": TRUTH,
    "by_title": texts,
    "influential": texts,
    "intents": lists_of_texts,
    "elsewhere": texts,
    "published": texts_of([field.name for field in fields(Published)]),
}
"""What a reference list has in addition where a service gave it."""


def load_metadata(folder: Path) -> tuple[dict[str, Metadata], list[Problem]]:
    """Read all arXiv records of a folder, by identifier."""
    records, problems = load_records(sorted(folder.glob("*.json")), _metadata)
    return {record.arxiv: record for record in records}, problems


def load_abstracts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read the abstracts of a folder, by arXiv identifier; none where there is no such folder."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.txt")):
        arxiv_id, text, fault = path.stem.replace("__", "/"), "", None
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            fault = "is not UTF-8 text"
        except OSError as error:
            fault = f"cannot be read ({error.strerror})"
        if fault is None:
            fault = _fault_of_abstract(arxiv_id, text)
        if fault:
            problems.append(Problem(path.as_posix(), 1, f"{fault}; delete the file and run 'fetch --abstracts'"))
        else:
            found[arxiv_id] = text
    return found, problems


def load_citations(folder: Path) -> tuple[dict[str, tuple[Citation, ...]], list[Problem]]:
    """Read all reference lists of a folder, by key of the citing work.

    A list stands in the folder itself or in the one that is named after its source. Of two of one source, which a fetch
    leaves that was stopped between writing and moving, the one in the folder itself counts.

    Returns:
        For each work the list that stands in the folder itself, then the others by name of the source.
    """
    paths = [*sorted(folder.glob("*.json")), *sorted(folder.glob("*/*.json"))]
    records, problems = load_records(paths, lambda data, path: _citation(data, path, folder))
    found: dict[str, dict[str, Citation]] = {}
    for record in records:
        found.setdefault(record.key, {}).setdefault(record.source, record)
    return {key: tuple(lists.values()) for key, lists in found.items()}, problems


def render_record(record: Metadata | Citation) -> str:
    """A record as the JSON text of its file; a reference list that no service gave has only its first five fields."""
    names = [*_METADATA] if isinstance(record, Metadata) else [*_BUNDLED, *(_FETCHED if record.retrieved else ())]
    values = {name: _as_json(getattr(record, name)) for name in names}
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: sorted(value[name]) for name in sorted(value)}
    if isinstance(value, Published):
        return {field.name: known for field in fields(value) if (known := getattr(value, field.name)) is not None}
    return value


def title_fault(note: Note, record: Metadata) -> Problem | None:
    """What is wrong where a record's title is not that of the note's heading or of another version it names."""
    if fold_title(record.title) in map(fold_title, (note.heading, *note.titles)):
        return None
    message = (
        f"arXiv:{record.arxiv} is {record.title!r}, the heading says {note.heading!r}; "
        "correct the identifier or the heading, or add the title to 'titles'"
    )
    return Problem(note.path, note.line("arxiv"), message)


def metadata_path(folder: Path, arxiv_id: str) -> Path:
    """The file of an arXiv identifier's record."""
    return folder / arxiv_file(arxiv_id)


def abstract_path(folder: Path, arxiv_id: str) -> Path:
    """The file of an arXiv identifier's abstract."""
    return folder / f"{arxiv_file(arxiv_id).removesuffix('.json')}.txt"


def list_path(folder: Path, record: Citation, *, is_first: bool) -> Path:
    """The file of a reference list: in the folder itself that of the first source, else in the folder of its source."""
    return (folder if is_first else folder / record.source) / f"{record.key}.json"


def faults_of(record: Metadata | Citation) -> list[str]:
    """What would be wrong with the file of a record, so that none is written which would not be read."""
    data = json.loads(render_record(record))
    if isinstance(record, Metadata):
        return _metadata(data, metadata_path(Path(), record.arxiv))[1]
    return _citation(data, list_path(Path(), record, is_first=True), Path())[1]


def _metadata(data: Any, path: Path) -> tuple[Metadata | None, list[str]]:
    if faults := faults_of_shape(data, _METADATA):
        return None, faults
    record = Metadata(**_frozen(data))
    return record, _faults_of_metadata(record, path.name)


def _citation(data: Any, path: Path, folder: Path) -> tuple[Citation | None, list[str]]:
    is_fetched = isinstance(data, dict) and not _FETCHED.keys().isdisjoint(data)
    if faults := faults_of_shape(data, {**_BUNDLED, **_FETCHED} if is_fetched else _BUNDLED):
        return None, faults
    values = _frozen(data)
    if is_fetched:
        values["intents"] = _frozen(data["intents"])
        values["published"] = None if data["published"] is None else Published(**data["published"])
    record = Citation(**values)
    return record, _faults_of_citation(record, path, folder)


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _faults_of_metadata(record: Metadata, name: str) -> list[str]:
    faults = []
    if not is_arxiv_id(record.arxiv) or arxiv_file(record.arxiv) != name:
        faults.append(f"is the record of {record.arxiv!r}, not of what the file is named after")
    if record.source not in SOURCES:
        faults.append(f"source {record.source!r} is unknown (one of {', '.join(SOURCES)})")
    for field in ("published", "updated", "retrieved"):
        value = getattr(record, field)
        if value is not None and not is_date(value[:10]):
            faults.append(f"{field} {value!r} is no date")
    if record.doi is not None and not DOI.fullmatch(record.doi):
        faults.append(f"doi {record.doi!r} is none")
    if record.primary_category is not None and not CATEGORY.fullmatch(record.primary_category):
        faults.append(f"primary_category {record.primary_category!r} is none")
    if not record.title or not record.authors:
        faults.append("has no title or no authors")
    return faults


def _fault_of_abstract(arxiv_id: str, text: str) -> str | None:
    if not is_arxiv_id(arxiv_id):
        return "is named after no arXiv identifier"
    if not text.strip():
        return "is empty"
    return "holds a control character" if CONTROL.search(text) else None


def _faults_of_citation(record: Citation, path: Path, folder: Path) -> list[str]:
    faults = []
    if f"{record.key}.json" != path.name:
        faults.append(f"is the record of {record.key!r}, not of what the file is named after")
    if not KEY.fullmatch(record.source):
        faults.append(f"source {record.source!r} is no word")
    elif path.parent not in (folder, folder / record.source):
        faults.append(f"source is {record.source!r}, not what the folder is named after")
    if record.references is not None and record.references < 0:
        faults.append(f"references cannot be {record.references}")
    if record.resolved is not None and not 0 <= record.resolved <= (record.references or 0):
        faults.append(f"resolved {record.resolved} is none of {record.references} references")
    if record.retrieved is not None and not (len(record.retrieved) == len("2000-01-01") and is_date(record.retrieved)):
        faults.append(f"retrieved {record.retrieved!r} is no day")
    for name, keys in (("influential", record.influential), ("intents", tuple(record.intents))):
        faults += [f"{name} has {key!r}, which is not among cites" for key in keys if key not in record.cites]
    odd = (one for one in record.elsewhere if not one.startswith(("arXiv:", "doi:")))
    faults += [f"elsewhere has {one!r}, which is neither arXiv: nor doi:" for one in odd]
    return faults
