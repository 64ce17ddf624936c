"""The names of limbs: small text just above or below a line of the limb, where it touches nothing.

A limb is a connected run of works that are said to be of one. Large ones are named, and of each name its largest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .forest import Forest
from .ground import Box, Ground
from .measure import NAME_HEIGHT, ROW_PITCH, YEAR_STRIP, name_width
from .shapes import Name, Pill
from .strokes import Stretch

LARGE = 5
"""Works of a limb that is named though another one of that name is larger."""
MOST = 3
"""How many limbs of one name are named."""
SPACE = 4
"""Px that stay free on either side of a name."""
AWAY = 1
"""Px between a name and the line that it belongs to."""
PULL = 30.0
"""Px farther from where the limb starts that a name may stand for each px by which the line there is wider."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A lane to write along, and where on it a name may start and must end, in px."""

    left: float
    last: float
    right: float
    y: float
    width: float


def place_names(
    forest: Forest, pills: Sequence[Pill], stretches: Sequence[Stretch], *, bottom: float, shelf: float | None
) -> tuple[Name, ...]:
    """Write the names of limbs into a finished drawing, each once, the largest limb first.

    Args:
        forest: The works, by number, with the limbs that they belong to.
        pills: Their pills.
        stretches: All lines of the drawing.
        bottom: Lower edge of the drawing in px.
        shelf: Upper edge of the shelf in px; the row above it is left free.
    """
    limbs = _limbs(forest)
    ground = _ground(pills, stretches, bottom, shelf)
    lines = _lines_of(limbs, stretches)
    found = []
    for first in _named(forest, limbs):
        text = forest.items[first].limb
        box = _best_place(text, lines[first], pills[first].x, ground)
        if box is not None:
            ground.take(box)
            size = {"width": box.right - box.left, "height": box.bottom - box.top}
            middle = (box.top + box.bottom) / 2
            found.append(Name(key=forest.items[first].key, text=text, x=box.left, y=middle, **size))
    return tuple(found)


def _limbs(forest: Forest) -> list[int]:
    """The first work of each work's limb."""
    limbs: list[int] = []
    for work, above in enumerate(forest.parent):  # parents first
        if above is not None and forest.items[above].limb == forest.items[work].limb:
            limbs.append(limbs[above])
        else:
            limbs.append(work)
    return limbs


def _named(forest: Forest, limbs: Sequence[int]) -> list[int]:
    """The first works of the limbs that get a name, large limbs first."""
    size = Counter(limbs)
    times: Counter[str] = Counter()
    chosen = []
    for first in sorted(size, key=lambda first: (-size[first], first)):
        text = forest.items[first].limb
        if text and times[text] < (MOST if size[first] >= LARGE else 1):
            times[text] += 1
            chosen.append(first)
    return chosen


def _ground(pills: Sequence[Pill], stretches: Sequence[Stretch], bottom: float, shelf: float | None) -> Ground:
    """All that a name must not touch."""
    ground = Ground(top=YEAR_STRIP, bottom=bottom)
    for pill in pills:
        ground.take(Box(pill.x, pill.y - pill.height / 2, pill.x + pill.width, pill.y + pill.height / 2))
    for line in stretches:
        half = line.width / 2
        ground.take(Box(line.left - half, line.top - half, line.right + half, line.bottom + half))
    if shelf is not None:
        ground.close(shelf - ROW_PITCH, shelf)
    return ground


def _lines_of(limbs: Sequence[int], stretches: Sequence[Stretch]) -> dict[int, list[_Line]]:
    """The lanes of each limb, by its first work."""
    lines: dict[int, list[_Line]] = {first: [] for first in limbs}
    for limb, run in _runs(limbs, stretches):
        end = run[-1].right - SPACE
        lines[limb] += (_Line(line.left + SPACE, line.right, end, line.top, line.width) for line in run)
    return lines


def _runs(limbs: Sequence[int], stretches: Sequence[Stretch]) -> Iterator[tuple[int, list[Stretch]]]:
    """Level stretches of one limb that go on in each other, with the limb; they never get wider."""
    run: list[Stretch] = []
    for line in stretches:
        if line.top != line.bottom:
            continue
        if run and not (_goes_on(run[-1], line) and limbs[run[-1].work] == limbs[line.work]):
            yield limbs[run[-1].work], run
            run = []
        run.append(line)
    if run:
        yield limbs[run[-1].work], run


def _goes_on(before: Stretch, line: Stretch) -> bool:
    return before.right == line.left and before.top == line.top


def _best_place(text: str, lines: Sequence[_Line], start: float, ground: Ground) -> Box | None:
    """The place nearest to where the limb starts; a wide line is worth some distance."""
    width = name_width(text)
    best: tuple[float, Box] | None = None
    for line in lines:
        for box in _places(width, line, ground):
            cost = box.left - start - PULL * line.width
            if best is None or cost < best[0]:
                best = cost, box
    return best[1] if best else None


def _places(width: float, line: _Line, ground: Ground) -> Iterator[Box]:
    """The first free place above a line and the first one below it."""
    end = min(line.right, line.last + width)
    away = line.width / 2 + AWAY
    for top in (line.y - away - NAME_HEIGHT, line.y + away):
        left = ground.first_gap(Box(line.left, top, end, top + NAME_HEIGHT), width, SPACE)
        if left is not None:
            yield Box(left, top, left + width, top + NAME_HEIGHT)
