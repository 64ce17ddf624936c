"""Fetching reference lists: what is asked of whom, what is believed, what is kept."""

import json
import os
from datetime import UTC, datetime

import pytest
from desk import at_a_desk
from fake import faults
from fake.fault import Fault
from fake.papers import paper as paper_of
from fake.replies import dumps, said

from pipeline.sources.progress import Progress
from pipeline.sources.service import Service

TRUNK, LIMB, ROOT = "1706.00010", "1801.00020", "hep-th/9901001"
T, L, R = "work-1706-00010", "work-1801-00020", "work-hep-th-9901001"
LONG = "thousands of ants and bees met at noon to sort seeds " * 8
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Three works that cite one another, and one that is not on arXiv."""
    with at_a_desk(tmp_path, monkeypatch) as desk:
        shelf = desk.shelf
        shelf.add(ROOT, "The Root of All", cites=[])
        shelf.add(
            TRUNK,
            "Trunk and Bark",
            cites=[
                {"arxiv": ROOT, "intents": ["methodology", "background"], "influential": True},
                {"title": "Nobody Knows", "paperId": None},
                {"doi": "10.5555/Stranger", "title": "A Stranger"},
            ],
        )
        shelf.add(LIMB, "Limb: a Thing that Grows", cites=[TRUNK, ROOT, {"doi": "10.9999/BOOK"}])
        shelf.add(None, "The Book of Trees", doi="10.9999/Book", cites=[ROOT])
        desk.write_notes()
        yield desk


def fetch(desk, *options):
    """Fetch reference lists alone."""
    return desk.run("fetch", "--only", "citations", *options)


def asked_for(desk):
    """The identifiers of each batch."""
    return [request.json["ids"] for request in desk.fake.asked("s2") if request.method == "POST"]


def pages(desk):
    """(offset, limit) of each page of a list, in the order in which they were asked for."""
    fields = [request.fields for request in desk.fake.asked("s2") if request.path.endswith("/references")]
    return [(int(field["offset"][0]), int(field["limit"][0])) for field in fields]


def strangers(count, start=0):
    """References to works that have no note."""
    return [{"doi": f"10.5555/s.{number}", "title": f"Stranger {number}"} for number in range(start, start + count)]


def test_a_list_as_it_is_kept(desk):
    """Edges by key with what the service thinks of them; what it could not make out is counted, the rest named."""
    work = desk.shelf.works[TRUNK]
    work.doi, work.year = "10.1234/trunk", 2018
    work.publicationVenue = {"id": "0a1b", "name": "Meeting of Lanterns", "type": "conference"}
    work.journal = {"pages": "10-20"}
    work.external_ids = {"DBLP": "conf/lant/AuthorB18", "ACL": None}

    assert fetch(desk) == 0
    path = f"citations/{T}.json"
    assert desk.record(path) == {
        "key": T,
        "source": "semantic-scholar",
        "complete": False,
        "references": 3,
        "cites": [R],
        "retrieved": TODAY,
        "resolved": 2,
        "elided": False,
        "by_title": [],
        "influential": [R],
        "intents": {R: ["background", "methodology"]},
        "elsewhere": ["doi:10.5555/Stranger"],
        "published": {
            "venue": "Meeting of Lanterns",
            "kind": "conference",
            "year": "2018",
            "doi": "10.1234/TRUNK",
            "dblp": "conf/lant/AuthorB18",
            "pages": "10-20",
        },
    }
    assert (desk.data / path).read_text(encoding="utf-8") == json.dumps(desk.record(path), indent=2) + "\n"


def test_a_whole_list_is_complete(desk):
    """Every reference was made out and counted."""
    fetch(desk)

    found = desk.lists(L)["semantic-scholar"]
    assert (found.complete, found.references, found.resolved) == (True, 3, 3)
    assert found.cites == ("work-10-9999-book", T, R)
    assert found.published is None


def test_what_is_asked_for(desk):
    """Bare identifiers in one batch, a DOI for what is not on arXiv, and nothing for what has neither."""
    desk.shelf.works[TRUNK].version = 4
    desk.shelf.works[TRUNK].versions = [f"2017-0{month}-10T12:00:00Z" for month in (6, 7, 8, 9)]
    desk.shelf.add(None, "A Leaflet Without Number", s2=False)
    desk.write_notes()
    desk.edit("work-a-leaflet-without-number", "  year:", "  url: https://leaflet.example\n  year:")

    assert fetch(desk) == 0
    assert [sorted(batch) for batch in asked_for(desk)] == [
        [f"ARXIV:{TRUNK}", f"ARXIV:{LIMB}", f"ARXIV:{ROOT}", "DOI:10.9999/Book"]
    ]
    assert {len(pages(desk)), len(desk.fake.asked()) - 1} == {4}
    assert set(desk.files("citations")) == {f"{key}.json" for key in (T, L, R, "work-10-9999-book")}


@pytest.mark.parametrize(("key", "pause"), [("good-key", 1.1), (None, 6.5)])
def test_the_key_and_the_pace(desk, monkeypatch, key, pause):
    """With a key requests carry it and come every second, without one we stay out of the way."""
    paces = []
    start = Service.__init__

    def watched(self, name, **options):
        paces.append(options["pace"])
        start(self, name, **options)

    monkeypatch.setattr(Service, "__init__", watched)
    if key:
        monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", key)

    assert fetch(desk) == 0
    assert paces == [pause]
    assert {request.headers["x-api-key"] for request in desk.fake.asked("s2")} == {key}


def test_the_pause_is_kept(desk, monkeypatch):
    """Where nothing else is wanted, requests wait for their turn."""
    waits = []

    def wait(_, seconds, __):
        waits.append(seconds)
        for stamp in (desk.folder / "cache/llm-lineage").glob("*.last"):
            os.utime(stamp, (0, 0))

    monkeypatch.delenv("LINEAGE_PACE")
    monkeypatch.setattr(Progress, "wait", wait)

    assert fetch(desk) == 0
    assert len(waits) == len(desk.fake.asked("s2")) - 1
    assert all(6 < seconds < 6.6 for seconds in waits)


def test_a_wrong_key(desk, monkeypatch, capsys):
    """It is refused like somebody who asks too much: each work is named, and nothing is written."""
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "bad-key")

    assert fetch(desk) == 1
    told = capsys.readouterr().err
    for key in (T, L, R, "work-10-9999-book"):
        assert f"{key}.md:" in told
    assert told.count("the reference list is throttled (") == 4
    assert "HTTP 403" in told
    assert "bad-key" not in told
    assert desk.files("citations") == {}


def test_a_work_that_the_service_does_not_know(desk, capsys):
    """It is asked for alone once more; then it is missing, which is no problem, and nothing is kept of it."""
    desk.shelf.works[TRUNK].s2 = False

    assert desk.run("fetch", "--only", "citations") == 0
    assert asked_for(desk)[1:] == [[f"ARXIV:{TRUNK}"]]
    assert T not in {path.removesuffix(".json") for path in desk.files("citations")}
    assert capsys.readouterr().err == ""

    before = len(desk.fake.asked())
    desk.shelf.works[TRUNK].s2 = True
    assert fetch(desk) == 0
    assert asked_for(desk)[2:] == [[f"ARXIV:{TRUNK}"]]
    assert len(desk.fake.asked()) == before + 2
    assert desk.lists(T)["semantic-scholar"].cites == (R,)


def test_missing_is_said(desk, capsys):
    """With its identifier, and counted in the summary."""
    desk.shelf.works[TRUNK].s2 = False

    assert desk.run_aloud("fetch", "--only", "citations") == 0
    told = capsys.readouterr().err
    assert f"{T}: missing, Semantic Scholar does not know ARXIV:{TRUNK}" in told
    assert "Semantic Scholar: 3 new, 1 missing" in told


def test_a_work_that_a_batch_leaves_out(desk):
    """A null in a batch may be the fault of the batch: asked for alone, the work is there."""

    def say(reply, request):
        items = [(name, None if name == f"ARXIV:{TRUNK}" else entry) for name, entry in reply.items]
        return said(200, [entry for _, entry in items]) if len(request.ids) > 1 else reply

    desk.fake.faults["s2"] = [Fault(name="null", say=say)]

    assert fetch(desk) == 0
    assert asked_for(desk)[1:] == [[f"ARXIV:{TRUNK}"]]
    assert desk.lists(T)["semantic-scholar"].cites == (R,)


def reversed_batch():
    """Papers in the other order than asked for."""
    return Fault(name="reversed", say=lambda reply, _: said(200, [entry for _, entry in reply.items][::-1]))


def test_a_reordered_batch_is_joined_by_identifier(desk):
    """No work gets the list of another one."""
    fetch(desk)
    expected = desk.files("citations")
    for path in list(expected):
        (desk.data / "citations" / path).unlink()
    desk.fake.faults["s2"] = [reversed_batch().where("/batch")]

    assert fetch(desk) == 0
    assert desk.files("citations") == expected


def test_position_alone_is_not_believed(desk):
    """Papers of which the service has another identifier than was asked for are asked for alone."""
    unnamed = {"ArXiv": None, "DOI": None}
    desk.shelf.add("1907.00001", "Tree: a Technical Report", cites=[ROOT], external_ids=unnamed)
    desk.shelf.add("1907.00002", "Tree2: a Technical Report", cites=[TRUNK], external_ids=unnamed)
    desk.write_notes()

    def say(reply, request):
        places = [request.ids.index(f"ARXIV:1907.0000{number}") for number in (1, 2)]
        entries = [entry for _, entry in reply.items]
        entries[places[0]], entries[places[1]] = entries[places[1]], entries[places[0]]
        return said(200, entries)

    desk.fake.faults["s2"] = [Fault(name="swapped", say=say)]

    assert fetch(desk) == 0
    assert asked_for(desk)[1:] == [["ARXIV:1907.00001"], ["ARXIV:1907.00002"]]
    assert desk.lists("work-1907-00001")["semantic-scholar"].cites == (R,)
    assert desk.lists("work-1907-00002")["semantic-scholar"].cites == (T,)


def test_works_that_the_service_has_merged(desk, capsys):
    """Both are kept where it has made one of two postings; where the title is another one, that is a problem."""
    desk.shelf.add("1707.00011", "Trunk and Bark", same_as=TRUNK)
    desk.shelf.add("1808.00001", "Quite a Different Matter", same_as=TRUNK)
    desk.write_notes()
    desk.edit("work-1707-00011", "# Trunk and Bark", "# Trunk and Barks")

    assert fetch(desk) == 1
    assert desk.lists("work-1707-00011")["semantic-scholar"].cites == (R,)
    assert desk.lists(T)["semantic-scholar"].cites == (R,)
    assert desk.lists("work-1808-00001") == {}
    told = capsys.readouterr().err
    assert told.endswith("\n1 problem\n")
    assert "ARXIV:1808.00001 is 'Trunk and Bark' at Semantic Scholar, the heading says 'Quite a Different Matter'" in (
        told
    )


@pytest.mark.parametrize(
    ("title", "heading", "is_alike"),
    [
        ("Trunk and Bark", "Trunk and Bark", True),
        ("TRUNK AND BARK.", "Trunk and Bark", True),
        ("Trunk and Barks: Revised", "Trunk and Bark Revised", True),
        ("Something Else Altogether", "Trunk and Bark", False),
        (f"A {LONG}", LONG, True),
    ],
    ids=["same", "shouted", "nearly", "another", "long"],
)
def test_titles_are_compared(desk, title, heading, is_alike):
    """A paper with the identifier is the work, by a former title too; where that appeared is not believed then."""
    desk.shelf.works[TRUNK].title = title
    desk.shelf.works[TRUNK].venue = "Meeting of Lanterns"
    desk.edit(T, "# Trunk and Bark", f"# {heading.strip()}")

    assert fetch(desk) == 0
    found = desk.lists(T)["semantic-scholar"]
    assert found.cites == (R,)
    assert bool(found.published) is is_alike


def test_a_doi_of_another_work(desk, capsys):
    """Nobody but the note says that it has this DOI: both titles are named, and it is a problem."""
    desk.shelf.works["10.9999/Book"].title = "Something Else Altogether"

    assert fetch(desk) == 1
    assert desk.lists("work-10-9999-book") == {}
    assert (
        "work-10-9999-book.md:6: DOI:10.9999/Book is 'Something Else Altogether' at Semantic Scholar, the heading says "
        "'The Book of Trees'; if it is the same work, add the title to 'titles'"
    ) in capsys.readouterr().err


def test_title_of_another_version(desk):
    """That the note names another title is enough."""
    desk.shelf.works[TRUNK].title = "Something Else Altogether"
    desk.edit(T, "kind:", 'titles: ["Something Else Altogether"]\nkind:')

    assert fetch(desk) == 0
    assert desk.lists(T)["semantic-scholar"].cites == (R,)


@pytest.mark.parametrize("change", [lambda items: items[:-1], lambda items: [*items, None], lambda _: []])
def test_a_batch_of_another_length(desk, change):
    """It says nothing of anybody, and is asked for again."""
    fault = Fault(name="length", say=lambda reply, _: said(200, change([entry for _, entry in reply.items])))
    desk.fake.faults["s2"] = [fault.where("/batch")]

    assert fetch(desk) == 0
    assert len(asked_for(desk)) == 2
    assert len(desk.files("citations")) == 4


def test_large_wants_go_out_in_several_batches(desk, monkeypatch):
    """A batch that fails for ever leaves the others alone."""
    monkeypatch.setattr("pipeline.sources.semantic_scholar.BATCH", 2)

    assert fetch(desk) == 0
    assert list(map(len, asked_for(desk))) == [2, 2]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (999, [(0, 1000)]),
        (1000, [(0, 1000)]),
        (1001, [(0, 1000), (1000, 1000)]),
        (2500, [(0, 1000), (1000, 1000), (2000, 1000)]),
    ],
)
def test_long_lists_come_in_pages(desk, count, expected):
    """A thousand at a time, until the service says that there are no more."""
    for key in (T, L, "work-10-9999-book"):
        (desk.data / f"papers/{key}.md").unlink()
    desk.shelf.works[ROOT].cites = strangers(count)

    assert fetch(desk) == 0
    found = desk.lists(R)["semantic-scholar"]
    assert (found.references, found.resolved, found.complete, len(found.elsewhere)) == (count, count, True, count)
    assert pages(desk) == expected


def test_the_longest_list(desk):
    """Of more than 9,999 references the service gives no more, so that the list is not complete."""
    for key in (T, L, "work-10-9999-book"):
        (desk.data / f"papers/{key}.md").unlink()
    desk.shelf.works[ROOT].cites = strangers(10_050)

    assert fetch(desk) == 0
    found = desk.lists(R)["semantic-scholar"]
    assert (found.references, found.resolved, found.complete) == (10_050, 9999, False)
    assert pages(desk) == [(number, 1000) for number in range(0, 9000, 1000)] + [(9000, 999)]


@pytest.mark.parametrize("place", [0, 500, 999])
def test_a_page_that_lacks_a_reference(desk, place):
    """What is left out of a page is not made up for by one that comes twice: the list is asked for again."""
    desk.shelf.works[LIMB].cites = [*strangers(1500)]
    desk.shelf.works[LIMB].cites[place] = TRUNK
    for key in (R, "work-10-9999-book"):
        (desk.data / f"papers/{key}.md").unlink()
    desk.write_by_hand(T)
    desk.fake.faults["s2"] = [faults.drop(TRUNK).where("/references")]

    assert fetch(desk, "--missing") == 0

    found = desk.lists(L)["semantic-scholar"]
    assert (found.cites, found.references, found.complete) == ((T,), 1500, True)
    assert pages(desk) == [(0, 1000), (1000, 1000)] * 2


def test_references_that_are_withheld(desk):
    """The publisher's wish is kept, with what the service counts; it is not asked for again."""
    desk.shelf.works[TRUNK].elided = True
    desk.shelf.works[TRUNK].reference_count = 38

    assert fetch(desk) == 0
    found = desk.lists(T)["semantic-scholar"]
    assert (found.elided, found.references, found.resolved, found.complete, found.cites) == (True, 38, 0, False, ())

    before = len(desk.fake.asked())
    assert fetch(desk) == 0
    assert len(desk.fake.asked()) == before


def test_a_count_that_the_list_does_not_reach(desk):
    """It is asked for twice, as answers are cut at times; the larger number is kept, and the list is in part."""
    desk.shelf.works[LIMB].reference_count = 5

    assert fetch(desk) == 0
    found = desk.lists(L)["semantic-scholar"]
    assert (found.references, found.resolved, found.complete) == (5, 3, False)
    assert len(pages(desk)) == 4 + 1


def test_a_list_that_is_said_to_be_empty(desk):
    """A reference that comes once, and not the second time, is none."""
    page = dumps({"offset": 0, "data": [{"citedPaper": {"paperId": "ab", "title": "X"}}]})
    desk.fake.faults["s2"] = [faults.body(page).where(f"{desk.shelf.works[ROOT].paper_id}/references")]

    assert fetch(desk) == 0
    assert desk.lists(R)["semantic-scholar"].references == 0


def test_a_count_that_is_too_low(desk):
    """Counts are stale at times: what comes is what there is."""
    desk.shelf.works[LIMB].reference_count = 1

    assert fetch(desk) == 0
    found = desk.lists(L)["semantic-scholar"]
    assert (found.references, found.resolved, found.complete) == (3, 3, True)


@pytest.mark.parametrize("short_first", [True, False])
def test_of_two_answers_the_longer_is_kept(desk, short_first):
    """Whichever comes first."""
    desk.shelf.works[LIMB].reference_count = 4
    cut = faults.well_formed_but_cut(2).where(f"{desk.shelf.works[LIMB].paper_id}/references")
    desk.fake.faults["s2"] = [cut]
    if not short_first:
        # The second time: an answer that is let through uses up a place in the list.
        desk.fake.faults["s2"] = [Fault(name="none").where(f"{desk.shelf.works[LIMB].paper_id}/references"), cut]

    assert fetch(desk) == 0
    found = desk.lists(L)["semantic-scholar"]
    assert (found.references, found.resolved) == (4, 3)


def test_a_list_that_is_empty_though_counted(desk, capsys):
    """Thin: a problem, and nothing is kept, so that the next run asks again."""
    desk.shelf.works[LIMB].cites = []
    desk.shelf.works[LIMB].reference_count = 40

    assert fetch(desk) == 1
    assert desk.lists(L) == {}
    assert len(desk.files("citations")) == 3
    told = capsys.readouterr().err
    assert f"{L}.md:3: the reference list is thin (none came, 40 are counted); run it again later" in told

    desk.shelf.works[LIMB].cites = [TRUNK]
    assert fetch(desk) == 0
    assert desk.lists(L)["semantic-scholar"].cites == (T,)


def test_a_list_that_is_empty_and_counted_so(desk):
    """It is an answer, and kept; that nothing is cited it does not say."""
    assert fetch(desk) == 0
    found = desk.lists(R)["semantic-scholar"]
    assert (found.references, found.resolved, found.complete, found.elided) == (0, 0, False, False)


def test_one_work_that_fails_leaves_the_others(desk, monkeypatch, capsys):
    """The failure is named with its word, what has come stays, and the next run asks for nothing else."""
    monkeypatch.setattr("pipeline.sources.service.COOLING", 0)
    desk.fake.for_ever["s2"] = faults.html().where(f"{desk.shelf.works[LIMB].paper_id}/references")

    assert fetch(desk) == 1
    assert len(desk.files("citations")) == 3
    assert f"{L}.md:3: the reference list is unusable (" in capsys.readouterr().err

    desk.fake.for_ever.clear()
    before = len(desk.fake.asked())
    assert fetch(desk) == 0
    assert len(desk.fake.asked()) == before + 2
    assert desk.lists(L)["semantic-scholar"].cites == ("work-10-9999-book", T, R)


@pytest.mark.parametrize(
    ("reference", "cited"),
    [
        ({"arxiv": TRUNK}, True),
        ({"doi": f"10.48550/ARXIV.{TRUNK}"}, True),
        ({"doi": "10.1234/TRUNK"}, True),
        ({"doi": "10.1234/trunk", "paperId": None}, True),
        ({"title": "Trunk and Bark", "paperId": None}, False),
        ({"title": "Trunk and Bark"}, False),
        ({"title": "Trunk and Bark", "arxiv": "2001.00001"}, False),
    ],
    ids=["arXiv", "DOI of arXiv", "DOI in capitals", "DOI, not made out", "title", "title made out", "other work"],
)
def test_what_makes_an_edge(desk, reference, cited):
    """An identifier; a title is for review."""
    desk.edit(T, "kind:", 'also: ["doi:10.1234/Trunk"]\nkind:')
    desk.shelf.works[LIMB].cites = [reference]

    assert fetch(desk) == 0
    found = desk.lists(L)["semantic-scholar"]
    assert (found.cites, found.by_title) == (((T,), ()) if cited else ((), (T,)))


def test_no_work_cites_itself(desk):
    """Services say so of works with several records."""
    desk.shelf.works[LIMB].cites = [LIMB, TRUNK]

    fetch(desk)
    assert desk.lists(L)["semantic-scholar"].cites == (T,)
    assert desk.lists(L)["semantic-scholar"].references == 2


def test_a_refresh_that_brings_nothing_new_changes_no_byte(desk):
    """Not even the day of retrieval."""
    fetch(desk)
    for path in (desk.data / "citations").iterdir():
        text = path.read_text(encoding="utf-8").replace(TODAY, "2025-01-01")
        path.write_text(text, encoding="utf-8")
    before = desk.files()

    assert fetch(desk, "--refresh") == 0
    assert desk.files() == before

    desk.shelf.works[LIMB].cites = [TRUNK]
    assert fetch(desk, "--refresh") == 0
    changed = {path for path, data in desk.files().items() if before.get(path) != data}
    assert changed == {f"citations/{L}.json"}
    assert desk.lists(L)["semantic-scholar"].retrieved == TODAY


def test_a_bundled_list_moves_aside(desk, capsys):
    """As it is, byte for byte; both lists count, and the report says where they differ."""
    by_hand = desk.write_by_hand(L, complete=True, references=3, cites=(T, "work-10-9999-book"))
    by_hand = by_hand.replace(b"  ", b"\t").replace(b"\n", b"\r\n")
    (desk.data / f"citations/{L}.json").write_bytes(by_hand)

    assert desk.run("fetch") == 0
    assert (desk.data / f"citations/bundled/{L}.json").read_bytes() == by_hand
    assert list(desk.lists(L)) == ["semantic-scholar", "bundled"]

    output = desk.folder / "output"
    assert desk.run("check") == 0
    assert desk.run("build", "--output", output) == 0
    table = (output / "citations.csv").read_text(encoding="utf-8").splitlines()
    assert sorted(row for row in table if row.startswith(L)) == [
        f"{L},work-10-9999-book,bundled; semantic-scholar",
        f"{L},{T},bundled; semantic-scholar",
        f"{L},{R},semantic-scholar",
    ]
    report = (output / "report.md").read_text(encoding="utf-8")
    assert "citations only by hand: 0, only by a service: 1." in report
    assert f"- `{L}` cites `{R}` by semantic-scholar, not by bundled" in report
    assert "were fetched from Semantic Scholar (<https://www.semanticscholar.org>)" in report
    assert capsys.readouterr().err == ""

    before = desk.files()
    desk.shelf.works[LIMB].cites = [ROOT]
    assert fetch(desk, "--refresh") == 0
    assert (desk.data / f"citations/bundled/{L}.json").read_bytes() == by_hand
    assert desk.files()[f"citations/{L}.json"] != before[f"citations/{L}.json"]


def test_a_bundled_list_that_cannot_be_read_moves_aside(desk, capsys):
    """What somebody wrote is not lost by a slip of the pen; it is named until it is corrected."""
    slip = desk.write_by_hand(L).replace(b"}", b"")
    (desk.data / f"citations/{L}.json").write_bytes(slip)

    assert fetch(desk) == 1
    assert f"{desk.data}/citations/bundled/{L}.json:8: is broken JSON" in capsys.readouterr().err
    assert desk.record(f"citations/{L}.json")["source"] == "semantic-scholar"
    assert (desk.data / f"citations/bundled/{L}.json").read_bytes() == slip


@pytest.mark.parametrize("junk", [b"", b"[]", b"{", b"\x00\xff"])
def test_junk_is_nobodys_list(desk, junk):
    """Where nothing of a list is left, nothing moves aside, and the list is fetched again."""
    fetch(desk)
    before = desk.files("citations")
    (desk.data / f"citations/{L}.json").write_bytes(junk)

    assert fetch(desk) == 0
    assert desk.files("citations") == before


def test_one_bad_paper_keeps_no_other_from_being_fetched(desk):
    """A connection that breaks off whenever the first paper is asked for costs that one alone."""
    first = desk.shelf.works[ROOT].paper_id
    desk.fake.for_ever["s2"] = faults.rst().where(f"/paper/{first}/")

    assert fetch(desk) == 1
    assert desk.lists(R) == {}
    assert desk.lists(T)["semantic-scholar"].cites == (R,)


def test_a_slip_takes_no_good_list_away(desk):
    """One that is aside already stays."""
    by_hand = desk.write_by_hand(L, complete=True, references=3)
    fetch(desk)
    (desk.data / f"citations/{L}.json").write_bytes(b"{")

    assert fetch(desk) == 0
    assert (desk.data / f"citations/bundled/{L}.json").read_bytes() == by_hand
    assert list(desk.lists(L)) == ["semantic-scholar", "bundled"]


def test_a_fetched_list_that_cannot_be_read_is_fetched_again(desk):
    """It is nobody's work."""
    fetch(desk)
    expected = desk.files("citations")
    (desk.data / f"citations/{L}.json").write_bytes(expected[f"{L}.json"][:-9])

    assert fetch(desk) == 0
    assert desk.files("citations") == expected


def test_a_work_that_comes_later_lands_without_a_request(desk):
    """Lists keep the identifiers of what had no note; one that is written afterwards is cited at once."""
    assert desk.run("fetch", "--only", "metadata") == 0
    note = (desk.data / f"papers/{R}.md").read_bytes()
    (desk.data / f"papers/{R}.md").unlink()
    assert fetch(desk) == 0
    assert desk.lists(T)["semantic-scholar"].elsewhere == ("arXiv:hep-th/9901001", "doi:10.5555/Stranger")
    before = len(desk.fake.asked("s2"))

    (desk.data / f"papers/{R}.md").write_bytes(note)
    output = desk.folder / "output"
    assert desk.run("build", "--output", output) == 0
    assert len(desk.fake.asked("s2")) == before
    table = (output / "citations.csv").read_text(encoding="utf-8")
    assert f"{T},{R},semantic-scholar" in table
    assert f"{L},{R},semantic-scholar" in table


def test_with_opencitations(desk):
    """A second opinion on works that have a publisher's DOI, beside the first one."""
    for arxiv_id, doi in ((TRUNK, "10.1234/trunk"), (LIMB, "10.1234/limb")):
        desk.shelf.works[arxiv_id].doi = doi
    desk.edit(T, "kind:", 'also: ["doi:10.1234/Trunk"]\nkind:')
    desk.edit(R, "kind:", f'also: ["doi:10.48550/arXiv.{ROOT}"]\nkind:')

    assert fetch(desk, "--opencitations") == 0
    assert sorted(request.ids[0].lower() for request in desk.fake.asked("opencitations")) == [
        "doi:10.1234/trunk", "doi:10.9999/book",
    ]  # fmt: skip
    assert desk.record(f"citations/opencitations/{T}.json") == {
        "key": T,
        "source": "opencitations",
        "complete": False,
        "references": 2,
        "cites": [R],
        "retrieved": TODAY,
        "resolved": 2,
        "elided": False,
        "by_title": [],
        "influential": [],
        "intents": {},
        "elsewhere": ["doi:10.5555/stranger"],
        "published": None,
    }
    assert list(desk.lists(T)) == ["semantic-scholar", "opencitations"]

    before = len(desk.fake.asked())
    assert fetch(desk, "--opencitations") == 0
    assert len(desk.fake.asked()) == before


def test_a_doi_of_arxiv_is_no_publishers(desk):
    """What publishers deposit has nothing of it."""
    desk.edit("work-10-9999-book", "doi: 10.9999/Book", "doi: 10.48550/arXiv.2001.00009")
    desk.shelf.works["10.9999/Book"].doi = "10.48550/arXiv.2001.00009"

    assert fetch(desk, "--opencitations") == 0
    assert desk.fake.asked("opencitations") == []


def test_opencitations_is_asked_only_where_that_is_wanted(desk):
    """By default one service is enough."""
    fetch(desk)
    assert desk.fake.asked("opencitations") == []


def test_what_opencitations_does_not_know(desk):
    """Nothing is kept of an empty list, as it is what the service says of any DOI."""
    desk.shelf.works["10.9999/Book"].absent = ("opencitations",)

    assert fetch(desk, "--opencitations") == 0
    assert len(desk.fake.asked("opencitations")) == 1
    assert not (desk.data / "citations/opencitations").exists()


def test_opencitations_leaves_a_bundled_list_where_it_is(desk):
    """Only the first service takes its place."""
    by_hand = desk.write_by_hand("work-10-9999-book", cites=(R,))
    desk.fake.for_ever["s2"] = faults.status(429)

    assert fetch(desk, "--opencitations") == 1
    assert desk.files("citations") == {
        "work-10-9999-book.json": by_hand,
        "opencitations/work-10-9999-book.json": desk.files("citations")["opencitations/work-10-9999-book.json"],
    }


def test_only_metadata(desk):
    """No list is asked for."""
    assert desk.run("fetch", "--only", "metadata") == 0
    assert desk.fake.asked("s2") == []
    assert len(desk.files("arxiv")) == 3
    assert desk.files("citations") == {}


def test_only_citations(desk):
    """No record is asked for."""
    assert fetch(desk) == 0
    assert [len(desk.fake.asked(service)) for service in ("arxiv", "oai", "datacite")] == [0, 0, 0]
    assert desk.files("arxiv") == {}


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (["--missing"], {f"ARXIV:{TRUNK}", f"ARXIV:{ROOT}"}),
        ([], {f"ARXIV:{TRUNK}", f"ARXIV:{LIMB}", f"ARXIV:{ROOT}"}),
        (["--refresh"], {f"ARXIV:{TRUNK}", f"ARXIV:{LIMB}", f"ARXIV:{ROOT}", "DOI:10.9999/Book"}),
    ],
    ids=["missing", "bundled", "refresh"],
)
def test_modes(desk, options, asked):
    """A list that was compiled by hand is enough where only missing ones are wanted."""
    notes = desk.files("papers")
    for path in [path for path in notes if "10-9999-book" not in path]:
        (desk.data / "papers" / path).unlink()
    fetch(desk)
    for path, data in notes.items():
        (desk.data / "papers" / path).write_bytes(data)
    desk.write_by_hand(L)
    desk.fake.requests.clear()

    assert fetch(desk, *options) == 0
    assert {name for batch in asked_for(desk) for name in batch} == asked


def test_a_second_run_makes_no_request(desk):
    """Nor does it change a byte."""
    assert desk.run("fetch", "--opencitations") == 0
    before, asked = desk.files(), len(desk.fake.asked())

    assert desk.run("fetch", "--opencitations") == 0
    assert (desk.files(), len(desk.fake.asked())) == (before, asked)


def test_papers_with_little_said_of_them(desk):
    """Nearly every field may be null."""
    bare = {"authors": None, "year": None, "journal": None, "publicationVenue": None, "venue": None}

    def say(reply, request):
        entries = [entry and entry | bare for _, entry in reply.items]
        return said(200, entries) if "batch" in request.path else reply

    desk.fake.for_ever["s2"] = Fault(name="bare", say=say)
    assert fetch(desk) == 0
    assert len(desk.files("citations")) == 4
    assert desk.lists(T)["semantic-scholar"].published is None


def test_rows_with_little_said_of_them(desk):
    """A reference may be no more than a place in the list."""
    empty = {"isInfluential": None, "intents": None, "citedPaper": None}
    titled = {"citedPaper": {"paperId": None, "externalIds": None, "title": None}}
    page = dumps({"offset": 0, "data": [empty, titled, {"citedPaper": {"paperId": "ab", "title": "X"}}]})
    desk.fake.for_ever["s2"] = faults.body(page).where(f"{desk.shelf.works[LIMB].paper_id}/references")

    assert fetch(desk) == 0
    found = desk.lists(L)["semantic-scholar"]
    assert (found.references, found.resolved, found.cites, found.elsewhere) == (3, 1, (), ())


def test_fields_asked_for_are_those_that_the_service_has(desk):
    """One that it does not have would spoil the whole request."""
    from pipeline.sources import semantic_scholar

    work = desk.shelf.works[LIMB]
    asked = semantic_scholar._PAPER.split(",")  # noqa: SLF001
    assert set(asked) <= paper_of(desk.shelf, work, asked).keys()
