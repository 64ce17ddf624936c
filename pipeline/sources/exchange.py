"""One exchange: a request and its whole answer, bounded in time and size.

requests' timeouts hold for a single read, so a server that drips defeats them; the exchange therefore runs in a thread
whose socket is shut when the deadline has passed or the user presses Ctrl-C.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

import requests
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError

from .trouble import BrokenOffError, UnreachableError

CONNECT, READ = 10.0, 22.0
"""Seconds to connect, and between two pieces of an answer."""
DEADLINE = 32.0
"""Seconds for a whole answer, from the request to its last byte."""
MOST = 32 * 2**20
"""Bytes of an answer; the longest real ones have some 10 MB."""

_NAMES: dict[type[Exception], str] = {
    requests.exceptions.ChunkedEncodingError: "the answer breaks off",
    requests.exceptions.ContentDecodingError: "the answer cannot be unpacked",
    requests.ConnectionError: "the connection was closed without an answer",
}


class Exchange(threading.Thread):
    """A request and its whole answer, in a thread that can be left behind."""

    def __init__(self, send: Callable[[], requests.Response]) -> None:
        super().__init__(daemon=True)
        self.socket: Any = None
        self._send = send
        self._answer: requests.Response | None = None
        self._error: Exception | None = None

    def answer(self) -> requests.Response:
        """The answer with its body.

        Raises:
            UnreachableError: there is none, or none in time.
        """
        self.start()
        try:
            self.join(DEADLINE)
            # What is shut may look like the end of an answer of unknown length.
            is_late = self.is_alive()
        finally:
            self._shut()
        if self._error is not None and not is_late:
            raise _failure(self._error) from self._error
        if self._answer is None or is_late:
            raise UnreachableError(f"no whole answer within {DEADLINE:.0f} s")
        return self._answer

    def run(self) -> None:
        """Send, and read the body piece by piece up to the limit."""
        try:
            with self._send() as answer:
                answer._content = _body(answer)  # noqa: SLF001  as requests itself does
            self._answer = answer
        except Exception as error:  # noqa: BLE001  whatever libraries raise below, the exchange has failed
            self._error = error

    def _shut(self) -> None:
        # Also after a whole answer: a server may close without having said so, and what is too long may still come.
        if self.socket is not None:
            with suppress(OSError):
                self.socket.shutdown(SHUT_RDWR)


def _body(answer: requests.Response) -> bytes:
    pieces, size = [], 0
    for piece in answer.iter_content(2**16):
        pieces.append(piece)
        size += len(piece)
        if size > MOST:
            raise OverflowError(f"more than {MOST // 2**20} MB")
    return b"".join(pieces)


def _failure(error: Exception) -> UnreachableError:
    causes, reason = _causes(error), _name(error)
    if any(isinstance(part, NewConnectionError | ConnectTimeoutError) for part in causes):
        # Without a network there is no use in waiting for one.
        return UnreachableError(reason, tries=2)
    return UnreachableError(reason) if _is_silence(causes) else BrokenOffError(reason)


def _name(error: Exception) -> str:
    if isinstance(error, OverflowError):
        return str(error)
    if isinstance(error, requests.ConnectTimeout):
        return f"silent for {CONNECT:.0f} s"
    causes = _causes(error)
    if _is_silence(causes):
        return f"silent for {READ:.0f} s"
    reason = next((part for part in causes if isinstance(part, OSError) and part.strerror), None)
    if reason is not None and reason.strerror:
        return reason.strerror.lower()
    return next((name for kind, name in _NAMES.items() if isinstance(error, kind)), type(error).__name__)


def _is_silence(causes: Iterable[BaseException]) -> bool:
    return any(isinstance(part, requests.Timeout | TimeoutError | ReadTimeoutError) for part in causes)


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


class _Known:
    """A connection that tells its exchange which socket it has."""

    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        thread = threading.current_thread()
        if isinstance(thread, Exchange):
            thread.socket = self.sock


class _PlainConnection(_Known, HTTPConnection):
    pass


class _SecureConnection(_Known, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS = {"http": _PlainPool, "https": _SecurePool}
"""Pools of connections that tell their exchange which socket they have."""
