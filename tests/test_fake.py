"""The stand-in for the services keeps their rules, remembers what it was asked and invents works."""

import json
import subprocess
import sys
import threading
from urllib.parse import quote

import arxiv
import pytest
import requests
from fake import faults, invented, key_of, serve, write_data
from fake.asking import LIMB, OPEN_SEARCH, ROOT, SPACES, TRUNK, ask, entries, feed, sample, scholar
from lxml import etree
from support import HERE

from pipeline.notes import load_notes
from pipeline.text import fold_title


@pytest.fixture
def fake():
    """The services, with a few works."""
    with serve(sample()) as server:
        yield server


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
