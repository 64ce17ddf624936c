"""Which descriptions are of one work, and what values of exchange formats say."""
# ruff: noqa: E501  tables read best with a case on a line

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.tex import encode
from pipeline.importing import cleaning
from pipeline.importing.items import Item, merge
from pipeline.importing.matching import Index, group, of_item
from pipeline.importing.names import from_bibtex
from pipeline.importing.naming import citation_key, file_key, short_name
from pipeline.importing.ris import read as read_ris
from pipeline.importing.venues import arxiv_ids, is_arxiv, venue_of

BASE = {"title": "A Long Study of Small Ants", "authors": "Moss, Jo and Fern, Kim", "date": "2007"}


def item(**values):
    """An entry of a file: BASE with other values."""
    values = BASE | values
    return Item(path="f", line=1, **values | {"authors": from_bibtex(values["authors"])[0]})


def are_one(one, other):
    """Whether two entries end up in one group."""
    return len(group([of_item(one, "0", None), of_item(other, "1", None)])) == 1


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "{A} long study of small {ANTS}."},
        {"date": "2008"},
        {"date": None},
        {"authors": "J. Moss"},
        {"authors": "Möss, Jo"},
        {"title": "Nothing Like It at All", "authors": "X Y", "doi": "10.1234/A"},
        {"title": "Ants", "authors": "X Y", "arxiv": "0705.1234"},
    ],
)
def test_same_work(other):
    """Identifiers, else title, first author and year, tell that two entries are one work."""
    assert are_one(item(doi="10.1234/a", arxiv="0705.1234"), item(**other))


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2009"},
        {"authors": "Fern, Kim and Moss, Jo"},
        {"title": "A Long Study of Small Ants, Revised"},
        {"title": "Supplement to A Long Study of Small Ants"},
        {"title": "A Long Study of Small Aunts"},
        {"arxiv": "0705.4321"},
        {"authors": ""},
    ],
)
def test_other_work(other):
    """Nothing makes up for a title, a first author or a year that differs, and identifiers can deny a match."""
    assert not are_one(item(arxiv="0705.1234"), item(**other))


@pytest.mark.parametrize(
    ("authors", "is_same"),
    [
        ("Moss, Jo and Fern, Kim and Reed, Al and Oak, Bo and Elm, Cy", True),
        ("Moss, J. and Fern, K. and Reed, A. and Oak, B. and Ash, D.", True),
        ("Moss, Jo and Fern, Kim and Reed, Al", False),
        ("Moss, Jo", False),
    ],
)
def test_short_titles_need_the_authors(authors, is_same):
    """Titles like "Deep Ants" are of many works: four fifths of the authors must agree."""
    five = "Moss, Jo and Fern, Kim and Reed, Al and Oak, Bo and Elm, Cy"

    assert are_one(item(title="Deep Ants", authors=five), item(title="Deep ants", authors=authors)) == is_same


def test_short_title_with_others():
    """Of a list that ends in "others" what it shows is compared."""
    assert are_one(item(title="Deep Ants"), item(title="Deep Ants", authors="Moss, Jo", more_authors=True))


def test_third_entry_joins_two():
    """One entry has the identifier, one the DOI, a third one both."""
    entries = [
        item(title="One", arxiv="0705.1234"),
        item(title="Two", doi="10.1234/a"),
        item(title="Three", doi="10.1234/a", arxiv="0705.1234"),
    ]
    found = group([of_item(entry, str(place), None) for place, entry in enumerate(entries)])

    assert [[place for place, _ in members] for members in found] == [[0, 1, 2]] or sorted(
        place for place, _ in found[0]
    ) == [0, 1, 2]


def test_third_entry_does_not_join_two_identifiers():
    """A title that two preprints share does not make them one by way of an entry without identifier."""
    entries = [item(arxiv="0705.1234"), item(), item(arxiv="0705.4321")]

    assert len(group([of_item(entry, str(place), None) for place, entry in enumerate(entries)])) == 2


def test_kept_apart_is_said():
    """What only another identifier tells apart can be asked for."""
    index = Index([of_item(item(arxiv="0705.1234"), "moss", None)])

    assert [other.owner for other in index.kept_apart(of_item(item(arxiv="0705.4321"), "1", None))] == ["moss"]


def test_merge_fills():
    """Of two entries the published one wins, whichever comes first; the first citation key stays."""
    venue = venue_of({"type": "article", "journal": "Ants"}, arxiv=None, doi=None)
    preprint, published = (
        item(arxiv="0705.1234", citekey="a", annotation="Said."),
        item(date="2008", citekey="b", published=venue),
    )

    for one, other in ((preprint, published), (published, preprint)):
        merged = merge(one, other)
        assert (merged.date, merged.arxiv, merged.annotation, merged.published) == ("2008", "0705.1234", "Said.", venue)
        assert (merged.citekey, merged.aliases) == (one.citekey, (other.citekey,))


IDS = [
    ({"eprint": "1706.00010"}, "1706.00010"),
    ({"eprint": "1706.00010v7", "archive": "arXiv"}, "1706.00010"),
    ({"eprint": "1706.00010 [cs]", "archive": "arxiv"}, "1706.00010"),
    ({"eprint": "arXiv:math.GT/0309136"}, "math/0309136"),
    ({"eprint": "hep-th/9901001v3"}, "hep-th/9901001"),
    ({"eprint": "12345678", "archive": "pubmed"}, None),
    ({"eprint": "1706.00010", "archive": "HAL"}, None),
    ({"number": "arXiv:1706.00010"}, "1706.00010"),
    ({"number": "1706.00010", "publisher": "arXiv"}, "1706.00010"),
    ({"number": "1706.00010"}, None),
    ({"journal": "arXiv preprint arXiv:1706.00010"}, "1706.00010"),
    ({"journal": "arXiv:1706.00010 [cs, stat]"}, "1706.00010"),
    ({"journal": "CoRR", "volume": "abs/1706.00010"}, "1706.00010"),
    ({"howpublished": "arXiv:1706.00010"}, "1706.00010"),
    ({"howpublished": "https://arxiv.org/abs/1706.00010v1"}, "1706.00010"),
    ({"url": "http://export.arxiv.org/pdf/1706.00010v2.pdf"}, "1706.00010"),
    ({"url": "https://doi.org/10.48550/arXiv.1706.00010"}, "1706.00010"),
    ({"doi": "10.48550/ARXIV.1706.00010"}, "1706.00010"),
    ({"note": "arXiv: 1706.00010 [cs.CL]"}, "1706.00010"),
    ({"note": "Citation Key: moss\narXiv:1706.00010 [cs]\nComment: 9 pages"}, "1706.00010"),
    ({"note": "arXiv preprint arXiv:1706.00010"}, "1706.00010"),
    ({"note": "An answer to arXiv:1706.00010, which is wrong"}, None),
    ({"note": "9 pages"}, None),
    ({"url": "https://archive.example/abs/1706.00010"}, None),
    ({"eprint": "1713.00010"}, None),
    ({"journal": "Journal of arXiv Studies 1706.00010"}, None),
]


@pytest.mark.parametrize(("fields", "expected"), IDS)
def test_arxiv_identifier(fields, expected):
    """An identifier is found wherever programs put it, and nowhere else."""
    assert next(arxiv_ids(fields), None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "arXiv",
        "CoRR",
        "arXiv.org",
        "arXiv e-prints",
        "ArXiv",
        "arXiv (Cornell University)",
        "Computing Research Repository (CoRR)",
    ],
)
def test_venue_is_arxiv(text):
    """Venues that say no more than arXiv."""
    assert is_arxiv(text)


@pytest.mark.parametrize("text", ["Journal of arXiv Studies", "CoRRelations", "NeurIPS", "", "Cornell University"])
def test_venue_is_another(text):
    """Venues that say more."""
    assert not is_arxiv(text)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "article", "journal": "Ants", "volume": "1"}, {"type": "article", "journal": "Ants", "volume": "1"}),
        ({"type": "article", "publisher": "P", "url": "https://a.example"}, {"type": "misc", "publisher": "P", "url": "https://a.example"}),
        ({"type": "article", "booktitle": "B"}, {"type": "inproceedings", "booktitle": "B"}),
        ({"type": "incollection", "booktitle": "B"}, {"type": "inproceedings", "booktitle": "B"}),
        ({"type": "techreport", "publisher": "Lab"}, {"type": "techreport", "institution": "Lab"}),
        ({"type": "thesis", "thesis": "PhD thesis", "institution": "U"}, {"type": "phdthesis", "institution": "U"}),
        ({"type": "thesis", "thesis": "Master's thesis", "institution": "U"}, {"type": "misc", "howpublished": "Master's thesis, U"}),
        ({"type": "misc", "howpublished": "Blog, https://a.example", "url": "https://a.example"}, {"type": "misc", "howpublished": "Blog", "url": "https://a.example"}),
        ({"type": "misc", "isbn": "1234-5678", "url": "https://a.example"}, {"type": "misc", "url": "https://a.example"}),
    ],
)  # fmt: skip
def test_version_of_record(fields, expected):
    """Types become ours; what lacks a field of its type is `misc`, and says so in `howpublished`."""
    found = venue_of(fields, arxiv=None, doi=None)

    assert {name: getattr(found, name) for name in found.__slots__ if getattr(found, name)} == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "article", "journal": "arXiv preprint arXiv:1706.00010"},
        {"type": "article", "journal": "CoRR", "volume": "abs/1706.00010", "url": "http://arxiv.org/abs/1706.00010"},
        {"type": "misc", "publisher": "arXiv", "number": "arXiv:1706.00010"},
        {"type": "techreport", "institution": "arXiv", "number": "1706.00010"},
        {"type": "misc", "howpublished": "https://arxiv.org/abs/1706.00010"},
    ],
)
def test_plain_preprint(fields):
    """What has no venue but arXiv has no version of record."""
    assert venue_of(fields, arxiv="1706.00010", doi=None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-06-12", "2017-06-12"), ("2017/06/12/", "2017-06-12"), ("2017/6", "2017-06"), ("2017///", "2017"),
        ("2017-02-30", "2017-02"), ("2017-13-45", "2017"), ("12 June 2017", "2017-06"), ("c2017", "2017"),
        ("2017-06-12T10:00:00Z", "2017-06-12"), ("2016/2017", "2016"), ("n.d.", None), ("", None),
    ],
)  # fmt: skip
def test_date(text, expected):
    """Dates are as exact as they are sound."""
    assert cleaning.date(text) == expected


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\'E}tude of {BERT} \& co.", "Étude of BERT & co."),
        (r"50% of \emph{all} $O(n^2)$ models", "50% of all $O(n^2)$ models"),
        (r"pages 1--9 --- ``so''", "pages 1–9 — “so”"),
        (r"\url{https://a.example/b_c}", "https://a.example/b_c"),
        ("A~B &amp; {{C}}", "A B & C"),
    ],
)
def test_tex(tex, text):
    """TeX becomes plain text, formulas stay."""
    assert cleaning.from_tex(tex) == text


# Latin letters but those few of which the encoder writes only a likeness.
LATIN = st.characters(
    min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc",), exclude_characters="ĦħĸĿŀŉŦŧſ¸"
)


@given(st.text(LATIN, max_size=20))
def test_what_we_encode_reads_back(text):
    """Our own TeX is read back; encoding again gives the same bytes, whatever had no sign of its own."""
    written = encode(cleaning.plain(text))

    assert encode(cleaning.from_tex(written)) == written


def test_html():
    """Tags and entities go, line ends of notes stay paragraphs."""
    assert cleaning.from_html("<i>E. coli</i> &amp; a &lt; b<sub>2</sub>") == "E. coli & a < b2"
    assert cleaning.paragraphs("<p>One\ntwo</p><p>three</p>") == "One two\n\nthree"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("BERT: Pre-training of Deep Things", "BERT"),
        ("One Two Three: Four", "One Two Three"),
        ("One two three four: five six seven eight", "One two three four: five six…"),
        ("Short title", "Short title"),
        ("Incomprehensibilities" * 3, "Incomprehensibilitiesincompreh".replace("inc", "Inc") + "…"),
        ("A $O(n^2)$ thing", "A O(n^2) thing"),
    ],
)
def test_short_name(title, name):
    """A name is the start of the title."""
    assert short_name(title) == name


def test_keys():
    """Keys are made of what stands there, longer or numbered where they are taken."""
    assert citation_key("Østergård", "2017", "The Ants of Summer", {"ostergard2017ants"}) == "ostergard2017antssummer"
    assert citation_key("王", "", "量子", ()) == "wangliangzi"
    assert citation_key("", "", "?", ()) == "anonymouswork"
    assert file_key("GPT-3.5", "2022", {"gpt-3-5", "gpt-3-5-2022"}) == "gpt-3-5-2"


@pytest.mark.parametrize("text", ["Yang Liu 0001", "Liu, Yang 0001"])
def test_numbers_of_homonyms(text):
    """The numbers by which DBLP tells people of one name apart are not part of the name."""
    ((name,), _) = from_bibtex(text)

    assert (name.first, name.last) == ("Yang", "Liu")


def test_merge_takes_what_is_fuller():
    """Keywords add up, a whole list of authors wins over one cut short, volumes of another type stay out."""
    talk = venue_of({"type": "inproceedings", "booktitle": "Meeting", "volume": "7"}, arxiv=None, doi=None)
    paper = venue_of({"type": "article", "journal": "Ants"}, arxiv=None, doi=None)
    one = replace(item(published=paper, keywords=("a",)), authors=from_bibtex("Moss, J.")[0], more_authors=True)
    other = item(published=talk, keywords=("a", "b"), citekey="b")
    merged = merge(one, other)

    assert merged.keywords == ("a", "b")
    assert (len(merged.authors), merged.more_authors) == (2, False)
    assert merged.published == paper


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("PY  - 2001\nDA  - 2001/05/06/", "2001-05-06"),
        ("PY  - 2001\nDA  - 1999/05/06/", "2001"),
        ("DA  - 2001/05", "2001-05"),
        ("Y1  - 2001/05//", "2001-05"),
    ],
)
def test_dates_of_ris(text, date):
    """A day is believed where its year is that of the publication."""
    (found,), _ = read_ris(f"TY  - JOUR\nTI  - T\n{text}\nER  - \n", Path("x.ris"))

    assert found.date == date


@pytest.mark.parametrize(
    ("author", "name", "is_group"),
    [
        ("Moss, Jo", "Moss, Jo", False),
        ("J. Moss", "Moss, J.", False),
        ("Gemini Team,", "Gemini Team", True),
        ("Gemini Team,, Google", "Gemini Team, Google", True),
        ("Ant Society", "Ant Society", True),
    ],
)
def test_people_and_groups_of_ris(author, name, is_group):
    """EndNote marks a group by commas, Zotero by none; IEEE writes people as they are called."""
    (found,), _ = read_ris(f"TY  - JOUR\nTI  - T\nAU  - {author}\nER  - \n", Path("x.ris"))

    assert [(person.inverted, person.group) for person in found.authors] == [(name, is_group)]


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (r"https://a.example/b{\_}c\#d", "https://a.example/b_c#d"),
        (r"https://a.example/{\textasciitilde}jo/x\%20y", "https://a.example/~jo/x%20y"),
        (r"https://a.example/$\sim$jo", "https://a.example/~jo"),
        ("HTTP://a.example/b", "http://a.example/b"),
        ("www.a.example/b", "http://www.a.example/b"),
        ("see elsewhere", None),
    ],
)
def test_addresses(value, address):
    """What programs escape for TeX in an address is undone."""
    assert cleaning.url(value) == address


@pytest.mark.parametrize(
    "value", ["10.1234/a_b", "https://doi.org/10.1234/a_b", "DOI 10.1234/a_b", r"\url{10.1234/a\_b}", "10.1234%2Fa_b."]
)
def test_dois(value):
    """A DOI is found in whatever form programs give it."""
    assert cleaning.doi(value) == "10.1234/a_b"


@pytest.mark.parametrize(
    ("text", "month"),
    [("June", "06"), ("sept.", "09"), ("12", "12"), ("Market", None), ("Decision", None), ("13", None)],
)
def test_months(text, month):
    """A month is a number, a name or the start of one."""
    assert cleaning.month(text) == month
