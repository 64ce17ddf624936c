"""What can go wrong between us and a service, each with the word that a summary uses for it."""

from typing import ClassVar

from ..problems import StopError

TRIES = 6
"""How often a request is made before its service is given up."""


class TroubleError(Exception):
    """A try gave no answer that can be used: nothing is known of what was asked for, and it may be asked again.

    None of these is a `requests.ConnectionError`, which the `arxiv` package would try again on its own.

    Attributes:
        word: what a summary calls it.
        wait: seconds that the service wants to be left alone; 0 where it does not say.
        tries: how many of them are enough to give up.
    """

    word: ClassVar[str] = "unusable"

    def __init__(self, text: str, *, wait: float = 0, tries: int = TRIES) -> None:
        super().__init__(text)
        self.wait = wait
        self.tries = tries


class ThrottledError(TroubleError):
    """The service answers, and wants us to come later or not at all (403, 406, 408, 429, 503)."""

    word = "throttled"


class UnreachableError(TroubleError):
    """No connection, no whole answer, or none in time."""

    word = "unreachable"


class BrokenOffError(UnreachableError):
    """The connection was closed before the answer was whole; it may be the fault of what was asked for."""


class UnusableError(TroubleError):
    """Something came that is no answer, or one that contradicts itself; it may be the fault of what was asked for."""


class RefusedError(Exception):
    """The service says that what it was asked is wrong (400, 404, 410, 414, 422); asking again is no use.

    Attributes:
        status: the HTTP status.
        body: what came with it.
    """

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body


class UnavailableError(Exception):
    """A service is given up for now, after several tries or because it was given up a short time ago.

    Attributes:
        word: of the last trouble.
    """

    def __init__(self, service: str, trouble: TroubleError) -> None:
        super().__init__(f"{service}: {trouble}")
        self.word = trouble.word


class SettingError(StopError):
    """A variable of the environment cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=2)
