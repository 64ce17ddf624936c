"""The tree as a picture: light and dark, its key, labels of any length, and PNG and PDF of it."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from colours import contrast
from conftest import skip
from support import CORPUS, REPOSITORY

from pipeline import load
from pipeline.bibliography import Bibliography
from pipeline.export import renderer
from pipeline.export.palette import DAY, NIGHT, colours
from pipeline.export.svg import arrange
from pipeline.pictures import PICTURES, main

SVG = {"svg": "http://www.w3.org/2000/svg"}
THEMES = {"lineage.svg": DAY, "lineage-dark.svg": NIGHT}


@pytest.fixture(scope="module")
def corpus_works():
    """The invented corpus."""
    return load(CORPUS)


@pytest.fixture(scope="module")
def works():
    """The real data."""
    return load(REPOSITORY / "data")


def picture(name, bibliography):
    """A picture as a tree of elements."""
    return ET.fromstring(renderer(name)(bibliography))  # noqa: S314  our own


def renamed(bibliography, key, name):
    """The works, one of them under another name."""
    changed = replace(bibliography[key], note=replace(bibliography[key].note, name=name))
    return replace(bibliography, works=tuple(changed if work.key == key else work for work in bibliography))


def label(bibliography, key):
    """Pill, text and spoken label of a work in the picture."""
    node = picture("lineage.svg", bibliography).find(f".//svg:a[@data-key='{key}']", SVG)
    return float(node.find("svg:rect", SVG).get("width")), node.find("svg:text", SVG).text, node.get("aria-label")


def test_themes_share_one_drawing(works):
    """The dark picture differs from the light one in colours alone."""
    light, dark = (re.sub("#[0-9a-f]{6}", "#", renderer(name)(works)) for name in THEMES)

    assert light == dark


@pytest.mark.parametrize("name", THEMES)
def test_colours_of_a_theme(works, name):
    """Years, key, labels in and on shapes and names of limbs have AA contrast; other programs can read the style."""
    text, theme = renderer(name)(works), THEMES[name]
    tones = colours(works, theme.tones)
    used = set(re.findall("#[0-9a-f]{6}", text))

    assert used == {theme.ground, theme.line, theme.print, *tones.values()}
    assert all(contrast(tone, theme.ground) >= 4.5 for tone in (theme.print, *tones.values()))
    assert "var(" not in text
    assert " font: " not in text


def test_open_and_closed(works):
    """Models with closed or restricted weights are hollow: of the ground's colour, with a stroke of the branch's."""
    svg = picture("lineage-dark.svg", works)
    hollow = {node.get("data-key") for node in svg.iterfind(".//svg:a", SVG) if "closed" in node.get("class").split()}
    style = svg.find("svg:style", SVG).text

    assert {"gpt-3", "claude-1"} <= hollow
    assert {"transformer", "bert", "llama-3"}.isdisjoint(hollow)
    assert f".node.closed rect {{ fill: {NIGHT.ground}; stroke-width: 1.2; }}" in style


@pytest.mark.parametrize("name", THEMES)
def test_legend(works, name):
    """The key below the tree names every branch that works stand on, in its colour, and what hollow means."""
    svg = picture(name, works)
    entries = svg.findall("svg:g[@class='legend']/svg:g", SVG)
    listed = {entry.get("class"): entry.find("svg:text", SVG).text for entry in entries}
    bottom = max(float(entry.find("svg:rect", SVG).get("y")) + 14 for entry in entries)

    assert list(listed) == [*(f"b-{branch}" for branch in works.branches), "filled", "hollow"]
    assert listed["b-encoder-only"] == "Encoder-only"
    assert "closed or restricted" in listed["hollow"]
    assert min(float(entry.find("svg:rect", SVG).get("y")) for entry in entries) >= arrange(works).height
    assert bottom < float(svg.get("height"))


def test_legend_breaks_rows(works):
    """Long titles of branches go on in another row; none sticks out of the picture."""
    branches = {
        key: replace(word, title=f"{word.title}, and all that belongs to it") for key, word in works.branches.items()
    }
    words = replace(works.vocabulary, branches=works.vocabulary.branches | branches)
    svg = picture("lineage.svg", replace(works, vocabulary=words))
    places = [
        (float(text.get("x")), float(text.get("y"))) for text in svg.iterfind("svg:g[@class='legend']//svg:text", SVG)
    ]

    assert len({y for _, y in places}) > 1
    assert max(x for x, _ in places) < float(svg.get("width")) - 100
    assert max(y for _, y in places) < float(svg.get("height"))


def test_no_works_no_legend(works):
    """A picture of nothing has no key."""
    assert 'legend"' not in renderer("lineage.svg")(Bibliography(works=(), vocabulary=works.vocabulary))


def test_limbs_are_named(works):
    """In the real tree each branch has its name along its largest limb, in its colour."""
    names = picture("lineage.svg", works).findall("svg:g[@class='limbs']/svg:text", SVG)
    titles = {(f"limb b-{branch.key}", branch.title) for branch in works.branches.values()}

    assert {(name.get("class"), name.text) for name in names} == titles


def test_long_name(corpus_works):
    """A name of ten thousand letters is cut in the drawing, and whole where it is read out."""
    width, text, spoken = label(renamed(corpus_works, "trunk", "W" * 10_000), "trunk")

    assert text == "W" * 31 + "…"
    assert width < 400
    assert spoken.startswith("W" * 10_000)


def test_direction_is_not_turned(corpus_works):
    """Characters that turn the direction of writing, or that nobody sees, are not drawn."""
    assert label(renamed(corpus_works, "trunk", "\u202eTP\u200bG\u2066-4"), "trunk")[1] == "TPG-4"


@pytest.fixture
def folder(tmp_path, corpus_works):
    """A folder with the pictures of the corpus."""
    for name in PICTURES:
        (tmp_path / name).write_text(renderer(name)(corpus_works), encoding="utf-8")
    return tmp_path


@pytest.fixture
def drawn(folder):
    """The same with PNG and PDF."""
    try:
        import cairosvg  # noqa: F401  it looks for libcairo when it is imported
    except (ImportError, OSError):
        skip("no CairoSVG or no libcairo on this machine")
    assert main([str(folder)]) == 0
    return folder


@pytest.mark.parametrize("name", THEMES)
def test_png(drawn, corpus_works, name):
    """A PNG has two pixels for each of the drawing, its ground, and every branch's colour."""
    from PIL import Image

    svg, theme = picture(name, corpus_works), THEMES[name]
    image = Image.open(io.BytesIO((drawn / name).with_suffix(".png").read_bytes())).convert("RGB")
    seen = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in image.getcolors(maxcolors=1 << 24)}

    assert image.size == (2 * float(svg.get("width")), 2 * float(svg.get("height")))
    assert f"#{bytes(image.getpixel((0, 0))).hex()}" == theme.ground
    assert {theme.print, *colours(corpus_works, theme.tones).values()} <= seen


@pytest.mark.needs("pdfinfo")
@pytest.mark.parametrize("name", THEMES)
def test_pdf(drawn, name):
    """A PDF has one page."""
    path = (drawn / name).with_suffix(".pdf")
    told = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout

    assert path.read_bytes().startswith(b"%PDF")
    assert re.search(r"(?m)^Pages: +1$", told)


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [("OSError('no library called \"cairo-2\" was found')", "libcairo2"), ("ImportError", "pip install")],
    ids=["no libcairo", "no CairoSVG"],
)
def test_missing_library(folder, monkeypatch, capsys, fault, remedy):
    """Without the library one line says what to install."""
    (folder / "cairosvg.py").write_text(f"raise {fault}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "cairosvg", raising=False)

    assert main([str(folder)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert remedy in line


def test_missing_picture(tmp_path, monkeypatch, capsys):
    """Without the SVGs one line names the first."""
    (tmp_path / "cairosvg.py").write_text("svg2pdf = svg2png = None\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "cairosvg", raising=False)

    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'lineage.svg'}: is not there; `make` writes it\n"
