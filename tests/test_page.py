"""The explorer in real Chromium, from file:// with the network cut."""

import re

import pytest
from support import REPOSITORY

from pipeline import load
from pipeline.export.palette import DARK, LIGHT

pytestmark = pytest.mark.browser

PAGE = REPOSITORY / "output/lineage.html"


@pytest.fixture(scope="module")
def works():
    """The real data, which the committed page is made of."""
    return load(REPOSITORY / "data")


@pytest.fixture
def page(browser):
    """The page in a window of 1440 by 900; anything it complains of or asks a network for fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    window = context.new_page()
    problems = []
    window.on("console", lambda message: message.type in ("error", "warning") and problems.append(message.text))
    window.on("pageerror", lambda error: problems.append(str(error)))
    window.on(
        "request", lambda request: re.match("https?:|wss?:", request.url) and problems.append(f"asked {request.url}")
    )
    open_page(window)
    yield window
    context.close()
    assert problems == []


def open_page(window, address=""):
    """Load the page and wait until it says that it is ready."""
    window.goto(PAGE.as_uri() + address)
    window.wait_for_selector("html[data-ready]", state="attached")


def test_every_work_is_a_node(page, works):
    """The tree has a node for each work and an edge for each primary parent."""
    keys = page.eval_on_selector_all("[data-key]", "nodes => nodes.map(node => node.dataset.key)")
    edges = page.eval_on_selector_all(
        "[data-parent][data-child]", "edges => edges.map(edge => [edge.dataset.parent, edge.dataset.child])"
    )

    assert sorted(keys) == sorted(work.key for work in works)
    assert sorted(map(tuple, edges)) == sorted((w.primary_parent, w.key) for w in works if w.primary_parent)
    assert page.text_content("[role=status]") == f"{len(works)} works"


def test_whole_tree_is_visible(page):
    """At 1440 by 900 nothing of the tree is outside the window, and labels can be read."""
    boxes = page.eval_on_selector_all(
        ".node rect",
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])",
    )

    assert min(box[0] for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= 1440
    assert max(box[3] for box in boxes) <= 900
    assert min(box[3] - box[1] for box in boxes) >= 11


def test_labels_do_not_overlap(page):
    """No two pills overlap, and every label fits into its own."""
    pills = page.eval_on_selector_all(
        ".node",
        """nodes => nodes.map(node => {
            const box = node.querySelector('rect').getBoundingClientRect();
            const text = node.querySelector('text').getBoundingClientRect();
            return [node.dataset.key, box.left, box.top, box.right, box.bottom, text.width];
        })""",
    )

    for index, (key, left, top, right, bottom, text) in enumerate(pills):
        assert text <= right - left, key
        for other, left2, top2, right2, bottom2, _ in pills[:index]:
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top, (key, other)


def test_search(page, works):
    """Search counts what it finds by name, author, lab, topic and summary, and clearing it brings all back."""
    page.fill("input[type=search]", "Ashish Vaswani")
    assert page.text_content("[role=status]") == f"1 of {len(works)} works"
    assert page.locator(".node:not(.faint):not(.gone)").get_attribute("data-key") == "transformer"

    page.fill("input[type=search]", "")
    assert page.text_content("[role=status]") == f"{len(works)} works"


def test_branches_switch(page, works):
    """A branch that is switched off leaves the tree."""
    page.click(".legend [data-branch=encoder-only]")

    gone = page.eval_on_selector_all("[data-key].gone", "nodes => nodes.map(node => node.dataset.key)")
    assert sorted(gone) == sorted(work.key for work in works if work.note.branch == "encoder-only")


def test_details(page):
    """A click on a node shows its note with edges and links, and changes the address."""
    page.click("[data-key=gpt-3]")
    page.wait_for_url("**#gpt-3")
    page.wait_for_selector("#details", state="visible")

    details = page.locator("#details")
    assert "Language Models are Few-Shot Learners" in details.text_content()
    assert details.locator("a[href='#gpt-2']").count() == 1
    assert details.locator("a[href='https://arxiv.org/abs/2005.14165']").count() == 1
    lit = page.eval_on_selector_all(".node.lit", "nodes => nodes.map(node => node.dataset.key)")
    assert {"transformer", "gpt-1", "gpt-2", "gpt-3", "llama-3"} <= set(lit)
    assert "bert" not in lit


def test_permalink(page):
    """An address with a key opens that work."""
    open_page(page, "#mamba")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")

    assert page.text_content("#details h3") == "Mamba"


def test_keyboard(page):
    """Arrows walk the tree, Enter selects, Escape lets go, the slash searches."""
    page.focus("[data-key=bert]")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.key") == "transformer"
    page.focus("[data-key=gpt-2]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#details", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#details", state="hidden")
    assert page.evaluate("document.activeElement.dataset.key") == "gpt-2"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_network_tab(page):
    """The network is drawn by vis-network, and a search in it removes works."""
    page.click("#t-network")

    page.wait_for_selector("#canvas canvas")
    page.fill("input[type=search]", "mamba")
    assert page.text_content("[role=status]").startswith(("2 of", "3 of", "4 of", "5 of", "6 of"))


def test_without_script(browser, works):
    """Without JavaScript the page is a readable list with anchors."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    window = context.new_page()
    window.goto(PAGE.as_uri() + "#bert")

    assert window.locator("article").count() == len(works)
    assert window.locator("article#bert").is_visible()
    context.close()


@pytest.mark.parametrize(("tones", "ground"), [(LIGHT, "#ffffff"), (DARK, "#14171c")])
def test_contrast(tones, ground):
    """Every branch colour has AA contrast (4.5 : 1) against the ground, and so against the text within pills."""
    assert all(contrast(tone, ground) >= 4.5 for tone in tones)


def contrast(one, other):
    """WCAG 2.2 contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
