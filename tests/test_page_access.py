"""The explorer for everyone: axe-core, the keyboard, contrast, few colours, small and zoomed windows."""

import pytest
from colours import contrast
from conftest import skip
from pages import VIEWS, focused, made, open_page, opened, query
from support import CONSUMERS, CORPUS

pytestmark = pytest.mark.browser

AXE = CONSUMERS / "node_modules/axe-core/axe.min.js"
# Each view in each of these windows and in all states; both schemes see wide and narrow ones.
WINDOWS = [(1440, 900, "light"), (1024, 768, "dark"), (390, 844, "light"), (320, 568, "dark")]
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
SMALL = [(390, 844), (320, 568)]
TEXT = 4.5
SHAPE = 3


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


def at(view, address=""):
    """An address, in a view."""
    question, _, work = address.partition("#")
    return f"{question or '?'}&view={view}" + (work and f"#{work}")


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
    with opened(browser, path=sapling, **options) as window:
        for state, address in STATES.items():
            open_page(window, at(view, address), sapling)
            for key in PRESSED.get(state, ()):
                window.keyboard.press(key)
            if state == "filters" and window.is_hidden("#filters"):
                window.click("#filters-button")
            wrong[state] = violations(window, axe)

    assert {state: found for state, found in wrong.items() if found} == {}
    assert wrong.keys() == STATES.keys()


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


def colour(window, selector, name, pseudo=None):
    """A colour of the first element that a selector matches, as `#rrggbb`."""
    parts = window.locator(selector).first.evaluate(
        "(element, [name, pseudo]) => getComputedStyle(element, pseudo)[name].match(/[0-9.]+/g).map(Number)",
        [name, pseudo],
    )
    assert len(parts) == 3, (selector, name, parts)
    return "#" + "".join(f"{part:02x}" for part in parts)


def mixed(over, under, part):
    """The colour that a part of one colour over another one gives."""
    pairs = zip(*(bytes.fromhex(each[1:]) for each in (over, under)), strict=True)
    return "#" + "".join(f"{round(part * top + (1 - part) * bottom):02x}" for top, bottom in pairs)


@pytest.fixture(params=["light", "dark"])
def scheme(request, browser, path):
    """The page with the citations, in the reader's colours."""
    with opened(browser, "?layer=citations", path, color_scheme=request.param) as window:
        yield window


def test_contrast_of_the_tree(scheme):
    """Names on pills, hollow ones, names along limbs (also where a disc is behind them), years: 4.5 to 1."""
    ground = colour(scheme, "body", "backgroundColor")
    branches = scheme.eval_on_selector_all(".legend [data-branch]", "all => all.map(each => each.dataset.branch)")
    tones = {branch: colour(scheme, f".legend .b-{branch}", "backgroundColor") for branch in branches}
    strength = float(scheme.locator(".discs circle").first.evaluate("disc => getComputedStyle(disc).fillOpacity"))

    assert contrast(colour(scheme, ".year text", "fill"), ground) >= TEXT
    assert contrast(colour(scheme, ".main-steps circle", "fill"), colour(scheme, ".main-steps text", "fill")) >= TEXT
    for branch, tone in tones.items():
        filled, hollow = f".node.b-{branch}:not(.closed)", f".node.b-{branch}.closed"
        assert colour(scheme, f"{filled} rect", "fill") == tone
        assert contrast(colour(scheme, f"{filled} text", "fill"), tone) >= TEXT, branch
        assert contrast(colour(scheme, f".legend .b-{branch}", "color"), tone) >= TEXT, branch
        if scheme.locator(hollow).count():
            inside = colour(scheme, f"{hollow} rect", "fill")
            assert contrast(colour(scheme, f"{hollow} text", "fill"), inside) >= TEXT, branch
        for behind in tones.values():
            assert contrast(tone, mixed(behind, ground, strength)) >= TEXT, (branch, behind)


def test_contrast_of_text_that_axe_does_not_see(scheme, path):
    """Hints in empty boxes, and works that the outline only passes by."""
    open_page(scheme, "?from=2019&view=outline#roberta", path)
    for selector in ("#search", ".compare input"):
        hint, ground = (
            colour(scheme, selector, "color", "::placeholder"),
            colour(scheme, selector, "backgroundColor"),
        )
        assert contrast(hint, ground) >= TEXT, selector
    ground = colour(scheme, "body", "backgroundColor")
    for selector in (".passed > a", ".passed > span", ".passed > em", "#outline small"):
        assert contrast(colour(scheme, selector, "color"), ground) >= TEXT, selector
        opacity = "element => { let o = 1; for (; element; element = element.parentElement)"
        opacity += " o *= getComputedStyle(element).opacity; return o; }"
        assert scheme.locator(selector).first.evaluate(opacity) == 1


def test_contrast_of_shapes(scheme):
    """Borders of controls and the mark of the focus stand out 3 to 1 from what they stand on."""
    panel, ground = colour(scheme, "#details", "backgroundColor"), colour(scheme, "body", "backgroundColor")
    for behind in (panel, ground):
        assert contrast(colour(scheme, "#filters-button", "borderTopColor"), behind) >= SHAPE
        scheme.focus("#filters-button")
        scheme.keyboard.press("Tab")
        assert contrast(colour(scheme, ":focus-visible", "outlineColor"), behind) >= SHAPE
    scheme.focus("[data-key=bert]")
    scheme.keyboard.press("ArrowRight")
    assert contrast(colour(scheme, ".node:focus-visible rect", "stroke"), ground) >= SHAPE


def test_no_colour_alone(page):
    """Branches are named in labels of works and along limbs; a branch that is off is struck through."""
    titles = page.locator(".legend button").all_text_contents()
    labels = page.eval_on_selector_all(".node", "nodes => nodes.map(node => node.getAttribute('aria-label'))")

    assert all(any(f", {title}" in label for title in titles) for label in labels)
    assert set(page.locator(".limb").all_text_contents()) <= set(titles)
    page.click(".legend button >> nth=0")
    off = page.locator(".legend [aria-pressed=false]")
    assert "line-through" in off.evaluate("button => getComputedStyle(button).textDecorationLine")
    page.click("#t-outline")
    assert page.locator("#outline > ul > li:has(> small)").count() == page.locator("#outline > ul > li").count()


def test_few_colours(browser, path):
    """In the few colours of a system filled and hollow pills, lines and what is pressed are still told apart."""
    with opened(browser, "#gpt-3", path, forced_colors="active") as window:
        ground = colour(window, "body", "backgroundColor")
        for selector, within in ((".node.lit:not(.closed)", "rect"), (".node.lit.closed", "text")):
            assert contrast(colour(window, f"{selector} {within}", "fill"), ground) >= TEXT
        for kind in (":not(.closed)", ".closed"):
            node = f".node.lit{kind}"
            assert contrast(colour(window, f"{node} text", "fill"), colour(window, f"{node} rect", "fill")) >= TEXT
            assert contrast(colour(window, f"{node} rect", "stroke"), ground) >= SHAPE
        assert contrast(colour(window, ".strong path", "stroke"), ground) >= SHAPE
        pressed = [
            colour(window, f"[role=tab][aria-selected={is_on}]", "backgroundColor") for is_on in ("true", "false")
        ]
        assert contrast(*pressed) >= SHAPE


@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme(browser, path, system):
    """The reader's system decides between light and dark, until the button does, which the address keeps."""
    other = {"light": "dark", "dark": "light"}[system]
    with opened(browser, path=path, color_scheme=system) as window:
        grounds = [colour(window, "body", "backgroundColor")]
        window.click("#theme")
        grounds.append(colour(window, "body", "backgroundColor"))
        assert query(window) == {"theme": other}
        window.reload()
        window.wait_for_selector("html[data-ready]", state="attached")
        grounds.append(colour(window, "body", "backgroundColor"))
        window.click("#theme")
        grounds.append(colour(window, "body", "backgroundColor"))

    bright = contrast(grounds[0], "#000000") > contrast(grounds[1], "#000000")
    assert bright == (system == "light")
    assert grounds[2:] == grounds[1::-1]


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_moves(browser, path, view):
    """Where the reader wants no motion, nothing is animated when a work is selected."""
    with opened(browser, at(view), path, reduced_motion="reduce") as window:
        window.fill("#search", "bert")
        window.keyboard.press("Enter")
        window.keyboard.press("Escape")
        assert window.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("address", ["", "#bert", "?with=gpt-1#bert", "?from=2019", "?layer=citations", "?q=zzzz"])
@pytest.mark.parametrize("view", VIEWS)
def test_small_windows(browser, path, view, address):
    """At 320 px the page does not scroll sideways, every control is inside, and the view keeps its room."""
    with opened(browser, at(view, address), path, viewport={"width": 320, "height": 568}) as window:
        assert window.evaluate("document.documentElement.scrollWidth") == 320
        boxes = [each.bounding_box() for each in window.locator("header :is(button, input, select):visible").all()]
        assert min(box["x"] for box in boxes) >= 0
        assert max(box["x"] + box["width"] for box in boxes) <= 320
        assert min(box["height"] for box in boxes) >= 24
        assert window.locator("#stage").bounding_box()["height"] >= (
            180 if "#" in address or "layer" in address else 400
        )


@pytest.mark.parametrize(
    ("width", "height", "most"), [(1440, 900, 96), (1024, 768, 96), (390, 844, 130), (320, 568, 130)]
)
def test_height_of_the_header(browser, path, width, height, most):
    """The controls leave the window to the works."""
    with opened(browser, "?view=tree", path, viewport={"width": width, "height": height}) as window:
        assert window.locator("header").bounding_box()["height"] <= most


@pytest.mark.parametrize("view", VIEWS)
def test_twice_as_large(browser, path, view):
    """A window of 1280 by 800 at 200 %: all controls can be reached, and the view has half of the height."""
    with opened(browser, at(view), path, viewport={"width": 640, "height": 400}, device_scale_factor=2) as window:
        assert window.evaluate("document.documentElement.scrollWidth") == 640
        for control in window.locator("header :is(button, input):visible").all():
            control.scroll_into_view_if_needed()
            control.click(trial=True)
        section = window.locator(f"#{view}")
        section.evaluate("element => element.scrollIntoView()")
        top = section.bounding_box()["y"]
        assert min(400, top + section.bounding_box()["height"]) - max(top, 0) >= 200


@pytest.mark.parametrize(("width", "height"), SMALL)
def test_key_to_the_colours_on_phones(browser, path, width, height):
    """On phones the branches come with the filters, where there is room for them."""
    with opened(browser, "?view=tree", path, viewport={"width": width, "height": height}) as window:
        assert window.is_hidden(".legend")
        window.click("#filters-button")
        assert window.is_visible(".legend")
        assert window.locator("#tree").bounding_box()["height"] >= 0.25 * height
