"""The explorer for everyone: axe-core, and use by keyboard."""

import pytest
from conftest import skip
from pages import VIEWS, at, focused, made, open_page, opened
from support import CONSUMERS, CORPUS

pytestmark = pytest.mark.browser

AXE = CONSUMERS / "node_modules/axe-core/axe.min.js"
# Each view in each of these windows, in all states in the first ones; both schemes see wide and narrow ones.
WHOLE = [(1440, 900, "light"), (390, 844, "dark")]
WINDOWS = [*WHOLE, (1024, 768, "dark"), (320, 568, "light")]
STATES = {
    "bare": "",
    "details": "#trunk",
    "comparison": "?with=limb#fork",
    "citations": "?layer=citations",
    "filters": "?branch=encoder-only&from=2017",
    "nothing found": "?q=zzzz",
    "descendants only": "?only=limb#limb",
    "results": "",
    "help": "",
}
PRESSED = {"results": ("/", "t"), "help": ("?",)}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The page of the real data, as the sources make it."""
    return made(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def sapling(tmp_path_factory):
    """The page of the invented corpus."""
    return made(tmp_path_factory.mktemp("invented"), CORPUS)


@pytest.fixture(scope="module")
def axe():
    """The script of axe-core, which page.evaluate runs past the page's policy."""
    if not AXE.exists():
        skip("run `make consumers` first")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def page(browser, path):
    """The page in a window of 1440 by 900."""
    with opened(browser, path=path) as window:
        yield window


def violations(window, axe):
    """What axe-core has against the page: rule and the first element, with all its rules."""
    window.evaluate(axe)
    found = window.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


@pytest.mark.parametrize("kind", WINDOWS, ids=lambda kind: "-".join(map(str, kind)))
@pytest.mark.parametrize("view", VIEWS)
def test_axe(browser, sapling, axe, view, kind):
    """axe-core reports nothing in any state of a view."""
    wrong = {}
    width, height, scheme = kind
    options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    states = STATES if kind in WHOLE else {state: STATES[state] for state in ("details", "filters")}
    with opened(browser, path=sapling, **options) as window:
        for state, address in states.items():
            open_page(window, at(view, address), sapling)
            for key in PRESSED.get(state, ()):
                window.keyboard.press(key)
            if state == "filters" and window.is_hidden("#filters"):
                window.click("#filters-button")
            wrong[state] = violations(window, axe)

    assert {state: found for state, found in wrong.items() if found} == {}
    assert wrong.keys() == states.keys()


@pytest.mark.parametrize(("view", "scheme"), list(zip(VIEWS, ("light", "dark") * 3, strict=False)))
def test_axe_on_real_works(browser, path, axe, view, scheme):
    """Nor in a view of the real works, some of them filtered and one selected."""
    with opened(browser, at(view, "?lab=Meta#llama"), path, color_scheme=scheme) as window:
        assert violations(window, axe) == []


# What shows that an element has the focus: an outline, or the stroke of a pill.
LOOK = """element => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const rect = element.querySelector(':scope > rect');
    const { stroke, strokeWidth, strokeDasharray } = rect ? getComputedStyle(rect) : {};
    return [outlineStyle, outlineWidth, boxShadow, stroke, strokeWidth, strokeDasharray].join();
}"""
REGION = """['#skip', 'header', '#stage', '#details'].find(part => document.activeElement.closest(part))"""


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "network"])
def test_order_of_tabs(browser, path, view):
    """Tab leads past the skip link through header, view and details, in that order, always seen; then out."""
    regions = []
    with opened(browser, at(view, "?only=bert#bert"), path) as window:
        # An address with a work lets the browser begin there.
        window.focus("#skip")
        while region := window.evaluate(REGION):
            regions.append(region)
            element = window.evaluate_handle("document.activeElement").as_element()
            seen, box = element.evaluate(LOOK), element.bounding_box()
            assert box["width"] > 1, element
            assert box["height"] > 1, element
            window.keyboard.press("Tab")
            assert element.evaluate(LOOK) != seen, element.evaluate("element => element.outerHTML")
            assert len(regions) < 400

    assert list(dict.fromkeys(regions)) == ["#skip", "header", "#stage", "#details"]
    assert regions == sorted(regions, key=["#skip", "header", "#stage", "#details"].index)
    if view == "tree":
        assert regions.count("#stage") == 1


@pytest.mark.parametrize("view", VIEWS)
def test_skip_link(browser, path, view):
    """The first stop leads into the view."""
    with opened(browser, at(view), path) as window:
        window.keyboard.press("Tab")
        assert focused(window) == "skip"
        window.keyboard.press("Enter")

        assert window.evaluate(f"document.activeElement.closest('#{view}') !== null")
        assert window.get_attribute("[role=tab][aria-selected=true]", "id") == f"t-{view}"


def test_tabs_by_keyboard(page):
    """Arrows, Home and End lead from view to view; only the chosen one is in the order of tabs."""
    page.focus("#t-tree")
    walked = []
    for key in ("ArrowLeft", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        (chosen,) = page.locator("[role=tab][aria-selected=true]").all()
        assert page.locator("[role=tab]:not([tabindex='-1'])").count() == 1
        assert page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
        walked.append(chosen.get_attribute("id"))

    assert walked == ["t-timeline", "t-tree", "t-timeline", "t-tree"]


def test_whole_use_by_keyboard(page):
    """From the search to a work, to its child, to a comparison, and back: without a mouse."""
    press = page.keyboard.press
    press("/")
    page.keyboard.type("gpt-2")
    press("Enter")
    assert page.text_content("#details h3") == "GPT-2"
    press("Escape")
    assert focused(page) == "search"
    press("Escape")
    assert page.input_value("#search") == ""
    page.focus("[data-key=gpt-2]")
    press("ArrowRight")
    child = focused(page)
    press("Enter")
    page.focus(".compare input")
    page.keyboard.type("BERT")
    press("Enter")
    assert page.locator(".between").count() == 1
    press("Escape")
    assert page.locator(".between").count() == 0
    press("Escape")
    assert focused(page) == child
    press("?")
    assert page.is_visible("#keys")
    press("Escape")
    assert page.is_hidden("#keys")
    assert focused(page) == child


def test_combobox(page):
    """The search tells of its list: whether it is open, and which of it is meant."""
    box = page.locator("#search")
    box.focus()
    page.keyboard.type("bert")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    meant = box.get_attribute("aria-activedescendant")
    assert page.get_attribute(f"[id='{meant}']", "aria-selected") == "true"
    assert page.is_visible(f"#{box.get_attribute('aria-controls')} [id='{meant}']")
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None


# Where the focus is put, what is pressed or done then, and where it is afterwards (a selector).
MOVES = {
    "details of a link closed": ("?view=tree#bert", "#content", ["Escape"], "[data-key=bert]"),
    "in the outline": ("?view=outline#bert", "#content", ["Escape"], "#outline a[href='#bert']"),
    "in the timeline": ("?view=timeline#bert", "#content", ["Escape"], "#timeline h3 a[href='#bert']"),
    "by the button": ("#bert", "#close", ["Enter"], "[data-key=bert]"),
    "citations closed": ("?layer=citations", "#close", ["Enter"], "#citations"),
    "comparison ended": ("?with=gpt-1#bert", ".between > button", ["Enter"], "#content"),
    "comparison left": ("?with=gpt-1#bert", ".between > button", ["Escape"], "#content"),
    "comparison asked": ("#bert", ".compare input", ["G", "P", "T", "-", "1", "Enter"], "#content"),
    "descendants only": ("#bert", "[data-only]", ["Enter"], "[data-only]"),
    "all again": ("?only=bert#bert", "[data-only]", ["Enter"], "[data-only]"),
    "all again at a leaf": ("?only=modernbert#modernbert", "[data-only]", ["Enter"], "#content"),
    "cleared": ("?q=bert&from=2019", "#clear", ["Enter"], "#search"),
    "filters closed": ("?from=2019", "#filters-button", ["Enter"], "#filters-button"),
    "branch": ("", ".legend button", ["Enter"], ".legend button"),
    "link in the details": ("#bert", "#details .builds a", ["Enter"], "#content"),
    "result taken": ("?q=bert", "#search", ["Enter"], "#content"),
    "theme": ("", "#theme", ["Enter"], "#theme"),
    "help": ("", "#help", ["Enter", "Escape"], "#help"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_focus_is_never_lost(browser, path, move):
    """What the focus was on may go; the focus goes on to what stands for it."""
    address, start, keys, end = move
    with opened(browser, address, path) as window:
        window.locator(start).first.focus()
        for key in keys:
            window.keyboard.press(key)
        window.wait_for_timeout(50)

        assert window.locator(end).first.evaluate("element => element === document.activeElement")
        assert window.locator(end).first.is_visible()


@pytest.mark.parametrize(
    ("doing", "end"),
    [
        (("#t-outline", "#outline a[href='#gpt-3']"), "t-tree"),
        (("[data-key=bert]", "#content"), "bert"),
    ],
    ids=["view", "details"],
)
def test_focus_after_back(page, doing, end):
    """The browser's Back takes away what has the focus: it goes to the tab of the view, or to the work."""
    click, start = doing
    page.click(click)
    page.wait_for_timeout(50)
    page.locator(start).first.focus()
    page.go_back()
    page.wait_for_timeout(50)

    assert focused(page) == end
