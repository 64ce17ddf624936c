"""What services do instead of answering, one fault a request.

`EVERY` has one of each kind, with parameters that a client with a timeout of a second or two feels: a test can try
them all. Faults that need an identifier (`drop`, `refuse`) are made where the identifier is known.
"""

from .entry_faults import (
    drop,
    duplicate,
    empty_feed,
    foreign,
    inflate_total,
    markup_in_title,
    no_authors,
    reorder,
    undefined_entity,
    well_formed_but_cut,
    without,
)
from .fault import Fault
from .text_faults import (
    astray,
    body,
    cut_between,
    empty,
    error_entry,
    gzip_bomb,
    gzip_garbage,
    gzipped,
    html,
    not_utf8,
    redirect_loop,
    refuse,
    status,
    truncate,
    wrong_shape,
)
from .wire_faults import cut_chunks, delay, drip, endless, hang, leave, rst, rst_mid, short

__all__ = [
    "BREAKING",
    "EVERY",
    "HARMLESS",
    "SPOILING",
    "Fault",
    "astray",
    "body",
    "cut_between",
    "cut_chunks",
    "delay",
    "drip",
    "drop",
    "duplicate",
    "empty",
    "empty_feed",
    "endless",
    "error_entry",
    "foreign",
    "gzip_bomb",
    "gzip_garbage",
    "gzipped",
    "hang",
    "html",
    "inflate_total",
    "leave",
    "markup_in_title",
    "no_authors",
    "not_utf8",
    "redirect_loop",
    "refuse",
    "reorder",
    "rst",
    "rst_mid",
    "short",
    "status",
    "truncate",
    "undefined_entity",
    "well_formed_but_cut",
    "without",
    "wrong_shape",
]

HARMLESS = (delay(0.1), drip(0.001, 512), gzipped(), leave(), reorder())
"""After these the answer is there, whole and right, if late or in another order. Only `leave` spoils the connection."""

BREAKING = (
    status(429),
    status(429, {"Retry-After": "0"}),
    status(429, {"Retry-After": "1"}),
    status(429, {"Retry-After": "Fri, 20 Nov 2020 00:00:00 GMT"}),
    status(403),
    status(406),
    status(500),
    status(502),
    status(503, {"Retry-After": "0"}),
    hang(),
    drip(0.5),
    drip(0.5, head=True),
    rst(),
    rst_mid(),
    rst_mid(0.99),
    short(),
    short(0.99),
    cut_chunks(),
    truncate(0.1),
    truncate(),
    truncate(0.97),
    cut_between(0),
    cut_between(1),
    html(),
    html(503),
    empty(),
    wrong_shape(),
    wrong_shape("text"),
    not_utf8(),
    gzip_garbage(),
    gzip_bomb(),
    endless(),
    redirect_loop(),
    astray("http://["),
    astray("ftp://nowhere.example/"),
    astray("http://127.0.0.2:9/"),
    error_entry(),
)
"""After these there is no answer, whatever the service."""

SPOILING = (
    status(400),
    well_formed_but_cut(),
    empty_feed(),
    empty_feed(1),
    inflate_total(),
    duplicate(),
    foreign(),
    markup_in_title(),
    undefined_entity(),
    no_authors(),
)
"""These answers read well and say what is not so, as far as the service has what they spoil."""

EVERY = (*HARMLESS, *BREAKING, *SPOILING)
