"""Records in JSON files: read, and their shape checked: which fields they have, and of what type."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from .identifiers import CONTROL
from .problems import Problem

R = TypeVar("R")

_FETCH = "delete the file and run 'make fetch', or restore it"

Shape = Callable[[Any], str | None]
"""Says what is wrong with the value of a field, in words that follow its name; None where nothing is."""


def of_type(*types: type) -> Shape:
    """A text, number or truth value of one of these types; texts without control characters."""

    def fault(value: Any) -> str | None:
        # Exactly: to Python a truth value is a number too.
        if type(value) not in types:
            return _wrong_type(value)
        return "holds a control character" if isinstance(value, str) and CONTROL.search(value) else None

    return fault


def texts(value: Any) -> str | None:
    """A list of texts, none of them empty."""
    return _fault_of_texts(value) if isinstance(value, list) else _wrong_type(value)


def texts_or_null(value: Any) -> str | None:
    """A list of texts, or null."""
    return None if value is None else texts(value)


def lists_of_texts(value: Any) -> str | None:
    """An object of lists of texts."""
    if not isinstance(value, dict):
        return _wrong_type(value)
    return next((fault for words in value.values() if (fault := texts(words))), None) or _fault_of_texts(list(value))


def texts_of(names: Collection[str]) -> Shape:
    """An object of texts with some of these fields, or null."""

    def fault(value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            return _wrong_type(value)
        unknown = (f"has an unknown field {name!r}" for name in sorted(value) if name not in names)
        return next(unknown, None) or _fault_of_texts(list(value.values()))

    return fault


TEXT, TRUTH = of_type(str), of_type(bool)
TEXT_OR_NULL, NUMBER_OR_NULL = of_type(str, NoneType), of_type(int, NoneType)


def load_records(
    paths: Iterable[Path], read: Callable[[Any, Path], tuple[R | None, list[str]]], *, advice: str = _FETCH
) -> tuple[list[R], list[Problem]]:
    """Read JSON files, one record each.

    Args:
        paths: the files, in the order of the records.
        read: makes a record of parsed JSON and the file's path, and says what is wrong with it.
        advice: what to do about a faulty file.

    Returns:
        The records that are sound, and what is wrong with the other files.
    """
    records, problems = [], []
    for path in paths:
        line, record = 1, None
        try:
            record, faults = read(json.loads(path.read_bytes()), path)
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
        if record is not None and not faults:
            records.append(record)
        problems += [Problem(path.as_posix(), line, f"{fault}; {advice}") for fault in faults]
    return records, problems


def faults_of_shape(data: Any, shapes: Mapping[str, Shape]) -> list[str]:
    """What is wrong with a record of these fields, in the order of the alphabet."""
    return sorted(_faults(data, shapes)) if isinstance(data, dict) else ["is not a record of fields"]


def _faults(data: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Iterator[str]:
    yield from (f"has an unknown field {name!r}" for name in data if name not in shapes)
    for name, shape in shapes.items():
        if name not in data:
            yield f"has no {name}"
        elif fault := shape(data[name]):
            yield f"{name} {fault}"


def _wrong_type(value: Any) -> str:
    return f"has the wrong type ({type(value).__name__})"


def _fault_of_texts(values: Collection[Any]) -> str | None:
    if not all(isinstance(value, str) and value.strip() for value in values):
        return "holds something that is no text"
    return "holds a control character" if any(map(CONTROL.search, values)) else None
