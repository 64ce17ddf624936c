"""The explorer in Chromium: opening a page, and asking it what it shows."""

import re
from contextlib import contextmanager

from support import REPOSITORY

from pipeline import load
from pipeline.export import renderer

PAGE = REPOSITORY / "output/lineage.html"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
VIEWS = ("tree", "network", "outline", "table", "timeline")
READY = "html[data-ready]"
FAINT = 0.5
"""Opacity below which something counts as faded."""


def made(folder, data=REPOSITORY / "data"):
    """Path of the page that the sources make of a folder of data, in a folder."""
    return written(folder, load(data))


def written(folder, bibliography):
    """Path of the page of a bibliography, in a folder."""
    path = folder / "lineage.html"
    path.write_text(renderer(path.name)(bibliography), encoding="utf-8")
    return path


@contextmanager
def opened(browser, address="", path=PAGE, **options):
    """A page in a window of its own, without a network; what it complains of or asks a network for is an error."""
    context = browser.new_context(**{"viewport": WIDE, "offline": True} | options)
    window = context.new_page()
    window.set_default_timeout(10_000)
    problems = []
    window.on("console", lambda message: message.type in ("error", "warning") and problems.append(message.text))
    window.on("pageerror", lambda error: problems.append(str(error)))
    window.on(
        "request", lambda request: re.match("https?:|wss?:", request.url) and problems.append(f"asked {request.url}")
    )
    window.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('refused', e.violatedDirective, e.blockedURI))"
    )
    try:
        scripted = options.get("java_script_enabled", True)
        open_page(window, address, path, ready=READY if scripted else "html")
        yield window
    finally:
        context.close()
    assert problems == []


def open_page(window, address="", path=PAGE, ready=READY):
    """Load the page anew and wait until it says that it is ready."""
    window.goto("about:blank")
    window.goto(path.as_uri() + address)
    window.wait_for_selector(ready, state="attached")


def at(view, address=""):
    """An address, in a view."""
    question, _, work = address.partition("#")
    return f"{question or '?'}&view={view}" + (work and f"#{work}")


def keys(window, selector):
    """Keys of the nodes that a selector matches."""
    return set(window.eval_on_selector_all(selector, "nodes => nodes.map(node => node.dataset.key)"))


def lit(window):
    """Keys of the nodes that are there and not faded."""
    return set(
        window.eval_on_selector_all(
            ".node:not(.gone)",
            f"nodes => nodes.filter(n => getComputedStyle(n).opacity > {FAINT}).map(n => n.dataset.key)",
        )
    )


def focused(window):
    """Key of the node that has the focus, else the id of the element that has it."""
    return window.evaluate("document.activeElement.dataset.key || document.activeElement.id")


def status(window):
    """What the page says of how many works are shown."""
    return window.text_content("[role=status]")


def query(window):
    """The query of the address as the page has it, once a change has had time to reach it."""
    window.wait_for_timeout(50)
    return dict(window.evaluate("[...new URLSearchParams(location.search)]"))


def inside(box, room):
    """Whether a box lies in another one."""
    return (
        box["x"] >= room["x"]
        and box["y"] >= room["y"]
        and box["x"] + box["width"] <= room["x"] + room["width"]
        and box["y"] + box["height"] <= room["y"] + room["height"]
    )
