"""The page in Chromium under attack: markup in everything, nonsense in addresses, graphs too deep or too wide."""

import re
from itertools import pairwise

import pytest
from hostile import KEYS, LINKS, LONG, SAFE, graph, hostile, text
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import VIEWS, open_page, opened, status, written
from support import CORPUS, REPOSITORY

from pipeline import load
from pipeline.bibliography import join
from pipeline.export import renderer
from pipeline.mentions import load_documents
from pipeline.metadata import load_citations, load_metadata
from pipeline.notes import load_notes

pytestmark = pytest.mark.browser
LAYERS, BREADTH, CHAIN = 12, 8, 5000
FIRST_LETTERS = """(elements) => elements.map((element) => [0, 1].map((index) => {
    const range = document.createRange();
    range.setStart(element.firstChild, index);
    range.setEnd(element.firstChild, index + 1);
    const { left, top } = range.getBoundingClientRect();
    return [left, top];
}))"""
"""Where the first two letters of each element stand."""
ELEMENTS = "img, iframe, object, embed, base, link, [src], [srcset], [action], [formaction], svg script, svg style"


@pytest.fixture(scope="module")
def works():
    """A bibliography with markup in all that is text."""
    return hostile()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory, works):
    """Its page."""
    return written(tmp_path_factory.mktemp("attacked"), works)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The page of the corpus as it is."""
    return written(tmp_path_factory.mktemp("plain"), load(CORPUS))


def assert_harmless(page):
    """Nothing ran, no element came from the data, and links lead to https: or within the page."""
    assert page.evaluate("window.__xss") is None
    assert page.locator(ELEMENTS).count() == 0
    assert page.locator("script").count() == 3 + (page.locator("#canvas").count() > 0)
    assert page.locator("style").count() == 1
    handlers = "nodes => nodes.flatMap(n => n.getAttributeNames()).filter(name => name.startsWith('on'))"
    assert page.eval_on_selector_all("*", handlers) == []
    found = page.eval_on_selector_all("[href]", "nodes => nodes.map(node => node.getAttribute('href'))")
    assert [address for address in found if not re.match("https:|#[a-z0-9-]+$", address)] == []


@pytest.mark.parametrize("view", VIEWS)
def test_views_show_markup_as_text(browser, attacked, view):
    """No view makes anything of markup in names and titles."""
    with opened(browser, f"?view={view}&layer=citations", attacked) as page:
        page.wait_for_timeout(300)
        assert_harmless(page)
        assert page.locator(f"section#{view}").is_visible()
        if view in ("outline", "timeline"):
            shown = page.text_content(f"section#{view}")
            assert all(text(f"{what} {key}") in shown for what in ("name", "title") for key in ("trunk", *KEYS[1:]))
        if view == "tree":
            assert text("name trunk") in page.get_attribute("[data-key=trunk]", "aria-label")
            page.hover("[data-key=trunk]")
            assert page.text_content("#tip").startswith(text("name trunk") + text("title trunk"))


def test_timeline_tells_all_as_text(browser, attacked, works):
    """Whatever the fields of a note hold is there to be read, letter by letter."""
    with opened(browser, "?view=timeline", attacked) as page:
        shown = page.text_content("section#timeline")
        straight = re.sub("[\u202a-\u202e\u2066-\u2069]", "", shown)
        wanted = ["name trunk", "title trunk", "architecture", "objective", "label", "why root trunk"]

        assert [what for what in wanted if text(what) not in shown] == []
        wanted = ["lab trunk", "alias trunk", "venue", works.vocabulary.kinds["model"].title.split(" <")[0]]
        assert [what for what in wanted if re.sub("[\u202a-\u202e\u2066-\u2069]", "", text(what)) not in straight] == []
        assert all(f"{name} words" in shown for name in LINKS)
        assert "author </script><script>window.__xss=1</script>" in straight


def test_details_tell_all_as_text(browser, attacked, works):
    """So do the details of every work, odd keys included, with its reference and where documents mention it."""
    with opened(browser, path=attacked) as page:
        for work in works:
            page.evaluate("key => { location.hash = key }", work.key)
            page.wait_for_selector(f"#details h3 a[href='#{work.key}']")
            shown = page.text_content("#details article")
            assert work.name in shown
            assert work.title in shown
            assert_harmless(page)
            if work.key == "trunk":
                assert page.locator("#details .note a").all_text_contents() == ["image", "safe"]
                assert page.get_attribute("#details .note a:text('safe')", "href") == SAFE.replace('"', "%22")
                assert "window.__xss" in page.text_content("#details pre")
                assert text("why trunk limb") in page.text_content("#details .led")


def test_comparison_search_and_filters(browser, attacked):
    """The comparison, the results of a search and the choices of the filters show markup as text too."""
    with opened(browser, "?with=root#constructor", attacked) as page:
        assert text("why constructor") in page.text_content(".between")
        page.fill("#search", "trunk <script>")
        assert text("title trunk") in page.text_content("#results")
        page.fill("#search", "")
        page.click("#filters-button")
        for name in ("kind", "branch", "topic", "lab"):
            assert page.locator(f"#filter-{name} option").count() > 1
        for word in ("__proto__", "constructor", "toString"):
            page.select_option("#filter-lab", word)
            assert status(page) == "9 of 17 works", word
        assert_harmless(page)


def test_long_texts_stay_in_their_place(browser, attacked):
    """A title and a name of 10,000 letters widen no part of the page, on a phone either."""
    for size in ((1440, 900), (320, 640)):
        for view in VIEWS:
            window = {"width": size[0], "height": size[1]}
            with opened(browser, f"?view={view}#{KEYS[0]}", attacked, viewport=window) as page:
                assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (view, size)
                assert page.evaluate("document.querySelector('#content').scrollWidth") <= size[0], (view, size)
                assert LONG.strip() in page.text_content("#details h3")


def test_direction_does_not_spill_over(browser, tmp_path, works):
    """A name that turns the direction of writing turns nothing behind it: facts and counts read as ever."""
    path = written(tmp_path, works)
    with opened(browser, "#limb", path) as page:
        places = page.eval_on_selector_all("#details :is(.place, .citing) .soft", FIRST_LETTERS)
        assert places
        for (left, top), (left2, top2) in places:
            assert (top, left) < (top2, left2)
        for selector in (".facts", ".aliases"):
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text_content(f"#details {selector}"))


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.__xss=1</script>",
        "<img src=data:, onerror='window.__xss=1'>",
        "<a href='javascript:window.__xss=1' id=bait>x</a>",
        "<script src='data:text/javascript,window.__xss=1'></script>",
        "<iframe srcdoc='<script>parent.__xss=1</script>'></iframe>",
        "<style>body { --xss: 1 }</style>",
        "<svg><script>window.__xss=1</script></svg>",
        "<form action='https://evil.example'><button id=bait>x</button></form>",
        "<base href='https://evil.example/'>",
        "<img src='https://evil.example/x.png'>",
        "<link rel=stylesheet href='https://evil.example/x.css'>",
    ],
)
def test_policy_stops_what_is_injected(browser, attacked, tmp_path, injected):
    """Were markup to get into the page all the same, the browser would run, load and send nothing of it."""
    path = tmp_path / "injected.html"
    path.write_text(attacked.read_text("utf-8").replace("</body>", f"{injected}</body>"), encoding="utf-8")
    asked, refused = [], []
    context = browser.new_context()
    page = context.new_page()
    # What the policy stops is told as a request that failed.
    page.on("requestfinished", lambda request: re.match("https?:", request.url) and asked.append(request.url))
    page.on("requestfailed", lambda request: request.failure != "csp" and asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    open_page(page, "", path)
    if page.locator("#bait").count():
        page.evaluate("document.querySelector('#bait').click()")
    page.wait_for_timeout(100)

    assert page.evaluate("window.__xss") is None
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--xss')") == ""
    assert page.evaluate("document.baseURI").startswith("file:")
    assert asked == []
    assert any("Content Security Policy" in message for message in refused), refused
    context.close()


def test_policy_is_strict(attacked):
    """Scripts and styles by hash, nothing else from anywhere; no script of ours makes elements of text."""
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', attacked.read_text("utf-8"))[1]
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert re.fullmatch("('sha256-[A-Za-z0-9+/]{43}=' ?)+", rules["script-src"])
    assert re.fullmatch("'sha256-[A-Za-z0-9+/]{43}='", rules["style-src"])
    assert rules["require-trusted-types-for"] == "'script'"
    assert set(rules) <= {
        "default-src", "script-src", "style-src", "img-src", "base-uri", "form-action", "require-trusted-types-for",
        "trusted-types",
    }  # fmt: skip
    assert rules["img-src"] == "data:"


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "pipeline/explorer/script").glob("*.js")), ids=lambda path: path.stem
)
def test_no_markup_from_text(path):
    """No part of the script makes markup or code of text."""
    unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc"
    unsafe += r"|createContextualFragment|javascript:|setAttribute\(\s*[\"']on|set(?:Timeout|Interval)\(\s*[\"'`]"

    assert re.findall(unsafe, path.read_text("utf-8")) == []


NONSENSE = ["__proto__", "%E0%A4%A<script>alert(1)</script>", "x" * 20_000, ","]
PARAMETERS = (
    "view q from to branch kind topic lab weights only with layer theme sort cols edges layout notes unknown"
).split()


@pytest.mark.parametrize("name", PARAMETERS)
def test_nonsense_in_the_address(browser, plain, name):
    """Whatever a parameter holds, the page opens, counts what it shows, and can be cleared."""
    with opened(browser, path=plain) as page:
        everything = status(page)
        for value in NONSENSE:
            open_page(page, f"?{name}={value}", plain)
            assert re.fullmatch(rf"([0-9]+ of )?{everything}", status(page)), value
            assert page.locator("[role=tabpanel]:visible").count() == 1, value
            assert page.is_visible("#none") == status(page).startswith("0 of"), value
            if page.is_visible("#clear"):
                page.click("#clear")
            assert status(page) == everything, value


@pytest.mark.parametrize(
    "hash_", ["__proto__", "constructor", "%", "%E0%A4%A", "details", "search", "x" * 50_000, "root#root", "ROOT"]
)
def test_nonsense_in_the_hash(browser, plain, hash_):
    """A hash that names no work selects none, were it the id of an element or a word of JavaScript."""
    with opened(browser, f"#{hash_}", plain) as page:
        assert page.is_hidden("#details")
        page.click("[data-key=root]")
        page.wait_for_url("**#root")
        assert page.is_visible("#details")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("?from=2018&to=2001", "0 of {n} works"),
        ("?branch=decoder-only&branch=encoder-only&kind=dataset&weights=open&lab=Acme", "0 of {n} works"),
        ("?only=merge", "1 of {n} works"),
        ("?only=merge&branch=systems", "0 of {n} works"),
        ("?only=root&with=root#root", None),
        ("?with=root#root", "{n} works"),
        ("?with=root", "{n} works"),
        ("?layer=nonsense#", "{n} works"),
        ("?view=tree&view=table", "{n} works"),
        ("?" + "&".join(f"p{number}=1" for number in range(2000)), "{n} works"),
        ("?q=" + "a+" * 20_000, None),
    ],
)
def test_contradictions_in_the_address(browser, plain, address, says):
    """Parameters that contradict each other or come twice give a view that says what it shows."""
    with opened(browser, address, plain) as page:
        n = page.locator("[data-key]").count()
        if says:
            assert status(page) == says.format(n=n)
        assert page.locator(".between").count() == 0
        assert page.is_visible("#details") == address.endswith("#root")
        if page.is_visible("#clear"):
            page.click("#clear")
        assert status(page) == f"{n} works"


def test_unknown_view_keeps_results(browser, plain):
    """A view that does not exist is the tree, in all that the page does."""
    with opened(browser, "?view=constructor", plain) as page:
        page.fill("#search", "trunk")

        assert page.is_visible("#tree")
        assert page.is_visible("#results")


def test_many_ways(browser, tmp_path):
    """Between two works that billions of ways join the comparison answers at once, with the shortest ones."""
    layers = [[f"n{layer}-{place}" for place in range(BREADTH)] for layer in range(LAYERS)]
    edges = [("first", key) for key in layers[0]] + [(key, "last") for key in layers[-1]] + [("n3-0", "n6-0")]
    edges += [(a, b) for above, below in pairwise(layers) for a in above for b in below]
    with opened(browser, "#first", written(tmp_path, graph(edges))) as page:
        page.fill(".compare input", "last")
        took = page.evaluate("""() => { const start = performance.now();
            document.querySelector(".compare input").dispatchEvent(new Event("change", { bubbles: true }));
            return performance.now() - start; }""")
        lengths = [way.locator("a").count() for way in page.locator(".between .way").all()]

        assert f"{BREADTH**LAYERS + BREADTH ** (LAYERS - 4)} ways" in page.text_content(".between")
        assert lengths == [LAYERS] * 5
        assert took < 100


def test_long_chain(browser, tmp_path):
    """A chain of thousands overflows nothing: comparison, path to the root, subtree, outline."""
    path = written(tmp_path, graph([(f"n{number}", f"n{number + 1}") for number in range(CHAIN - 1)]))
    last = f"n{CHAIN - 1}"
    with opened(browser, f"?with={last}#n0", path) as page:
        assert f"descendants: {CHAIN - 1} in the tree" in page.text_content("#details .place")
        assert page.locator(".between .way a").count() == CHAIN
        page.evaluate("key => { location.hash = key }", last)
        page.wait_for_selector(f"#details h3 a[href='#{last}']")
        assert page.locator("#details .place a").count() == CHAIN - 1
        open_page(page, "?view=outline&only=n4000", path)
        assert status(page) == f"{CHAIN - 4000} of {CHAIN} works"
        assert page.locator("#outline li:not(.gone)").count() == CHAIN
        assert page.is_visible("#outline a[href='#n0']")


def test_text_of_the_page_is_one(works):
    """The file itself has no markup from the data either: as many tags of a kind as for the corpus."""
    page = renderer("lineage.html")(works)
    plain = renderer("lineage.html")(load(CORPUS))

    for tag in ("<script", "<style", "<img", "<meta", "</body", "<!--"):
        # vis-network's own text has some of these.
        assert page.count(tag) == plain.count(tag), tag


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_same_page_from_any_order(luck):
    """Notes, records and documents that are read in another order give the same page, byte for byte."""

    def shuffled(things):
        listed = list(things.items() if isinstance(things, dict) else things)
        luck.shuffle(listed)
        return dict(listed) if isinstance(things, dict) else listed

    expected = load(CORPUS)
    notes, files, _ = load_notes(CORPUS / "papers")
    joined, _ = join(
        shuffled(notes),
        files=files,
        metadata=shuffled(load_metadata(CORPUS / "arxiv")[0]),
        citations=shuffled(load_citations(CORPUS / "citations")[0]),
        vocabulary=expected.vocabulary,
        unresolved=expected.unresolved,
        corrections=expected.corrections,
        documents=shuffled(load_documents(CORPUS / "documents")[0]),
    )

    assert renderer("lineage.html")(joined) == renderer("lineage.html")(expected)
