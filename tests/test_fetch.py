"""Fetching records: what is asked for, what is believed, what is written."""

import json
import shutil

import pytest
from fake_arxiv import FakeArxiv, serve

from pipeline.__main__ import main


@pytest.fixture
def arxiv(monkeypatch):
    """The fake service, holding what the corpus wants."""
    fake = FakeArxiv()
    fake.add("1706.00010", "TRUNK: A $O(n^2)$ Model & its 50% Costs", ("Trunk Team", ":", "Jürgen van der Grün"), 4)
    fake.add("1801.00020", "Limb")
    fake.add("1902.00030", "Twig: a Bigger Limb")
    fake.add("1902.00040", "Fork", comment="This paper has been withdrawn by Ann Author")
    fake.add("hep-th/9901001", "The Root of All Models")
    with serve(fake):
        monkeypatch.setenv("ARXIV_API_URL", fake.url)
        monkeypatch.setenv("LINEAGE_PACE", "0")
        monkeypatch.setenv("LINEAGE_CONTACT", "someone@site.example")
        yield fake


def fetch(corpus, *options):
    """Run the command on the corpus."""
    return main(["fetch", "--data", str(corpus), "--quiet", *options])


def record(corpus, name):
    """A record as it stands on disk."""
    return json.loads((corpus / "arxiv" / name).read_text(encoding="utf-8"))


def test_nothing_missing_asks_nothing(arxiv, corpus):
    """With all records at hand `--missing` makes no request."""
    assert fetch(corpus, "--missing") == 0
    assert arxiv.asked == []


def test_missing_record_is_fetched(arxiv, corpus):
    """Only the missing record is asked for, and written as the service has it."""
    (corpus / "arxiv/1706.00010.json").unlink()

    assert fetch(corpus, "--missing") == 0
    assert arxiv.asked == [["1706.00010"]]
    assert record(corpus, "1706.00010.json") == {
        "arxiv": "1706.00010",
        "version": 4,
        "title": "TRUNK: A $O(n^2)$ Model & its 50% Costs",
        "authors": ["Trunk Team", ":", "Jürgen van der Grün"],
        "published": "2020-01-01T01:01:01Z",
        "updated": "2020-02-02T02:02:02Z",
        "primary_category": "cs.CL",
        "categories": ["cs.CL"],
        "comment": "9 pages",
        "journal_ref": None,
        "doi": None,
        "abstract": None,
        "withdrawn": False,
        "retrieved": record(corpus, "1706.00010.json")["retrieved"],
        "source": "arxiv-api",
        "unverified": [],
    }


def test_bundled_records_are_replaced(arxiv, corpus):
    """Plain `fetch` replaces bundled records, a second one asks for nothing, old-style identifiers included."""
    assert fetch(corpus) == 0
    assert {"hep-th/9901001", "1801.00020"} <= set(arxiv.asked[0])
    assert record(corpus, "hep-th__9901001.json")["source"] == "arxiv-api"
    assert record(corpus, "1801.00020.json")["unverified"] == []

    assert fetch(corpus) == 0
    assert len(arxiv.asked) == 1


@pytest.mark.usefixtures("arxiv")
def test_withdrawal_is_seen(corpus):
    """A comment that says so marks a work as withdrawn."""
    fetch(corpus)

    assert record(corpus, "1902.00040.json")["withdrawn"] is True


def test_contact_is_named(arxiv, corpus):
    """The User-Agent says who asks."""
    fetch(corpus)

    assert all(agent.endswith("(mailto:someone@site.example)") for agent in arxiv.agents)


def test_refresh_leaves_unchanged_files_alone(arxiv, corpus):
    """A refresh that brings nothing new changes no byte, not even the day of retrieval."""
    fetch(corpus)
    path = corpus / "arxiv/1801.00020.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"retrieved": "2', '"retrieved": "1'), encoding="utf-8")
    before = path.read_bytes()

    assert fetch(corpus, "--refresh") == 0
    assert len(arxiv.asked) == 2
    assert path.read_bytes() == before


def test_foreign_title_is_refused(arxiv, corpus, capsys):
    """A record of another paper is named with both titles, is not written, and the old one stays."""
    arxiv.add("1801.00020", "Quite Another Paper")
    before = (corpus / "arxiv/1801.00020.json").read_bytes()

    assert fetch(corpus) == 1
    assert (corpus / "arxiv/1801.00020.json").read_bytes() == before
    assert (
        "limb.md:3: arXiv:1801.00020 is 'Quite Another Paper', the heading says 'Limb'; correct the identifier"
        in capsys.readouterr().err
    )
    assert record(corpus, "1902.00030.json")["source"] == "arxiv-api"


def test_absent_work_is_named(arxiv, corpus, capsys):
    """An identifier that the answer does not hold is a problem; the others are written."""
    del arxiv.works["1801.00020"]

    assert fetch(corpus) == 1
    assert "limb.md:3: arXiv's answer did not hold 1801.00020" in capsys.readouterr().err
    assert record(corpus, "1801.00020.json")["source"] == "bundled"
    assert record(corpus, "1902.00030.json")["source"] == "arxiv-api"


@pytest.mark.parametrize("fault", [503, 429, 406, "<html><body>Are you a robot?</body></html>", ""])
def test_one_fault_loses_nothing(arxiv, corpus, fault):
    """A faulty answer is never cached, whatever it was; the next run completes the work."""
    arxiv.faults = [fault]
    before = {path.name: path.read_bytes() for path in corpus.glob("arxiv/*.json")}

    if fetch(corpus):
        assert {path.name: path.read_bytes() for path in corpus.glob("arxiv/*.json")} == before
        assert fetch(corpus) == 0
    assert {json.loads(path.read_bytes())["source"] for path in corpus.glob("arxiv/*.json")} == {"arxiv-api"}


@pytest.mark.parametrize("cut", ["uilder", "</author>", "</entry>", "</feed>"])
def test_truncated_answer_is_no_answer(arxiv, corpus, cut, capsys):
    """A feed that ends early is not taken for a shorter one: no record is written, none is replaced."""
    arxiv.add("1801.00020", "Limb", ("Ann Author", "Bob Builder", "Cy Coder"))
    before = {path.name: path.read_bytes() for path in corpus.glob("arxiv/*.json")}
    _, feed = arxiv.answer("id_list=1801.00020&max_results=10")
    arxiv.faults = [feed.split(cut)[0]] * 4

    assert fetch(corpus) == 1
    assert {path.name: path.read_bytes() for path in corpus.glob("arxiv/*.json")} == before
    assert "gave no usable answer for 1801.00020 (an answer that is no feed, or not a whole one)" in (
        capsys.readouterr().err
    )


def test_entry_without_version(arxiv, corpus, capsys):
    """An entry that cannot be read spoils its batch, not the run."""
    arxiv.add("1801.00020", "Limb", version="x")

    assert fetch(corpus) == 1
    assert "gave no usable answer for 1801.00020" in capsys.readouterr().err


def test_pace_that_is_no_number(arxiv, corpus, monkeypatch, capsys):
    """A pace that is no number of seconds is wrong usage."""
    monkeypatch.setenv("LINEAGE_PACE", "abc")

    assert fetch(corpus) == 2
    assert capsys.readouterr().err == "lineage: LINEAGE_PACE is a number of seconds\n"
    assert arxiv.asked == []


def test_service_that_is_down(arxiv, corpus, capsys):
    """A service that answers with nothing but errors leaves a problem for each record, and no file."""
    arxiv.faults = [503] * 20
    shutil.rmtree(corpus / "arxiv")

    assert fetch(corpus) == 1
    assert "trunk.md:3: arXiv gave no usable answer for 1706.00010 (HTTP 503); run 'make fetch' again later" in (
        capsys.readouterr().err
    )
    assert not (corpus / "arxiv").exists()


def test_no_service(corpus, monkeypatch, capsys):
    """Without network nothing breaks: the problem is named and the exit code is 1."""
    monkeypatch.setenv("ARXIV_API_URL", "http://127.0.0.1:9/api/query")
    monkeypatch.setenv("LINEAGE_PACE", "0")
    (corpus / "arxiv/1801.00020.json").unlink()

    assert fetch(corpus, "--missing") == 1
    assert "limb.md:3: arXiv gave no usable answer for 1801.00020 (ConnectionError)" in capsys.readouterr().err


def test_batches(arxiv, corpus, monkeypatch):
    """Large wants go out in several requests and come back joined by identifier, not by position."""
    monkeypatch.setattr("pipeline.sources.arxiv_api.BATCH", 2)

    assert fetch(corpus) == 0
    assert sorted(map(len, arxiv.asked)) == [1, 2, 2]
    assert record(corpus, "1902.00030.json")["title"] == "Twig: a Bigger Limb"


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
