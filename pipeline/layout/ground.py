"""What is taken of a drawing, in a grid of cells, so that a look at a place costs what stands near it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

from .measure import ROW_PITCH

CELL = 64
"""Width of a cell in px; it is as high as a row."""


class Box(NamedTuple):
    """An upright rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float


class Ground:
    """A drawing from `top` to `bottom`, on which boxes take places."""

    def __init__(self, top: float, bottom: float) -> None:
        self._closed = [(float("-inf"), top), (bottom, float("inf"))]
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def take(self, box: Box) -> None:
        """Let nobody else have this place."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def close(self, top: float, bottom: float) -> None:
        """Take a band as wide as the drawing."""
        self._closed.append((top, bottom))

    def first_gap(self, band: Box, width: float, space: float) -> float | None:
        """The leftmost place within a band that is free from its top to its bottom.

        Args:
            band: Where to look.
            width: How wide the place must be.
            space: How far from it on either side all else must be.

        Returns:
            Its left edge; None without any.
        """
        if any(band.top < bottom and top < band.bottom for top, bottom in self._closed):
            return None
        left = band.left
        for box in sorted(self._near(Box(band.left - space, band.top, band.right + space, band.bottom))):
            if box.left >= left + width + space:
                break
            left = max(left, box.right + space)
        return left if left + width <= band.right else None

    def _near(self, band: Box) -> Iterator[Box]:
        for cell in _cells(band):
            for box in self._cells.get(cell, ()):
                if box.top < band.bottom and band.top < box.bottom and box.right > band.left:
                    yield box


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for row in range(floor(box.top / ROW_PITCH), ceil(box.bottom / ROW_PITCH)):
        for column in range(floor(box.left / CELL), ceil(box.right / CELL)):
            yield row, column
