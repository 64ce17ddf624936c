"""Faults of the transport: the answer is right, its way to the client is not."""

from .fault import Fault

FOR_EVER = 3600.0


def hang(seconds=FOR_EVER):
    """Nothing at all; after a time the connection is closed."""

    def send(wire, _):
        wire.pause(seconds)
        wire.close()

    return Fault(name="hang", send=send)


def delay(seconds):
    """The answer, late."""
    return Fault(name=f"delay {seconds}", send=lambda wire, reply: wire.pause(seconds) and wire.send(reply))


def drip(seconds, size=16, *, head=False):
    """The answer in small pieces with a pause after each, which no timeout of a single read can see.

    Args:
        seconds: the pause.
        size: bytes in a piece.
        head: the status line and the headers drip too.
    """

    def send(wire, reply):
        start = wire.head(reply)
        text = start + reply.body if head else reply.body
        if not head:
            wire.write(start)
        for place in range(0, len(text), size):
            wire.write(text[place : place + size])
            if not wire.pause(seconds):
                return

    return Fault(name=f"drip{' head' if head else ''} {seconds}", send=send)


def rst():
    """A reset before the status line."""
    return Fault(name="rst", send=lambda wire, _: wire.reset())


def rst_mid(part=0.5):
    """A reset after a part of the body."""

    def send(wire, reply):
        wire.write(wire.head(reply) + _part(reply.body, part))
        wire.pause(0.02)
        wire.reset()

    return Fault(name=f"rst in the body at {part}", send=send)


def short(part=0.5):
    """Fewer bytes than Content-Length says, and the connection is closed."""

    def send(wire, reply):
        wire.write(wire.head(reply) + _part(reply.body, part))
        wire.close()

    return Fault(name=f"short {part}", send=send)


def cut_chunks(part=0.5):
    """A chunked answer without its last chunk."""

    def send(wire, reply):
        piece = _part(reply.body, part)
        wire.write(wire.head(reply, {"Transfer-Encoding": "chunked"}) + b"%x\r\n%b\r\n" % (len(piece), piece))
        wire.close()

    return Fault(name=f"cut chunks {part}", send=send)


def endless(most=1 << 30):
    """A body that goes on, in white space, until the client has enough or `most` bytes are sent."""

    def send(wire, reply):
        wire.write(wire.head(reply, {"Connection": "close"}) + reply.body)
        piece = b" " * (1 << 16)
        for _ in range(most // len(piece)):
            if not wire.write(piece):
                break
        wire.close()

    return Fault(name="endless", send=send)


def leave():
    """The whole answer, then the connection is closed unannounced: a client that sends on it at once is cut off."""

    def send(wire, reply):
        wire.send(reply)
        wire.close()

    return Fault(name="leave", send=send)


def _part(body, part):
    return body[: max(1, int(len(body) * part))]
