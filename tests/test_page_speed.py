"""How fast the page is in Chromium, and how large: best of several tries, as other programs share the machine."""

import csv

import pytest
from copies import enlarged
from pages import WIDE, open_page, opened, status
from support import REPOSITORY

from pipeline import load
from pipeline.export import renderer

pytestmark = pytest.mark.browser
TRIES = 5
FRAME, KEYSTROKE, PAN = 16, 50, 17
"""Ms that a selection, a keystroke and a frame of panning may take."""
TYPED = ("a", "at", "att", "attention", "attention is all", "", "m", "me", "meta", "zzzz", "")
CHOICES = (("lab", "Meta"), ("kind", "model"), ("weights", "open"), ("from", "2022"), ("from", ""), ("kind", ""))
NOTE_READY = """new MutationObserver(() => {
    if (document.documentElement?.dataset.ready !== undefined) window.__ready ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });"""
TIMES = """async ([names, act]) => {
    const one = (selector) => document.querySelector(selector);
    const acts = {
        select: (key) => one(`[data-key="${key}"]`).dispatchEvent(
            new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 })),
        type: (text) => { one("#search").value = text; one("#search").dispatchEvent(new Event("input")); },
        choose: ([name, value]) => {
            one(`#filter-${name}`).value = value;
            one(`#filter-${name}`).dispatchEvent(new Event("change"));
        },
    };
    const times = [];
    for (const name of names) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
        const start = performance.now();
        acts[act](name);
        document.body.offsetHeight;
        times.push(performance.now() - start);
    }
    return times;
}"""
PAN_FRAMES = """async () => {
    const panel = document.querySelector("#tree"), frames = [];
    let last = null;
    await new Promise((done) => {
        const step = (now) => {
            if (last !== null) frames.push(now - last);
            last = now;
            panel.scrollLeft += frames.length % 40 < 20 ? 12 : -12;
            panel.scrollTop += frames.length % 30 < 15 ? 8 : -8;
            if (frames.length < 60) requestAnimationFrame(step); else done();
        };
        requestAnimationFrame(step);
    });
    return frames;
}"""


def median(times):
    """The middle one."""
    return sorted(times)[len(times) // 2]


@pytest.fixture(scope="module")
def works():
    """The real data."""
    return load(REPOSITORY / "data")


@pytest.fixture(scope="module")
def pages(works, tmp_path_factory):
    """Pages of the core works, which have the long notes, the first 150, all, a thousand and five thousand."""
    with (REPOSITORY / "tests/catalogue.csv").open(encoding="utf-8") as file:
        core = {row["key"] for row in csv.DictReader(file) if row["tier"] != "named"}
    first = {work.key for work in list(works)[:150]}
    sizes = {
        "core": works.only(core),
        "150": works.only(first),
        "all": works,
        "1000": enlarged(works, 1000),
        "5000": enlarged(works, 5000),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, bibliography in sizes.items():
        (folder / f"{name}.html").write_text(renderer("lineage.html")(bibliography), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in sizes}


@pytest.mark.parametrize(("name", "most"), [("150", 1_500_000), ("core", 1_750_000), ("all", 2_500_000)])
def test_size(pages, name, most):
    """The page of 150 works has at most 1.5 MB, more where all have long notes; that of all works has 2.5 MB."""
    assert pages[name].stat().st_size <= most


@pytest.mark.parametrize(("name", "most"), [("core", 350), ("all", 600), ("1000", 1000), ("5000", 8000)])
def test_ready(browser, pages, name, most):
    """The page says within so many ms that it is ready."""
    times = []
    for _ in range(TRIES):
        context = browser.new_context(viewport=WIDE, offline=True)
        page = context.new_page()
        page.add_init_script(NOTE_READY)
        open_page(page, path=pages[name])
        times.append(page.evaluate("window.__ready"))
        context.close()
        if times[-1] <= most:
            break

    assert min(times) <= most


def timed(page, act, names):
    """Ms that each of the acts takes, work of the script, style and layout together."""
    return page.evaluate(TIMES, [names, act])


def best(page, act, names, most, judge):
    """The least that `judge` makes of the times over some tries."""
    found = []
    while len(found) < TRIES and not (found and found[-1] <= most):
        found.append(judge(timed(page, act, names)))
    return min(found)


def test_selection(browser, pages, works):
    """A click on a work answers within a frame, style and layout included."""
    keys = [work.key for work in works][:: len(works) // 30]
    with opened(browser, path=pages["all"]) as page:
        page.wait_for_timeout(1000)
        timed(page, "select", keys[:3])

        assert best(page, "select", keys, FRAME, median) <= FRAME


def test_keystroke(browser, pages):
    """So does each letter of a search, and each choice of a filter, within 50 ms."""
    with opened(browser, path=pages["all"]) as page:
        page.focus("#search")
        page.wait_for_timeout(1000)

        assert best(page, "type", TYPED, KEYSTROKE, max) <= KEYSTROKE
        assert best(page, "choose", CHOICES, KEYSTROKE, max) <= KEYSTROKE


def test_panning(browser, pages):
    """The tree at twice its size is dragged at sixty frames a second."""
    with opened(browser, path=pages["all"]) as page:
        for _ in range(4):
            page.click("#in")
        page.wait_for_timeout(500)
        found = []
        while len(found) < TRIES and not (found and found[-1] <= PAN):
            found.append(median(page.evaluate(PAN_FRAMES)))

        assert min(found) <= PAN


@pytest.mark.parametrize(("name", "most"), [("1000", 250), ("5000", 2500)])
def test_large_pages_are_usable(browser, pages, name, most):
    """With a thousand works search, filters, selection and outline answer; with five thousand they still do."""
    with opened(browser, path=pages[name]) as page:
        page.set_default_timeout(60_000)
        page.wait_for_timeout(1000)
        assert status(page) == f"{name} works"
        page.focus("#search")

        assert best(page, "type", TYPED, most, max) <= most
        assert best(page, "choose", CHOICES, most, max) <= most
        assert best(page, "select", ["bert", "transformer", "llama"], most, median) <= most
        open_page(page, "?view=outline", pages[name])
        assert page.locator("#outline li").count() == int(name)
