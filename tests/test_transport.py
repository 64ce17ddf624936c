"""One request and its answer: whatever goes wrong on the way is one of four errors, and the connection is shut."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from fake import Shelf, faults
from runs import led

from pipeline import __version__
from pipeline.sources import exchange
from pipeline.sources.pace import Pace
from pipeline.sources.progress import Progress
from pipeline.sources.service import Service
from pipeline.sources.transport import Transport
from pipeline.sources.trouble import (
    TRIES,
    RefusedError,
    ThrottledError,
    TroubleError,
    UnavailableError,
    UnreachableError,
    UnusableError,
)

SILENT = "silent for 0 s"
LATE = "no whole answer within 1 s"


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The services with one work, and a client in a hurry."""
    for name, seconds in (("CONNECT", 0.3), ("READ", 0.3), ("DEADLINE", 0.7)):
        monkeypatch.setattr(exchange, name, seconds)
    shelf = Shelf()
    shelf.add("1706.00010", "Trunk")
    with led(monkeypatch, tmp_path / "cache", shelf) as services:
        yield services


def session(address):
    """A session with our adapter."""
    made = requests.Session()
    made.max_redirects = 3
    made.mount("http://", Transport(address, Pace(address, 0, Progress(quiet=True))))
    return made


def ask(fake, *met, ours=None):
    """The answer to a request that meets some faults."""
    fake.faults["arxiv"] += met
    address = fake.environment["ARXIV_API_URL"]
    return (ours or session(address)).get(address, params={"id_list": "1706.00010"})


ON_THE_WAY = {
    "reset": (faults.rst(), "connection reset by peer"),
    "reset in the body": (faults.rst_mid(), "connection reset by peer"),
    "reset at the end": (faults.rst_mid(0.99), "connection reset by peer"),
    "closed early": (faults.short(), "the answer breaks off"),
    "closed at the end": (faults.short(0.99), "the answer breaks off"),
    "a chunk too few": (faults.cut_chunks(), "the answer breaks off"),
    "closed at once": (faults.hang(0), "the connection was closed without an answer"),
    "silence": (faults.hang(), SILENT),
    "silence in the body": (faults.drip(9), SILENT),
    "silence in the headers": (faults.drip(9, head=True), SILENT),
    "dripping body": (faults.drip(0.02), LATE),
    "dripping headers": (faults.drip(0.02, 1, head=True), LATE),
    "endless body": (faults.endless(), "more than 32 MB"),
    "small body that unpacks to a large one": (faults.gzip_bomb(), "more than 32 MB"),
    "packed badly": (faults.gzip_garbage(), "the answer cannot be unpacked"),
}


@pytest.mark.parametrize(("fault", "reason"), ON_THE_WAY.values(), ids=ON_THE_WAY)
def test_what_goes_wrong_on_the_way(fake, fault, reason):
    """No answer is `UnreachableError` with a plain reason, soon; the next request is the only one on the line."""
    ours = session(fake.environment["ARXIV_API_URL"])
    began = time.monotonic()
    with pytest.raises(UnreachableError) as caught:
        ask(fake, fault, ours=ours)

    assert time.monotonic() - began < 1.5
    assert (str(caught.value), caught.value.tries, caught.value.wait) == (reason, TRIES, 0)
    assert ask(fake, ours=ours).ok
    assert fake.most_at_once == 1


@pytest.mark.parametrize("fault", faults.HARMLESS, ids=str)
def test_what_is_harmless(fake, fault):
    """A late, compressed or slow answer is the whole answer, and one that is closed unannounced spoils no other."""
    ours = session(fake.environment["ARXIV_API_URL"])
    undisturbed = ask(fake, ours=ours).content

    assert ask(fake, fault, ours=ours).content == undisturbed
    assert ask(fake, ours=ours).content == undisturbed


@contextmanager
def answering(*pieces, pause=0.0):
    """The address of a server that sends some bytes to whoever comes, with a pause after each piece."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve_all():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    try:
                        for piece in pieces:
                            connection.sendall(piece)
                            time.sleep(pause)
                    except OSError:
                        pass

        threading.Thread(target=serve_all, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.usefixtures("fake")
def test_late_answer_of_unknown_length_is_not_whole(monkeypatch):
    """An answer that ends with its connection is no whole one where we shut the connection ourselves."""
    shut = exchange.Exchange._shut  # noqa: SLF001

    def and_wait(exchange):
        shut(exchange)
        threading.Thread.join(exchange)

    monkeypatch.setattr("pipeline.sources.exchange.Exchange._shut", and_wait)
    with (
        answering(b"HTTP/1.0 200 OK\r\n\r\n", *[b"piece "] * 40, pause=0.04) as address,
        pytest.raises(UnreachableError, match=LATE),
    ):
        session(address).get(address)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("said", [b"what?\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"a" * 70_000 + b"\r\n\r\n"])
def test_what_is_no_http(said):
    """Something else than HTTP, or headers without end, is an answer that there is none."""
    with answering(said) as address, pytest.raises(UnreachableError):
        session(address).get(address)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(("host", "reason"), [("127.0.0.1", "connection refused"), ("localhost.invalid", "")])
def test_without_a_network_two_tries_are_enough(monkeypatch, host, reason):
    """Where nobody is connected to the reason is the system's, and six tries would be a waste of time."""
    if host != "127.0.0.1":

        def unknown(*_, **__):
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        reason = "name or service not known"
    address = f"http://{host}:9/"
    with pytest.raises(UnreachableError) as caught:
        session(address).get(address)

    assert (str(caught.value), caught.value.tries) == (reason, 2)


STATUSES = {
    ThrottledError: (403, 406, 408, 429, 503),
    RefusedError: (400, 404, 410, 414, 422),
    UnusableError: (201, 204, 304, 401, 405, 418, 500, 502, 504, 599),
}


@pytest.mark.parametrize(
    ("kind", "status"), [(kind, status) for kind, statuses in STATUSES.items() for status in statuses]
)
def test_statuses(fake, kind, status):
    """Each status is one error, and names itself; 403 may be the fault of the key."""
    with pytest.raises(kind, match=f"^HTTP {status}(, a block or a wrong key)?$") as caught:
        ask(fake, faults.status(status))

    assert type(caught.value) is kind
    assert ("wrong key" in str(caught.value)) is (status == 403)


def test_refusal_keeps_what_the_service_said(fake):
    """The body of a refusal names the identifier at fault."""
    with pytest.raises(RefusedError) as caught:
        ask(fake, faults.status(400, body="incorrect id format for abc"))

    assert (caught.value.status, caught.value.body) == (400, b"incorrect id format for abc")


RETRY_AFTER = {
    "7": 7,
    " 7 ": 7,
    "0": 0,
    "-5": 0,
    "1.5": 0,
    "": 0,
    "soon": 0,
    "nan": 0,
    "Fri, 20 Nov 2020 00:00:00 GMT": 0,
    "Fri, 31 Dec 99999 23:59:59 GMT": 0,
    "Fri, 99 Foo 2099": 0,
    "9" * 5000: 0,
}


@pytest.mark.parametrize("status", [429, 503, 500])
@pytest.mark.parametrize(("said", "seconds"), RETRY_AFTER.items(), ids=lambda value: str(value)[:30])
def test_retry_after(fake, status, said, seconds):
    """Seconds are taken as they are; what is over, negative or no time at all is none."""
    with pytest.raises(TroubleError) as caught:
        ask(fake, faults.status(status, {"Retry-After": said}))

    assert caught.value.wait == seconds


def test_retry_after_a_moment(fake):
    """A moment is the time until then, and one far away is long."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    for said, least, most in ((soon, 80, 90), ("Fri, 20 Nov 2099 00:00:00 GMT", 3600, 1e12), ("9" * 30, 3600, 1e31)):
        with pytest.raises(ThrottledError) as caught:
            ask(fake, faults.status(429, {"Retry-After": said}))
        assert least <= caught.value.wait <= most


def test_redirections_end(fake, monkeypatch):
    """A redirection that leads to itself is no answer, after three steps."""
    monkeypatch.setattr("pipeline.sources.service.FLAWED", 9)
    service = Service("X", variable="ARXIV_API_URL", address="", pace=0, progress=Progress(quiet=True))
    fake.for_ever["arxiv"] = faults.redirect_loop()
    with pytest.raises(UnavailableError, match=r"^X: redirects without end$"):
        service.ask(service.get)

    assert len(fake.asked()) == TRIES
    assert fake.most_at_once == 1


def test_redirection_is_followed(fake):
    """One that leads somewhere gives the answer from there."""
    place = fake.environment["ARXIV_API_URL"] + "?id_list=1706.00010"

    assert b"Trunk" in ask(fake, faults.status(301, {"Location": place})).content


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        (None, f"llm-lineage/{__version__}"),
        ("a@b.example", f"llm-lineage/{__version__} (mailto:a@b.example)"),
    ],
)
def test_request_says_who_asks(fake, monkeypatch, contact, agent):
    """The User-Agent is ours, whatever a session or a package says; no connection is used twice."""
    if contact:
        monkeypatch.setenv("LINEAGE_CONTACT", contact)
    ours = session(fake.environment["ARXIV_API_URL"])
    ours.headers["User-Agent"] = "arxiv.py/4.0.2"
    for _ in range(3):
        ask(fake, ours=ours)

    assert {request.headers["User-Agent"] for request in fake.requests} == {agent}
    assert {request.headers["Connection"] for request in fake.requests} == {"close"}
    assert len({request.connection for request in fake.requests}) == 3


def test_server_that_closes_unannounced_cuts_off_no_request(fake):
    """Three hundred requests in a row to a server that keeps silent about closing: all are answered."""
    ours = session(fake.environment["ARXIV_API_URL"])
    for _ in range(300):
        assert ask(fake, ours=ours).ok


def test_ctrl_c_shuts_the_connection(fake, monkeypatch):
    """What is stopped while a service is silent leaves no connection behind."""

    def stopped(self, _):
        while self.socket is None or not fake.asked():
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(exchange, "READ", 30)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.sources.exchange.Exchange.join", stopped)
        with pytest.raises(KeyboardInterrupt):
            ask(fake, faults.hang())

    deadline = time.monotonic() + 1
    while fake.requests[0].ended is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert fake.requests[0].ended
