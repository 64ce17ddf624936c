"""Fetching records: what is asked for, what is believed, what is written."""

import json
import shutil
import time

import pytest
from fake import Shelf, faults, invented, serve, write_data
from runs import fetch, fetched, lead, led

LIMB = "limb.md:3: arXiv:1801.00020"


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The services, holding what the corpus wants."""
    shelf = Shelf()
    shelf.add(
        "1706.00010",
        "TRUNK: A $O(n^2)$ Model & its 50% Costs",
        ["Trunk Team", ":", "Jürgen van der Grün"],
        version=4,
        comment="9 pages",
        doi="10.1234/third_meeting.7",
        journal_ref="Meeting 3",
        categories=["cs.LG", "cs.CL"],
    )
    shelf.add("1801.00020", "Limb")
    shelf.add("1902.00030", "Twig: a Bigger Limb")
    shelf.add("1902.00040", "Fork", comment="This paper has been withdrawn by Ann Author")
    shelf.add("hep-th/9901001", "The Root of All Models", categories=["hep-th"])
    with led(monkeypatch, tmp_path / "cache", shelf) as server:
        yield server


def records(corpus, *options):
    """Run the command for records alone."""
    return fetch(corpus, "--only", "metadata", *options)


def record(corpus, name):
    """A record as it stands on disk."""
    return json.loads((corpus / "arxiv" / f"{name}.json").read_text(encoding="utf-8"))


def asked(fake, service="arxiv"):
    """The identifiers that a service was asked for, sorted, request by request."""
    return [sorted(request.ids) for request in fake.asked(service)]


def shut(fake, *services):
    """Have services refuse everything."""
    fake.for_ever.update(dict.fromkeys(services, faults.status(429)))


def test_nothing_missing_asks_nothing(fake, corpus):
    """With all records at hand `--missing` makes no request."""
    assert records(corpus, "--missing") == 0
    assert fake.requests == []


API = {
    "arxiv": "1706.00010",
    "version": 4,
    "title": "TRUNK: A $O(n^2)$ Model & its 50% Costs",
    "authors": ["Trunk Team", ":", "Jürgen van der Grün"],
    "published": "2017-06-10T12:34:56Z",
    "updated": "2017-10-08T12:34:56Z",
    "primary_category": "cs.LG",
    "categories": ["cs.LG", "cs.CL"],
    "comment": "9 pages",
    "journal_ref": "Meeting 3",
    "doi": "10.1234/third_meeting.7",
    "abstract": None,
    "withdrawn": False,
    "source": "arxiv-api",
    "unverified": [],
}
OAI = API | {"source": "arxiv-oai", "authors": ["Trunk Team", "Jürgen van der Grün"]}
DATACITE = API | {
    "source": "datacite",
    "comment": None,
    "journal_ref": None,
    "doi": None,
    "unverified": ["primary_category", "withdrawn"],
}


@pytest.mark.parametrize(("closed", "expected"), [((), API), (("arxiv",), OAI), (("arxiv", "oai"), DATACITE)])
def test_missing_record_is_fetched(fake, corpus, closed, expected):
    """Only the missing record is asked for, and written as the first service has it that answers."""
    (corpus / "arxiv/1706.00010.json").unlink()
    before = fetched(corpus)
    shut(fake, *closed)

    assert records(corpus, "--missing") == 0
    assert {request.ids for request in fake.asked("arxiv")} == {("1706.00010",)}
    found = record(corpus, "1706.00010")
    assert found.pop("retrieved") == time.strftime("%Y-%m-%d", time.gmtime())
    assert found == expected
    assert list(found) == list(expected)
    assert before.items() <= fetched(corpus).items()


def test_names_are_one_line(fake, corpus):
    """A control character in a name of DataCite's, which no other service can send, stays out of the record."""
    fake.shelf.add("1801.00020", "Limb", ["Ann\x7f Author"])
    shut(fake, "arxiv", "oai")

    assert records(corpus) == 0
    assert record(corpus, "1801.00020")["authors"] == ["Ann Author"]


def test_bundled_records_are_replaced(fake, corpus):
    """Plain `fetch` replaces bundled records, a second one asks for nothing, old-style identifiers included."""
    assert records(corpus) == 0
    assert {"hep-th/9901001", "1801.00020"} <= set(asked(fake)[0])
    assert record(corpus, "hep-th__9901001")["source"] == "arxiv-api"
    assert record(corpus, "1801.00020")["unverified"] == []

    assert records(corpus) == 0
    assert len(fake.requests) == 1


def test_missing_leaves_bundled_records(fake, corpus):
    """`--missing` does not ask for what was compiled by hand."""
    (corpus / "arxiv/1902.00030.json").unlink()

    assert records(corpus, "--missing") == 0
    assert asked(fake) == [["1902.00030"]]
    assert record(corpus, "1801.00020")["source"] == "bundled"


@pytest.mark.parametrize(
    ("comment", "oai", "expected"),
    [
        ("This paper has been withdrawn by Ann Author", False, (True, [])),
        ("v2 retracts Lemma 2", True, (True, [])),
        ("v2 retracts Lemma 2", False, (False, [])),
        ("v2 retracts Lemma 2", None, (False, ["withdrawn"])),
    ],
)
def test_withdrawal(fake, corpus, comment, oai, expected):
    """A comment that says so marks a work as withdrawn; where it only hints OAI decides, which may be out of reach."""
    fake.shelf.add("1902.00040", "Fork", version=2, comment=comment, withdrawn=bool(oai))
    if oai is None:
        shut(fake, "oai")

    assert records(corpus) == 0
    found = record(corpus, "1902.00040")
    assert (found["withdrawn"], found["unverified"]) == expected
    assert bool(fake.asked("oai")) == ("retracts" in comment)


@pytest.mark.parametrize("contact", ["someone@site.example", None])
def test_contact_is_named(fake, corpus, monkeypatch, contact):
    """The User-Agent says which program asks, and whom to write to if it is known."""
    if contact:
        monkeypatch.setenv("LINEAGE_CONTACT", contact)
    records(corpus)

    (agent,) = {request.headers["User-Agent"] for request in fake.requests}
    assert agent.startswith("llm-lineage/")
    assert agent.endswith("(mailto:someone@site.example)") == bool(contact)


def test_refresh_leaves_unchanged_files_alone(fake, corpus):
    """A refresh that brings nothing new changes no byte, not even the day of retrieval."""
    records(corpus)
    path = corpus / "arxiv/1801.00020.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"retrieved": "2', '"retrieved": "1'), encoding="utf-8")
    before = path.read_bytes()

    assert records(corpus, "--refresh") == 0
    assert [len(ids) for ids in asked(fake)] == [5, 5]
    assert path.read_bytes() == before


def test_refresh_brings_what_is_new(fake, corpus):
    """A new version replaces the old one, and nothing else changes."""
    records(corpus)
    before = fetched(corpus)
    fake.shelf.add("1801.00020", "Limb", version=2)

    assert records(corpus, "--refresh") == 0
    assert record(corpus, "1801.00020")["version"] == 2
    assert {name for name, text in fetched(corpus).items() if text != before[name]} == {"arxiv/1801.00020.json"}


def test_refresh_goes_on_where_it_was(fake, corpus):
    """A refresh that could not have everything asks the next time for the rest alone, and then for all again."""
    records(corpus)
    fake.for_ever["arxiv"] = faults.drop("1801.00020")
    shut(fake, "oai")
    assert records(corpus, "--refresh") == 1

    fake.for_ever.clear()
    fake.requests.clear()
    assert records(corpus, "--refresh") == 0
    assert records(corpus, "--refresh") == 0
    assert [len(ids) for ids in asked(fake)] == [1, 5]


def test_refresh_of_a_part_forgets_nothing_of_the_whole(fake, corpus):
    """A whole refresh that lacks records goes on with these alone, though lists were refreshed in between."""
    shut(fake, "arxiv", "oai", "datacite")
    assert fetch(corpus, "--refresh") == 1

    assert fetch(corpus, "--refresh", "--only", "citations") == 0
    fake.for_ever.clear()
    fake.requests.clear()
    assert fetch(corpus, "--refresh") == 0
    assert len(fake.asked("arxiv")) == 1
    assert fake.asked("s2") == []


def test_a_worse_record_replaces_none(fake, corpus, capsys):
    """DataCite knows neither comment nor journal: what arXiv said stays, and is still to be refreshed."""
    records(corpus)
    before = fetched(corpus)
    shut(fake, "arxiv", "oai")

    assert records(corpus, "--refresh") == 1
    assert fetched(corpus) == before
    assert f"{LIMB} is throttled (arXiv: HTTP 429); the record stays, as datacite knows less" in capsys.readouterr().err


def test_provisional_records_are_asked_for_again(fake, corpus):
    """What came of DataCite is no problem, and gives way to arXiv's own record as soon as that can be had."""
    shut(fake, "arxiv", "oai")
    assert records(corpus) == 0
    assert record(corpus, "1801.00020")["source"] == "datacite"

    fake.for_ever.clear()
    assert records(corpus) == 0
    assert record(corpus, "1801.00020")["source"] == "arxiv-api"
    assert records(corpus, "--missing") == 0


def test_an_older_version_replaces_none(fake, corpus):
    """An index that lags behind takes nothing away."""
    records(corpus)
    before = fetched(corpus)
    fake.shelf.works["1706.00010"].version = 2
    fake.shelf.works["1706.00010"].versions = fake.shelf.works["1706.00010"].versions[:2]

    assert records(corpus, "--refresh") == 0
    assert fetched(corpus) == before


def test_a_withdrawal_is_not_forgotten(fake, corpus):
    """What OAI-PMH said once is asked about again, though the query API gives no hint of it."""
    fake.shelf.works["1801.00020"].comment = "see the retracted version"
    fake.shelf.works["1801.00020"].withdrawn = True
    records(corpus)
    assert record(corpus, "1801.00020")["withdrawn"] is True

    fake.shelf.works["1801.00020"].comment = None
    assert records(corpus, "--refresh") == 0
    assert record(corpus, "1801.00020")["withdrawn"] is True


def test_foreign_title_is_refused(fake, corpus, capsys):
    """A record of another paper is named with both titles, is not written, and the old one stays."""
    fake.shelf.add("1801.00020", "Quite Another Paper")
    before = (corpus / "arxiv/1801.00020.json").read_bytes()

    assert records(corpus) == 1
    assert (corpus / "arxiv/1801.00020.json").read_bytes() == before
    assert (
        f"{LIMB} is 'Quite Another Paper', the heading says 'Limb'; correct the identifier" in capsys.readouterr().err
    )
    assert record(corpus, "1902.00030")["source"] == "arxiv-api"


def test_absent_work_is_missing(fake, corpus, capsys):
    """A work is missing once two answers lack it, the second to it alone, and OAI denies it; it is asked for again."""
    del fake.shelf.works["1801.00020"]

    for _ in range(2):
        fake.requests.clear()
        assert records(corpus) == 1
        assert f"{LIMB} is missing (arXiv has no such work); check the identifier\n" in capsys.readouterr().err
        assert asked(fake)[-1] == asked(fake, "oai")[0] == ["1801.00020"]
        assert "1801.00020" in asked(fake)[0]
        assert len(fake.requests) == 3
    assert record(corpus, "1801.00020")["source"] == "bundled"
    assert record(corpus, "1902.00030")["source"] == "arxiv-api"


def test_absent_work_that_is_not(fake, corpus):
    """What the first answer lacks and the second one has was never missing."""
    fake.faults["arxiv"] = [faults.drop("1801.00020")]

    assert records(corpus) == 0
    assert asked(fake)[1:] == [["1801.00020"]]
    assert record(corpus, "1801.00020")["source"] == "arxiv-api"


def test_empty_feed_is_no_answer(fake, corpus):
    """A feed without entries, which arXiv sends at random, is asked for again as it was, not work by work."""
    fake.faults["arxiv"] = [faults.empty_feed()]

    assert records(corpus) == 0
    assert asked(fake)[0] == asked(fake)[1]
    assert len(fake.requests) == 2


def test_absent_work_that_oai_has(fake, corpus):
    """What the query API does not know and OAI does is taken from there."""
    fake.shelf.add("1801.00020", "Limb", absent=("arxiv",))

    assert records(corpus) == 0
    assert record(corpus, "1801.00020")["source"] == "arxiv-oai"


def test_absent_work_that_nobody_confirms(fake, corpus, capsys):
    """As long as OAI is out of reach nobody says that a work is missing."""
    del fake.shelf.works["1801.00020"]
    shut(fake, "oai")

    assert records(corpus) == 1
    assert (
        f"{LIMB} is throttled (arXiv's answers lack it, to be confirmed; arXiv's OAI: HTTP 429); "
        "run it again later" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "fault",
    [faults.refuse("1801.00020"), faults.status(400).where("1801.00020"), faults.status(414).where("%2C")],
    ids=str,
)
def test_refused_identifier(fake, corpus, fault):
    """An identifier that spoils its batch is taken out, by its name or by halving the batch; all others are written."""
    fake.for_ever["arxiv"] = fault

    assert records(corpus) == 0
    assert record(corpus, "1801.00020")["source"] == ("arxiv-api" if "414" in fault.name else "arxiv-oai")
    assert {record(corpus, name)["source"] for name in ("1706.00010", "1902.00030")} == {"arxiv-api"}
    assert len(fake.asked("arxiv")) <= 9


def test_refused_identifier_that_nobody_has(fake, corpus, capsys):
    """An identifier that arXiv refuses and OAI denies is missing."""
    del fake.shelf.works["1801.00020"]
    fake.for_ever["arxiv"] = faults.refuse("1801.00020")

    assert records(corpus) == 1
    assert f"{LIMB} is missing (arXiv has no such work); check the identifier\n" in capsys.readouterr().err
    assert record(corpus, "1902.00030")["source"] == "arxiv-api"


def test_batches(fake, tmp_path):
    """Large wants go out fifty at a time, and come back joined by identifier, whatever the order."""
    fake.shelf = invented(120)
    fake.for_ever["arxiv"] = faults.reorder()
    write_data(fake.shelf, tmp_path / "data")

    assert records(tmp_path / "data") == 0
    assert [len(ids) for ids in asked(fake)] == [50, 50, 20]
    found = [json.loads(path.read_bytes()) for path in (tmp_path / "data/arxiv").iterdir()]
    assert {one["arxiv"]: one["title"] for one in found} == {work.arxiv: work.title for work in fake.shelf}


def test_odd_records_come_through(fake, tmp_path):
    """Authors that look like none, hundreds of them, formulas and signs of markup are kept as arXiv has them."""
    fake.shelf = invented(60)
    write_data(fake.shelf, tmp_path / "data")

    assert records(tmp_path / "data") == 0
    for work in fake.shelf:
        path = tmp_path / "data/arxiv" / f"{work.arxiv.replace('/', '__')}.json"
        found = json.loads(path.read_bytes())
        expected = {
            "title": work.title,
            "authors": [name for name, _ in work.people],
            "version": work.version,
            "published": work.versions[0],
            "updated": work.versions[-1],
            "comment": " ".join(work.comment.split()) if work.comment else None,
            "doi": (work.dois or [None])[0],
            "categories": work.categories,
        }
        assert {name: found[name] for name in expected} == expected
        assert json.dumps(work.title, ensure_ascii=False).encode() in path.read_bytes()


def test_record_that_could_not_be_read_again(fake, corpus, capsys):
    """A record that the rules for cached ones refuse is not written, and what is wrong with it is said."""
    fake.shelf.add("1801.00020", "Limb", categories=["no category"])
    before = (corpus / "arxiv/1801.00020.json").read_bytes()

    assert records(corpus) == 1
    assert f"{LIMB} is unusable: the record of arxiv-api primary_category 'no category' is none\n" in (
        capsys.readouterr().err
    )
    assert (corpus / "arxiv/1801.00020.json").read_bytes() == before


def test_unreadable_record_is_replaced(fake, corpus, capsys):
    """A record on disk that cannot be read counts as missing; where none can be had it is named."""
    path = corpus / "arxiv/1801.00020.json"
    path.write_text("{", encoding="utf-8")
    shut(fake, "arxiv", "oai", "datacite")
    assert records(corpus, "--missing") == 1
    assert "1801.00020.json:1: " in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "{"

    fake.for_ever.clear()
    assert records(corpus, "--missing") == 0
    assert record(corpus, "1801.00020")["source"] == "arxiv-api"


def test_abstracts(fake, corpus):
    """Abstracts are kept in files of their own, also for works whose record is there; records stay without."""
    records(corpus)
    assert not (corpus / "abstracts").exists()
    fake.shelf.works["1801.00020"].abstract = "  One line\nand more of it.\n  A second paragraph."

    assert records(corpus, "--abstracts") == 0
    assert (corpus / "abstracts/1801.00020.txt").read_text(encoding="utf-8") == (
        "One line and more of it.\n\nA second paragraph.\n"
    )
    assert (corpus / "abstracts/hep-th__9901001.txt").exists()
    assert record(corpus, "1801.00020")["abstract"] is None
    assert records(corpus, "--abstracts") == 0
    assert len(fake.requests) == 2


def test_pace_that_is_no_number(fake, corpus, monkeypatch, capsys):
    """A pace that is no number of seconds is wrong usage."""
    monkeypatch.setenv("LINEAGE_PACE", "abc")

    assert records(corpus) == 2
    assert capsys.readouterr().err == "lineage: LINEAGE_PACE is a number of seconds\n"
    assert fake.requests == []


def test_no_network(corpus, tmp_path, monkeypatch, capsys):
    """Without network the problem of each work is named at once, the exit code is 1, and no file is made."""
    with serve() as server:
        lead(monkeypatch, server, tmp_path / "cache")
    shutil.rmtree(corpus / "arxiv")
    began = time.monotonic()

    assert records(corpus, "--missing") == 1
    assert time.monotonic() - began < 5
    told = capsys.readouterr().err
    assert f"{LIMB} is unreachable (arXiv: connection refused); run it again later\n" in told
    assert told.endswith("\n5 problems\n")
    assert not (corpus / "arxiv").exists()


def test_broken_notes_are_all_named(corpus, capsys):
    """A note that does not parse stops the fetch, and what else is wrong is said in the same run."""
    (corpus / "papers/limb.md").write_text("no note", encoding="utf-8")
    (corpus / "papers/stub.md").write_text(
        (corpus / "papers/stub.md").read_text(encoding="utf-8").replace("evaluation", "nowhere"), encoding="utf-8"
    )

    assert fetch(corpus) == 1
    told = capsys.readouterr().err
    assert "limb.md:1: there is no front matter" in told
    assert "stub.md:5: branch 'nowhere' is unknown" in told


def test_no_data_directory(tmp_path, capsys):
    """A directory without notes is wrong usage, and none is made."""
    assert fetch(tmp_path / "nowhere") == 2
    assert "nowhere/papers is no directory" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
