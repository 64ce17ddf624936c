"""References in every format: what is written reads back, whatever the records hold."""

import csv
import io
import json
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY

from pipeline import DataError, load
from pipeline.checks import somebody_wrote_it
from pipeline.export import OUTPUTS, render
from pipeline.export.bibfile import BibEntry, render_bib, unlike
from pipeline.export.columns import TABLES
from pipeline.export.tex import encode
from pipeline.model import Reference
from pipeline.works import make_work

BIBS = [name for name in OUTPUTS if name.endswith(".bib")]
# Texts as services and people write them: any letter, and many of those that mean something to a format.
TEXTS = st.one_of(st.text(min_size=1), st.text("$\\{}%&#_~^\"'@,=abé王 \n", min_size=1)).map(
    lambda text: " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split()) or "x"
)


@pytest.fixture(scope="module")
def bibliography():
    """The corpus, joined."""
    return load(CORPUS)


@pytest.fixture(scope="module")
def real():
    """The real data."""
    return load(REPOSITORY / "data")


def with_reference(bibliography, key="doe1998measure", /, **fields):
    """The corpus with one work whose reference has other fields."""
    works = tuple(
        replace(work, note=replace(work.note, reference=replace(work.reference, **fields)))
        if work.citekey == key and work.reference
        else work
        for work in bibliography
    )
    return replace(bibliography, works=works)


def bib(bibliography, output="bibliography.bib"):
    """The entries of a .bib by citation key, each a mapping of its fields."""
    library = parse_string(render(output, bibliography))
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


@given(title=TEXTS, name=TEXTS, venue=TEXTS, summary=TEXTS)
def test_any_text_reads_back(bibliography, title, name, venue, summary):
    """No title, author, venue or summary breaks an entry of any format, loses one or leaves a field empty."""
    work = bibliography["measure"]
    reference = replace(work.reference, title=title, journal=venue)
    hard = replace(
        work, authors=(f"Ada {name}", f"{{{name}}}"), note=replace(work.note, reference=reference, summary=summary)
    )
    works = tuple(hard if other is work else other for other in bibliography)
    changed = replace(bibliography, works=works)

    for output in BIBS:
        entries = bib(changed, output)
        assert len(entries) == len(bibliography.citable())
        assert all(value.strip() for entry in entries.values() for value in entry.values())
    assert len(json.loads(render("bibliography.csl.json", changed))) == len(bibliography.citable())
    assert len(rispy.loads(render("bibliography.ris", changed))) == len(bibliography.citable())


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"title": "open {"}, "the entry"),
        ({"title": "shut }"}, "the field title"),
        ({"title": "x\\"}, "the entry"),
    ],
)
def test_what_does_not_read_back_is_refused(bibliography, fields, what):
    """An entry that a parser would lose or change is named with its note, and no text comes out."""
    work = bibliography["measure"]
    with pytest.raises(DataError) as error:
        render_bib([BibEntry(type="misc", work=work, fields=fields)])

    (problem,) = error.value.problems
    assert (problem.path, problem.message) == (
        work.note.path,
        f"{what} of 'doe1998measure' does not read back from the .bib; write it in plainer characters",
    )


def test_entries_are_counted(bibliography):
    """An entry that comes out and nobody meant, or one that is missing, is a problem."""
    entry = BibEntry(type="misc", work=bibliography["measure"], fields={"title": "x"})
    text = render_bib([entry])

    assert [problem.message for problem in unlike(text, [])] == [
        "an entry 'doe1998measure' comes out that nobody meant; report this"
    ]
    assert [problem.message for problem in unlike("", [entry])] == [
        "the entry of 'doe1998measure' does not read back from the .bib; write it in plainer characters"
    ]
    assert not list(unlike(text, [entry]))


def test_authors_are_counted(bibliography):
    """Authors whose names run together, or apart, are a problem."""
    entry = BibEntry(type="misc", work=bibliography["measure"], fields={"author": "A, B and {C and D}"}, people=3)

    with pytest.raises(DataError, match="the list of authors of 'doe1998measure'"):
        render_bib([entry])
    assert render_bib([replace(entry, people=2)])


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        (r"Paul Erd\H{o}s", "Erdős, Paul"),
        (r"Jos\'e Caf\'e", "Café, José"),
        (r"{\L}ukasz Kaiser", "Kaiser, Łukasz"),
        (r"{Van Merri{\"e}nboer}, Bart", "Van Merriënboer, Bart"),
        (r"{Gruppe f\"ur KI}", "Gruppe für KI"),
    ],
)
def test_tex_in_names_and_venues(bibliography, author, printed):
    """TeX is read in every output alike; braces hold words together and are not printed."""
    note = bibliography["measure"].note
    reference = replace(note.reference, authors=(author,), journal=r"Zeitschrift f\"ur $x$")
    work = make_work(replace(note, reference=reference), None)
    changed = replace(bibliography, works=(work,))
    (row,) = csv.DictReader(io.StringIO(render("papers.csv", changed)))

    assert (row["authors"], row["venue"]) == (printed, "Zeitschrift für $x$")
    assert work.names[0].direct == " ".join(reversed(printed.split(", ")))


def test_authors_without_a_name(bibliography):
    """An author whose name holds nothing is dropped; if none is left, that is a problem."""
    note = bibliography["measure"].note

    def authored(*authors):
        reference = replace(note.reference, authors=authors)
        return replace(bibliography, works=(make_work(replace(note, reference=reference), None),))

    assert bib(authored("\u0301", "Ada Byron", "et al."))["doe1998measure"]["author"] == "Byron, Ada and others"
    assert [problem.message for problem in somebody_wrote_it(authored("\u200b", "{}"))] == [
        "has no author whose name can be printed; name one in 'reference: authors'"
    ]


@pytest.mark.parametrize("output", BIBS)
def test_every_work_in_every_bib(real, output):
    """Each .bib has an entry for each work of the real data, with author, title and date, and nothing empty."""
    entries = bib(real, output)

    assert list(entries) == [work.citekey for work in real.citable()]
    assert all({"title", "author"} <= entry.keys() and {"year", "date"} & entry.keys() for entry in entries.values())
    assert all(value.strip() for entry in entries.values() for value in entry.values())


def test_csl_and_ris_are_complete(real):
    """CSL-JSON and RIS have all authors of all works, where BibTeX cuts long lists short."""
    items = json.loads(render("bibliography.csl.json", real))
    records = rispy.loads(render("bibliography.ris", real))
    works = real.citable()

    assert [len(item["author"]) for item in items] == [len(work.authors) for work in works]
    assert [len(record["authors"]) for record in records] == [len(work.authors) for work in works]
    assert max(len(work.authors) for work in works) > 50


@pytest.mark.parametrize(("count", "printed"), [(49, 49), (50, 50), (51, 11), (1350, 11)])
def test_long_author_lists(bibliography, count, printed):
    """Of more than fifty authors ten and "others" are printed."""
    names = tuple(f"Ada Number{number}" for number in range(count))
    works = tuple(replace(work, authors=names) if work.key == "measure" else work for work in bibliography)
    authors = bib(replace(bibliography, works=works))["doe1998measure"]["author"].split(" and ")

    assert len(authors) == printed
    assert (authors[-1] == "others") == (count > 50)


def test_authors_known_in_part(bibliography):
    """A list that ends in "others" does so in BibTeX's own way."""
    works = tuple(
        replace(work, authors=("Ada Byron", "others")) if work.key == "measure" else work for work in bibliography
    )

    changed = replace(bibliography, works=works)
    items = {item["id"]: item for item in json.loads(render("bibliography.csl.json", changed))}
    records = {record["id"]: record for record in rispy.loads(render("bibliography.ris", changed))}

    assert bib(changed)["doe1998measure"]["author"] == "Byron, Ada and others"
    # These have no mark, and would take it for a person.
    assert items["doe1998measure"]["author"] == [{"family": "Byron", "given": "Ada"}]
    assert records["doe1998measure"]["authors"] == ["Byron, Ada"]


@pytest.mark.parametrize(
    ("reference", "fields"),
    [
        ({"type": "phdthesis", "institution": "U"}, {"school": "U"}),
        ({"type": "techreport", "institution": "U", "number": "7"}, {"institution": "U", "number": "7"}),
        (
            {"type": "misc", "howpublished": "Blog", "url": "https://x.example/a_b%20c"},
            {"url": "https://x.example/a_b%20c"},
        ),
        ({"type": "article", "journal": "J", "doi": "10.1/a_(b);2-#"}, {"doi": "10.1/a_(b);2-#"}),
        ({"type": "article", "journal": "J", "date": "1998-07-03"}, {"year": "1998", "month": "jul"}),
        ({"type": "article", "journal": "J", "date": "1997-12"}, {"year": "1998", "month": None}),
        ({"type": "misc", "accessed": "2020-01-02"}, {"urldate": "2020-01-02"}),
        ({"type": "inproceedings", "booktitle": "Proc. of X & Y"}, {"booktitle": r"{Proc. of X \& Y}"}),
    ],
)
def test_fields_of_bibtex(bibliography, reference, fields):
    """Venues, months and addresses stand in the fields that BibTeX has for them; addresses are verbatim."""
    changed = with_reference(
        bibliography, **{"journal": None, "volume": None, "number": None, "pages": None} | reference
    )
    entry = bib(changed)["doe1998measure"]

    assert {name: entry.get(name) for name in fields} == fields


@pytest.mark.parametrize(
    ("reference", "type_", "fields"),
    [
        ({"type": "phdthesis", "institution": "U"}, "thesis", {"type": "phdthesis", "institution": "U"}),
        ({"type": "techreport", "institution": "U"}, "report", {"type": "techreport", "institution": "U"}),
        ({"type": "misc", "howpublished": "Blog", "url": "https://x.example"}, "online", {"titleaddon": "{Blog}"}),
        ({"type": "misc", "howpublished": "Leaflet"}, "misc", {"howpublished": "{Leaflet}"}),
        (
            {"type": "techreport", "institution": "U", "howpublished": "Notes"},
            "report",
            {"titleaddon": "{Notes}", "howpublished": None},
        ),
        ({"type": "article", "journal": "J", "publisher": "P"}, "article", {"publisher": None}),
        ({"type": "misc", "publisher": "P"}, "misc", {"organization": "P", "publisher": None}),
        ({"type": "article", "journal": "J"}, "article", {"journaltitle": "J", "date": "1998"}),
        ({"type": "article", "journal": "J", "date": "1998-07-03"}, "article", {"date": "1998-07-03"}),
        ({"type": "article", "journal": "J", "date": "1997-12"}, "article", {"date": "1998"}),
        ({"type": "misc", "url": "https://x.example", "accessed": "2020-01-02"}, "online", {"urldate": "2020-01-02"}),
    ],
)
def test_types_of_biblatex(bibliography, reference, type_, fields):
    """The biblatex file has biblatex's own types and fields."""
    changed = with_reference(
        bibliography, **{"journal": None, "volume": None, "number": None, "pages": None} | reference
    )
    library = parse_string(render("bibliography-biblatex.bib", changed))
    entry = library.entries_dict["doe1998measure"]

    assert entry.entry_type == type_
    values = {field.key: field.value for field in entry.fields}
    assert {name: values.get(name) for name in fields} == fields


def test_unpublished_preprint_is_online(bibliography):
    """What a reference only calls `misc` is @online in biblatex if arXiv has it."""
    twig = bibliography["twig"]
    works = (replace(twig, note=replace(twig.note, reference=Reference(type="misc", year="2019"))),)
    library = parse_string(render("bibliography-biblatex.bib", replace(bibliography, works=works)))

    assert [entry.entry_type for entry in library.entries] == ["online"]


@pytest.mark.parametrize(
    ("doi", "printed"), [("10.48550/arXiv.1902.00030", None), ("10.1234/x", "10.1234/x"), (None, None)]
)
def test_doi_of_a_preprint(bibliography, doi, printed):
    """The DOI of a record is that of the published version; the one of arXiv would only repeat the identifier."""
    twig = replace(bibliography["twig"], metadata=replace(bibliography["twig"].metadata, doi=doi))
    works = tuple(twig if work.key == "twig" else work for work in bibliography)

    assert bib(replace(bibliography, works=works))["li2019twig"].get("doi") == printed


def test_retired_citation_keys_resolve_in_biblatex(bibliography):
    """A former citation key is an alias of the entry."""
    assert bib(bibliography, "bibliography-biblatex.bib")["ng2019fork"]["ids"] == "ng2018fork"


def test_classic_entries_print_an_identifier(real):
    """In the classic file each entry has its identifier in a field that all styles print."""
    entries = bib(real, "bibliography-classic.bib")
    for work in real.citable():
        identifier = work.note.arxiv or work.doi or work.url
        entry = entries[work.citekey]
        assert "eprint" not in entry
        assert not identifier or encode(identifier) in entry.get("note", "") + entry.get("howpublished", ""), work.key


def test_annotated_entries(bibliography):
    """The annotated file adds summary, topics and the abstract where one was fetched."""
    metadata = replace(bibliography["trunk"].metadata, abstract="We grow\n 50% of it.")
    works = tuple(replace(work, metadata=metadata) if work.key == "trunk" else work for work in bibliography)
    entry = bib(replace(bibliography, works=works), "bibliography-annotated.bib")["gruen2017trunk"]

    assert entry["annote"] == "A trunk of two layers, reported to cost half."
    assert entry["keywords"] == "Pre-training, Scaling"
    assert entry["abstract"] == r"We grow 50\% of it."


def test_csl_of_each_kind(bibliography):
    """CSL items carry the preprint's identifier, the venue, and names in their parts."""
    items = {item["id"]: item for item in json.loads(render("bibliography.csl.json", bibliography))}
    trunk, twig = items["gruen2017trunk"], items["li2019twig"]

    assert trunk["author"][:3] == [
        {"literal": "Trunk Team"},
        {"family": "Grün", "given": "Jürgen", "non-dropping-particle": "van der"},
        {"family": "Le Scao", "given": "Teven"},
    ]
    assert (trunk["type"], trunk["container-title"], trunk["note"]) == (
        "paper-conference",
        "Proceedings of the Third Meeting",
        "arXiv:1706.00010",
    )
    assert (twig["type"], twig["number"], twig["publisher"]) == ("article", "arXiv:1902.00030", "arXiv")
    assert twig["author"][1] == {"family": "Li", "given": "Xin", "suffix": "Jr."}
    assert all(item.get("author") and item["issued"]["date-parts"][0][0] for item in items.values())


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("Pixtral 12B", "Pixtral {12B}"),
        ("Falcon2-11B, UL2 and k1.5", "Falcon2-{11B}, {UL2} and {k1.5}"),
        ("GPT-4V(ision) by word2vec", "GPT-{4V}(ision) by {word2vec}"),
        ("A100, BERT, mT5, 16x16 and 1-bit iPhones of 2024", "A100, BERT, mT5, 16x16 and 1-bit iPhones of 2024"),
    ],
)
def test_case_in_csl(bibliography, title, marked):
    """Words that a style with titles in capitals would spoil are marked, and no other."""
    items = json.loads(render("bibliography.csl.json", with_reference(bibliography, title=title)))
    (found,) = (item["title"] for item in items if item["id"] == "doe1998measure")

    assert found == marked.replace("{", '<span class="nocase">').replace("}", "</span>")


@pytest.mark.parametrize(
    ("given", "tex", "plain", "ends"),
    [
        ("10-20", "10--20", "10-20", ("10", "20")),
        ("10--20", "10--20", "10-20", ("10", "20")),
        ("10 – 20", "10--20", "10-20", ("10", "20")),
        ("140:1-140:67", "140:1--140:67", "140:1-140:67", ("140:1", "140:67")),
        ("S1-S12", "S1--S12", "S1-S12", ("S1", "S12")),
        ("xi-xx", "xi--xx", "xi-xx", ("xi", "xx")),
        ("A-12", "A-12", "A-12", ("A-12", None)),
        ("N19-1423", "N19-1423", "N19-1423", ("N19-1423", None)),
        ("e12", "e12", "e12", ("e12", None)),
        ("1-3, 7-9", "1--3, 7--9", "1-3, 7-9", ("1-3, 7-9", None)),
    ],
)
def test_pages(bibliography, given, tex, plain, ends):
    """Only what is a range has a dash, the one that each format wants."""
    changed = with_reference(bibliography, pages=given)
    items = {item["id"]: item for item in json.loads(render("bibliography.csl.json", changed))}
    records = {record["id"]: record for record in rispy.loads(render("bibliography.ris", changed))}
    record = records["doe1998measure"]

    assert [bib(changed, output)["doe1998measure"]["pages"] for output in BIBS] == [tex] * len(BIBS)
    assert items["doe1998measure"]["page"] == plain
    assert (record["start_page"], record.get("end_page")) == ends


def test_ris_of_each_kind(bibliography):
    """RIS records carry type, names in RIS's order, pages apart, and the preprint's identifier."""
    records = {record["id"]: record for record in rispy.loads(render("bibliography.ris", bibliography))}
    trunk, twig = records["gruen2017trunk"], records["li2019twig"]

    assert (trunk["type_of_reference"], trunk["start_page"], trunk["end_page"]) == ("CONF", "10", "20")
    assert (twig["type_of_reference"], twig["date"], twig["accession_number"]) == (
        "UNPB",
        "2019/02/03/",
        "arXiv:1902.00030",
    )
    assert twig["authors"] == ["Li, Wei", "Li, Xin, Jr."]
    assert records["team2020merge"]["authors"] == ["Merge Team and Friends"]


@pytest.mark.parametrize("text", ["NA", "None", "null", "n/a", "NaN", "=1+1", "+1", "-1", "@x", "\uff1d1"])
def test_cells_that_programs_misread(bibliography, text):
    """What a spreadsheet would run or pandas take for missing is marked by an apostrophe, and reads as text."""
    pandas = pytest.importorskip("pandas")
    works = tuple(
        replace(work, note=replace(work.note, name=text)) if work.key == "measure" else work for work in bibliography
    )
    table = render("papers.csv", replace(bibliography, works=works))

    assert pandas.read_csv(io.StringIO(table)).set_index("key")["name"]["measure"] == f"'{text}"


@pytest.mark.parametrize("output", TABLES)
def test_package_describes_the_tables(real, output):
    """datapackage.json names each CSV's columns in their order, its types hold for all cells, its keys land."""
    (resource,) = [r for r in json.loads(render("datapackage.json", real))["resources"] if r["path"] == output]
    rows = list(csv.DictReader(io.StringIO(render(output, real))))
    keys = {work.key for work in real}
    schema = resource["schema"]

    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    for field in schema["fields"]:
        cells = [row[field["name"]] for row in rows]
        assert field["type"] == "string" or all(cell.isdigit() for cell in cells if cell)
        assert all(cells) or not field.get("constraints", {}).get("required")
    identities = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    assert len(set(identities)) == len(rows)
    for foreign in schema["foreignKeys"]:
        assert {row[foreign["fields"][0]] for row in rows} - {""} <= keys


def test_a_reference_without_anything(bibliography):
    """A work with nothing but a title and a year has an entry in every format."""
    bare = replace(
        bibliography["measure"],
        note=replace(bibliography["measure"].note, reference=Reference(type="misc", year="1998")),
    )
    alone = replace(bibliography, works=(bare,))

    for output in OUTPUTS:
        assert render(output, alone)


def test_book_and_page_in_csl_and_ris(bibliography):
    """The number of a book and the day on which somebody saw a page are there in both."""
    book = with_reference(bibliography, **BLANK | {"type": "book", "publisher": "P", "isbn": "0-201-13447-0"})
    page = with_reference(
        bibliography, **BLANK | {"type": "misc", "accessed": "2020-01-02", "url": "https://x.example"}
    )

    assert item(book)["ISBN"] == record(book)["issn"] == "0-201-13447-0"
    assert item(page)["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert record(page)["access_date"] == "2020/01/02/"


BLANK = {"journal": None, "volume": None, "number": None, "pages": None}


def item(bibliography):
    """The CSL item of the work that changes."""
    (found,) = [i for i in json.loads(render("bibliography.csl.json", bibliography)) if i["id"] == "doe1998measure"]
    return found


def record(bibliography):
    """The RIS record of the work that changes."""
    (found,) = [r for r in rispy.loads(render("bibliography.ris", bibliography)) if r["id"] == "doe1998measure"]
    return found


def test_no_line_of_a_value_is_taken_for_a_tag(bibliography):
    """A line break in a value neither starts a record nor ends one."""
    hard = with_reference(bibliography, journal="Journal\nER  - \nTY  - JOUR")

    assert record(hard)["secondary_title"] == "Journal ER - TY - JOUR"


def test_ris_that_does_not_read_back_is_refused(bibliography, monkeypatch):
    """A record that is missing or other than it was meant is a problem of its note, and no text comes out."""
    true = rispy.loads
    monkeypatch.setattr(rispy, "loads", lambda text, **options: [{**r, "year": "1"} for r in true(text, **options)][1:])
    with pytest.raises(DataError, match=r"does not read back from the \.ris"):
        render("bibliography.ris", bibliography)
