"""References as services list them, matched with our works: by identifier an edge, by title alone a hint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metadata import faults_of
from pipeline.model import Note, Published, Reference
from pipeline.sources.cited import Cited, Matcher


def note(key, **values):
    """A note of which only identifiers and titles matter."""
    fields = {"name": key, "heading": f"The {key}", "kind": "model", "branch": "systems"} | values
    return Note(path=f"{key}.md", lines={}, key=key, **fields)


def doi(text):
    """A reference that has a DOI."""
    return Reference(type="misc", doi=text)


CITING = note("citing", arxiv="2001.00001", reference=doi("10.1000/citing"))
NOTES = [
    CITING,
    note("new", arxiv="1706.00010"),
    note("old", arxiv="hep-th/9901001"),
    note("book", reference=doi("10.1000/Book(1)")),
    note("both", arxiv="1801.00020", also=("arXiv:1801.99999", "doi:10.1000/also"), reference=doi("10.1000/both")),
    note("bare", titles=("Another Name for $O(n)$",)),
    note("guest", introduced_in="both"),
    note("sign", heading="∞"),
]
SHELF = Matcher(NOTES)


def row(*identifiers, title="Nobody's", **values):
    """A reference that the service could make out."""
    return Cited(**{"identifiers": identifiers, "title": title, "resolved": True} | values)


def citation(*rows, source="semantic-scholar", **values):
    """What becomes of a list."""
    return SHELF.citation(CITING, source, rows, **{"day": "2026-11-21", "counted": len(rows)} | values)


@pytest.mark.parametrize(
    ("identifiers", "key"),
    [
        (["arXiv:1706.00010"], "new"),
        (["arXiv:hep-th/9901001"], "old"),
        (["arXiv:HEP-TH/9901001"], "old"),
        (["doi:10.1000/Book(1)"], "book"),
        (["doi:10.1000/BOOK(1)"], "book"),
        (["doi:10.48550/arXiv.1706.00010"], "new"),
        (["doi:10.48550/ARXIV.hep-th/9901001"], "old"),
        (["arXiv:1801.99999"], "both"),
        (["doi:10.1000/also"], "both"),
        (["doi:10.1000/BOTH"], "both"),
        (["arXiv:1999.99999", "doi:10.1000/both"], "both"),
        (["arXiv:1801.00020", "doi:10.1000/elsewhere"], "both"),
    ],
)
def test_an_identifier_makes_an_edge(identifiers, key):
    """The arXiv identifier or a DOI in any case, the work's own or another one that its note names."""
    found = citation(row(*identifiers))

    assert (found.cites, found.elsewhere, found.by_title) == ((key,), (), ())


@pytest.mark.parametrize(
    ("identifiers", "elsewhere"),
    [
        (["arXiv:1706.00011"], ("arXiv:1706.00011",)),
        (["doi:10.1000/Strange", "arXiv:1999.00001"], ("arXiv:1999.00001", "doi:10.1000/Strange")),
        (["doi:10.1000/book"], ("doi:10.1000/book",)),
        ([], ()),
    ],
)
def test_what_has_no_note_is_kept_for_later(identifiers, elsewhere):
    """By its identifiers, as they were spelt; without any there is nothing to keep."""
    found = citation(row(*identifiers))

    assert (found.cites, found.elsewhere) == ((), elsewhere)


@pytest.mark.parametrize(
    ("title", "by_title"),
    [
        ("The bare", ("bare",)),
        ("the BARE.", ("bare",)),
        (r"Another Name for \(O(n)\)", ("bare",)),
        ("The new", ("new",)),
        ("The bare one", ()),
        ("The citing", ()),
        ("", ()),
    ],
)
def test_a_title_makes_no_edge(title, by_title):
    """It is kept for review, whatever else the row is known by."""
    alone, stranger = citation(row(title=title, resolved=False)), citation(row("arXiv:1999.00001", title=title))

    assert (alone.cites, alone.by_title) == ((), by_title)
    assert (stranger.cites, stranger.by_title, stranger.elsewhere) == ((), by_title, ("arXiv:1999.00001",))


def test_a_title_says_nothing_new_of_a_work_that_is_cited():
    """An edge needs no hint."""
    found = citation(row("arXiv:1706.00010"), row(title="The new"))

    assert (found.cites, found.by_title) == (("new",), ())


@pytest.mark.parametrize("identifier", ["arXiv:2001.00001", "doi:10.1000/CITING", "doi:10.48550/arxiv.2001.00001"])
def test_no_work_cites_itself(identifier):
    """Though services say so of works with several records; the reference counts among those listed."""
    found = citation(row(identifier, influential=True, intents=("result",)))

    assert (found.cites, found.influential, found.intents, found.elsewhere) == ((), (), {}, ())
    assert (found.references, found.resolved) == (1, 1)


def test_signals_of_one_work_are_put_together():
    """A work may be in a list twice, as preprint and as published."""
    found = citation(
        row("arXiv:1801.00020", intents=("result", "background")),
        row("doi:10.1000/both", intents=("methodology", "background"), influential=True),
        row("arXiv:1706.00010"),
        row("arXiv:1999.00001", intents=("result",), influential=True),
    )

    assert found.cites == ("both", "new")
    assert found.influential == ("both",)
    assert found.intents == {"both": ("background", "methodology", "result")}
    assert (found.references, found.resolved) == (4, 4)


@pytest.mark.parametrize(
    ("rows", "values", "expected"),
    [
        ([row(), row()], {"counted": 2}, (True, 2, 2, False)),
        ([row(), row()], {"counted": 1}, (True, 2, 2, False)),
        ([row(), row()], {"counted": 3}, (False, 3, 2, False)),
        ([row(), row(resolved=False)], {"counted": 2}, (False, 2, 1, False)),
        ([row(), row()], {"source": "opencitations"}, (False, 2, 2, False)),
        ([], {"counted": 0}, (False, 0, 0, False)),
        (None, {"counted": 38}, (False, 38, 0, True)),
    ],
    ids=["whole", "stale count", "short", "unresolved", "OpenCitations", "none", "withheld"],
)
def test_what_a_list_amounts_to(rows, values, expected):
    """Complete is only one of which every reference that is counted came and could be made out."""
    found = SHELF.citation(CITING, **{"source": "semantic-scholar", "rows": rows, "day": "2026-11-21"} | values)

    assert (found.complete, found.references, found.resolved, found.elided) == expected


def test_where_a_work_appeared_goes_with_the_list():
    """As the service says it."""
    published = Published(venue="Meeting", year="2019")

    assert citation(published=published).published == published


NAMES = st.sampled_from(
    ["arXiv:1706.00010", "arXiv:1801.99999", "arXiv:2001.00001", "arXiv:1999.00001", "doi:10.1000/BOTH", "doi:10.9/x"]
)
ROWS = st.lists(
    st.builds(
        Cited,
        identifiers=st.lists(NAMES, max_size=2).map(tuple),
        title=st.sampled_from(["", "The new", "The citing", "the bare", "Nobody's"]),
        resolved=st.booleans(),
        influential=st.booleans(),
        intents=st.lists(st.sampled_from(["background", "result"])).map(tuple),
    ),
    max_size=6,
)


@given(ROWS, st.randoms(), st.integers(0, 8))
def test_any_list(rows, random, counted):
    """Its order counts for nothing, what is made of it can be written, and no reference is lost or counted twice."""
    found = citation(*rows, counted=counted)

    assert citation(*random.sample(rows, len(rows)), counted=counted) == found
    assert faults_of(found) == []
    assert "citing" not in {*found.cites, *found.by_title}
    assert not {*found.cites} & {*found.by_title}
    assert {*found.influential, *found.intents} <= {*found.cites}
    assert found.references >= max(counted, len(rows))
    assert not found.complete or all(one.resolved for one in rows)
