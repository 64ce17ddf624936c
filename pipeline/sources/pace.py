"""Taking turns: one connection to a service at a time, with a pause between requests, over all processes of a user.

arXiv's terms of use ask for one request every three seconds and a single connection, over all its interfaces together
(https://info.arxiv.org/help/api/tou.html).
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from ..state import state_folder
from .progress import Progress
from .trouble import SettingError

COURTESY = 0.05
"""Seconds that who made the last request waits longer than others; more than `_POLL`."""
_POLL = 0.02


def seconds(default: float) -> float:
    """Seconds between two requests to one service: `LINEAGE_PACE`, else the default.

    Raises:
        SettingError: `LINEAGE_PACE` is no number of seconds.
    """
    text = os.environ.get("LINEAGE_PACE", "")
    if not re.fullmatch(r"(?:[0-9]+(?:\.[0-9]*)?)?", text):
        raise SettingError("LINEAGE_PACE is a number of seconds")
    return float(text or default)


class Pace:
    """The turns of one service.

    Args:
        address: of the service; hosts of one site, as `export.arxiv.org` and `oaipmh.arxiv.org`, share their turns.
        pause: seconds from the end of a request to the start of the next one.
        progress: says what is being waited for.
    """

    def __init__(self, address: str, pause: float, progress: Progress) -> None:
        folder, self._site = state_folder(), _site(address)
        self._lock = FileLock(folder / f"{self._site}.lock")
        self._stamp = folder / f"{self._site}.last"
        self._pause = pause
        self._own = 0
        self._progress = progress

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the connection, once the pause after the last request is over.

        The pause itself is free for all: who held the connection through it would leave it to nobody else.
        """
        while True:
            self._queue()
            try:
                if (left := self._left()) <= 0:
                    self._mark()
                    self._progress.show(f"waiting for {self._site}")
                    try:
                        yield
                    finally:
                        self._mark()
                    return
            finally:
                self._lock.release()
            self._progress.wait(left, "for our turn")

    def _queue(self) -> None:
        while True:
            try:
                self._lock.acquire(timeout=1, poll_interval=_POLL)
            except Timeout:
                self._progress.show("waiting for another process")
            else:
                return

    def _left(self) -> float:
        with suppress(OSError):
            last = self._stamp.stat().st_mtime_ns
            # After a request of ours another process that waits goes first.
            pause = self._pause + COURTESY if self._pause and last == self._own else self._pause
            # A clock that was set back must not make us wait for more than a pause.
            return min(pause, last / 1e9 + pause - time.time())
        return 0.0

    def _mark(self) -> None:
        # The time that `touch` gives is some milliseconds old.
        self._own = time.time_ns()
        self._stamp.touch()
        os.utime(self._stamp, ns=(self._own, self._own))


def _site(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or "service"
    if re.fullmatch(r"[0-9.]+|localhost|\[?[0-9a-f:]+\]?", host):
        return f"{host}-{parts.port or 80}".replace(":", "_")
    return ".".join(host.split(".")[-2:])
