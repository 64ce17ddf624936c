"""One request and its whole answer: paced over all processes, bounded in time and size, judged by its status.

requests' timeouts hold for a single read, so a server that drips defeats them; the exchange therefore runs in a thread
whose socket is shut when the deadline has passed or the user presses Ctrl-C.
"""

import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, InvalidHeader, NewConnectionError, ReadTimeoutError
from urllib3.util import Retry

from .. import __version__
from .pace import Pace
from .progress import LOG
from .trouble import (
    TRIES,
    RefusedError,
    SettingError,
    ThrottledError,
    TroubleError,
    UnreachableError,
    UnusableError,
)

CONNECT, READ = 10.0, 25.0
"""Seconds to connect, and between two pieces of an answer."""
DEADLINE = 45.0
"""Seconds for a whole answer, from the request to its last byte."""
MOST = 32 * 2**20
"""Bytes of an answer; the longest real ones have some 10 MB."""

_REFUSED = (400, 404, 410, 414, 422)
_THROTTLED = (403, 406, 408, 429, 503)
_NAMES: dict[type[Exception], str] = {
    requests.exceptions.ChunkedEncodingError: "the answer breaks off",
    requests.exceptions.ContentDecodingError: "the answer cannot be unpacked",
    requests.ConnectionError: "the connection was closed without an answer",
}


class Transport(HTTPAdapter):
    """The adapter of a session to one service, which raises `TroubleError` and `RefusedError` for what is no answer.

    Attributes:
        spent: seconds that exchanges have taken, pauses left out.
    """

    def __init__(self, address: str, pace: Pace) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = _POOLS
        self._host = urlsplit(address).hostname
        self._agent = _agent()
        self.spent = 0.0
        self._pace = pace

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        """The manager of a proxy's connections, which are ours too."""
        manager = super().proxy_manager_for(*args, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        """Make one request when its time has come.

        Raises:
            TroubleError: no answer that can be used.
            RefusedError: the service finds fault with the request.
        """
        host = urlsplit(request.url or "").hostname
        if host != self._host:
            raise UnusableError(f"it sends us on to {host}")
        request.headers["User-Agent"] = self._agent
        # A connection that idles between two requests is likely to be reset by the time of the second.
        request.headers["Connection"] = "close"
        options |= {"stream": True, "timeout": (CONNECT, READ)}
        with self._pace.turn():
            began = time.monotonic()
            outcome = "stopped"
            try:
                answer = _Exchange(lambda: super(Transport, self).send(request, **options)).answer()
                outcome = f"{answer.status_code}, {len(answer.content)} bytes"
            except TroubleError as trouble:
                outcome = str(trouble)
                raise
            finally:
                took = time.monotonic() - began
                self.spent += took
                LOG.info("%s %s: %s, %.1f s", request.method, request.url, outcome, took)
        _judge(answer)
        return answer


def _agent() -> str:
    """Who asks.

    Raises:
        SettingError: `LINEAGE_CONTACT` cannot stand in a header.
    """
    contact = os.environ.get("LINEAGE_CONTACT", "").strip()
    if not re.fullmatch(r"[!-~]*", contact):
        raise SettingError("LINEAGE_CONTACT is a mail address in ASCII")
    return f"llm-lineage/{__version__}" + (f" (mailto:{contact})" if contact else "")


def _judge(answer: requests.Response) -> None:
    status = answer.status_code
    if status in _THROTTLED:
        raise ThrottledError(f"HTTP {status}", wait=_retry_after(answer))
    if status in _REFUSED:
        raise RefusedError(status, answer.content)
    if status != requests.codes.ok and not answer.is_redirect:
        raise UnusableError(f"HTTP {status}", wait=_retry_after(answer))


def _retry_after(answer: requests.Response) -> float:
    try:
        return max(0.0, Retry().parse_retry_after(answer.headers.get("Retry-After", "0")))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


class _Exchange(threading.Thread):
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
            # Without a network there is no use in waiting for one.
            is_cut_off = any(
                isinstance(part, NewConnectionError | ConnectTimeoutError) for part in _causes(self._error)
            )
            tries = 2 if is_cut_off else TRIES
            raise UnreachableError(_name(self._error), tries=tries) from self._error
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


def _name(error: Exception) -> str:
    if isinstance(error, OverflowError):
        return str(error)
    if isinstance(error, requests.ConnectTimeout):
        return f"silent for {CONNECT:.0f} s"
    causes = _causes(error)
    if any(isinstance(part, requests.Timeout | TimeoutError | ReadTimeoutError) for part in causes):
        return f"silent for {READ:.0f} s"
    reason = next((part for part in causes if isinstance(part, OSError) and part.strerror), None)
    if reason is not None and reason.strerror:
        return reason.strerror.lower()
    return next((name for kind, name in _NAMES.items() if isinstance(error, kind)), type(error).__name__)


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
        if isinstance(thread, _Exchange):
            thread.socket = self.sock


class _PlainConnection(_Known, HTTPConnection):
    pass


class _SecureConnection(_Known, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _PlainPool, "https": _SecurePool}
