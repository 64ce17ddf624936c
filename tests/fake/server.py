"""The fake services on one free port of loopback, with a log of what was asked and when."""

import contextlib
import socket
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from . import arxiv_api, datacite, oai, opencitations, semantic_scholar
from .replies import TEXT, Reply, said
from .request import Request
from .shelf import Shelf
from .wire import Wire, is_gone

SERVICES = {
    "arxiv": arxiv_api,
    "oai": oai,
    "datacite": datacite,
    "s2": semantic_scholar,
    "opencitations": opencitations,
}
ADDRESSES = {
    "ARXIV_API_URL": "/arxiv/api/query",
    "ARXIV_OAI_URL": "/oai/oai",
    "DATACITE_API_URL": "/datacite/dois",
    "SEMANTIC_SCHOLAR_API_URL": "/s2/graph/v1",
    "OPENCITATIONS_API_URL": "/opencitations/index/v2",
}
"""Each service has its own first part of the path."""


class Fake:
    """The services: what they hold, how they misbehave, what they were asked.

    Attributes:
        shelf: the works.
        faults: by service, faults that are met one a request; None in between lets one request through.
        for_ever: by service, the fault that every request meets once the list is empty.
        requests: all so far, in order.
        most_at_once: the highest number of requests that lasted at the same time, over all services.
        key: the key of Semantic Scholar; any other one is refused.
        environment: variables that lead the pipeline here.
    """

    def __init__(self, shelf=None):
        self.shelf = shelf if shelf is not None else Shelf()
        self.faults = defaultdict(list)
        self.for_ever = {}
        self.requests = []
        self.most_at_once = 0
        self.key = "good-key"
        self.environment = {}
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.open = {}

    def asked(self, service=None):
        """The requests to a service, or all."""
        with self.lock:
            return [request for request in self.requests if service in (None, request.service)]

    def begin(self, request, connection):
        """Log a request and choose its fault."""
        with self.lock:
            self._forget_the_abandoned()
            self.requests.append(request)
            self.open[id(request)] = request, connection
            self.most_at_once = max(self.most_at_once, len(self.open))
            waiting = self.faults[request.service]
            for place, fault in enumerate(waiting):
                if fault is None or fault.applies(request):
                    del waiting[place]
                    break
            else:
                fault = self.for_ever.get(request.service)
                fault = fault if fault and fault.applies(request) else None
            request.fault = fault.name if fault else None
            return fault

    def end(self, request):
        """Log that a request is over."""
        with self.lock:
            self.open.pop(id(request), None)
            request.ended = request.ended or time.monotonic()

    def _forget_the_abandoned(self):
        """A client that has closed its connection waits no longer, though a fault still holds the answer back."""
        for request, connection in list(self.open.values()):
            if is_gone(connection):
                request.ended = request.ended or time.monotonic()
                del self.open[id(request)]


class _Server(ThreadingHTTPServer):
    """Counts its connections, and closes them all when it stops."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, fake):
        self.fake, self.count, self.living = fake, 0, set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self):
        connection, address = super().get_request()
        self.count += 1
        self.living.add(connection)
        return connection, (*address, self.count)

    def shutdown_request(self, request):
        self.living.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        """A client that breaks off is no news; an error of the fake is."""
        import sys

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def close_all(self):
        """Break off whatever is still open."""
        for connection in list(self.living):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self):
        """Find the service, let the fault have its way with the answer."""
        fake = self.server.fake
        began = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        service, _, rest = self.path.removeprefix("/").partition("/")
        target = f"/{rest}"
        wire = Wire(self.connection, fake.stop)
        if service not in SERVICES:
            wire.send(said(404, "Not Found", TEXT))
            return
        if rest == "loop":
            wire.send(Reply(status=302, kind=TEXT, headers={"Location": self.path}))
            return
        parts = urlsplit(target)
        request = Request(
            service=service,
            method=self.command,
            address=self.path,
            target=target,
            path=parts.path,
            query=parts.query,
            headers=self.headers,
            body=body,
            connection=self.client_address[2],
            key=fake.key,
            began=began,
        )
        request.ids = tuple(SERVICES[service].ids(request))
        fault = fake.begin(request, self.connection)
        try:
            fake.shelf.refresh()
            reply = SERVICES[service].answer(fake.shelf, request)
            if fault:
                reply = fault.say(reply, request)
            if fault and fault.send:
                fault.send(wire, reply)
            else:
                # Before the client can know: behind it the next request might have begun already.
                request.ended = time.monotonic()
                wire.send(reply)
        finally:
            fake.end(request)
            self.close_connection = self.close_connection or not wire.is_open

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  names of the standard library


@contextlib.contextmanager
def serve(shelf=None):
    """Run the services; the fake is given, and everything is closed at the end, however long a fault would last."""
    fake = Fake(shelf)
    server = _Server(fake)
    base = f"http://127.0.0.1:{server.server_port}"
    fake.environment = {name: base + path for name, path in ADDRESSES.items()} | {"LINEAGE_PACE": "0"}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.stop.set()
        server.shutdown()
        server.close_all()
        server.server_close()
        thread.join()
