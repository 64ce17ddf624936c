"""The network of the explorer in real Chromium: lines, selection, free layout, and the policy it runs under."""

from dataclasses import replace

import pytest
from pages import open_page, opened, written
from support import CORPUS, REPOSITORY

from pipeline import load

pytestmark = pytest.mark.browser

NETWORK = "document.querySelector('#canvas').network"
SETS = f"{NETWORK}.body.data"
DRAWN = f"{SETS}.edges.get().filter(line => !line.hidden).map(line => [line.from, line.to])"
SHOWN = f"{SETS}.nodes.get().filter(work => !work.hidden).map(work => work.id)"
PLACES = f"{NETWORK}.getPositions()"


@pytest.fixture(scope="module")
def works():
    """The real data."""
    return load(REPOSITORY / "data")


@pytest.fixture(scope="module")
def path(works, tmp_path_factory):
    """The page of the real data."""
    return written(tmp_path_factory.mktemp("network"), works)


@pytest.fixture
def page(browser, path):
    """The page in a window of 1440 by 900."""
    with opened(browser, path=path) as window:
        yield window


def open_network(window, path, address=""):
    """Open the network by its address and wait until it is drawn."""
    open_page(window, f"?view=network{address}", path)
    window.wait_for_selector("#canvas canvas")


def pairs(works, kind):
    """(earlier, later) of all edges of a kind."""
    if kind == "related":
        return [(link.paper, work.key) for work in works for link in work.note.relates_to]
    if kind == "citation":
        return [(cited, work.key) for work in works for cited in work.cites]
    return [(parent.key, child.key) for parent, link, child in works.links() if link.primary == (kind == "primary")]


def drawn(window):
    """(earlier, later) of the lines that vis-network draws."""
    return sorted(map(tuple, window.evaluate(DRAWN)))


def in_window(window, key):
    """Where a work stands in the window."""
    room = window.locator("#canvas").bounding_box()
    x, y = window.evaluate(
        f"(key => {{ const at = {NETWORK}.canvasToDOM({NETWORK}.getPosition(key)); return [at.x, at.y]; }})({key!r})"
    )
    assert 0 < x < room["width"], key
    assert 0 < y < room["height"], key
    return room["x"] + x, room["y"] + y


def between(window, *ends):
    """The middle between two works in the window."""
    (x1, y1), (x2, y2) = (in_window(window, key) for key in ends)
    return (x1 + x2) / 2, (y1 + y2) / 2


def wait_until_arranged(window):
    """Wait for the end of the free layout."""
    window.wait_for_selector("#free:has-text('Free layout')")
    window.wait_for_selector("#canvas:not([aria-busy])")


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("", ["primary", "descent"]),
        ("&edges=primary,related", ["primary", "related"]),
        ("&edges=descent,citation,no-such-kind", ["descent", "citation"]),
        ("&edges=", []),
    ],
)
def test_lines_of_an_address(page, path, works, address, kinds):
    """The address says which kinds of lines there are; the primary ones are those of the tree, which is painted."""
    open_network(page, path, address)

    assert drawn(page) == sorted(pair for kind in kinds if kind != "primary" for pair in pairs(works, kind))
    for kind in ("primary", "descent", "related", "citation"):
        assert page.text_content(f"[data-number={kind}]") == str(len(pairs(works, kind)))
        assert page.is_checked(f"#line-{kind}") == (kind in kinds)


def test_lines_are_switched(page, path, works):
    """A box brings a kind and takes it away again; what is as it was at first leaves the address."""
    open_network(page, path)
    page.check("#line-related")
    assert page.url.endswith("edges=primary,descent,related")
    assert drawn(page) == sorted(pairs(works, "descent") + pairs(works, "related"))
    page.uncheck("#line-related")
    assert page.url.endswith("?view=network")
    assert drawn(page) == sorted(pairs(works, "descent"))


def test_tree_is_painted(page, path):
    """The trunk of the tree is below the works, and goes with its box."""
    open_network(page, path, "&edges=primary#transformer")
    page.click("#close")
    x, y = in_window(page, "transformer")
    clip = {"x": x + 40, "y": y - 3, "width": 60, "height": 6}
    painted = page.screenshot(clip=clip)
    page.uncheck("#line-primary")

    assert page.screenshot(clip=clip) != painted


def test_filters_take_works_and_lines_away(page, path, works):
    """A branch that is off and a search leave no works of theirs, and no lines from or to them."""
    open_network(page, path)
    page.click(".legend [data-branch=encoder-only]")
    kept = {work.key for work in works if work.note.branch != "encoder-only"}
    assert set(page.evaluate(SHOWN)) == kept
    assert drawn(page) == sorted(pair for pair in pairs(works, "descent") if kept.issuperset(pair))
    page.fill("input[type=search]", "mamba")
    found = set(page.evaluate(SHOWN))
    assert {"mamba", "jamba"} <= found < kept
    assert drawn(page) == sorted(pair for pair in pairs(works, "descent") if found.issuperset(pair))
    page.click("#clear")
    assert drawn(page) == sorted(pairs(works, "descent"))


def test_nothing_is_found(page, path, works):
    """A search that finds nothing leaves nothing, and no button minds, the free layout neither; then all comes back."""
    open_network(page, path, "&q=zzzz")
    for button in ("#fit", "#in", "#free"):
        page.click(button)
    wait_until_arranged(page)
    assert page.evaluate(SHOWN) == []
    page.click("#clear")
    assert len(page.evaluate(SHOWN)) == len(works)


def test_click_selects(page, path):
    """A click on a work selects it, Shift compares it with another; the details do not push it out of sight."""
    open_network(page, path)
    page.mouse.click(*in_window(page, "transformer"))
    page.wait_for_url("**#transformer")
    page.wait_for_selector("#details", state="visible")
    page.keyboard.down("Shift")
    page.mouse.click(*in_window(page, "gnmt"))
    page.keyboard.up("Shift")
    page.wait_for_url("**with=gnmt#transformer")
    assert in_window(page, "transformer")
    room = page.locator("#canvas").bounding_box()
    assert page.locator("#canvas canvas").bounding_box() == room
    page.click("#close")
    assert page.evaluate("document.activeElement.className") == "vis-network"


def test_selection_fades_other_lines(page, path, works):
    """Lines of the selected work are at full strength, all others faint; without a selection they are alike."""
    faded = f"{SETS}.edges.get().map(line => [line.from, line.to, line.color.opacity])"
    open_network(page, path, "#bert")
    lines = page.evaluate(faded)
    assert {(start, end) for start, end, opacity in lines if opacity == 1} == {
        pair for pair in pairs(works, "descent") if "bert" in pair
    }
    assert all(opacity < 0.1 for start, end, opacity in lines if "bert" not in (start, end))
    page.click("#close")
    assert len({opacity for _, _, opacity in page.evaluate(faded)}) == 1


def test_free_layout(page, path):
    """The free layout moves works, twice in the same way, and gives the tree's places back; lines are all of vis'."""
    open_network(page, path)
    tree = page.evaluate(PLACES)
    page.click("#free")
    wait_until_arranged(page)
    assert page.get_attribute("#free", "aria-pressed") == "true"
    free = page.evaluate(PLACES)
    assert sum(free[key] != tree[key] for key in tree) > 0.9 * len(tree)
    assert page.locator("[data-number=primary]").text_content() == str(
        page.evaluate(f"{SETS}.edges.get().filter(line => line.width === 2).length")
    )
    page.click("#free")
    assert page.evaluate(PLACES) == tree
    open_network(page, path, "&layout=free")
    wait_until_arranged(page)
    assert page.evaluate(PLACES) == free


def test_theme_repaints(page, path):
    """Lines take the colours of the theme, also when it changes while they are shown."""
    colour = f"{SETS}.edges.get()[0].color.color"
    open_network(page, path, "&theme=light")
    light = page.evaluate(colour)
    page.click("#theme")
    dark = page.evaluate(colour)

    assert light.startswith("rgb(")
    assert dark != light
    open_network(page, path, "&theme=dark")
    assert page.evaluate(colour) == dark


def test_zoom_and_keys(page, path):
    """The page's buttons zoom the network; the arrow keys move it once it has the focus."""
    scale = f"{NETWORK}.getScale()"
    open_network(page, path)
    first = page.evaluate(scale)
    page.click("#in")
    assert page.evaluate(scale) == pytest.approx(first * 1.25)
    page.click("#fit")
    assert page.evaluate(scale) < first
    before = page.evaluate(f"{NETWORK}.getViewPosition()")
    page.focus(".vis-network")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{NETWORK}.getViewPosition()")["x"] > before["x"]
    first = page.evaluate(scale)
    page.keyboard.press("-")
    assert page.evaluate(scale) == pytest.approx(first * 0.8)


def test_pointing(page, path, works):
    """Pointing at a work or a line tells of it, and leaves the focus where it is."""
    open_network(page, path, "&edges=citation")
    page.focus("input[type=search]")
    page.mouse.move(*in_window(page, "transformer"))
    page.wait_for_selector("#tip", state="visible")
    assert works["transformer"].title in page.text_content("#tip")
    page.mouse.move(*between(page, "transformer", "bert"))
    page.wait_for_selector("#tip:has-text('is cited by')")
    assert page.evaluate("document.activeElement.id") == "search"


def test_resize(page, path):
    """A smaller window takes room from the canvas, and what was in its middle stays there."""
    open_network(page, path)
    middle = page.evaluate(f"{NETWORK}.getViewPosition()")
    scale = page.evaluate(f"{NETWORK}.getScale()")
    page.set_viewport_size({"width": 800, "height": 600})
    page.wait_for_timeout(200)

    width = page.locator("#canvas").bounding_box()["width"]
    assert page.evaluate("document.querySelector('#canvas canvas').width") == width == 800
    assert page.evaluate(f"{NETWORK}.getViewPosition()") == pytest.approx(middle, abs=1)
    assert page.evaluate(f"{NETWORK}.getScale()") == pytest.approx(scale)


def test_library_waits(page, path):
    """The library runs once the network is opened, not before, and the canvas says where the works are as text."""
    open_page(page, path=path)
    assert page.evaluate("typeof vis") == "undefined"
    page.click("#t-network")
    page.wait_for_selector("#canvas canvas[role=img]")
    assert page.evaluate("typeof vis.Network") == "function"
    assert "Table" in page.get_attribute("#canvas canvas", "aria-label")


def test_markup_in_a_name(page, tmp_path):
    """A name with markup is shown as text where one points at the work."""
    name = "<img src=x onerror=alert(1)> href"
    works = load(CORPUS)
    trunk = replace(works["trunk"], note=replace(works["trunk"].note, name=name))
    hostile = replace(works, works=tuple(trunk if work.key == "trunk" else work for work in works))
    open_network(page, written(tmp_path, hostile))
    page.mouse.move(*in_window(page, "trunk"))

    page.wait_for_selector("#tip", state="visible")
    box = page.evaluate(f"{NETWORK}.getBoundingBox('trunk')")
    assert box["bottom"] - box["top"] < 20
    assert box["right"] - box["left"] > 100
    assert page.text_content("#tip b") == name
    assert page.locator("img").count() == 0


def test_policy(page, path):
    """No style and no script but those of the hashes, and no text that becomes markup."""
    open_page(page, path=path)
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")

    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_phone(browser, path):
    """On a phone the network, its tools and the details share the height, and nothing scrolls sideways as a whole."""
    with opened(browser, "?view=network#bert", path, viewport={"width": 320, "height": 640}) as window:
        window.wait_for_selector("#canvas canvas")
        window.wait_for_selector("#details", state="visible")
        details, canvas = window.locator("#details").bounding_box(), window.locator("#canvas").bounding_box()

        assert canvas["y"] + canvas["height"] <= details["y"]
        assert details["y"] + details["height"] <= 640
        assert in_window(window, "bert")
        assert window.evaluate("document.documentElement.scrollWidth") == 320
