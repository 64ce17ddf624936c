"""The lineage tree as a drawing: time runs right, every limb is a lane that leaves a trunk.

Stages: number the works (`forest`), stretch time (`axis`), decide who continues a lane and where
the others leave it (`stations`), find rows (`rows` with `blocks`), draw (`strokes`), write the names
of limbs where there is room (`names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .axis import Axis, warp
from .forest import Forest, plant
from .measure import MARGIN
from .names import place_names
from .rows import assign_rows
from .shapes import Drawing, Edge, Item, Name, Pill, Trunk, YearMark
from .stations import Stations, arrange
from .strokes import height_of, make_edges, make_pills, make_stretches, make_trunks, top_of

__all__ = ["Drawing", "Edge", "Item", "Name", "Pill", "Trunk", "YearMark", "lay_out"]

EFFORT = 9000
"""How many changes to try in all, about; this bounds the time for large trees."""
MOST_TRIES = 16


def lay_out(items: Sequence[Item], *, width: float = 1400.0) -> Drawing:
    """Lay out works as a tree whose edges never cross and whose pills never overlap.

    The same works give the same drawing, in whatever order they come.

    Args:
        items: The works; several roots are fine.
        width: Width of the drawing in px; more where labels or long chains need it.

    Raises:
        ValueError: A key occurs twice, a parent is missing, or works descend from themselves.
    """
    forest = plant(items)
    if not forest.items:
        return Drawing(width=0.0, height=0.0, years=(), pills={}, edges=(), trunks=(), lanes={}, shelf=None)
    axis, stations = _fit(forest, width)
    tries = min(MOST_TRIES, EFFORT // len(items))
    rows = assign_rows(forest, stations, rng=Random(0), tries=tries)
    keys = [item.key for item in forest.items]
    first_shelved = min((row for work, row in enumerate(rows) if forest.on_shelf[work]), default=None)
    shelf = None if first_shelved is None else top_of(first_shelved)
    pills = tuple(make_pills(stations, rows))
    height = height_of(max(rows) + 1)
    return Drawing(
        width=float(max(width, max(axis.end, *stations.right) + MARGIN)),
        height=float(height),
        years=tuple(axis.years.values()),
        pills=dict(zip(keys, pills, strict=True)),
        edges=tuple(make_edges(forest, stations, rows)),
        trunks=tuple(make_trunks(forest, stations, rows)),
        lanes=dict(zip(keys, rows, strict=True)),
        shelf=shelf,
        names=place_names(forest, pills, tuple(make_stretches(forest, stations, rows)), bottom=height, shelf=shelf),
    )


def _fit(forest: Forest, width: float) -> tuple[Axis, Stations]:
    """Places in time, the axis shortened by as much as the last pills would stick out."""
    times = [item.time for item in forest.items]
    room = width - 2 * MARGIN
    axis = warp(times, room)
    stations = arrange(forest, axis)
    excess = max(stations.right) - (width - MARGIN)
    if excess > 0:
        axis = warp(times, max(room - excess, room / 2))
        stations = arrange(forest, axis)
    return axis, stations
