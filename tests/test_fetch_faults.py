"""Every fault of every service: once, for ever, on all of them at once, and one after the other."""

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from itertools import product

import pytest
from fake import Shelf, faults, serve, write_data
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import by_hand, fetch, fetched, hurry, lead

from pipeline.text import fold_title

ROOT, TRUNK, LIMB, TWIG, FORK = "hep-th/9901001", "1706.00010", "1801.00020", "1902.00030", "1902.00040"
ARXIV = ("arxiv", "oai", "datacite")
SERVICES = (*ARXIV, "s2", "opencitations")


def works():
    """A few works that between them need every way of asking."""
    shelf = Shelf()
    shelf.add(ROOT, "The Root", [("Paul Erdős", "Root House"), "Jürgen van der Grün"], categories=["hep-th"])
    shelf.add(
        TRUNK,
        "Trunk & $x<y$",
        version=4,
        comment="9 pages",
        doi="10.1234/Trunk",
        journal_ref="J. Trees 1",
        cites=[ROOT, {"title": "Only There", "paperId": None}, {"doi": "10.5555/x", "title": "X"}],
    )
    shelf.add(LIMB, "Limb", withdrawn=True, version=2, comment="v2 retracts Lemma 2", cites=[TRUNK, ROOT], elided=True)
    shelf.add(TWIG, "Twig of Twelve", absent=("arxiv",), cites=[LIMB, TRUNK])
    shelf.add(FORK, "Fork of Thirteen", s2=False)
    shelf.add(None, "Only There", doi="10.5555/there", cites=[TRUNK, {"doi": "10.5555/x", "title": "X"}])
    return shelf


@dataclass
class World:
    """The services, a data directory without anything fetched, and what may come of it.

    Attributes:
        truths: by path, what undisturbed services say; more than one text where another service takes over.
    """

    fake: object
    data: object
    truths: dict = field(default_factory=dict)

    def settle(self, *closed):
        """Let the services be well but for those that refuse everything, and forget what they were asked."""
        self.fake.faults.clear()
        self.fake.for_ever.clear()
        self.fake.requests.clear()
        self.fake.for_ever.update(dict.fromkeys(closed, faults.status(429)))

    def whole(self, options):
        """The files of a run that got everything."""
        parts = {"metadata": ("arxiv/",), "citations": ("citations/",)}[options[1]]
        return {name for name in self.truths if name.startswith(parts)}

    def untrue(self, data):
        """The files with what no undisturbed service says."""
        return [name for name, text in fetched(data).items() if text not in self.truths.get(name, ())]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The services, and what undisturbed runs and those of each fallback leave."""
    folder = tmp_path_factory.mktemp("world")
    with serve(works()) as fake, pytest.MonkeyPatch.context() as patch:
        lead(patch, fake, folder / "cache")
        hurry(patch)
        write_data(fake.shelf, folder / "data")
        world = World(fake, folder / "data")
        for closed in ((), ("arxiv",), ("arxiv", "oai"), ("oai",)):
            data = shutil.copytree(world.data, folder / f"without {' '.join(closed)}")
            world.settle(*closed)
            # Without OAI nobody confirms that arXiv lacks the twig.
            assert fetch(data, "--opencitations") == (1 if closed == ("oai",) else 0)
            for name, text in fetched(data).items():
                world.truths.setdefault(name, set()).add(text)
        assert len(world.truths) == 11
        yield world


@pytest.fixture
def data(world, tmp_path):
    """A data directory of its own, and services that are well."""
    world.settle()
    return shutil.copytree(world.data, tmp_path / "data")


RECORDS, LISTS = ("--only", "metadata"), ("--only", "citations", "--opencitations")
PLACES = {
    "arxiv": ("arxiv", "", RECORDS),
    "oai": ("oai", "", RECORDS),
    "datacite": ("datacite", "", RECORDS),
    "s2 batch": ("s2", "/batch", LISTS),
    "s2 references": ("s2", "/references", LISTS),
    "opencitations": ("opencitations", "", LISTS),
}
"""Service, what its address holds there, and how to have it asked, by kind of request."""
CUT, EMPTY, TWICE, FOREIGN = (faults.well_formed_but_cut(), faults.empty_feed(), faults.duplicate(), faults.foreign())
ODD = (faults.markup_in_title(), faults.undefined_entity())
UNSEEN_ONCE = {
    # JSON may well have a title with signs of markup.
    **dict.fromkeys((("datacite", fault.name) for fault in ODD), "odd title"),
    # OpenCitations does not say how many there are; it has nothing at all of most works.
    **dict.fromkeys((("opencitations", fault.name) for fault in (CUT, FOREIGN)), "list"),
    **dict.fromkeys((("opencitations", fault.name) for fault in (EMPTY, faults.empty_feed(1))), "list"),
}
# Of two answers that agree with each other and not with the count, the count may as well be wrong.
UNSEEN = {**UNSEEN_ONCE, **dict.fromkeys((("s2 references", fault.name) for fault in (CUT, TWICE, FOREIGN)), "list")}
"""Answers that nobody could tell from right ones, and what is then wrong."""


def pairs(chosen, unseen):
    """(place, fault) of all places and the faults chosen, without those that cannot be seen."""
    return [(place, fault) for place, fault in product(PLACES, chosen) if (place, fault.name) not in unseen]


def options_at(world, place):
    """The options of a run that comes to a place; DataCite is asked when nobody else answers."""
    if place == "datacite":
        world.settle("arxiv", "oai")
    return PLACES[place][2]


@pytest.mark.parametrize("fault", faults.EVERY, ids=str)
def test_once(world, data, fault):
    """A fault that each service meets once leaves no trace in the files, and all is well."""
    for place, (service, where, _) in PLACES.items():
        if place != "datacite" and (place, fault.name) not in UNSEEN_ONCE:
            world.fake.faults[service].append(fault.where(where))

    assert fetch(data, "--opencitations") == 0
    assert not any(world.fake.faults.values())
    assert world.untrue(data) == []
    assert fetched(data).keys() == world.truths.keys()


@pytest.mark.parametrize(
    "fault", [fault for fault in faults.EVERY if fault.name not in [odd.name for odd in ODD]], ids=str
)
def test_once_at_the_last_resort(world, data, fault):
    """The same of DataCite, which is asked when nobody else answers."""
    options = options_at(world, "datacite")
    world.fake.faults["datacite"] = [fault]

    assert fetch(data, *options) == 0
    assert world.fake.faults["datacite"] == []
    assert world.untrue(data) == []
    assert fetched(data).keys() == world.whole(options)


def in_turn():
    """All pairs; unless THOROUGH is set, of those that break every service alike each fault at every third place."""
    every = 1 if os.environ.get("THOROUGH") else 3
    breaking = pairs(faults.BREAKING, UNSEEN)[::every]
    return [*pairs((*faults.HARMLESS, *faults.SPOILING), UNSEEN), *breaking]


@pytest.mark.parametrize(("place", "fault"), in_turn(), ids=str)
def test_for_ever(world, data, monkeypatch, place, fault):
    """A service that is never well again costs what it alone knows; nothing wrong is written."""
    if fault not in faults.HARMLESS:
        hurry(monkeypatch, read=0.15, patience=0.1)
    options = options_at(world, place)
    service, where, _ = PLACES[place]
    world.fake.for_ever[service] = fault.where(where)
    before = by_hand(data)

    code = fetch(data, *options)
    assert world.untrue(data) == []
    assert bool(code) == (fetched(data).keys() != world.whole(options))
    assert code == 0 or fault not in faults.HARMLESS
    assert by_hand(data) == before


@pytest.mark.parametrize(
    ("place", "fault"), [pair for pair in pairs(faults.SPOILING, {}) if (pair[0], pair[1].name) in UNSEEN], ids=str
)
def test_unseen(world, data, place, fault):
    """A lie that nobody could see is written as it is told, and is wrong in nothing else; no edge is made up."""
    options = options_at(world, place)
    service, where, _ = PLACES[place]
    world.fake.for_ever[service] = fault.where(where)

    fetch(data, *options)
    for name, text in fetched(data).items():
        found, truth = json.loads(text), json.loads(min(world.truths[name]))
        changed = {field for field in truth if found[field] != truth[field]}
        if text in world.truths[name]:
            continue
        if UNSEEN[place, fault.name] == "odd title":
            assert found["source"] == "datacite"
            assert fold_title(found["title"]) == fold_title(truth["title"])
        else:
            assert changed <= {"cites", "references", "resolved", "elsewhere", "complete", "by_title"}
            assert set(found["cites"]) <= set(truth["cites"])
            assert not found["complete"] or fault.name == FOREIGN.name


NO_WHOLE_ANSWER = ("hang", "drip", "rst", "short", "chunks", "gzip", "endless")


def word_of(fault):
    """What a summary calls the works of a service that has a fault for ever."""
    if re.search(r"\b(429|403|406|503)\b", fault.name):
        return "throttled"
    return "unreachable" if any(name in fault.name for name in NO_WHOLE_ANSWER) else "unusable"


@pytest.mark.parametrize("fault", faults.BREAKING, ids=str)
def test_everywhere(world, data, monkeypatch, fault, capsys):
    """Where nobody answers, each work is named with a word for why, and no file is made."""
    hurry(monkeypatch, read=0.05, patience=0.06)
    world.fake.for_ever.update(dict.fromkeys(SERVICES, fault))
    before = by_hand(data)

    assert fetch(data, "--opencitations") == 1
    told = capsys.readouterr().err.splitlines()
    assert fetched(data) == {}
    assert by_hand(data) == before
    assert told[-1] == "12 problems"
    pattern = re.compile(
        r".*/papers/work-.*\.md:[0-9]+: .* is (throttled|unreachable|unusable) \(.+: .+\); run it again later"
    )
    words = {match[1] for line in told[:-1] if (match := pattern.fullmatch(line))}
    assert all(map(pattern.fullmatch, told[:-1]))
    assert words == {word_of(fault)}


def test_found_again(world, data):
    """After a run that got nothing the next one gets all, as if nothing had been, and the one after it asks nothing."""
    world.settle(*SERVICES)
    assert fetch(data, *RECORDS) == 1

    world.settle()
    assert fetch(data, *RECORDS) == 0
    whole = fetched(data)
    world.settle()
    assert fetch(data, *RECORDS) == 0
    assert world.fake.requests == []
    assert fetched(data) == whole


def test_second_run_asks_only_for_what_is_missing(world, data):
    """What is there is not asked for again; a work that Semantic Scholar does not know may be known by now."""
    fetch(data)
    whole = fetched(data)
    world.settle()

    assert fetch(data) == 0
    assert {request.ids for request in world.fake.requests} == {(f"ARXIV:{FORK}",)}
    assert fetched(data) == whole


SLOW = ("delay", "hang", "drip", "endless", "gzip bomb")
QUICK = [fault for fault in faults.EVERY if not fault.name.startswith(SLOW)]


@settings(max_examples=50)
@given(data=st.data())
def test_any_sequence(world, tmp_path_factory, data):
    """Whatever goes wrong in whichever order: what is written is true, and one good run completes it."""
    places = data.draw(st.lists(st.sampled_from(pairs(QUICK, UNSEEN)), max_size=10))
    folder = shutil.copytree(world.data, tmp_path_factory.mktemp("any") / "data")
    world.settle()
    for place, fault in places:
        service, where, _ = PLACES[place]
        world.fake.faults[service].append(fault.where(where))

    code = fetch(folder, "--opencitations")
    assert world.untrue(folder) == []
    assert bool(code) == (fetched(folder).keys() != world.truths.keys())
    before = fetched(folder)
    world.settle()
    assert fetch(folder, "--opencitations") == 0
    assert world.untrue(folder) == []
    assert fetched(folder).keys() == world.truths.keys()
    assert before.items() <= fetched(folder).items()
