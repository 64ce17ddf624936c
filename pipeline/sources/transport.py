"""How a session makes a request: in its turn, under our name, to the host that was meant, judged by its status."""

import os
import re
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from .. import __version__
from . import exchange
from .pace import Pace
from .progress import LOG
from .trouble import (
    RefusedError,
    SettingError,
    ThrottledError,
    TroubleError,
    UnusableError,
)

_REFUSED = (400, 404, 410, 414, 422)
_FORBIDDEN = 403
_THROTTLED = (_FORBIDDEN, 406, 408, 429, 503)


class Transport(HTTPAdapter):
    """The adapter of a session to one service, which raises `TroubleError` and `RefusedError` for what is no answer.

    Attributes:
        spent: seconds that exchanges have taken, pauses left out.
    """

    def __init__(self, address: str, pace: Pace) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self.poolmanager.pool_classes_by_scheme = exchange.POOLS
        self._host = urlsplit(address).hostname
        self._agent = _agent()
        self.spent = 0.0
        self._pace = pace

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        """The manager of a proxy's connections, which are ours too."""
        manager = super().proxy_manager_for(*args, **options)
        manager.pool_classes_by_scheme = exchange.POOLS
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
        options |= {"stream": True, "timeout": (exchange.CONNECT, exchange.READ)}
        with self._pace.turn():
            began = time.monotonic()
            outcome = "stopped"
            try:
                answer = exchange.Exchange(lambda: super(Transport, self).send(request, **options)).answer()
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
        hint = ", a block or a wrong key" if status == _FORBIDDEN else ""
        raise ThrottledError(f"HTTP {status}{hint}", wait=_retry_after(answer))
    if status in _REFUSED:
        raise RefusedError(status, answer.content)
    if status != requests.codes.ok and not answer.is_redirect:
        raise UnusableError(f"HTTP {status}", wait=_retry_after(answer))


def _retry_after(answer: requests.Response) -> float:
    try:
        return max(0.0, Retry().parse_retry_after(answer.headers.get("Retry-After", "0")))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0
