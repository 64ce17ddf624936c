"""Cached records, `data/arxiv/*.json` and `data/citations/*.json`: read with a check of their shape, and written."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from .dates import is_date
from .identifiers import CATEGORY, CONTROL, DOI, arxiv_file, is_arxiv_id
from .model import SOURCES, Citation, Metadata, Note
from .problems import Problem
from .text import fold_title

R = TypeVar("R", Metadata, Citation)

_TYPES: dict[type, dict[str, tuple[type, ...]]] = {
    Metadata: {
        "arxiv": (str,),
        "version": (int, NoneType),
        "title": (str,),
        "authors": (list,),
        "published": (str, NoneType),
        "updated": (str, NoneType),
        "primary_category": (str, NoneType),
        "categories": (list, NoneType),
        "comment": (str, NoneType),
        "journal_ref": (str, NoneType),
        "doi": (str, NoneType),
        "abstract": (str, NoneType),
        "withdrawn": (bool,),
        "retrieved": (str, NoneType),
        "source": (str,),
        "unverified": (list,),
    },
    Citation: {
        "key": (str,),
        "source": (str,),
        "complete": (bool,),
        "references": (int, NoneType),
        "cites": (list,),
    },
}


def load_metadata(folder: Path) -> tuple[dict[str, Metadata], list[Problem]]:
    """Read all arXiv records of a folder, by identifier."""
    records, problems = _load(folder, Metadata, _faults_of_metadata)
    return {record.arxiv: record for record in records}, problems


def load_citations(folder: Path) -> tuple[dict[str, Citation], list[Problem]]:
    """Read all reference lists of a folder, by key of the citing work."""
    records, problems = _load(folder, Citation, _faults_of_citation)
    return {record.key: record for record in records}, problems


def render_record(record: Metadata | Citation) -> str:
    """A record as the JSON text of its file."""
    values = {name: value for name, value in asdict(record).items() if name in _TYPES[type(record)]}
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


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


def _load(folder: Path, of: type[R], faults_of: Callable[[R, str], list[str]]) -> tuple[list[R], list[Problem]]:
    records, problems = [], []
    for path in sorted(folder.glob("*.json")):
        line, record = 1, None
        faults: list[str] = []
        try:
            record, faults = _record(of, json.loads(path.read_bytes()))
        except json.JSONDecodeError as error:
            line, faults = error.lineno, [f"is broken JSON ({error.msg})"]
        except UnicodeDecodeError:
            faults = ["is not UTF-8 text"]
        except ValueError as error:
            faults = [f"is broken JSON ({error})"]
        except RecursionError:
            faults = ["is nested too deeply"]
        except OSError as error:
            faults = [f"cannot be read ({error.strerror})"]
        if record is not None:
            faults = faults_of(record, path.name)
        if faults or record is None:
            advice = "; delete the file and run 'make fetch', or restore it"
            problems += [Problem(path.as_posix(), line, fault + advice) for fault in faults]
        else:
            records.append(record)
    return records, problems


def _record(of: type[R], data: Any) -> tuple[R | None, list[str]]:
    """Make a frozen record of parsed JSON, or say what is wrong with its shape."""
    types: Mapping[str, tuple[type, ...]] = _TYPES[of]
    if not isinstance(data, dict):
        return None, ["is not a record of fields"]
    faults = [f"has an unknown field {name!r}" for name in data if name not in types]
    faults += [f"has no {name}" for name in types if name not in data]
    for name in types.keys() & data.keys():
        if type(data[name]) not in types[name]:
            faults.append(f"{name} has the wrong type ({type(data[name]).__name__})")
        elif isinstance(data[name], list) and not all(isinstance(item, str) and item.strip() for item in data[name]):
            faults.append(f"{name} holds something that is no text")
        elif any(CONTROL.search(text) for text in (data[name] if isinstance(data[name], list) else [str(data[name])])):
            faults.append(f"{name} holds a control character")
    if faults:
        return None, sorted(faults)
    values: dict[str, Any] = {f.name: data[f.name] for f in fields(of) if f.name in data}
    make: Callable[..., R] = of
    return make(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}), []


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


def _faults_of_citation(record: Citation, name: str) -> list[str]:
    faults = []
    if f"{record.key}.json" != name:
        faults.append(f"is the record of {record.key!r}, not of what the file is named after")
    if record.references is not None and record.references < 0:
        faults.append(f"references cannot be {record.references}")
    return faults
