"""Reading text files with a word on what is wrong, writing them so that they are whole or untouched."""

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .problems import Report


def read_text(path: Path, report: Report) -> str | None:
    """The text of a UTF-8 file, with or without BOM; None where it cannot be read, which is reported."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        report(1, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
    except OSError as error:
        report(1, f"cannot be read ({error.strerror}); it should be a text file")
    return None


def replace_file(path: Path, text: str) -> bool:
    """Write a UTF-8 text file in one step.

    A file that has this text already only gets a new time, so that make counts it as made.

    Returns:
        Whether the content changed.
    """
    return replace_files({path: text})[path]


def replace_files(texts: Mapping[Path, str]) -> dict[Path, bool]:
    """Write several text files, in their order; none is replaced before all of them are on disk.

    Returns:
        Whether each one changed.

    Raises:
        OSError: a file cannot be written; then none has been replaced, unless the disk failed between two renames.
    """
    for path in texts:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where a file should", str(path))
    changed = {path: not _has(path, text) for path, text in texts.items()}
    staged: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            if changed[path]:
                staged[path] = _stage(path, text)
        for path, part in staged.items():
            part.replace(path)
    finally:
        for part in staged.values():
            part.unlink(missing_ok=True)
    for path in texts:
        os.utime(path)
    return changed


def _has(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _stage(path: Path, text: str) -> Path:
    """Write the text beside its place, with the rights that a new file there has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    except BaseException:
        part.unlink()
        raise
    return part


def sweep(folder: Path) -> None:
    """Delete what a process that was killed left half written in a folder and those below it."""
    for part in folder.glob("**/.*.part"):
        part.unlink(missing_ok=True)
