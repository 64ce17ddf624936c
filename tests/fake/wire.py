"""One connection as faults use it."""

import contextlib
import os
import select
import socket
import struct
import time
from http.client import responses

_STEP = 0.05


def is_gone(connection):
    """Whether the other side has closed a connection."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


class Wire:
    """Sends bytes, waits and breaks off.

    Attributes:
        is_open: the connection can carry another request.
    """

    def __init__(self, connection, stop):
        self.connection, self.stop, self.is_open = connection, stop, True

    def head(self, reply, headers=None):
        """Status line and headers as bytes; Content-Length where `headers` do not say how long the body is."""
        given = {"Content-Type": reply.kind, **reply.headers, **(headers or {})}
        if not given.keys() & {"Transfer-Encoding", "Connection"}:
            given["Content-Length"] = str(len(reply.body))
        lines = [f"HTTP/1.1 {reply.status} {responses.get(reply.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in given.items()]
        return "\r\n".join([*lines, "\r\n"]).encode("latin-1")

    def send(self, reply):
        """A whole answer."""
        self.write(self.head(reply) + reply.body)

    def write(self, data):
        """Send bytes; False where nobody takes them."""
        try:
            self.connection.sendall(data)
        except OSError:
            self.is_open = False
        return self.is_open

    def pause(self, seconds):
        """Wait; False where the client has gone or the server stops before the time is over."""
        end = time.monotonic() + seconds
        while not self.stop.is_set() and not is_gone(self.connection):
            left = end - time.monotonic()
            if left <= 0:
                return True
            self._sleep(min(left, _STEP))
        self.is_open = False
        return False

    def _sleep(self, seconds):
        """Wait for a time, less where the client closes the connection."""
        with contextlib.suppress(OSError, ValueError):
            select.select([self.connection], [], [], seconds)

    def reset(self):
        """Break off with a TCP reset: what is not yet sent is lost."""
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # `close` would wait for the file that the handler has made of the socket.
            os.close(self.connection.detach())
        self.is_open = False

    def close(self):
        """Break off in order."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.is_open = False
