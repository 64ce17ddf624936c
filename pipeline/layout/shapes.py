"""What goes into a layout and what comes out: works with dates, and shapes in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work of the tree.

    Attributes:
        key: Name of the work, unique in a tree.
        label: Text in its pill.
        time: Date as a decimal year, e.g. 2018.78.
        parent: Key of the primary parent, None for a root. Parents are never younger.
        limb: What the limb is called that the work belongs to with its like above and below; "" for none.
    """

    key: str
    label: str
    time: float
    parent: str | None
    limb: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """Place of a work's label in px: left edge, vertical centre, and size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The whole way from a parent's pill to a child's, as SVG path data, and its stroke in px."""

    parent: str
    child: str
    path: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A stretch of the lane of `key` as SVG path data; its stroke (px) shows how much follows."""

    key: str
    path: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The name of the limb that starts with the work `key`, and its place in px: left edge, vertical centre, size."""

    key: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMark:
    """The band of one year on the time axis, in px. Years without works have none."""

    year: int
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A laid-out tree in px, origin top left, margins and the strip of years included.

    Attributes:
        width: Width of the whole drawing.
        height: Height of the whole drawing.
        years: Bands of the time axis, from left to right.
        pills: Where each work stands.
        edges: One for each work with a parent.
        trunks: Decoration below the edges, thinner after each departure.
        lanes: Row of each work, counted from 0 at the top.
        shelf: Top of the part below the large trees, where those stand that are small beside them; None without any.
        names: Names of large limbs, each along a line of its limb, where they touch nothing.
    """

    width: float
    height: float
    years: tuple[YearMark, ...]
    pills: Mapping[str, Pill]
    edges: tuple[Edge, ...]
    trunks: tuple[Trunk, ...]
    lanes: Mapping[str, int]
    shelf: float | None
    names: tuple[Name, ...] = ()
