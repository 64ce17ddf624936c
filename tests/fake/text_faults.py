"""Faults of the whole text: another status, another body, a body that ends early."""

import gzip
import re
from dataclasses import replace

from .arxiv_api import refusal
from .fault import Fault
from .replies import HTML, JSON, TEXT, Reply, dumps, said

ROBOT = '<!doctype html><html lang="en"><head><title>Making sure you\'re not a bot!</title></head><body></body></html>'


def status(code, headers=None, body=None):
    """A status instead of an answer, with the body that the service has for it."""

    def say(_, request):
        text, kind = (body, TEXT) if body is not None else _refusal(code, request.service)
        return Reply(status=code, kind=kind, headers=headers or {}, data=text.encode())

    told = "".join(f" {name}={value}" for name, value in (headers or {}).items())
    return Fault(name=f"status {code}{told}", say=say)


def _refusal(code, service):
    """(body, type) with which a service refuses."""
    if service == "s2" and code == 429:
        message = "Too Many Requests. Please wait and try again or apply for a key for higher rate limits."
        return dumps({"message": message, "code": "429"}), JSON
    if service == "s2" and code == 403:
        return dumps({"message": "Forbidden"}), JSON
    if service in ("arxiv", "oai") and code == 429:
        return "Rate exceeded.", TEXT
    return f"<html><head><title>{code}</title></head><body><h1>{code} Refused</h1></body></html>", HTML


def truncate(part=0.5):
    """A whole message of which the text ends early."""
    return Fault(name=f"truncated {part}", say=lambda reply, _: replace(reply, data=_part(reply.body, part)))


def _part(body, part):
    return body[: max(1, int(len(body) * part))]


def cut_between(missing=1):
    """A whole message of which the text ends behind an entry: the last `missing` entries and the end are not there."""

    def say(reply, _):
        kept = reply.items[: max(0, len(reply.items) - missing)]
        body = reply.body.decode()
        if not reply.items:
            return replace(reply, data=_part(reply.body, 0.9))
        if kept:
            last = _text(kept[-1][1])
            end = body.index(last) + len(last)
        else:
            end = body.index(_text(reply.items[0][1]))
        return replace(reply, data=body[:end].encode())

    return Fault(name=f"cut before the last {missing}", say=say)


def _text(entry):
    return entry if isinstance(entry, str) else dumps(entry)


def body(text, kind=None, code=200):
    """Any text in place of the answer."""
    data = text if isinstance(text, bytes) else text.encode()
    return Fault(
        name=f"body {data[:20]!r}",
        say=lambda reply, _: replace(reply, status=code, kind=kind or reply.kind, data=data),
    )


def html(code=200):
    """The page of a wall against robots."""
    return replace(body(ROBOT, HTML, code), name=f"html {code}")


def empty():
    """No byte, with status 200."""
    return replace(body(""), name="empty")


def wrong_shape(value=None):
    """JSON of another shape than promised; another root element where the service speaks XML."""

    def say(reply, _):
        text = dumps(value) if reply.is_json else "<?xml version='1.0'?><rss version=\"2.0\"><channel/></rss>"
        return replace(reply, data=text.encode())

    return Fault(name=f"wrong shape {dumps(value)}", say=say)


def not_utf8():
    """A byte in the middle of the text that no UTF-8 has."""
    return Fault(
        name="not UTF-8",
        say=lambda reply, _: replace(reply, data=re.sub(rb"(?<=[a-z]{4})(?=[a-z]{4})", b"\xff", reply.body)),
    )


def gzip_garbage():
    """A body that is said to be compressed and is not."""
    return Fault(
        name="gzip garbage",
        say=lambda reply, _: replace(reply, headers={"Content-Encoding": "gzip"}, data=b"\x1f\x8b" + reply.body),
    )


def gzip_bomb(megabytes=128):
    """A small body that unpacks to a large one: the answer and white space."""

    def say(reply, _):
        # A gzip file may have many members, one behind the other.
        packed = gzip.compress(reply.body) + gzip.compress(b" " * (1 << 20)) * megabytes
        return replace(reply, headers={"Content-Encoding": "gzip"}, data=packed)

    return Fault(name="gzip bomb", say=say)


def gzipped():
    """No fault: the answer, compressed as services do for clients that take it."""
    return Fault(
        name="gzipped",
        say=lambda reply, _: replace(reply, headers={"Content-Encoding": "gzip"}, data=gzip.compress(reply.body)),
    )


def redirect_loop():
    """A redirection to an address that leads to itself."""

    def say(_, request):
        return Reply(status=302, kind=TEXT, headers={"Location": f"/{request.service}/loop"})

    return Fault(name="redirect loop", say=say)


def astray(location):
    """A redirection to what is no address, or to another host."""

    def say(*_):
        return Reply(status=302, kind=TEXT, headers={"Location": location})

    return Fault(name=f"redirect to {location}", say=say)


def error_entry():
    """The error entry of arXiv with status 200, as it was until 2025; the service's own error elsewhere."""

    def say(reply, request):
        if request.service == "arxiv":
            return refusal("incorrect id format for abc", status=200)
        if request.service == "oai":
            text = (
                '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badArgument">no</error></OAI-PMH>'
            )
            return replace(reply, data=text.encode())
        return replace(said(200, {"error": "Internal error", "message": "Internal error"}), kind=reply.kind)

    return Fault(name="error entry", say=say)


def refuse(*identifiers):
    """400 for every request that asks for one of these, though nothing is wrong with them."""

    def say(_, request):
        bad = next(identifier for identifier in request.ids if identifier in identifiers)
        if request.service == "arxiv":
            return refusal(f"incorrect id format for {bad}")
        return said(400, {"error": f"Unacceptable id {bad}"})

    def applies(request):
        return any(identifier in identifiers for identifier in request.ids)

    return Fault(name=f"refuses {' '.join(identifiers)}", say=say, applies=applies)
