"""Reference lists of several sources: their files, what they mean by the keys of today, what each can tell."""

import json
import string
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY

from pipeline import load
from pipeline.citations import Difference, chronological, cited_not_followed, differences, leaks, main_path_of
from pipeline.export import renderer
from pipeline.loading import examine
from pipeline.metadata import load_citations, render_record
from pipeline.model import Citation, Metadata, Note, Published, Reference
from pipeline.reference_lists import is_thin, land_lists, says

FETCHED = {"source": "semantic-scholar", "retrieved": "2026-11-20", "references": 30, "resolved": 30}


def citation(**values):
    """A reference list of "a", compiled by hand unless the values say otherwise."""
    return Citation(**{"key": "a", "source": "bundled", "complete": False, "references": 30, "cites": ()} | values)


def fetched(**values):
    """A reference list of "a" as a service gave it, whole unless the values say otherwise."""
    return citation(**FETCHED | {"complete": True} | values)


def note(key, **values):
    """A note of which only identifiers matter."""
    return Note(path=f"{key}.md", lines={}, key=key, name=key, heading=key, kind="model", branch="systems", **values)


def write(folder, path, **values):
    """Change values of a reference list of the corpus, or write it there."""
    file = folder / "citations" / path
    file.parent.mkdir(exist_ok=True)
    old = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(old | values), encoding="utf-8")


KEYS = st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True)
WORDS = st.text(string.ascii_letters + string.digits + "äß(/.", min_size=1)
IDENTIFIERS = st.builds("{}{}".format, st.sampled_from(["arXiv:", "doi:"]), WORDS)


def tuples(of):
    """Sorted tuples without repeats, as a fetch makes them."""
    return st.lists(of, unique=True, max_size=4).map(sorted).map(tuple)


@st.composite
def lists(draw):
    """Any reference list that a service may give."""
    cites = draw(tuples(KEYS))
    influential = draw(tuples(st.sampled_from(cites)) if cites else st.just(()))
    return Citation(
        key="a",
        source=draw(st.sampled_from(["semantic-scholar", "opencitations", "elsewhere"])),
        complete=draw(st.booleans()),
        references=99,
        cites=cites,
        retrieved=draw(st.dates().map(str)),
        resolved=draw(st.none() | st.integers(0, 99)),
        elided=draw(st.booleans()),
        by_title=draw(tuples(KEYS)),
        influential=influential,
        intents={key: draw(tuples(WORDS)) for key in influential},
        elsewhere=draw(tuples(IDENTIFIERS)),
        published=draw(st.none() | st.builds(Published, venue=st.none() | WORDS, year=st.none() | WORDS)),
    )


@given(lists())
def test_list_reads_back(tmp_path_factory, found):
    """A list that was written is read as it was."""
    folder = tmp_path_factory.mktemp("citations")
    (folder / "a.json").write_text(render_record(found), encoding="utf-8")

    assert load_citations(folder) == ({"a": (found,)}, [])


def test_fields_of_a_file():
    """A fetched list has all fields in their order and sorted intents; of `published` it has what is known."""
    intents = {"c": ("result",), "b": ("methodology", "background")}
    record = fetched(cites=("b", "c"), intents=intents, published=Published(venue="ACL", year="2019"))
    written = json.loads(render_record(record))

    assert list(written) == [
        "key", "source", "complete", "references", "cites", "retrieved", "resolved", "elided", "by_title",
        "influential", "intents", "elsewhere", "published",
    ]  # fmt: skip
    assert list(written["intents"].items()) == [("b", ["background", "methodology"]), ("c", ["result"])]
    assert written["published"] == {"venue": "ACL", "year": "2019"}


def test_bundled_files_keep_their_bytes():
    """A list that was compiled by hand is written as it stands, with five fields."""
    for path in [*(REPOSITORY / "data/citations").glob("*.json"), CORPUS / "citations/bundled/trunk.json"]:
        text = path.read_text(encoding="utf-8")
        record = next(one for one in load_citations(path.parent)[0][path.stem] if one.source in text)
        if record.source == "bundled":
            assert render_record(record) == text, path.name


def test_lists_of_a_work():
    """The list in the folder itself comes first, then those in folders of their sources, by name."""
    found, problems = load_citations(CORPUS / "citations")

    assert problems == []
    assert {key: [one.source for one in lists] for key, lists in found.items()} == {
        "fork": ["bundled", "semantic-scholar"],
        "limb": ["bundled", "opencitations"],
        "trunk": ["semantic-scholar", "bundled"],
        "twig": ["bundled", "semantic-scholar"],
    }


def test_same_source_twice(corpus):
    """What a fetch leaves that was stopped between writing and moving is no problem; the list in the folder counts."""
    write(corpus, "bundled/limb.json", key="limb", source="bundled", complete=True, references=3, cites=[])
    found, problems = load_citations(corpus / "citations")

    assert problems == []
    assert [(one.source, one.references) for one in found["limb"]] == [("bundled", 40), ("opencitations", 9)]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colour": "red"}, "has an unknown field 'colour'"),
        ({"retrieved": None}, "retrieved has the wrong type (NoneType)"),
        ({"retrieved": "2026-11"}, "retrieved '2026-11' is no day"),
        ({"retrieved": "2026-02-30"}, "retrieved '2026-02-30' is no day"),
        ({"resolved": 31}, "resolved 31 is none of 30 references"),
        ({"resolved": -1}, "resolved -1 is none of 30 references"),
        ({"resolved": True}, "resolved has the wrong type (bool)"),
        ({"references": None}, "resolved 30 is none of None references"),
        ({"elided": "no"}, "elided has the wrong type (str)"),
        ({"by_title": [""]}, "by_title holds something that is no text"),
        ({"influential": ["limb"]}, "influential has 'limb', which is not among cites"),
        ({"intents": {"limb": ["result"]}}, "intents has 'limb', which is not among cites"),
        ({"intents": []}, "intents has the wrong type (list)"),
        ({"intents": {"fork": "result"}}, "intents has the wrong type (str)"),
        ({"intents": {"fork": [1]}}, "intents holds something that is no text"),
        ({"elsewhere": ["10.1/x"]}, "elsewhere has '10.1/x', which is neither arXiv: nor doi:"),
        ({"elsewhere": ["doi:10.1/\u0007"]}, "elsewhere holds a control character"),
        ({"published": {"editor": "X"}}, "published has an unknown field 'editor'"),
        ({"published": {"year": 2019}}, "published holds something that is no text"),
        ({"published": []}, "published has the wrong type (list)"),
        ({"source": "two words"}, "source 'two words' is no word"),
        ({"source": ""}, "source '' is no word"),
        ({"key": "limb"}, "is the record of 'limb', not of what the file is named after"),
    ],
)
def test_faulty_lists(corpus, values, message):
    """What is wrong with a fetched list is said with its file, and what to do."""
    write(corpus, "trunk.json", **values)
    (problem,) = examine(corpus)[1]

    assert problem.path == (corpus / "citations/trunk.json").as_posix()
    assert problem.message == f"{message}; delete the file and run 'make fetch', or restore it"


def test_half_a_fetched_list(corpus):
    """A list with a field that only a service gives has all of them."""
    write(corpus, "limb.json", resolved=2)
    faults = {problem.message.partition(";")[0] for problem in examine(corpus)[1]}

    assert faults == {
        f"has no {name}"
        for name in ("retrieved", "elided", "by_title", "influential", "intents", "elsewhere", "published")
    }


def test_list_in_a_foreign_folder(corpus):
    """A list stands in the folder of its source."""
    write(corpus, "opencitations/fork.json", key="fork", source="bundled", complete=True, references=1, cites=[])
    (problem,) = examine(corpus)[1]

    assert problem.path.endswith("citations/opencitations/fork.json")
    assert problem.message.startswith("source is 'bundled', not what the folder is named after; ")


@pytest.mark.parametrize(
    ("reference", "identifiers"),
    [
        ("arXiv:1706.03762", {"arxiv": "1706.03762"}),
        ("arXiv:hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        ("doi:10.48550/arXiv.1706.03762", {"arxiv": "1706.03762"}),
        ("arXiv:1706.03762", {"also": ("arXiv:1706.03762",)}),
        ("arXiv:1706.03762", {"also": ("https://arxiv.org/abs/1706.03762v2",)}),
        ("arXiv:1706.03762", {"also": ("https://doi.org/10.48550/arXiv.1706.03762",)}),
        ("doi:10.18653/V1/n19-1423", {"reference": Reference(type="misc", doi="10.18653/v1/N19-1423")}),
        ("doi:10.18653/v1/N19-1423", {"also": ("https://doi.org/10.18653/v1/n19-1423",)}),
        ("doi:10.18653/v1/N19-1423", {"also": ("10.18653/v1/n19-1423",)}),
        ("doi:10.1000/RECORD", {"arxiv": "1810.04805"}),
    ],
)
def test_reference_that_has_a_note_by_now(reference, identifiers):
    """A reference that had no note when it was fetched is a citation once it has one, by whatever it is known."""
    record = Metadata(arxiv="1810.04805", title="T", authors=("A B",), source="bundled", doi="10.1000/record")
    found = fetched(cites=("c",), elsewhere=(reference, "doi:10.1/other"))
    notes = [note("a"), note("b", **identifiers), note("c")]
    (landed,) = land_lists({"a": (found,)}, {key: key for key in "abc"}, notes, {"1810.04805": record})["a"]

    assert (landed.cites, landed.elsewhere) == (("b", "c"), ("doi:10.1/other",))


def test_own_identifier_goes_first():
    """An identifier that two works name is that of the one whose own it is."""
    notes = [note("a", also=("arXiv:1706.03762",)), note("b", arxiv="1706.03762"), note("z")]
    found = citation(key="z", **FETCHED, elsewhere=("arXiv:1706.03762",))
    (landed,) = land_lists({"z": (found,)}, {key: key for key in "abz"}, notes, {})["z"]

    assert landed.cites == ("b",)


def test_keys_of_today():
    """Former keys are resolved wherever keys stand, works without a note fall out, and none cites itself."""
    found = fetched(
        cites=("a", "gone", "old", "c"),
        by_title=("old", "gone", "d"),
        influential=("old", "gone"),
        intents={"old": ("result",), "gone": ("result",)},
        elsewhere=("arXiv:1706.03762",),
    )
    keys = {"a": "a", "old": "b", "b": "b", "c": "c", "d": "d"}
    notes = [note("a", arxiv="1706.03762"), note("b"), note("c"), note("d")]
    (landed,) = land_lists({"a": (found,)}, keys, notes, {})["a"]

    assert (landed.cites, landed.by_title, landed.elsewhere) == (("b", "c"), ("d",), ())
    assert (landed.influential, landed.intents) == (("b",), {"b": ("result",)})


def test_lists_under_a_former_key():
    """Of two lists of one source that under the present key counts; those of other sources are kept."""
    old = (citation(key="old", cites=("c",)), fetched(key="old"))
    landed = land_lists({"old": old, "a": (citation(),)}, {"a": "a", "old": "a", "c": "c"}, [], {})

    assert [(one.key, one.source, one.cites) for one in landed["a"]] == [
        ("a", "bundled", ()),
        ("a", "semantic-scholar", ()),
    ]


KNOWN = {"arxiv": "1706.03762"}


@pytest.mark.parametrize(
    ("one", "identifiers", "told"),
    [
        (citation(cites=("b",)), {}, True),
        (citation(), {}, None),
        (citation(complete=True), {}, False),
        (fetched(cites=("b",), complete=False), {}, True),
        (fetched(complete=False), KNOWN, None),
        (fetched(), KNOWN, False),
        (fetched(), {"also": ("https://doi.org/10.1000/x",)}, False),
        # A service knows no work without an identifier, so its silence says nothing.
        (fetched(), {}, None),
        (fetched(), {"also": ("https://blog.example",)}, None),
        (fetched(by_title=("b",)), KNOWN, None),
        (fetched(references=0, resolved=0), KNOWN, None),
        (fetched(references=5, resolved=5), KNOWN, None),
    ],
)
def test_what_a_list_tells(one, identifiers, told):
    """A list says yes by what it has, no only where it is whole and could know the work."""
    others = [one, citation(source="elsewhere")]

    assert says(one, others, note("b", **identifiers), None) is told


@pytest.mark.parametrize(
    ("one", "listed", "thin"),
    [
        (fetched(resolved=7, references=7), 29, True),
        (fetched(resolved=7, references=7), 28, False),
        (fetched(resolved=0, references=12), None, True),
        (fetched(resolved=0, references=11), None, False),
        (fetched(resolved=0, references=12, elided=True), 40, False),
        (fetched(resolved=None), 400, False),
        (citation(references=1), 400, False),
    ],
)
def test_thin(one, listed, thin):
    """A service's list is thin that has less than a quarter of another one, or made out none of a dozen."""
    assert is_thin(one, [one, citation(source="elsewhere", references=listed)]) is thin


def test_several_lists_tell_together():
    """One list that has it is enough; what is not whole or withheld denies nothing."""
    bibliography = load(CORPUS)

    assert bibliography.cites("limb", "trunk") is True
    assert bibliography.cites("fork", "limb") is True
    assert bibliography.cites("fork", "limb", by_hand=True) is False
    assert bibliography.cites("trunk", "root") is True
    assert bibliography.cites("trunk", "limb") is False
    assert bibliography.cites("twig", "root") is False
    assert bibliography.cites("limb", "measure") is None


def test_pairs_count_once():
    """A pair that two lists have is one citation, which names both."""
    bibliography = load(CORPUS)
    pairs = [(citing, cited) for citing, cited, _ in bibliography.references()]

    assert len(pairs) == len(set(pairs)) == 10
    assert bibliography.citations().edges["trunk", "limb"]["source"] == "bundled; opencitations"
    assert bibliography["fork"].cites["root"] == ("bundled", "semantic-scholar")


def test_selection_keeps_lists_closed():
    """In a part of the works no list leads out of it."""
    works = ("trunk", "fork", "root")
    found = {one for work in load(CORPUS).only(works) for one in work.citations for one in (*one.cites, *one.by_title)}

    assert found == {"root", "fork"}


def test_services_block_no_build(corpus):
    """What a service says of a parent is no problem of a note, whether it contradicts the link or its excuse."""
    more = {"retrieved": "2026-11-20", "elided": False, "by_title": [], "influential": [], "intents": {}}
    more |= {"source": "semantic-scholar", "elsewhere": [], "published": None, "references": 30, "resolved": 30}
    write(corpus, "limb.json", key="limb", **more, complete=True, cites=[])
    write(corpus, "semantic-scholar/fork.json", cites=["trunk"])
    bibliography, problems = examine(corpus)

    assert problems == []
    assert bibliography.cites("limb", "trunk") is True, "OpenCitations has it"
    assert bibliography.cites("guest", "trunk") is None
    (corpus / "citations/opencitations/limb.json").unlink()
    bibliography, problems = examine(corpus)
    assert problems == []
    assert bibliography.cites("limb", "trunk") is False
    assert "`trunk` → `limb`: not explained" in renderer("report.md")(bibliography)


def test_hand_compiled_lists_are_judged_wherever_they_stand(corpus):
    """A list that a fetch moved into its own folder still wants its uncited parents explained."""
    write(corpus, "bundled/trunk.json", cites=[])
    write(corpus, "trunk.json", cites=["root"], influential=[], intents={})
    (problem,) = examine(corpus)[1]

    assert problem.path.endswith("papers/trunk.md")
    assert problem.message.startswith("'trunk' does not cite 'root', by its whole reference list")


def test_differences():
    """Lists of one work differ in what one has and the other lacks, for certain only where that could tell."""
    assert set(differences(load(CORPUS))) == {
        Difference("fork", "limb", "semantic-scholar", "bundled", is_certain=True),
        Difference("fork", "twig", "bundled", "semantic-scholar", is_certain=False),
        Difference("limb", "root", "bundled", "opencitations", is_certain=False),
        Difference("trunk", "fork", "semantic-scholar", "bundled", is_certain=True),
        Difference("trunk", "root", "bundled", "semantic-scholar", is_certain=True),
    }


def test_leaks():
    """A citation of a younger work is that of a later version."""
    assert {(citing.key, cited.key) for citing, cited in leaks(load(CORPUS))} == {("trunk", "fork"), ("twig", "fork")}


def redated(bibliography, dates, lists):
    """The bibliography with other dates of works, and these lists alone, by key of the citing work."""
    works = [
        replace(
            work,
            date=dates.get(work.key, work.date),
            citations=(citation(key=work.key, cites=tuple(lists[work.key])),) if work.key in lists else (),
        )
        for work in bibliography
    ]
    return replace(bibliography, works=tuple(sorted(works, key=lambda work: (work.date, work.key))))


@pytest.mark.parametrize(
    ("dates", "lists", "kept"),
    [
        ({"fork": "2018-02", "limb": "2018-01"}, {"fork": ["limb"], "limb": ["fork"]}, {("limb", "fork")}),
        # Of one date, as far as both go: the order of date and key counts.
        ({"fork": "2018-01", "limb": "2018-01"}, {"fork": ["limb"], "limb": ["fork"]}, {("fork", "limb")}),
        ({"fork": "2018-01-02", "limb": "2018-01"}, {"fork": ["limb"], "limb": ["fork"]}, {("limb", "fork")}),
        # Against that order, but in no circle.
        ({"fork": "2018-01", "limb": "2018-01"}, {"fork": ["limb"]}, {("limb", "fork")}),
        # Each citation agrees with time, their circle does not.
        (
            {"fork": "2018", "limb": "2018-01", "twig": "2018-02"},
            {"fork": ["twig"], "limb": ["fork"], "twig": ["limb"]},
            {("fork", "limb"), ("limb", "twig")},
        ),
    ],
)
def test_citations_in_time(dates, lists, kept):
    """What contradicts time goes: citations of younger works, and in a circle those against date and key."""
    graph = chronological(redated(load(CORPUS), dates, lists))

    assert set(graph.edges) == kept
    assert len(graph) == 9


def test_citations_in_time_of_the_corpus():
    """All other citations stay, with their sources."""
    bibliography = load(CORPUS)
    graph = chronological(bibliography)

    assert set(bibliography.citations().edges) - set(graph.edges) == {("fork", "trunk"), ("fork", "twig")}
    assert graph.edges["trunk", "limb"]["source"] == "bundled; opencitations"
    assert nx.is_directed_acyclic_graph(graph)


def test_main_path_of_the_corpus():
    """Of six paths, measure to twig to fork and five from the root, the one with the greatest sum of counts: 9."""
    path = main_path_of(load(CORPUS))

    assert list(path.edges(data="weight")) == [
        ("root", "trunk", 2),
        ("trunk", "limb", 2),
        ("limb", "twig", 2),
        ("twig", "fork", 3),
    ]


def test_tied_main_paths():
    """Of main paths that tie none is dropped."""
    bibliography = redated(load(CORPUS), {}, {"fork": ["limb", "guest"], "limb": ["root"], "guest": ["root"]})
    path = main_path_of(bibliography)

    assert set(path.edges) == {("root", "guest"), ("root", "limb"), ("guest", "fork"), ("limb", "fork")}
    assert "`fork`: Fork (2019), cites `guest`, `limb`\n" in renderer("report.md")(bibliography)


def test_no_main_path():
    """Without citations, or with those of younger works alone, there is no main path, and the report says so."""
    for lists in ({}, {"root": ["trunk"]}):
        bibliography = redated(load(CORPUS), {}, lists)

        assert not main_path_of(bibliography)
        assert "## Main path\n\nNone: no citation agrees with time.\n\n## " in renderer("report.md")(bibliography)


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        ({}, []),
        # The root has many heirs, the guest is a data set, measure and stub are nothing to descend from either.
        ({"merge": ["root", "twig", "guest", "measure", "stub"]}, [("twig", 1, ("merge",))]),
        # The limb has two heirs, one of them by way of the other.
        ({"fork": ["limb", "twig"], "merge": ["limb", "twig"]}, [("twig", 2, ("merge",))]),
        ({"fork": ["twig", "merge"], "limb": ["twig"]}, [("twig", 2, ("merge",)), ("merge", 1, ())]),
        ({"fork": ["twig", "merge"]}, [("merge", 1, ()), ("twig", 1, ("merge",))]),
        # Nine citations of nine works: to be cited once is the average and no more.
        (
            {"fork": ["merge", "twig", "limb"], "limb": ["merge", "root", "trunk"], "guest": ["root", "limb", "trunk"]},
            [("merge", 2, ())],
        ),
    ],
)
def test_cited_but_not_followed(lists, found):
    """Works are found that more cite than an average work and at most one descends from, most cited first."""
    works = cited_not_followed(redated(load(CORPUS), {}, lists))

    assert [(work.key, citations, followers) for work, citations, followers in works] == found


def test_report_without_fetched_lists(corpus):
    """Where nothing was fetched the report says so, and compares nothing."""
    for path in (corpus / "citations").rglob("*.json"):
        if json.loads(path.read_text(encoding="utf-8"))["source"] != "bundled":
            path.unlink()
    report = renderer("report.md")(load(corpus))

    assert "All of them were compiled by hand" in report
    assert "Semantic Scholar" not in report
    assert "differ" not in report


def test_report_without_lists():
    """Without any list there is no table of lists."""
    bibliography = load(CORPUS)
    bare = replace(bibliography, works=tuple(replace(work, citations=()) for work in bibliography))
    section = renderer("report.md")(bare).partition("## Citations")[2].partition("## Lineage")[0]

    assert "| not read | 9 |" in section
    assert section.endswith("\n\n0 citations.\n\n")


def test_what_lists_come_to():
    """A work counts once, by the best of its lists."""
    bibliography = load(CORPUS)
    withheld = fetched(complete=False, resolved=0, elided=True)
    empty = replace(withheld, source="opencitations", references=0, elided=False)
    in_part = citation(source="elsewhere")
    lists = {"root": (withheld, empty), "limb": (empty,), "trunk": (withheld, in_part), "fork": (fetched(), in_part)}
    works = tuple(replace(work, citations=lists.get(work.key, ())) for work in bibliography)
    section = renderer("report.md")(replace(bibliography, works=works)).partition("## Citations")[2]

    assert "| read whole | 1 |\n| read in part | 1 |\n| withheld by the publisher | 1 |\n| not read | 6 |" in section


def test_unknown_list_counts_no_citations():
    """How many works one cites is not known by a list that is withheld or empty."""
    bibliography = load(CORPUS)
    lists = {
        "root": (fetched(key="root", complete=False, resolved=0, elided=True),),
        "limb": (fetched(key="limb", complete=False, references=0, resolved=0),),
        "trunk": (citation(key="trunk"),),
    }
    works = tuple(replace(work, citations=lists.get(work.key, ())) for work in bibliography)
    frame = replace(bibliography, works=works).frame().set_index("key")["citations_out"]

    assert frame.isna()[["root", "limb", "fork"]].all()
    assert frame["trunk"] == 0


@pytest.mark.parametrize(("arxiv_id", "key"), [("1706.00010", "gruen2017trunk"), ("hep-th/9901001", "anon1999root")])
def test_abstract_reaches_the_annotated_bib(corpus, arxiv_id, key):
    """An abstract that was fetched stands in its own file, and in the annotated entry."""
    file = corpus / "abstracts" / f"{arxiv_id.replace('/', '__')}.txt"
    file.parent.mkdir()
    file.write_text("We grow a Müller tree.\n\nIt stands.\n", encoding="utf-8")
    entry = renderer("bibliography-annotated.bib")(load(corpus)).partition(f"{{{key},")[2].partition("\n@")[0]

    assert 'abstract = {We grow a M{\\"u}ller tree. It stands.}' in entry
    assert "abstract =" not in renderer("bibliography-annotated.bib")(load(CORPUS))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("1706.00010.txt", b"\xff", "is not UTF-8 text"),
        ("1706.00010.txt", b" \n", "is empty"),
        ("1706.00010.txt", b"A\x07B", "holds a control character"),
        ("1706.00010v2.txt", b"Text", "is named after no arXiv identifier"),
        ("1706.00010.txt", None, "cannot be read (Is a directory)"),
    ],
)
def test_faulty_abstracts(corpus, name, content, fault):
    """An abstract that cannot be used is a problem of its file."""
    path = Path(corpus / "abstracts" / name)
    path.parent.mkdir()
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    (problem,) = examine(corpus)[1]

    assert str(problem) == f"{path.as_posix()}:1: {fault}; delete the file and run 'fetch --abstracts'"


def test_abstract_without_a_record(corpus):
    """An abstract of a work that is no longer there does no harm."""
    (corpus / "abstracts").mkdir()
    (corpus / "abstracts/1701.00001.txt").write_text("Nobody's.", encoding="utf-8")

    assert examine(corpus)[1] == []
