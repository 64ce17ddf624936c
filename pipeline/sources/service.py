"""Asking one service until it answers or is given up: growing pauses, and a circuit breaker.

The pauses follow what clients of arXiv found to work: 5, 10, 20, 40, 80 seconds and jitter at arXiv's pace of 3
seconds, in proportion elsewhere; a `Retry-After` is a lower bound, as services send 0 or nothing.
"""

import json
import os
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from ..identifiers import URL
from ..model import Metadata
from .pace import Pace, seconds
from .progress import LOG, Progress
from .transport import Transport
from .trouble import BrokenOffError, SettingError, TroubleError, UnavailableError, UnreachableError, UnusableError

T = TypeVar("T")

PATIENCE = 40.0
"""Seconds of fruitless exchanges, from the second try on, after which a service that only stalls is given up."""
LONGEST = 600.0
"""Seconds that a service may have us wait for one answer; one that asks for more is given up for now."""
COOLING = 900.0
"""Seconds for which a service that was given up is not asked again, twice as many each further time."""
FLAWED = 3
"""Requests in a row without a usable answer, which may each be the fault of what was asked for, before that."""


class Service:
    """One service with its session, its pace and its breaker.

    Args:
        name: as messages call it.
        variable: of the environment, which replaces the address.
        address: of the service, without query.
        pace: seconds between two requests unless `LINEAGE_PACE` says otherwise.
        progress: says what is being waited for.
        headers: of every request.
    """

    def __init__(
        self,
        name: str,
        *,
        variable: str,
        address: str,
        pace: float,
        progress: Progress,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.address = _address(variable, address)
        self.session = requests.Session()
        self.session.max_redirects = 3
        self.session.headers.update(headers or {})
        self._pause = seconds(pace)
        self._transport = Transport(self.address, Pace(self.address, self._pause, progress))
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, self._transport)
        self._progress = progress
        self._spent_before = 0.0
        self._shut: tuple[float, TroubleError] | None = None
        self._cooling = COOLING
        self._waited = 0.0
        self._flawed = 0

    def ask(self, attempt: Callable[[], T]) -> T:
        """What the attempt gives, tried again after `TroubleError`.

        Raises:
            RefusedError: from the attempt, at once.
            UnavailableError: after the last try, or while the service is given up.
        """
        if self._shut and time.monotonic() < self._shut[0]:
            raise UnavailableError(self.name, self._shut[1])
        self._spent_before, self._waited = self._transport.spent, 0.0
        retrying = Retrying(
            stop=self._has_enough,
            wait=self._growing,
            retry=retry_if_exception_type(TroubleError),
            sleep=self._wait,
            reraise=True,
        )
        try:
            found: T = retrying(_in_our_terms, attempt)
        except TroubleError as trouble:
            self._flawed += 1
            if not isinstance(trouble, UnusableError | BrokenOffError) or self._flawed >= FLAWED:
                LOG.info("%s is given up for %.0f s: %s", self.name, self._cooling, trouble)
                self._shut = (time.monotonic() + self._cooling, trouble)
                self._cooling *= 2
            raise UnavailableError(self.name, trouble) from trouble
        self._flawed = 0
        return found

    def get(self, path: str = "", **params: Any) -> requests.Response:
        """One GET below the address, as an attempt makes it."""
        return self.request("GET", path, params=params)

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request below the address, as an attempt makes it.

        Raises:
            UnusableError: an address that the service sends us to is none.
        """
        try:
            return self.session.request(method, self.address + path, **options)
        except ValueError as error:
            # An address that requests or urllib cannot take apart.
            raise UnusableError("it sends us nowhere") from error

    def _has_enough(self, state: RetryCallState) -> bool:
        tries, trouble = state.attempt_number, _trouble(state)
        stalled = tries > 1 and self._transport.spent - self._spent_before >= PATIENCE
        is_enough = tries >= (min(2, trouble.tries) if self._flawed else trouble.tries)
        return is_enough or stalled or (self._pause > 0 and self._waited + trouble.wait > LONGEST)

    def _wait(self, pause: float) -> None:
        self._waited += pause
        self._progress.wait(pause, f"for {self.name}")

    def _growing(self, state: RetryCallState) -> float:
        if not self._pause:
            return 0.0
        growing: float = min(120.0, self._pause * 5 / 3 * 2 ** (state.attempt_number - 1))
        return max(growing * random.uniform(1, 1.25), _trouble(state).wait)


class RecordService(ABC):
    """A service that is asked for one arXiv work at a time.

    Args:
        service: how it is reached.
        day: that records name as `retrieved`.
    """

    def __init__(self, service: Service, day: str) -> None:
        self._service = service
        self._day = day

    def record(self, arxiv_id: str) -> Metadata | None:
        """The record of a bare identifier; None where the service says that it does not have it.

        Raises:
            UnavailableError: no answer could be had.
        """
        return self._service.ask(partial(self._get, arxiv_id))

    @abstractmethod
    def _get(self, arxiv_id: str) -> Metadata | None:
        """One try."""


def json_of(answer: requests.Response) -> Any:
    """The value of an answer in JSON, which is UTF-8 or nothing: requests would put other letters for broken ones.

    Raises:
        UnusableError: it is no JSON.
    """
    try:
        return json.loads(answer.content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnusableError("an answer that is no JSON") from error


def _in_our_terms(attempt: Callable[[], T]) -> T:
    """The attempt, with what requests raises outside of the adapter as troubles."""
    try:
        return attempt()
    except requests.TooManyRedirects as error:
        raise UnusableError("redirects without end") from error
    except requests.RequestException as error:
        raise UnreachableError(type(error).__name__) from error


def _address(variable: str, default: str) -> str:
    address = os.environ.get(variable) or default
    if not URL.fullmatch(address):
        raise SettingError(f"{variable} is no address that begins with http:// or https://")
    return address.rstrip("?/")


def _trouble(state: RetryCallState) -> TroubleError:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, TroubleError) else TroubleError("")
