"""What a fault is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .replies import Reply


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One way of going wrong.

    Attributes:
        name: what a test is called that tries it.
        say: (reply, request) -> the reply that takes its place.
        send: (wire, reply) -> how it is sent; None for as it should be.
        applies: whether a request meets the fault; others are answered well, and leave it in its list.
    """

    name: str
    say: Callable[[Reply, Any], Reply] = lambda reply, _: reply
    send: Callable[[Any, Reply], None] | None = None
    applies: Callable[[Any], bool] = lambda _: True

    def __str__(self):
        return self.name

    def where(self, text):
        """The same fault for requests alone that have a text in their address or body, such as "/references"."""
        return replace(
            self, name=f"{self.name} at {text}", applies=lambda request: text in request.target + request.body.decode()
        )
