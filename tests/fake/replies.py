"""An answer of a fake service, in parts, so that faults can leave out, double or spoil some of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"
XML = "text/xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


def dumps(value):
    """JSON as all services send it, so that an item reads the same alone and within its list."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a service says.

    Attributes:
        kind: the type of its content.
        items: (identifier, entry) of each work; entries are texts of XML or values of JSON.
        total: how many the service says there are.
        frame: (entries, total) -> the text of the whole answer.
        make: a work -> the item that it would be in this answer.
        is_single: the answer is about one work and has no list.
        data: bytes in place of what the frame makes.
    """

    status: int = 200
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    items: tuple[tuple[str, Any], ...] = ()
    total: int = 0
    frame: Callable[[list[Any], int], str] | None = None
    make: Callable[[Any], tuple[str, Any]] | None = None
    is_single: bool = False
    data: bytes | None = None

    @property
    def body(self):
        """The bytes that go over the wire."""
        if self.data is not None:
            return self.data
        return self.frame([entry for _, entry in self.items], self.total).encode() if self.frame else b""

    @property
    def is_json(self):
        """Whether entries are values rather than texts."""
        return "json" in self.kind


def said(status, value, kind=JSON):
    """A reply without items: an error, or a fixed text; values become JSON."""
    return Reply(status=status, kind=kind, data=(value if isinstance(value, str) else dumps(value)).encode())
