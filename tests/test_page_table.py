"""The explorer's table in real Chromium: rows, columns, sorting, and what it gives away."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hard import bibliography as hard_bibliography
from pages import focused, inside, open_page, opened, query, status, written
from support import CORPUS, REPOSITORY

from pipeline import load
from pipeline.export import renderer
from pipeline.text import first_paragraph

pytestmark = pytest.mark.browser

NOT_IN_PAPERS = {"weights"}
TOLD_OTHERWISE = {"authors", "summary"}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="session")
def works():
    """The real data."""
    return load(REPOSITORY / "data")


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function that writes the page of a bibliography to a file."""

    def write(bibliography):
        return written(tmp_path_factory.mktemp("page"), bibliography)

    return write


@pytest.fixture(scope="session")
def built(build, works):
    """The page of the real data."""
    return build(works)


@pytest.fixture
def page(browser, built):
    """The table in a window of 1440 by 900."""
    with opened(browser, "?view=table", built, **CLIPBOARD) as window:
        yield window


def changed(**changes):
    """The invented corpus with other fields in some of its notes, by key."""
    corpus = load(CORPUS)
    works = (
        replace(work, note=replace(work.note, **changes[work.key])) if work.key in changes else work for work in corpus
    )
    return replace(corpus, works=tuple(works))


def rows(window):
    """Keys of the rows in their order, once all are there."""
    window.wait_for_selector("#table table[aria-busy=false]", state="attached")
    return window.eval_on_selector_all("#table tbody tr", "rows => rows.map(row => row.dataset.row)")


def cells(window, column):
    """Texts of a column."""
    number = headers(window).index(column) + 1
    rows(window)
    return window.locator(f"#table tbody tr > :nth-child({number})").all_text_contents()


def headers(window):
    """The names of the columns that are shown."""
    return window.locator("#table thead th").all_text_contents()


def sort_by(window, name):
    """Press a header; what it says of its order."""
    window.click(f"#table [data-column={name}] button")
    return window.get_attribute(f"#table [data-column={name}]", "aria-sort")


def downloaded(window, button):
    """Name and text of the file that a button gives."""
    with window.expect_download() as info:
        window.click(f"#table button:text-is('{button}')")
    return info.value.suggested_filename, info.value.path().read_bytes().decode("utf-8")


def copied(window, button):
    """The text that a button copies."""
    window.click(f"#table button:text-is('{button}')")
    window.wait_for_selector("#table button:text-is('Copied')")
    text = window.evaluate("navigator.clipboard.readText()")
    window.wait_for_selector(f"#table button:text-is('{button}')")
    return text


def papers(bibliography):
    """The rows of papers.csv by key."""
    return {row["key"]: row for row in csv.DictReader(io.StringIO(renderer("papers.csv")(bibliography)))}


def test_every_work_has_a_row(page, works):
    """All works stand there by date, and a label says so; a row tells what the work is and where it is."""
    assert rows(page) == [work.key for work in works]
    assert page.get_attribute("#table table", "aria-labelledby") == "table-says"
    assert page.text_content("#table-says") == f"{len(works)} works, sorted by “Date”, oldest first"
    row = page.locator("#table [data-row=bert]")
    assert row.locator("th[scope=row] a[href='#bert']").count() == 1
    assert row.locator("a[href='#transformer']").text_content() == "Transformer"
    assert row.locator("a[href='https://arxiv.org/abs/1810.04805']").text_content() == "1810.04805"
    assert cells(page, "Authors")[rows(page).index("bert")] == "Jacob Devlin et al."


@pytest.mark.parametrize(
    ("column", "field"), [("cited", "citations_in"), ("cites", "citations_out"), ("generation", "generation")]
)
def test_numbers_sort_as_numbers(page, built, works, column, field):
    """A number's header puts the largest first, then the smallest; unknown ones are last; the third press ends it."""
    open_page(page, f"?view=table&cols={column}", built)
    table = papers(works)
    for turn in ("descending", "ascending"):
        assert sort_by(page, column) == turn
        values = [table[key][field] for key in rows(page)]
        numbers = [int(value) for value in values if value]
        assert numbers == sorted(numbers, reverse=turn == "descending")
        assert values == [str(number) for number in numbers] + [""] * (len(works) - len(numbers))
    assert sort_by(page, column) is None
    assert rows(page) == [work.key for work in works]
    assert "sort" not in query(page)


def test_texts_sort_as_people_do(browser, build):
    """Accents and capitals do not part words, numbers in names count, and what has no text is last both ways."""
    names = {"root": "GPT-10", "trunk": "Élan", "fork": "gpt-2", "limb": "Fork", "twig": "elan 2"}
    bibliography = changed(**{key: {"name": name} for key, name in names.items()})
    sought = ["trunk", "twig", "limb", "fork", "root"]
    with opened(browser, "?view=table", build(bibliography)) as window:
        assert sort_by(window, "name") == "ascending"
        assert [key for key in rows(window) if key in names] == sought
        assert sort_by(window, "name") == "descending"
        assert [key for key in rows(window) if key in names] == sought[::-1]
        for turn in ("ascending", "descending"):
            assert sort_by(window, "arxiv") == turn
            assert [bool(text) for text in cells(window, "arXiv")] == [True] * 5 + [False] * (len(bibliography) - 5)


def test_dates_turn_around(page, works):
    """By date is the usual order; its header turns it around and back."""
    assert page.get_attribute("#table [data-column=date]", "aria-sort") == "ascending"
    assert sort_by(page, "date") == "descending"
    assert page.text_content("#table-says").endswith("newest first")
    dates = cells(page, "Date")
    assert dates == sorted(dates, reverse=True)
    assert sort_by(page, "date") == "ascending"
    assert rows(page) == [work.key for work in works]


def test_rows_follow_search_and_filters(page, built, works):
    """Open decoder-only models of 2023 from Meta, sorted by citations: the address says it all and survives reload."""
    address = "?view=table&from=2023&to=2023&branch=decoder-only&lab=Meta&weights=open&sort=-cited&cols=name,doi"
    open_page(page, address, built)
    table = papers(works)
    sought = {
        work.key
        for work in works
        if work.date.startswith("2023") and "Meta" in work.note.labs and work.note.branch == "decoder-only"
        if work.note.card and work.note.card.weights == "open"
    }

    for _ in range(2):
        found = rows(page)
        assert set(found) == sought
        cited = [int(table[key]["citations_in"]) for key in found]
        assert cited == sorted(cited, reverse=True)
        assert headers(page) == ["Name", "DOI"]
        assert page.text_content("#table-says").startswith(status(page))
        page.reload()
    page.fill("input[type=search]", "llama 2")
    assert rows(page) == ["llama-2"]
    page.fill("input[type=search]", "")
    assert rows(page) == found


def test_rows_are_kept(page):
    """A row that a search takes and gives back is the same one."""
    rows(page)
    page.evaluate("document.querySelector('[data-row=mamba]').kept = true")
    for text, there in (("bert", False), ("mamba", True), ("", True)):
        page.fill("input[type=search]", text)
        assert ("mamba" in rows(page)) == there
    assert page.evaluate("document.querySelector('[data-row=mamba]').kept") is True


def test_nothing_found(page):
    """Without a work there is no table and nothing to take away, but the text that says so."""
    page.fill("input[type=search]", "zzzz")

    assert page.is_hidden("#table table")
    assert page.is_visible("#none")
    assert page.locator("#table .take button:enabled").count() == 0
    page.fill("input[type=search]", "")
    assert page.is_visible("#table table")
    assert page.locator("#table .take button:enabled").count() == 4


def test_columns_are_chosen(page):
    """A box shows a column and hides it; the address has what is not usual, and the name always stays."""
    usual = headers(page)
    page.click("#table summary")
    page.check("#table [value=doi]")
    page.uncheck("#table [value=kind]")
    assert headers(page) == [*(name for name in usual if name != "Kind"), "DOI"]
    assert query(page)["cols"] == "name,title,authors,date,branch,labs,weights,parent,cited,arxiv,doi"
    assert len(page.locator("#table [data-row=bert] > *").all()) == len(headers(page))
    page.click("text=All columns")
    assert len(headers(page)) == page.locator("#table [name=column]").count() + 1
    page.click("text=Usual columns")
    assert headers(page) == usual
    assert "cols" not in query(page)
    while page.locator("#table [name=column]:checked").count():
        page.locator("#table [name=column]:checked").first.click()
    assert headers(page) == ["Name"]


@pytest.mark.parametrize("address", ["cols=nonsense,-", "sort=nonsense", "sort=-", "cols=,&sort=constructor"])
def test_strange_address(page, built, works, address):
    """What the address asks for and there is not counts for nothing."""
    usual = headers(page)
    open_page(page, f"?view=table&{address}", built)

    assert headers(page) == usual
    assert rows(page) == [work.key for work in works]


def test_selected_row(page, built):
    """The selected work's row is marked, by more than its colour, and in sight; there is never another one."""
    open_page(page, "?view=table#mamba", built)
    rows(page)
    page.wait_for_selector("#table tr[aria-current=true]")
    assert inside(page.locator("[data-row=mamba] th a").bounding_box(), page.locator("#table").bounding_box())
    page.click("[data-row=jamba] th a")
    page.wait_for_selector("#details h3 a:text-is('Jamba')")
    current = page.locator("#table tr[aria-current]")
    assert current.get_attribute("data-row") == "jamba"
    assert "▸" in current.locator("th").evaluate("cell => getComputedStyle(cell, '::before').content")
    page.fill("input[type=search]", "bert")
    page.click("#close")
    page.fill("input[type=search]", "")
    assert "jamba" in rows(page)
    assert current.count() == 0


def test_keyboard(page):
    """Headers are buttons that keep the focus; arrows lead from name to name; closing the details leads back."""
    page.focus("[data-column=title] button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('th').ariaSort") == "ascending"
    order = rows(page)
    page.focus("#table tbody a")
    steps = (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", len(order) - 1), ("Home", 0))
    for key, place in steps:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.hash") == f"#{order[place]}"
    page.keyboard.press("Enter")
    page.wait_for_selector("#details", state="visible")
    assert focused(page) == "content"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hash") == f"#{order[0]}"


def test_first_rows_first(page, works):
    """An answer does not wait for rows that fit no screen; before a print all are there."""
    rows(page)
    counts = """() => {
        document.querySelector('#table [data-column=title] button').click();
        const rows = () => document.querySelectorAll('#table tbody tr').length;
        const first = rows();
        dispatchEvent(new Event('beforeprint'));
        return [first, rows()];
    }"""
    first, last = page.evaluate(counts)

    assert first < last == len(works)
    assert len(set(rows(page))) == len(works)


@pytest.mark.parametrize(("width", "most"), [(1440, 1), (1024, 1.3), (320, 5)])
def test_wide_and_narrow(page, built, width, most):
    """The usual columns fit a wide window; a narrow one scrolls the table alone, and header and names stay in sight."""
    page.set_viewport_size({"width": width, "height": 700})
    open_page(page, "?view=table", built)
    rows(page)
    room, needed = page.eval_on_selector("#table", "table => [table.clientWidth, table.scrollWidth]")

    assert needed <= most * room
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.eval_on_selector("#table", "table => table.scrollTo(table.scrollWidth, 2000)")
    box, corner = (page.locator(one).bounding_box() for one in ("#table", "[data-column=name]"))
    assert (round(corner["x"]), round(corner["y"])) == (round(box["x"]), round(box["y"]))


def test_prints(page):
    """On paper the table has no buttons around it, stays within the page, and keeps its header's words."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    rows(page)

    assert page.locator("#table .take:visible, #table .chooser:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.locator("#table thead th").nth(1).inner_text() == "Title"


@pytest.mark.parametrize("source", ["real", "hard"])
def test_csv_agrees_with_papers_csv(browser, build, built, works, source):
    """The CSV has what papers.csv has wherever columns mean the same; authors as the page writes them."""
    bibliography, path = (works, built) if source == "real" else (hard := hard_bibliography(), build(hard))
    table = papers(bibliography)
    with opened(browser, "?view=table&sort=name&cols=doi", path) as window:
        order = rows(window)
        name, text = downloaded(window, "Download CSV")
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    shared = [column for column in found[0] if column not in NOT_IN_PAPERS | TOLD_OTHERWISE]

    assert name == "works.csv"
    assert text.count("\r") == 0
    assert text.endswith("\n")
    assert [row["key"] for row in found] == order
    for row in found:
        assert {column: row[column] for column in shared} == {column: table[row["key"]][column] for column in shared}
        work = bibliography[row["key"]]
        assert row["authors"].removeprefix("'") == "; ".join(name.direct for name in work.names)
        assert row["weights"] == ((work.note.card and work.note.card.weights) or "")
        if "$" not in work.note.summary:
            assert row["summary"] == " ".join(first_paragraph(work.note.summary).split())


def test_csv_cells(browser, build):
    """What a spreadsheet would run gets an apostrophe, as in papers.csv; nothing else is changed, nor is it markup."""
    cells_of = {
        "root": ("=1+1", "'=1+1"),
        "trunk": ("+1", "'+1"),
        "limb": ("-1", "'-1"),
        "twig": ("@SUM(1)", "'@SUM(1)"),
        "fork": ("＝1+1", "'＝1+1"),
        "merge": ("None", "'None"),
        "guest": ("Nonesuch", "Nonesuch"),
        "stub": ('A "B", C', 'A "B", C'),
        "measure": ("<b>A</b> & B", "<b>A</b> & B"),
    }
    bibliography = changed(**{key: {"name": text} for key, (text, _) in cells_of.items()})
    with opened(browser, "?view=table", build(bibliography), **CLIPBOARD) as window:
        assert sorted(cells(window, "Name")) == sorted(text for text, _ in cells_of.values())
        copied_rows = {row["key"]: row for row in csv.DictReader(io.StringIO(copied(window, "Copy CSV")))}

    for key, (_, cell) in cells_of.items():
        assert copied_rows[key]["name"] == cell == papers(bibliography)[key]["name"]


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        ("It has `two` [parts](trunk.md).\n\nAnd more.", "It has two parts."),
        ("From $x_1$ to $x_{12}^2$.", "From x_1 to x_{12}^2."),
        (r"Costs $\frac{n}{2k}$ and $\sqrt{n}$.", "Costs n/(2k) and √(n)."),
        (r"Sums $\sum_{i=1}^n i$.", "Sums ∑_{i=1}^ni."),
        ("", ""),
    ],
)
def test_summary_in_csv(browser, build, summary, text):
    """The first paragraph as text; formulas, which go up and down, are written on one line."""
    bibliography = changed(fork={"summary": summary, "sections": (("Ideas", "An idea."),)})
    with opened(browser, "?view=table&q=fork", build(bibliography), **CLIPBOARD) as window:
        found = {row["key"]: row for row in csv.DictReader(io.StringIO(copied(window, "Copy CSV")))}

    assert found["fork"]["summary"] == text


def test_csv_of_what_is_shown(page):
    """Rows are those that are found, in their order, with all columns whatever is shown."""
    page.fill("input[type=search]", "llama")
    sort_by(page, "title")
    order = rows(page)
    _, text = downloaded(page, "Download CSV")

    assert [row["key"] for row in csv.DictReader(io.StringIO(text))] == order
    assert copied(page, "Copy CSV") == text


def test_bibtex_of_all(page, works):
    """The BibTeX has each entry of bibliography.bib once, as works are sorted."""
    name, text = downloaded(page, "Download BibTeX")
    entries = re.split(r"\n(?=@)", text)
    committed = re.split(r"\n(?=@)", renderer("bibliography.bib")(works))[1:]

    assert name == "bibliography.bib"
    assert sorted(entry.rstrip() for entry in entries) == sorted(entry.rstrip() for entry in committed)
    assert [re.match(r"@\w+\{(.+),", entry)[1] for entry in entries] == list(dict.fromkeys(w.citekey for w in works))


def test_bibtex_of_what_another_introduces(page, works):
    """A work that another one introduces brings that one's entry, with it or alone."""
    assert works["c4"].note.introduced_in == "t5"
    page.fill("input[type=search]", "C4")
    assert "c4" in rows(page)
    assert copied(page, "Copy BibTeX").count(f"{{{works['t5'].citekey},") == 1


def test_bibtex_form(page, built):
    """The form that was chosen in the details is the form of all entries."""
    open_page(page, "?view=table&q=bert#bert", built)
    assert "booktitle" in re.search(r"@.*\{devlin2019bert,[^@]*", copied(page, "Copy BibTeX"))[0]
    page.check("#details [value=preprint]")

    text = copied(page, "Copy BibTeX")
    assert "@misc{devlin2019bert," in text
    assert "booktitle" not in re.search(r"@.*\{devlin2019bert,[^@]*", text)[0]
