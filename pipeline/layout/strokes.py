"""Rows and places in time turned into pills, edges and trunks.

Paths are made of whole numbers, so they are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from .forest import Forest
from .measure import MARGIN, PILL_HEIGHT, RADIUS, ROW_PITCH, YEAR_STRIP
from .shapes import Edge, Pill, Trunk
from .stations import Stations

THINNEST = 1.2
THICKEST = 11.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight stretch of a line in px, its smaller coordinates first.

    Attributes:
        work: Number of the work that it leads to, or of the one whose trunk it is: it has that one's colour.
        width: Its stroke.
    """

    work: int
    left: float
    top: float
    right: float
    bottom: float
    width: float


def height_of(rows: int) -> int:
    """Height in px of a drawing with so many rows."""
    return YEAR_STRIP + rows * ROW_PITCH + MARGIN


def top_of(row: int) -> float:
    """Upper edge of a row in px."""
    return float(YEAR_STRIP + row * ROW_PITCH)


def make_pills(stations: Stations, rows: Sequence[int]) -> Iterator[Pill]:
    """The pill of every work, in order of number."""
    for work, row in enumerate(rows):
        left = stations.left[work]
        yield Pill(
            x=float(left),
            y=float(_centre(row)),
            width=float(stations.right[work] - left),
            height=float(PILL_HEIGHT),
        )


def make_edges(forest: Forest, stations: Stations, rows: Sequence[int]) -> Iterator[Edge]:
    """The edge to every work that has a parent."""
    for child, parent in enumerate(forest.parent):
        if parent is not None:
            yield Edge(
                parent=forest.items[parent].key,
                child=forest.items[child].key,
                path=_way(parent, child, stations, rows),
                width=_stroke(forest.size[child]),
            )


def make_trunks(forest: Forest, stations: Stations, rows: Sequence[int]) -> Iterator[Trunk]:
    """The lane of each work from its pill to its last departure, as wide as what is to come."""
    for work, item in enumerate(forest.items):
        for start, end, to_come in _pieces(work, forest, stations):
            yield Trunk(key=item.key, path=f"M{start} {_centre(rows[work])}H{end}", width=_stroke(to_come))


def make_stretches(forest: Forest, stations: Stations, rows: Sequence[int]) -> Iterator[Stretch]:
    """All trunks and edges as far as they are seen, without the elbows."""
    for work, parent in enumerate(forest.parent):
        pieces = list(_pieces(work, forest, stations))
        here = _centre(rows[work])
        for start, end, to_come in pieces:
            yield Stretch(work, start, here, end, here, _stroke(to_come))
        follower = stations.follower[work]
        if follower is not None:
            start = pieces[-1][1] if pieces else stations.right[work]
            yield Stretch(follower, start, here, stations.left[follower], here, _stroke(forest.size[follower]))
        if parent is not None and work != stations.follower[parent]:
            turn, width = stations.departure[work], _stroke(forest.size[work])
            above, below = sorted((_centre(rows[parent]), here))
            yield Stretch(work, turn, above, turn, below, width)
            yield Stretch(work, turn, here, stations.left[work], here, width)


def _pieces(work: int, forest: Forest, stations: Stations) -> Iterator[tuple[int, int, int]]:
    """The pieces of a trunk, from left to right: start, end, and how many works are to come."""
    start = stations.right[work]
    to_come = forest.size[work] - 1
    for place, weight in _departures(work, forest, stations):
        # The last ones take the trunk with them round the corner.
        end = place - RADIUS if to_come == weight else place
        if end > start:
            yield start, end, to_come
            start = end
        to_come -= weight


def _departures(work: int, forest: Forest, stations: Stations) -> list[tuple[int, int]]:
    """Where children leave the lane of a work, from left to right, and how much they lead to."""
    weights: dict[int, int] = {}
    for child in forest.children[work]:
        if child != stations.follower[work]:
            place = stations.departure[child]
            weights[place] = weights.get(place, 0) + forest.size[child]
    return sorted(weights.items())


def _way(parent: int, child: int, stations: Stations, rows: Sequence[int]) -> str:
    here, there = _centre(rows[parent]), _centre(rows[child])
    start, end = stations.right[parent], stations.left[child]
    if child == stations.follower[parent]:
        return f"M{start} {here}H{end}"
    turn = stations.departure[child]
    radius = RADIUS if there > here else -RADIUS
    elbow = f"V{there - radius}Q{turn} {there} {turn + RADIUS} {there}H{end}"
    if turn - start < RADIUS:  # it leaves from below the pill, or right behind it
        start = min(start, turn)
        return f"M{start} {here}{f'H{turn}' if turn > start else ''}{elbow}"
    return f"M{start} {here}H{turn - RADIUS}Q{turn} {here} {turn} {here + radius}{elbow}"


def _centre(row: int) -> int:
    return YEAR_STRIP + row * ROW_PITCH + ROW_PITCH // 2


def _stroke(works: int) -> float:
    """Width in px of a line that leads to so many works: their square root, within bounds."""
    return round(min(THICKEST, THINNEST + sqrt(works)), 1)
