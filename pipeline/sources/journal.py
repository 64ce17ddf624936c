"""What a refresh has done already, so that one that was stopped goes on where it was.

Elsewhere the files themselves say what is missing; a refresh asks for all of them again, and an answer that says
nothing new leaves no trace in them.
"""

import time
from pathlib import Path

from ..state import digest, state_folder

_AGE = 86_400.0
"""Seconds after which a refresh that was stopped is begun anew."""


class Journal:
    """The names that a refresh of a data directory is done with; `scope` is what part of it is refreshed."""

    def __init__(self, data: Path, scope: str) -> None:
        self._path = state_folder() / f"{digest(data)}-{scope}.refresh"
        is_fresh = self._path.exists() and time.time() - self._path.stat().st_mtime < _AGE
        # The last line of a process that was killed may be cut.
        lines = self._path.read_text(encoding="utf-8").split("\n")[:-1] if is_fresh else []
        self._done = set(lines)
        if not is_fresh:
            self.clear()

    def has(self, name: str) -> bool:
        """Whether this was done."""
        return name in self._done

    def add(self, name: str) -> None:
        """Note that this is done."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        self._done.add(name)

    def clear(self) -> None:
        """Forget all: the refresh is complete."""
        self._path.unlink(missing_ok=True)
        self._done.clear()
