"""What is wrong with the data, said so that an editor can jump to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Report = Callable[[int, str], None]
"""Takes a line and what is wrong there."""


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault: `path:line: what, and what to do`.

    Attributes:
        path: file as the user named it, with forward slashes.
        line: line in that file, counted from 1; 1 where the whole file is meant.
        message: what is wrong and what to do about it.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def reporter(path: Path, problems: list[Problem]) -> Report:
    """A function that adds a problem of one file to a list."""
    return lambda line, message: problems.append(Problem(path.as_posix(), line, message))


class StopError(Exception):
    """A command cannot go on; the message says why, `code` is its exit code."""

    def __init__(self, message: str, *, code: int) -> None:
        super().__init__(message)
        self.code = code


class DataError(Exception):
    """The data has problems; `problems` holds all of them, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
