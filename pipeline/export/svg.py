"""The tree as a picture. One drawing for the page and for `lineage.svg`; only the style differs."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from math import sqrt

from ..bibliography import Bibliography
from ..dates import decimal_year
from ..layout import Drawing, Item, Pill, YearMark, lay_out
from ..layout.measure import MARGIN, PILL_HEIGHT
from ..lineage import parents_first
from ..works import Work
from .palette import colours

NARROWEST = 1400.0
"""Px that a drawing has at least: what a window of 1440 px shows."""
WIDTH_SCALE = 100.0
"""Px of width times the square root of the number of works: a larger tree keeps its proportions."""
SHELF = "Small trees and single works"
LABELLED = 34
"""Least distance in px between the labels of two years."""

STYLE = """
text { font: 10.5px "DejaVu Sans", Verdana, sans-serif; }
.year line, .shelf line { stroke: #e3e6ea; } .year text, .shelf text { fill: #56606b; font-size: 11px; }
.year text { text-anchor: middle; }
.edge, .trunk { fill: none; stroke-linecap: round; }
.node text { fill: #ffffff; text-anchor: middle; } .node.closed rect { fill: #ffffff; stroke-width: 1.2; }
"""


def render(bibliography: Bibliography) -> str:
    """`lineage.svg`, to stand alone: plain attributes and a small style, no CSS variables."""
    drawing = arrange(bibliography)
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    years = [work.date[:4] for work in bibliography if work.date] or ["none"]
    description = (
        f"{len(bibliography)} works from {min(years)} to {max(years)}, each joined to its primary parent."
        " Filled: open weights, or no model. Hollow: closed or restricted weights."
    )
    rules = "".join(_rules(branch, tone) for branch, tone in colours(bibliography).items())
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            "<title>Lineage of language models</title>",
            f"<desc>{description}</desc>",
            f"<style>{STYLE}{rules}</style>",
            f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="#ffffff"/>',
            *elements(bibliography, drawing, page="lineage.html"),
            "</svg>",
            "",
        ]
    )


def _rules(branch: str, tone: str) -> str:
    """The style of a branch."""
    return (
        f".b-{branch}.edge, .b-{branch}.trunk {{ stroke: {tone}; }} "
        f".b-{branch} rect {{ fill: {tone}; stroke: {tone}; }} .b-{branch}.closed text {{ fill: {tone}; }}\n"
    )


@lru_cache(maxsize=1)
def arrange(bibliography: Bibliography) -> Drawing:
    """Where each work stands; kept, as the page and the picture ask for the same.

    A date that is only a year counts from its start, but not before the parent's.
    """
    times: dict[str, float] = {}
    for work in parents_first(bibliography):
        time = decimal_year(work.date) if work.date else 0.0
        times[work.key] = max(time, times.get(work.primary_parent or "", time))
    items = [
        Item(key=work.key, label=work.name, time=times[work.key], parent=work.primary_parent) for work in bibliography
    ]
    return lay_out(items, width=max(NARROWEST, float(round(WIDTH_SCALE * sqrt(len(items))))))


def elements(bibliography: Bibliography, drawing: Drawing, *, page: str = "") -> Iterator[str]:
    """Years, shelf, edges, trunks and nodes, in the order in which they are painted; nodes link to places in `page`."""
    yield '<g class="years" aria-hidden="true">'
    for mark in _labelled(drawing.years):
        yield (
            f'<g class="year"><line x1="{mark.x:g}" y1="18" x2="{mark.x:g}" y2="{drawing.height:g}"/>'
            f'<text x="{mark.x + mark.width / 2:g}" y="12">{mark.year}</text></g>'
        )
    if drawing.shelf is not None:
        top = drawing.shelf - PILL_HEIGHT
        yield (
            f'<g class="shelf"><line x1="0" y1="{top:g}" x2="{drawing.width:g}" y2="{top:g}"/>'
            f'<text x="{MARGIN}" y="{drawing.shelf - 3:g}">{SHELF}</text></g>'
        )
    yield '</g><g class="edges" aria-hidden="true">'
    for edge in drawing.edges:
        branch = bibliography[edge.child].note.branch
        yield (
            f'<path class="edge b-{branch}" data-parent="{edge.parent}" data-child="{edge.child}"'
            f' d="{edge.path}" stroke-width="{edge.width:g}"/>'
        )
    for trunk in drawing.trunks:
        branch = bibliography[trunk.key].note.branch
        yield (
            f'<path class="trunk b-{branch}" data-trunk="{trunk.key}" d="{trunk.path}" stroke-width="{trunk.width:g}"/>'
        )
    yield '</g><g class="nodes">'
    for work in bibliography:
        yield _node(work, bibliography, drawing.pills[work.key], f"{page}#{work.key}")
    yield "</g>"


def _labelled(years: Sequence[YearMark]) -> Iterator[YearMark]:
    """The years that get a line and a label: wide ones first, where most works are, none that would touch another."""
    centres: list[float] = []
    kept = []
    for mark in sorted(years, key=lambda mark: (-mark.width, mark.year)):
        centre = mark.x + mark.width / 2
        if all(abs(centre - other) >= LABELLED for other in centres):
            centres.append(centre)
            kept.append(mark)
    yield from sorted(kept, key=lambda mark: mark.year)


def is_closed(work: Work) -> bool:
    """Whether the work is a model whose weights are closed or restricted."""
    return bool(work.note.card and work.note.card.weights in ("closed", "restricted"))


def _node(work: Work, bibliography: Bibliography, pill: Pill, address: str) -> str:
    branch = work.note.branch
    facts = [work.name, work.date[:4], bibliography.vocabulary.branches[branch].title, ", ".join(work.note.labs)]
    label = escape(", ".join(fact for fact in facts if fact))
    top = pill.y - pill.height / 2
    shape = f'<rect x="{pill.x:g}" y="{top:g}" width="{pill.width:g}" height="{pill.height:g}" rx="4"/>'
    text = f'<text x="{pill.x + pill.width / 2:g}" y="{pill.y + 3.8:g}">{escape(work.name)}</text>'
    closed = " closed" if is_closed(work) else ""
    return (
        f'<a class="node b-{branch}{closed}" data-key="{work.key}" href="{address}" tabindex="-1"'
        f' aria-label="{label}"><title>{label}</title>{shape}{text}</a>'
    )
