"""Each fault of the stand-in is what it says, on the socket and in the text."""

import re
import socket
import time
from urllib.parse import urlsplit

import pytest
import requests
from fake import faults, serve
from fake.asking import OPEN_SEARCH, ROOT, SPACES, TRUNK, ask, entries, feed, sample, scholar
from lxml import etree


@pytest.fixture
def fake():
    """The services, with a few works."""
    with serve(sample()) as server:
        yield server


def talk(fake, fault, *, ids=f"{TRUNK},{ROOT}", timeout=2.0, most=1 << 22):
    """The bytes that a request gets that meets a fault, and the error that ends them."""
    fake.faults["arxiv"] = [fault]
    parts = urlsplit(fake.environment["ARXIV_API_URL"])
    with socket.create_connection((parts.hostname, parts.port), timeout=timeout) as connection:
        connection.sendall(f"GET {parts.path}?id_list={ids} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        received = b""
        try:
            while len(received) < most and (piece := connection.recv(1 << 16)):
                received += piece
        except OSError as error:
            return received, type(error)
    return received, None


def length(head):
    """What a head says of the length of the body."""
    return int(re.search(rb"Content-Length: (\d+)", head)[1])


def test_reset_before_the_status_line(fake):
    """Not a byte, and then a reset, no orderly end."""
    assert talk(fake, faults.rst()) == (b"", ConnectionResetError)


def test_reset_in_the_body(fake):
    """The head and half of the body, and then a reset."""
    received, error = talk(fake, faults.rst_mid(0.5))
    head, body = received.split(b"\r\n\r\n", 1)

    assert error is ConnectionResetError
    assert len(body) == length(head) // 2


def test_short_body(fake):
    """Less than Content-Length says, and an orderly end."""
    received, error = talk(fake, faults.short(0.5))
    head, body = received.split(b"\r\n\r\n", 1)

    assert error is None
    assert len(body) == length(head) // 2


def test_cut_chunks(fake):
    """A chunk, and not the one that ends the body."""
    received, error = talk(fake, faults.cut_chunks())

    assert error is None
    assert b"Transfer-Encoding: chunked" in received
    assert not received.endswith(b"0\r\n\r\n")


def test_hang(fake):
    """Nothing comes until the client gives up, and then the server is free again."""
    assert talk(fake, faults.hang(), timeout=0.1) == (b"", TimeoutError)
    assert feed(fake, TRUNK)[0] == 200
    assert fake.most_at_once == 1


def test_hang_ends(fake):
    """A hang of a given length ends with the connection closed and no answer."""
    assert talk(fake, faults.hang(0.1)) == (b"", None)


def test_delay(fake):
    """The answer comes late."""
    received, _ = talk(fake, faults.delay(0.2))
    (request,) = fake.requests

    assert received.startswith(b"HTTP/1.1 200")
    assert request.ended - request.began >= 0.2


@pytest.mark.parametrize("head", [False, True])
def test_drip(fake, head):
    """Pieces keep coming, each in time, so that only a deadline ends it."""
    started = time.monotonic()
    received, error = talk(fake, faults.drip(0.02, 100, head=head), timeout=0.5)

    assert error is None
    assert received.endswith(b"</feed>\n")
    assert time.monotonic() - started > 0.02 * (len(received) // 100 - 3)


def test_endless(fake):
    """The body has no length and goes on."""
    received, _ = talk(fake, faults.endless(), most=1 << 21)

    assert len(received) >= 1 << 21
    assert b"Content-Length" not in received


def test_leave(fake):
    """A connection that was said to stay is closed behind the answer."""
    session = requests.Session()
    fake.faults["arxiv"] = [None, faults.leave()]
    statuses = []
    for _ in range(4):
        statuses.append(session.get(fake.environment["ARXIV_API_URL"], timeout=5).status_code)
        time.sleep(0.05)

    assert statuses == [200] * 4
    assert [request.connection for request in fake.requests] == [1, 1, 2, 2]
    session.close()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.gzip_garbage(), requests.exceptions.ContentDecodingError),
        (faults.redirect_loop(), requests.TooManyRedirects),
        (faults.rst(), requests.ConnectionError),
        (faults.short(), requests.exceptions.ChunkedEncodingError),
    ],
    ids=str,
)
def test_errors_of_requests(fake, fault, error):
    """The faults of transport are the errors that the library knows."""
    fake.faults["s2"] = [fault]

    with pytest.raises(error):
        scholar(fake, f"/paper/ARXIV:{ROOT}")


def test_gzip(fake):
    """Compressed answers unpack to the answer, a bomb to megabytes."""
    fake.faults["arxiv"] = [None, faults.gzipped(), faults.gzip_bomb(3)]
    plain, packed, bomb = (ask(fake, "ARXIV_API_URL", params={"id_list": TRUNK}) for _ in range(3))

    assert packed.content == plain.content
    assert len(bomb.content) == len(plain.content) + (3 << 20)
    assert int(bomb.headers["Content-Length"]) < 1 << 16


@pytest.mark.parametrize(
    ("fault", "whole", "found"),
    [
        (faults.truncate(0.5), False, None),
        (faults.cut_between(0), False, None),
        (faults.cut_between(1), False, None),
        (faults.undefined_entity(), False, None),
        (faults.not_utf8(), False, None),
        (faults.well_formed_but_cut(1), True, ([ROOT], "2")),
        (faults.empty_feed(), True, ([], "0")),
        (faults.empty_feed(2), True, ([], "2")),
        (faults.drop(ROOT), True, ([TRUNK], "1")),
        (faults.inflate_total(5), True, ([ROOT, TRUNK], "7")),
        (faults.duplicate(), True, ([ROOT, ROOT, TRUNK, TRUNK], "2")),
        (faults.foreign(), True, ([ROOT, TRUNK, "2001.99999"], "2")),
    ],
    ids=str,
)
def test_faults_of_feeds(fake, fault, whole, found):
    """Each is a whole message with status 200; what reads as XML says what the fault makes it say."""
    fake.faults["arxiv"] = [fault]
    answer = ask(fake, "ARXIV_API_URL", params={"id_list": f"{TRUNK},{ROOT}"})

    assert answer.status_code == 200
    if whole:
        root = etree.fromstring(answer.content)
        ids = [re.sub(r"v\d+$", "", name) for name in entries(root)]
        assert (ids, root.findtext(f"{OPEN_SEARCH}totalResults")) == found
    else:
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(answer.content)


def test_cut_between_entries(fake):
    """The text ends right behind an entry, or before the first."""
    fake.faults["arxiv"] = [faults.cut_between(1), faults.cut_between(2)]
    one, none = (ask(fake, "ARXIV_API_URL", params={"id_list": f"{TRUNK},{ROOT}"}).text for _ in range(2))

    assert one.endswith("</entry>\n")
    assert (one.count("<entry>"), none.count("<entry>")) == (1, 0)


def test_spoilt_entries(fake):
    """Titles with an element inside, entries without authors, an error that looks like an entry."""
    fake.faults["arxiv"] = [
        faults.markup_in_title(),
        faults.no_authors(),
        faults.error_entry(),
        faults.without("published"),
    ]
    markup, nobody, error, undated = (feed(fake, ROOT) for _ in range(4))

    assert markup[1].find(".//a:entry/a:title/a:i", SPACES).text == "Root"
    assert entries(nobody[1]) == [f"{ROOT}v1"]
    assert nobody[1].find(".//a:author", SPACES) is None
    assert (error[0], error[1].findtext(".//a:entry/a:title", namespaces=SPACES)) == (200, "Error")
    assert undated[1].find(".//a:published", SPACES) is None


BODIED = [fault for fault in faults.EVERY if fault.send is None and not fault.name.startswith("redirect to")]


@pytest.mark.parametrize("service", ["oai", "datacite", "s2", "opencitations"])
@pytest.mark.parametrize("fault", BODIED, ids=str)
def test_every_fault_has_a_body(fake, service, fault):
    """Every fault of text works on every service: a whole message that is not the good one, unless it is harmless."""
    ask_once = {
        "oai": lambda: ask(
            fake,
            "ARXIV_OAI_URL",
            params={"verb": "GetRecord", "identifier": f"oai:arXiv.org:{TRUNK}", "metadataPrefix": "arXiv"},
        ),
        "datacite": lambda: ask(fake, "DATACITE_API_URL", f"/10.48550/arXiv.{TRUNK}"),
        "s2": lambda: ask(fake, "SEMANTIC_SCHOLAR_API_URL", f"/paper/ARXIV:{TRUNK}/references?fields=title,authors"),
        "opencitations": lambda: ask(fake, "OPENCITATIONS_API_URL", "/references/doi:10.1234/trunk"),
    }[service]
    good = ask_once().content
    fake.faults[service] = [fault]
    try:
        answer = ask_once()
    except (requests.exceptions.ContentDecodingError, requests.TooManyRedirects):
        answer = None
    # A single record, or a list that says no total, has nothing that these could spoil.
    untouched = {"duplicated": ("oai", "datacite"), "total inflated by 1": ("oai", "datacite", "s2", "opencitations")}
    no_titles = dict.fromkeys(("markup in title", "undefined entity", "no authors"), ("opencitations",))
    is_same = fault in faults.HARMLESS or service in (untouched | no_titles).get(fault.name, ())
    text = answer.content if answer is not None and answer.status_code == 200 else b""
    assert (len(text) == len(good) and sorted(text) == sorted(good)) == is_same


def test_faults_are_consumed(fake):
    """One fault a request, None lets one through, then the one for ever; each in its own service."""
    fake.faults["arxiv"] = [faults.status(429, {"Retry-After": "7"}), None]
    fake.for_ever["arxiv"] = faults.status(503)
    answers = [ask(fake, "ARXIV_API_URL", params={"id_list": TRUNK}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [429, 200, 503, 503]
    assert (answers[0].text, answers[0].headers["Retry-After"]) == ("Rate exceeded.", "7")
    assert scholar(fake, f"/paper/ARXIV:{ROOT}")[0] == 200
    assert [request.fault for request in fake.asked("arxiv")] == [
        "status 429 Retry-After=7",
        None,
        "status 503",
        "status 503",
    ]


def test_fault_waits_for_its_request(fake):
    """A fault for some requests stays until one of them comes."""
    fake.faults["s2"] = [faults.status(429).where("/references")]
    fake.for_ever["arxiv"] = faults.refuse(ROOT)

    assert scholar(fake, f"/paper/ARXIV:{TRUNK}")[0] == 200
    assert scholar(fake, f"/paper/ARXIV:{TRUNK}/references")[1]["code"] == "429"
    assert scholar(fake, f"/paper/ARXIV:{TRUNK}/references")[0] == 200
    assert [feed(fake, ids)[0] for ids in (TRUNK, f"{TRUNK},{ROOT}", ROOT)] == [200, 400, 400]


def test_closes_at_once():
    """The end of a test does not wait for faults that go on, nor for clients that keep their connections."""
    with serve() as fake:
        fake.faults["arxiv"] = [faults.hang(), faults.drip(1), faults.endless(), None]
        parts = urlsplit(fake.environment["ARXIV_API_URL"])
        clients = [socket.create_connection((parts.hostname, parts.port)) for _ in range(5)]
        for client in clients[:4]:
            client.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while len(fake.requests) < 4:
            time.sleep(0.01)
        began = time.monotonic()

    assert time.monotonic() - began < 0.5
    for client in clients:
        client.close()
