"""Notes that programs write read back as they were meant."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import REPOSITORY

from pipeline.importing.cleaning import plain
from pipeline.importing.drafting import Taken, draft
from pipeline.importing.items import Item
from pipeline.importing.names import as_text, from_bibtex, from_csl, whole
from pipeline.model import Metadata, Reference, Vocabulary
from pipeline.notes import load_notes, parse_note
from pipeline.notes.writing import heading_of, paragraph_of, render
from pipeline.people import parse_name
from pipeline.text import first_paragraph

WORDS = Vocabulary(kinds={}, branches={}, topics={}, relations={})
# What files are made of, and what YAML, Markdown and TeX take for their own.
SIGNS = st.sampled_from([*"$\\{}[]()#*_`<>&~^|!:;,.'\"-+=%@/ \t", "](", "---", "$x^2$", "null", "# ", "é", "王", "1. "])
TEXT = st.lists(st.one_of(SIGNS, st.text(max_size=8)), max_size=12).map("".join).map(plain)
TITLES = TEXT.filter(lambda text: any(map(str.isalnum, text)))
NAMES = st.builds(
    whole, last=TEXT, first=TEXT, von=st.sampled_from(["", "van der", "De"]), suffix=st.sampled_from(["", "Jr.", "V"])
)
VALUES = st.one_of(st.none(), TEXT.map(lambda text: text or None))
ITEMS = st.builds(
    Item,
    path=st.just("file.bib"),
    line=st.just(1),
    citekey=TEXT,
    aliases=st.lists(TEXT, max_size=2).map(tuple),
    title=TITLES,
    authors=st.lists(NAMES, max_size=3).map(lambda names: tuple(filter(None, names))),
    more_authors=st.booleans(),
    date=st.sampled_from([None, "2017", "2017-06", "2017-06-12"]),
    arxiv=st.sampled_from([None, "1706.00010"]),
    doi=st.sampled_from([None, "10.1234/x"]),
    published=st.one_of(st.none(), st.builds(Reference, type=st.just("misc"), howpublished=VALUES, volume=VALUES)),
    proper=st.lists(st.sampled_from(["Klee", "X"]), max_size=1).map(tuple),
    annotation=TEXT,
)


def anonymous(note):
    """A note without where it stands."""
    links = {name: tuple(replace(link, line=0) for link in getattr(note, name)) for name in ("builds_on", "relates_to")}
    return replace(note, path="", lines={}, cross_references=(), links=dict(note.links), **links)


@given(ITEMS)
def test_any_item_reads_back(item):
    """Whatever a file says, its note is sound and says the same."""
    taken = Taken(keys=set(), citekeys=set(), lock={}, deleted={})
    note, _ = draft(item, None, taken, WORDS, kind="unsorted", branch="unsorted")
    back, problems = parse_note(render(note), Path(f"{note.key}.md"))

    assert problems == []
    assert anonymous(back) == anonymous(note)


def test_our_notes_read_back():
    """Every hand-written note survives being written by a program, edges, cards and sections included."""
    for note in load_notes(REPOSITORY / "data/papers")[0]:
        back, problems = parse_note(render(note), Path(note.path))
        assert problems == [], note.key
        assert anonymous(back) == anonymous(note)


@given(TEXT)
def test_paragraph_says_the_text(text):
    """Plain text made a paragraph is the same text again."""
    assert first_paragraph(paragraph_of(text)) == text or not text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It costs $5 & 10% of a_b.", "It costs \\$5 & 10% of a_b."),
        ("The rate $O(n^2)$ holds.", "The rate $O(n^2)$ holds."),
        ("- no list, *no* emphasis", "\\- no list, \\*no\\* emphasis"),
        ("1. is no list", "1\\. is no list"),
        ("[Name](bert.md) is no link", "\\[Name]\\(bert.md) is no link"),
        ("AT&T and &amp;", "AT&T and \\&amp;"),
    ],
)
def test_paragraph(text, markdown):
    """Only what Markdown would take for its own is escaped."""
    assert paragraph_of(text) == markdown


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("A $O(n^2)$ Model", "A $O(n^2)$ Model"),
        ("The $5 Model", "The \\$5 Model"),
        ("What $\\wonder$ is", "What \\$\\wonder\\$ is"),
        ("From C #", "From C"),
        ("See [this](that)", "See [this] (that)"),
    ],
)
def test_heading(title, heading):
    """A heading holds the title so that no check takes offence."""
    assert heading_of(title) == heading


@pytest.mark.parametrize(
    ("bibtex", "text"),
    [
        ("de la Cruz, Jr., Ana", "Ana de la Cruz Jr."),
        ("Ana de la Cruz", "Ana de la Cruz"),
        ("{Gemini Team, Google}", "{Gemini Team, Google}"),
        ("Gemini Team", "{Gemini Team}"),
        ("Plato", "{Plato}"),
        ("Teven Le Scao", "Teven Le Scao"),
        ("Le Scao, Teven", "Teven Le Scao"),
        ('Bart {van Merri{\\"e}nboer}', "Bart van Merriënboer"),
        ("family=Linde, given=Jo, prefix=van der, useprefix=true", "Jo van der Linde"),
        ("Garc{\\'i}a M{\\'a}rquez, Gabriel", "García Márquez, Gabriel"),
        ("Van Rossum, Jr, Guido", "Guido Van Rossum Jr"),
        ("Bell Labs, Jr, Ada", "Bell Labs, Jr, Ada"),
    ],
)
def test_names_of_bibtex(bibtex, text):
    """Names are told apart as BibTeX does, and written as our own reader takes them apart again."""
    names, more = from_bibtex(f"{bibtex} and others")

    assert ([as_text(name) for name in names], more) == ([text], True)
    assert parse_name(text).inverted == names[0].inverted


def test_names_of_csl():
    """CSL has a field for every part of a name."""
    parts = {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van", "suffix": "Jr."}
    names, more = from_csl(
        [parts, {"literal": "OpenAI"}, {"family": "van der Linde", "given": "Jo"}, {"given": "Plato"}, 3]
    )

    assert not more
    assert [name.inverted for name in names] == ["van Beethoven, Jr., Ludwig", "OpenAI", "van der Linde, Jo", "Plato"]


def test_record_wins_over_abbreviated_authors():
    """Initials in a file do not replace the names of the arXiv record; other people do."""
    record = Metadata(
        arxiv="1706.00010", title="Four Words in Title", authors=("Ada Byron", "Jo Moss"), source="bundled"
    )
    taken = Taken(keys=set(), citekeys=set(), lock={}, deleted={})
    known = []
    for text in ("Byron, A. and Moss, J.", "Byron, A. and others", "Byron, A. and Fern, K."):
        item = Item(
            path="f",
            line=1,
            title=record.title,
            arxiv=record.arxiv,
            authors=from_bibtex(text)[0],
            more_authors="others" in text,
        )
        known.append(draft(item, record, taken, WORDS, kind="k", branch="b")[0].reference)

    assert known[:2] == [None, None]
    assert known[2].authors == ("A. Byron", "K. Fern")
