"""The stand-in for the services: it keeps their rules, and each fault is what it says, on the socket."""

import json
import re
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import quote, urlsplit

import arxiv
import pytest
import requests
from fake import Shelf, faults, invented, key_of, serve, write_data
from lxml import etree
from support import HERE

from pipeline.notes import load_notes
from pipeline.text import fold_title

SPACES = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
TRUNK, LIMB, ROOT = "1706.00010", "1801.00020", "hep-th/9901001"


@pytest.fixture
def fake():
    """Three works, and one that only Semantic Scholar knows."""
    works = Shelf()
    works.add(ROOT, "The Root", authors=[("Paul Erdős", "Root House"), "Jürgen van der Grün"], categories=["hep-th"])
    works.add(
        TRUNK,
        "Trunk & $x<y$",
        version=4,
        comment="9 pages",
        doi="10.1234/Trunk",
        journal_ref="J. Trees 1",
        cites=[
            {"arxiv": ROOT, "intents": ["methodology"], "influential": True, "contexts": ["as in [1]"]},
            {"title": "Unresolved", "paperId": None},
            {"doi": "10.5555/x", "title": "X"},
        ],
    )
    works.add(LIMB, "Limb", withdrawn=True, version=2, cites=[TRUNK])
    works.add(None, "Only There", doi="10.9/there")
    with serve(works) as server:
        yield server


def ask(fake, service, path="", **options):
    """A request to a service; `json` makes it a POST."""
    method = "POST" if "json" in options else "GET"
    return requests.request(method, fake.environment[service] + path, timeout=5, **options)


def feed(fake, ids, **fields):
    """Status and root of arXiv's answer."""
    answer = ask(fake, "ARXIV_API_URL", params={"id_list": ids, **fields})
    return answer.status_code, etree.fromstring(answer.content)


def entries(root):
    """The identifiers with version of a feed, in order."""
    return [
        text.removeprefix("http://arxiv.org/abs/") for text in root.xpath("//a:entry/a:id/text()", namespaces=SPACES)
    ]


def scholar(fake, path, **options):
    """Status and value of Semantic Scholar's answer."""
    answer = ask(fake, "SEMANTIC_SCHOLAR_API_URL", path, **options)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (f"{TRUNK},{ROOT}", [f"{ROOT}v1", f"{TRUNK}v4"]),
        (f"{TRUNK}v1", [f"{TRUNK}v1"]),
        (f"{TRUNK}v4,{TRUNK},{TRUNK}", [f"{TRUNK}v4"]),
        (f"{TRUNK}v1,{TRUNK}v2", [f"{TRUNK}v2", f"{TRUNK}v1"]),
        (f"{ROOT}v1", [f"{ROOT}v1"]),
        (f"{TRUNK}v99,{LIMB}", [f"{LIMB}v2"]),
        ("0000.0000,9999.99999,1234.12345,0808.05394", []),
        (f"arXiv:{TRUNK}", []),
        (f"https://arxiv.org/abs/{TRUNK}", []),
        (f"{TRUNK}.pdf", []),
        (f" {TRUNK}", []),
        ("math.GT/0309136", []),
    ],
)
def test_arxiv_ids(fake, ids, found):
    """An identifier is looked up as it stands: what is unknown or misspelt is absent and not counted."""
    status, root = feed(fake, ids)

    assert (status, entries(root)) == (200, found)
    assert root.findtext(f"{OPEN_SEARCH}totalResults") == str(len(found))


@pytest.mark.parametrize("bad", ["abc", "", f"10.48550/arXiv.{TRUNK}", "hepth/9901001", "17060.3762"])
def test_malformed_id_spoils_the_batch(fake, bad):
    """One malformed identifier is answered with 400 and an entry that names it, and nothing else."""
    status, root = feed(fake, f"{TRUNK},{bad}")
    entry = root.find("a:entry", SPACES)

    assert status == 400
    assert entry.findtext("a:summary", namespaces=SPACES) == f"incorrect id format for {bad}"
    assert entry.find("a:published", SPACES) is None
    assert len(root.findall("a:entry", SPACES)) == 1


def test_entry_of_a_version(fake):
    """`updated` is that of the version, `published` that of the first one, text is escaped once."""
    _, root = feed(fake, f"{TRUNK}v2")
    entry = root.find("a:entry", SPACES)

    assert entry.findtext("a:title", namespaces=SPACES) == "Trunk & $x<y$"
    assert entry.findtext("a:published", namespaces=SPACES) == "2017-06-10T12:34:56Z"
    assert entry.findtext("a:updated", namespaces=SPACES) == "2017-07-20T12:34:56Z"
    assert entry.findtext("x:doi", namespaces=SPACES) == "10.1234/Trunk"


@pytest.mark.parametrize(
    ("fields", "status", "found"),
    [
        ({"max_results": 0}, 500, 0),
        ({"max_results": 40000}, 400, 0),
        ({"max_results": "x"}, 400, 0),
        ({"max_results": 1}, 200, 1),
        ({"start": 1}, 200, 1),
        ({"search_query": "ti:root"}, 200, 1),
    ],
)
def test_arxiv_pages(fake, fields, status, found):
    """At most `max_results` entries from `start` on; what the service cannot do it refuses."""
    answer = ask(fake, "ARXIV_API_URL", params={"id_list": f"{TRUNK},{ROOT}", **fields})

    assert (answer.status_code, answer.text.count("<published>")) == (status, found)


def test_long_address(fake):
    """Seven hundred identifiers are too long for an address, not for a form."""
    fields = {"id_list": ",".join([TRUNK] * 700), "max_results": "700"}

    assert ask(fake, "ARXIV_API_URL", params=fields).status_code == 414
    assert requests.post(fake.environment["ARXIV_API_URL"], data=fields, timeout=5).status_code == 200


def test_the_arxiv_package_reads_it(fake):
    """The package that the pipeline uses finds everything in a feed."""
    client = arxiv.Client(delay_seconds=0, num_retries=0)
    client.query_url_format = fake.environment["ARXIV_API_URL"] + "?{}"
    root, trunk = client.results(arxiv.Search(id_list=[TRUNK, ROOT]))

    assert (root.get_short_id(), [author.name for author in root.authors]) == (
        f"{ROOT}v1",
        ["Paul Erdős", "Jürgen van der Grün"],
    )
    assert (trunk.title, trunk.doi, trunk.comment, trunk.journal_ref, trunk.primary_category) == (
        "Trunk & $x<y$",
        "10.1234/Trunk",
        "9 pages",
        "J. Trees 1",
        "cs.CL",
    )


def oai(fake, **fields):
    """Root of the answer of arXiv's OAI-PMH."""
    given = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{ROOT}", "metadataPrefix": "arXivRaw", **fields}
    answer = ask(fake, "ARXIV_OAI_URL", params=given)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def texts(root, name):
    """Texts of all elements of a name, whatever their namespace."""
    return root.xpath(f"//*[local-name()='{name}']/text()")


def test_oai_raw(fake):
    """The raw format has TeX, one string of authors and every version; the last one of a withdrawn work is empty."""
    root = oai(fake)
    limb = oai(fake, identifier=f"oai:arXiv.org:{LIMB}")

    assert texts(root, "authors") == [r"Paul Erd\H{o}s (Root House) and J\"{u}rgen van der Gr\"{u}n"]
    assert limb.xpath("//@version") == ["v1", "v2"]
    assert texts(limb, "date")[0] == "Wed, 10 Jan 2018 12:34:56 GMT"
    assert texts(limb, "source_type") == ["I"]
    assert texts(root, "source_type") == []


def test_oai_arxiv(fake):
    """The other format has surnames, and the day of the latest version where the first should be."""
    root = oai(fake, metadataPrefix="arXiv")
    limb = oai(fake, metadataPrefix="arXiv", identifier=f"oai:arXiv.org:{LIMB}")

    assert list(zip(texts(root, "keyname"), texts(root, "forenames"), strict=True)) == [
        ("Erdős", "Paul"),
        ("van der Grün", "Jürgen"),
    ]
    assert texts(limb, "created") == ["2018-02-19"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"identifier": "oai:arXiv.org:9999.99999"}, "idDoesNotExist"),
        ({"identifier": TRUNK}, "idDoesNotExist"),
        ({"metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"from": "2020-01-01"}, "badArgument"),
        ({"metadataPrefix": ["arXiv", "arXivRaw"]}, "badArgument"),
        ({"verb": "Get"}, "badVerb"),
    ],
)
def test_oai_errors(fake, fields, code):
    """Errors are elements of an answer with status 200."""
    assert oai(fake, **fields).xpath("//@code") == [code]


def test_datacite_record(fake):
    """A DOI of arXiv, in any case, has a record with the versions and the names taken apart."""
    answer = ask(fake, "DATACITE_API_URL", "/" + quote(f"10.48550/ARXIV.{TRUNK}", safe=""))
    attributes = answer.json()["data"]["attributes"]

    assert answer.headers["Content-Type"].startswith("application/vnd.api+json")
    assert attributes["doi"] == f"10.48550/arxiv.{TRUNK}"
    assert attributes["creators"][0]["familyName"] == "Author"
    assert [date["dateInformation"] for date in attributes["dates"] if date["dateType"] == "Updated"] == [
        "v2",
        "v3",
        "v4",
    ]
    assert attributes["subjects"][0]["subject"] == "Computation and Language (cs.CL)"
    assert attributes["relatedIdentifiers"][0]["relatedIdentifier"] == "10.1234/Trunk"


@pytest.mark.parametrize("doi", ["10.48550/arXiv.9999.99999", "10.1234/Trunk"])
def test_datacite_unknown(fake, doi):
    """What arXiv has not registered is 404, the DOIs of publishers too."""
    assert ask(fake, "DATACITE_API_URL", f"/{doi}").status_code == 404


def test_datacite_query(fake):
    """A query finds those that are there, page by page."""
    names = " OR ".join(f'"10.48550/arxiv.{name}"' for name in (TRUNK, "9999.99999", ROOT))
    pages = [
        ask(fake, "DATACITE_API_URL", params={"query": f"doi:({names})", "page[size]": 1, "page[number]": page}).json()
        for page in (1, 2, 3)
    ]

    assert {item["id"] for page in pages for item in page["data"]} == {
        f"10.48550/arxiv.{TRUNK}",
        f"10.48550/arxiv.{ROOT}",
    }
    assert (pages[0]["meta"]["total"], pages[2]["data"]) == (2, [])
    assert ask(fake, "DATACITE_API_URL", params={"query": 'doi:("a"'}).status_code == 400


def test_datacite_shapes():
    """What real records have in two shapes comes in both."""
    works = invented(12)
    with serve(works) as fake:
        found = [ask(fake, "DATACITE_API_URL", f"/10.48550/arXiv.{work.arxiv}").json() for work in works]
    attributes = [answer["data"]["attributes"] for answer in found]

    assert {type(value["publisher"]) for value in attributes} == {str, dict}
    assert {type(value["publicationYear"]) for value in attributes} == {str, int}


def test_batch(fake):
    """As many papers as identifiers, in their order, null for the unknown; a version makes one unknown."""
    sent = [f"ARXIV:{LIMB}", f"ARXIV:{TRUNK}v1", "DOI:10.1234/TRUNK", f"ARXIV:{ROOT}", "10.9/There", "abc"]
    status, papers = scholar(fake, "/paper/batch", json={"ids": sent})

    assert status == 200
    assert [paper and paper["title"] for paper in papers] == [
        "Limb",
        None,
        "Trunk & $x<y$",
        "The Root",
        "Only There",
        None,
    ]


def test_merged_papers(fake):
    """Two identifiers of one paper give the same paperId, in both places."""
    fake.shelf.add("1901.00001", "Trunk, Again", same_as=TRUNK)
    _, papers = scholar(fake, "/paper/batch", json={"ids": [f"ARXIV:{TRUNK}", "ARXIV:1901.00001"]})

    assert papers[0] == papers[1]


@pytest.mark.parametrize(
    ("path", "options", "status", "told"),
    [
        ("/paper/batch", {"json": {"ids": ["ARXIV:1"] * 501}}, 400, "at most 500"),
        ("/paper/batch", {"json": {"ids": []}}, 400, "No valid paper ids"),
        ("/paper/batch?fields=unknown", {"json": {"ids": [TRUNK]}}, 400, "unsupported fields: [unknown]"),
        ("/paper/batch?fields=references.nothing", {"json": {"ids": [TRUNK]}}, 400, "[references.nothing]"),
        (f"/paper/ARXIV:{TRUNK}?fields=intents", {}, 400, "[intents]"),
        ("/paper/0", {}, 404, "Paper with id 0 not found"),
        ("/paper/ARXIV:9999.99999/references", {}, 404, "Paper with id ARXIV:9999.99999 not found"),
        (f"/paper/ARXIV:{TRUNK}/references?offset=9000&limit=1000", {}, 400, "offset + limit must be < 10000"),
        (f"/paper/ARXIV:{TRUNK}/references?limit=1001", {}, 400, "limit"),
        ("/paper/search/match?query=Zygote", {}, 404, "Title match not found"),
        (f"/paper/ARXIV:{TRUNK}", {"headers": {"x-api-key": "bad"}}, 403, "Forbidden"),
    ],
)
def test_scholar_refuses(fake, path, options, status, told):
    """What the service does not take it answers in its own words."""
    code, value = scholar(fake, path, **options)

    assert code == status
    assert told in value.get("error", value.get("message"))


def test_good_key(fake):
    """The right key is no worse than none."""
    assert scholar(fake, f"/paper/ARXIV:{ROOT}", headers={"x-api-key": fake.key})[0] == 200


def test_references(fake):
    """An edge has what was asked for; a reference that nobody could make out has no paperId."""
    fields = "fields=title,externalIds,intents,isInfluential,contextsWithIntent"
    _, value = scholar(fake, f"/paper/ARXIV:{TRUNK}/references?{fields}")
    first, second, third = value["data"]

    assert (first["isInfluential"], first["intents"]) == (True, ["methodology"])
    assert first["contextsWithIntent"] == [{"context": "as in [1]", "intents": ["methodology"]}]
    assert first["citedPaper"]["externalIds"]["ArXiv"] == ROOT
    assert (second["citedPaper"]["paperId"], second["citedPaper"]["externalIds"]) == (None, None)
    assert third["citedPaper"]["externalIds"] == {"DOI": "10.5555/x"}
    assert "next" not in value


def test_pages_of_references(fake):
    """`next` is there until the last page; what is listed within a batch loses rows without a word."""
    rows = [{"title": f"T{number}", "doi": f"10.5555/{number}"} for number in range(250)]
    fake.shelf.add("1901.00001", "Survey", cites=rows)
    found, offset = [], 0
    while offset is not None:
        _, page = scholar(fake, f"/paper/ARXIV:1901.00001/references?limit=100&offset={offset}")
        found += [row["citedPaper"]["title"] for row in page["data"]]
        offset = page.get("next")
    asked = {"ids": ["ARXIV:1901.00001"]}
    _, (paper,) = scholar(fake, "/paper/batch?fields=referenceCount,references.title", json=asked)
    nested = [row["title"] for row in paper["references"]]

    assert found == [row["title"] for row in rows]
    assert paper["referenceCount"] == 250
    assert len(nested) == 100
    assert nested != found[:100]


def test_elided_references(fake):
    """A publisher withholds a list: null, with status 200."""
    fake.shelf.add("1901.00001", "Closed", cites=[TRUNK], elided=True)

    status, value = scholar(fake, "/paper/ARXIV:1901.00001/references")
    _, (paper,) = scholar(fake, "/paper/batch?fields=references", json={"ids": ["ARXIV:1901.00001"]})
    assert (status, value["data"], paper["references"]) == (200, None, None)
    assert "elided by the publisher" in value["citingPaperInfo"]["openAccessPdf"]["disclaimer"]


def test_citations_are_the_other_side(fake):
    """What a work cites counts as its citation there, the path may hold an old-style identifier."""
    _, value = scholar(fake, f"/paper/ARXIV:{ROOT}/citations?fields=title,isInfluential")
    _, root = scholar(fake, f"/paper/ARXIV:{ROOT}?fields=citationCount,influentialCitationCount,authors")

    assert [row["citingPaper"]["title"] for row in value["data"]] == ["Trunk & $x<y$"]
    assert (root["citationCount"], root["influentialCitationCount"]) == (1, 1)
    assert [author["name"] for author in root["authors"]] == ["Paul Erdős", "Jürgen van der Grün"]


def test_match_always_guesses(fake):
    """The nearest title comes back, however far it is."""
    _, value = scholar(fake, "/paper/search/match?query=limb of a tree")

    assert [paper["title"] for paper in value["data"]] == ["Limb"]


def test_opencitations(fake):
    """Rows name works by identifiers separated by blanks; an unknown work has none, a count is a text."""
    rows = ask(fake, "OPENCITATIONS_API_URL", "/references/doi:10.1234/trunk").json()

    assert [[name.split(":")[0] for name in row["cited"].split()] for row in rows] == [
        ["omid", "doi", "openalex"],
        ["omid", "doi"],
    ]
    assert f"doi:10.48550/arxiv.{ROOT}" in rows[0]["cited"].split()
    assert "doi:10.1234/trunk" in rows[0]["citing"].split()
    assert ask(fake, "OPENCITATIONS_API_URL", "/references/doi:10.1/none").json() == []
    assert ask(fake, "OPENCITATIONS_API_URL", "/reference-count/doi:10.1234/trunk").json() == [{"count": "2"}]


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


@pytest.mark.parametrize("service", ["oai", "datacite", "s2", "opencitations"])
@pytest.mark.parametrize("fault", [fault for fault in faults.EVERY if fault.send is None], ids=str)
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


def test_requests_are_logged(fake):
    """What was asked, by whom, when, over which connection."""
    ask(
        fake, "SEMANTIC_SCHOLAR_API_URL", "/paper/batch?fields=title", json={"ids": ["a"]}, headers={"User-Agent": "me"}
    )
    feed(fake, f"{TRUNK},{ROOT}")
    first, second = fake.requests

    assert (first.service, first.method, first.path, first.query) == (
        "s2",
        "POST",
        "/graph/v1/paper/batch",
        "fields=title",
    )
    assert (first.ids, first.json, first.headers["user-agent"]) == (("a",), {"ids": ["a"]}, "me")
    assert second.ids == (TRUNK, ROOT)
    assert first.began <= first.ended <= second.began
    assert (first.connection, second.connection) == (1, 2)


def test_requests_at_once_are_counted(fake):
    """Three requests that overlap are three at once."""
    fake.for_ever["arxiv"] = faults.delay(0.3)
    threads = [threading.Thread(target=feed, args=(fake, TRUNK)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert fake.most_at_once == 3


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


def test_invented_works():
    """The same for the same seed, every oddity among them, citing each other."""
    shelf, again, other = invented(90, 1), invented(90, 1), invented(90, 2)
    works = list(shelf)

    assert [vars(work) for work in works] == [vars(work) for work in again]
    assert [work.arxiv for work in works] != [work.arxiv for work in other]
    assert len({fold_title(work.title) for work in works}) == 90
    assert any("/" in work.arxiv for work in works)
    assert any(len(work.authors) == 600 for work in works)
    assert any(":" in work.authors for work in works)
    assert {"0"} < {work.title for work in works}
    assert sum(cited.get("arxiv") in shelf.works for work in works for cited in work.cites) > 90


def test_written_data(tmp_path):
    """Notes of all works parse, and their headings fold to the titles; keys may be chosen."""
    shelf = invented(60)
    shelf.add(None, "Nowhere", doi="10.1234/nowhere")
    first = next(iter(shelf))
    keys = write_data(shelf, tmp_path, keys={first.arxiv: "first"})
    notes, _, problems = load_notes(tmp_path / "papers")
    headings = {note.key: fold_title(note.heading) for note in notes}

    assert problems == []
    assert headings == {keys[work.name]: fold_title(work.title) for work in shelf}
    assert (keys[first.name], keys["10.1234/nowhere"]) == ("first", "work-10-1234-nowhere")
    assert key_of(first) not in headings


def test_process(tmp_path):
    """As a process it leads a command to the services, keeps a log and ends with the command's exit code."""
    ask = "import os, sys, requests; sys.exit(requests.get(os.environ['ARXIV_API_URL'], timeout=9).status_code - 400)"
    options = f"--works 3 --data {tmp_path}/data --log {tmp_path}/log --fault arxiv=status:403".split()
    run = subprocess.run(
        [sys.executable, "-m", "fake", *options, "--", sys.executable, "-c", ask],
        cwd=HERE,
        env={"PYTHONPATH": str(HERE.parent)},
        check=False,
    )

    assert run.returncode == 3
    assert json.loads((tmp_path / "log").read_text()) == ["arxiv", "GET", "/api/query", "status 403"]
    assert len(list((tmp_path / "data/papers").iterdir())) == 3
