"""What a client sent."""

import json
from dataclasses import dataclass, field
from http.client import HTTPMessage
from urllib.parse import parse_qs


@dataclass(kw_only=True)
class Request:
    """A request as it came; times are monotonic, in seconds.

    Attributes:
        target: path and query within the service, as sent.
        path: without the query, percent signs kept.
        query: what stands behind the question mark.
        fields: of the query, and of a form that was posted.
        ids: the identifiers asked for, as sent.
        connection: number of the TCP connection, from 1 on.
        key: the one that Semantic Scholar accepts.
        fault: name of the fault that it met.
        ended: None while it lasts.
    """

    service: str
    method: str
    address: str
    target: str
    path: str
    query: str
    headers: HTTPMessage
    body: bytes
    connection: int
    key: str
    began: float
    ended: float | None = None
    ids: tuple = ()
    fault: str | None = None
    fields: dict = field(init=False)

    def __post_init__(self):
        form = self.body.decode("latin-1") if "form" in (self.headers.get("Content-Type") or "") else ""
        self.fields = parse_qs("&".join(filter(None, (self.query, form))), keep_blank_values=True)

    @property
    def json(self):
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None
