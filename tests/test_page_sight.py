"""The explorer seen: contrast, few colours, themes, small and zoomed windows."""

import pytest
from colours import contrast
from pages import VIEWS, at, made, open_page, opened, query

pytestmark = pytest.mark.browser

SMALL = [(390, 844), (320, 568)]
# WCAG 2.2, 1.4.3 and 1.4.11.
TEXT = 4.5
SHAPE = 3


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The page of the real data, as the sources make it."""
    return made(tmp_path_factory.mktemp("real"))


@pytest.fixture
def page(browser, path):
    """The page in a window of 1440 by 900."""
    with opened(browser, path=path) as window:
        yield window


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
