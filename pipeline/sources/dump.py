"""arXiv's metadata snapshot (Kaggle, Cornell-University/arxiv): JSON lines, 4.5 GB, read once, on all cores.

A plain file is cut into ranges of bytes, which processes of their own read; a line belongs to the range in which it
starts. What is packed (`.gz`, `.zip`) or comes through a pipe is one stream, read in this process.
"""

import gzip
import os
import signal
import threading
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import IO

from ..model import Metadata
from .snapshot import BadLine, read_line

RANGE = 1 << 24
"""Bytes that a process reads at a time: so few that Ctrl-C is heeded within a second."""
LONGEST = 1 << 24
"""Bytes of a line that are kept; a record of three thousand authors has 200,000."""

_Stream = IO[bytes] | gzip.GzipFile
_DAMAGED = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    wanted: frozenset[bytes]
    day: str


_JOBS: list[_Job] = []
"""In a process that reads ranges: what it reads them for."""


def read_dump(
    path: Path,
    wanted: Collection[str],
    *,
    day: str,
    processes: int | None = None,
    tell: Callable[[int, int], None] = lambda _done, _size: None,
) -> Iterator[Metadata | BadLine]:
    """The records of some works, and the lines that cannot be read, in the order of the file.

    Where an identifier stands on several lines, each of them gives a record; the later one is the newer one. Of the
    lines of other works only those are bad that are cut short or are no JSON at first sight. Whether a packed file is
    whole is known at its end: where the last thing is a bad line, nothing that came out of it should be believed.

    Args:
        path: the snapshot, plain, gzip or zip.
        wanted: bare identifiers.
        day: what the records name as `retrieved`.
        processes: how many read; as many as there are cores by default.
        tell: is called with the bytes that were read and the bytes of the file (0 for a pipe).

    Raises:
        OSError: the file cannot be read, or one of the processes was ended.
    """
    job = _Job(path, frozenset(arxiv_id.encode() for arxiv_id in wanted), day)
    with path.open("rb") as file:
        start = file.peek(4)[:4]
        if not path.is_file() or start.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06")):
            yield from _packed(file, start, job, tell)
            return
    size = path.stat().st_size
    ranges = [(start, min(start + RANGE, size)) for start in range(0, size, RANGE)]
    several = min(processes or _cores(), len(ranges))
    parts = _in_parallel(job, ranges, several) if several > 1 else (_part(job, *bounds) for bounds in ranges)
    for (_, end), part in zip(ranges, parts, strict=True):
        yield from part
        tell(end, size)


def _cores() -> int:
    # What a container or taskset leaves to this process; not every system tells.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_parallel(job: _Job, ranges: Iterable[tuple[int, int]], processes: int) -> Iterator[list[Metadata | BadLine]]:
    """What the ranges hold, in their order, no more than a few of them ahead of who asks.

    Raises:
        ChildProcessError: a process was ended.
    """
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(job,))
    ahead: deque[Future[list[Metadata | BadLine]]] = deque()
    try:
        for bounds in ranges:
            with _unheard_ctrl_c():
                ahead.append(pool.submit(_own_part, *bounds))
            if len(ahead) > 2 * processes:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    except BrokenProcessPool as error:
        raise ChildProcessError(0, "a process that read it was ended; run it again", str(job.path)) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _unheard_ctrl_c() -> Iterator[None]:
    """Ctrl-C waits, and processes that start meanwhile never hear it: it is their parent's matter."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _begin(job: _Job) -> None:
    """Make a new process one that reads ranges; the end of its parent is its own too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there are no masks
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _JOBS[:] = [job]


def _end_with_parent() -> None:
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _own_part(start: int, end: int) -> list[Metadata | BadLine]:
    return _part(_JOBS[0], start, end)


def _part(job: _Job, start: int, end: int) -> list[Metadata | BadLine]:
    """What the lines that start within a range hold."""
    with job.path.open("rb", buffering=1 << 20) as file:
        judged = (read_line(offset, line, job.wanted, job.day) for offset, line in _lines(file, start, end))
        return [found for found in judged if found]


def _packed(
    file: BufferedReader, start: bytes, job: _Job, tell: Callable[[int, int], None]
) -> Iterator[Metadata | BadLine]:
    """What the lines of one stream hold; where it cannot be unpacked to its end, that is a bad line."""
    size = os.fstat(file.fileno()).st_size
    offset = told = 0
    try:
        with ExitStack() as stack:
            stream = _unpacked(file, start, stack)
            for offset, line in _lines(stream, 0, None):
                if found := read_line(offset, line, job.wanted, job.day):
                    yield found
                if offset - told >= RANGE:
                    told = offset
                    tell(file.tell() if size else offset, size)
    except _DAMAGED as error:
        yield BadLine(offset, f"the file cannot be unpacked from here on ({error}); download it again", is_end=True)
    tell(size, size)


def _unpacked(file: BufferedReader, start: bytes, stack: ExitStack) -> _Stream:
    if start.startswith(b"PK"):
        archive = stack.enter_context(zipfile.ZipFile(file))
        names = [name for name in archive.namelist() if name.endswith((".json", ".jsonl"))]
        if not names:
            raise zipfile.BadZipFile("it holds no .json file")
        return stack.enter_context(archive.open(names[0]))
    return gzip.GzipFile(fileobj=file) if start.startswith(b"\x1f\x8b") else file


def _lines(file: _Stream, start: int, end: int | None) -> Iterator[tuple[int, bytes]]:
    """(where it starts, the line) of each line that starts from byte `start` to before `end`, cut at LONGEST."""
    offset = start
    line = b"\n"
    if start:
        # A line starts here if the one before ends here.
        file.seek(start - 1)
        line = file.readline(LONGEST)
        offset += len(line) - 1
    while line and (end is None or offset < end):
        is_start = line.endswith(b"\n")
        line = file.readline(LONGEST)
        if is_start and line:
            yield offset, line
        offset += len(line)
