"""The layout of the tree: laws of its geometry, checked on the drawn paths, and fixed examples."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout import Drawing, Edge, Item, Name, Pill, lay_out
from pipeline.layout.axis import warp
from pipeline.layout.blocks import Block
from pipeline.layout.ground import Box, Ground
from pipeline.layout.measure import fitting, name_width, pill_width

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A horizontal or vertical stretch, or a single point."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Line) -> bool:
        """Whether the two share a point."""
        return self.x0 <= other.x1 and other.x0 <= self.x1 and self.y0 <= other.y1 and other.y0 <= self.y1


def corners(path: str) -> list[Point]:
    """The points of a path; a rounded corner counts as the right angle it rounds."""
    points: list[Point] = []
    for command, text in re.findall(r"([MHVQ])([^MHVQ]*)", path):
        numbers = [float(number) for number in text.split()]
        if command == "H":
            points.append((numbers[0], points[-1][1]))
        elif command == "V":
            points.append((points[-1][0], numbers[0]))
        else:
            points += zip(numbers[::2], numbers[1::2], strict=True)
    assert re.fullmatch(r"([MHVQ][-\d. ]+)+", path), path
    return points


def lines(path: str) -> list[Line]:
    """The stretches of a path, each with its smaller coordinates first."""
    found = []
    for (xa, ya), (xb, yb) in pairwise(corners(path)):
        assert xa == xb or ya == yb, f"slanted: {path}"
        found.append(Line(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    return found


def box(pill: Pill | Name) -> Line:
    """The area of a pill or a name."""
    half = pill.height / 2
    return Line(pill.x, pill.y - half, pill.x + pill.width, pill.y + half)


def branch(drawing: Drawing, edge: Edge) -> list[Line]:
    """The stretches of an edge that leave the lane of its parent."""
    lane = drawing.pills[edge.parent].y
    return [line for line in lines(edge.path) if (line.y0, line.y1) != (lane, lane)]


def check_pills(drawing: Drawing) -> None:
    """No two pills share a point."""
    for (one, a), (other, b) in combinations(drawing.pills.items(), 2):
        assert not box(a).meets(box(b)), f"{one} overlaps {other}"


def check_ends(drawing: Drawing) -> None:
    """Edges start inside the parent's pill, end at the child's, and never go back in time."""
    for edge in drawing.edges:
        points = corners(edge.path)
        start, end = points[0], points[-1]
        child = drawing.pills[edge.child]
        assert box(drawing.pills[edge.parent]).meets(Line(*start, *start)), edge
        assert end == (child.x, child.y), edge
        assert points == sorted(points, key=lambda point: point[0]), edge


def check_foreign_pills(drawing: Drawing) -> None:
    """Edges touch no pill but their own two, and the child's only at its left edge."""
    for edge in drawing.edges:
        for key, pill in drawing.pills.items():
            if key == edge.child:
                inside = Line(pill.x + 1, pill.y - 1, pill.x + pill.width, pill.y + 1)
                assert not any(line.meets(inside) for line in lines(edge.path)), edge
            elif key != edge.parent:
                touching = any(line.meets(box(pill)) for line in lines(edge.path))
                assert not touching, f"{edge} runs through {key}"


def check_crossings(drawing: Drawing) -> None:
    """Edges of different parents share no point; siblings' only the way to where they part."""
    for one, other in combinations(drawing.edges, 2):
        if one.parent != other.parent:
            pairs = [(a, b) for a in lines(one.path) for b in lines(other.path)]
            assert not any(a.meets(b) for a, b in pairs), f"{one} meets {other}"
            continue
        for a in branch(drawing, one):
            for b in branch(drawing, other):
                same_departure = a.x0 == b.x0 and (a.x0 == a.x1 or b.x0 == b.x1)
                assert same_departure or not a.meets(b), f"{one} crosses {other}"


def check_frame(drawing: Drawing) -> None:
    """Everything lies inside the drawing and below the strip of years."""
    frame = Line(0, 24, drawing.width, drawing.height)
    shapes = [box(pill) for pill in drawing.pills.values()]
    shapes += [line for edge in drawing.edges for line in lines(edge.path)]
    shapes += [line for trunk in drawing.trunks for line in lines(trunk.path)]
    for shape in shapes:
        assert frame.x0 <= shape.x0 <= shape.x1 <= frame.x1
        assert frame.y0 <= shape.y0 <= shape.y1 <= frame.y1
    for mark in drawing.years:
        assert 0 <= mark.x <= mark.x + mark.width <= drawing.width


def check_trunks(drawing: Drawing) -> None:
    """Trunks lie on their own lane, start at the pill and get thinner."""
    last: dict[str, tuple[float, float]] = {}
    for trunk in drawing.trunks:
        (start, y), (end, also_y) = corners(trunk.path)
        pill = drawing.pills[trunk.key]
        place, width = last.get(trunk.key, (pill.x + pill.width, trunk.width))
        assert (start, y, also_y) == (place, pill.y, pill.y)
        assert end > start
        assert trunk.width <= width
        last[trunk.key] = (end, trunk.width)


def grown(line: Line, by: float) -> Line:
    """A line with all that is so near to it."""
    return Line(line.x0 - by, line.y0 - by, line.x1 + by, line.y1 + by)


def strokes(drawing: Drawing) -> list[tuple[str, Line, float]]:
    """All lines that are seen, with the work whose colour they have and their width: trunks are painted over edges."""
    found = [(trunk.key, line, trunk.width) for trunk in drawing.trunks for line in lines(trunk.path)]
    ends: dict[str, float] = {}
    for key, line, _ in found:
        ends[key] = max(ends.get(key, 0), line.x1)
    for edge in drawing.edges:
        found += [(edge.child, line, edge.width) for line in branch(drawing, edge)]
        if drawing.pills[edge.parent].y == drawing.pills[edge.child].y:
            (line,) = lines(edge.path)
            found.append((edge.child, replace(line, x0=max(line.x0, ends.get(edge.parent, 0))), edge.width))
    return found


def limbs(items: list[Item]) -> dict[str, str]:
    """The first work of the limb of each work."""
    by_key = {item.key: item for item in items}
    found = {}
    for item in items:
        first = item
        while first.parent and by_key[first.parent].limb == item.limb:
            first = by_key[first.parent]
        found[item.key] = first.key
    return found


def check_names(items: list[Item], drawing: Drawing) -> None:
    """Names touch nothing, lie in the frame, off the row above the shelf, and each along a line of its limb."""
    limb = limbs(items)
    taken = [box(pill) for pill in drawing.pills.values()]
    taken += [grown(line, width / 2) for _, line, width in strokes(drawing)]
    if drawing.shelf is not None:
        taken.append(Line(0, drawing.shelf - 15.9, drawing.width, drawing.shelf - 0.1))
    for name in drawing.names:
        place = box(name)
        assert name.width >= name_width(name.text)
        assert not any(place.meets(other) for other in taken), f"{name} touches something"
        taken.append(place)
        assert place.x0 >= 0
        assert place.y0 >= 24
        assert place.x1 <= drawing.width
        assert place.y1 <= drawing.height
        own = [grown(line, width / 2 + 6) for key, line, width in strokes(drawing) if limb[key] == name.key]
        for end in (place.x0, place.x1):
            assert any(line.meets(replace(place, x0=end, x1=end)) for line in own), f"{name} is not along its limb"


def check_choice_of_names(items: list[Item], drawing: Drawing) -> None:
    """Of each name the largest limb is named, two others only if they have five works, wherever there is ample room."""
    limb = limbs(items)
    size = Counter(limb.values())
    text = {item.key: item.limb for item in items}
    named = [name.key for name in drawing.names]
    assert len(set(named)) == len(named)
    assert all(name.text == text[name.key] for name in drawing.names)
    for words in set(text.values()):
        ranked = sorted((first for first in size if text[first] == words), key=lambda first: -size[first])
        others = [first for first in named if text[first] == words and size[first] < size[ranked[0]]]
        assert all(size[first] >= 5 for first in others)
        assert len([first for first in named if text[first] == words]) <= (3 if words else 0)
        wanted = [first for first in ranked[:3] if size[first] >= 5 or len(ranked) == 1] if words else []
        for first in wanted:
            tied = [other for other in ranked if size[other] == size[first]]
            if first not in named and len(tied) == 1:
                assert not any(
                    has_room(words, line, width, drawing) for key, line, width in strokes(drawing) if limb[key] == first
                ), f"{first} could be named"


def has_room(words: str, line: Line, width: float, drawing: Drawing) -> bool:
    """Whether a name would fit above or below a level line with nothing near it."""
    if line.y0 != line.y1:
        return False
    needed = name_width(words)
    away = width / 2 + 1
    taken = [box(shape) for shape in (*drawing.pills.values(), *drawing.names)]
    taken += [grown(other, stroke / 2) for _, other, stroke in strokes(drawing)]
    frame = Line(0, 24.1, drawing.width, drawing.height - 0.1)
    for top in (line.y0 - away - 10, line.y0 + away):
        for start in range(int(line.x0) + 6, int(line.x1) - needed - 6, 6):
            place = Line(start - 6, top, start + needed + 6, top + 10)
            shelved = drawing.shelf is not None and place.meets(Line(0, drawing.shelf - 16, 1e9, drawing.shelf))
            inside = frame.y0 <= place.y0 and place.y1 <= frame.y1
            if inside and not shelved and not any(place.meets(other) for other in taken):
                return True
    return False


def check_laws(items: list[Item], drawing: Drawing) -> None:
    """All of the above, and that nothing is missing."""
    assert drawing.pills.keys() == drawing.lanes.keys() == {item.key for item in items}
    assert {(edge.parent, edge.child) for edge in drawing.edges} == {
        (item.parent, item.key) for item in items if item.parent is not None
    }
    empty = set(range(max(drawing.lanes.values(), default=-1) + 1)) - set(drawing.lanes.values())
    assert len(empty) == (drawing.shelf is not None), "no row is empty but the one above the shelf"
    check_pills(drawing)
    check_ends(drawing)
    check_foreign_pills(drawing)
    check_crossings(drawing)
    check_frame(drawing)
    check_trunks(drawing)
    check_names(items, drawing)
    check_choice_of_names(items, drawing)


LABELS = ["T5", "BERT", "Llama 2", "FlashAttention-2", "Toy Models of Superposition", "Überprüfung"]
LIMBS = ["", "Limb", "Encoder-only", "Data and evaluation"]
STEPS = [0.0, 0.0, 0.02, 0.1, 0.4, 1.5, 6.0]


@st.composite
def forests(draw: st.DrawFn, most: int = 45) -> list[Item]:
    """Works of which each descends from an earlier one, often from the same or from the last."""
    items: list[Item] = []
    hub = draw(st.integers(0, 5))
    for index in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(["root", "hub", "hub", "last", "last", "any", "before last"]))
        above = {"root": -1, "hub": hub, "last": index - 1, "before last": index - 2}.get(kind)
        if above is None:
            above = draw(st.integers(-1, index - 1))
        parent = items[above] if 0 <= above < index else None
        step = draw(st.sampled_from(STEPS))
        time = parent.time + step if parent else draw(st.floats(1991, 2025))
        limb = draw(st.sampled_from([*LIMBS, *[parent.limb] * 12] if parent else LIMBS))
        items.append(work(f"w{index}", time, parent, label=draw(st.sampled_from(LABELS)), limb=limb))
    return items


def work(key: str, time: float, parent: Item | None = None, *, label: str = "", limb: str = "") -> Item:
    """A work that is called like its key unless told otherwise."""
    return Item(key=key, label=label or key, time=time, parent=parent.key if parent else None, limb=limb)


def limb_of(items: list[Item], name: str) -> list[Item]:
    """The same works as one limb."""
    return [replace(item, limb=name) for item in items]


def star(leaves: int, step: float, *, years: int = 1) -> list[Item]:
    """A hub and its children, one every `step` years, over and over in so many years."""
    hub = work("hub", 2017.45)
    span = years + 1e-9
    return [hub, *(work(f"leaf{n}", 2017.45 + (n * step) % span, hub) for n in range(leaves))]


def chain(length: int, step: float) -> list[Item]:
    """Works that each build on the one before."""
    items = [work("Transformer 0", 2020.0)]
    for n in range(1, length):
        items.append(work(f"Transformer {n}", 2020.0 + n * step, items[-1]))
    return items


def caterpillar(length: int, step: float) -> list[Item]:
    """A chain on which every work has two more children."""
    spine = chain(length, step)
    legs = [work(f"{body.key}{side}", body.time + step / 2, body) for body in spine for side in "ab"]
    return spine + legs


def roots(number: int, step: float) -> list[Item]:
    """Works that nobody builds on and that build on nobody."""
    return [work(f"survey {n}", 2020.0 + n * step) for n in range(number)]


SHAPES = {
    "one": roots(1, 0),
    "roots at one date": roots(40, 0.0),
    "roots over time": roots(60, 0.04),
    "star at one date": star(30, 0.0),
    "star over time": star(60, 0.11, years=8),
    "chain at one date": chain(12, 0.0),
    "chain in two years": chain(10, 0.2),
    "long chain": chain(30, 0.9),
    "caterpillar at one date": caterpillar(12, 0.0),
    "caterpillar": caterpillar(20, 0.3),
}


@pytest.mark.parametrize("limb", ["", "Encoder-only"])
@pytest.mark.parametrize("items", SHAPES.values(), ids=SHAPES.keys())
def test_laws_hold_for_nasty_shapes(items: list[Item], limb: str) -> None:
    """Stars, chains, caterpillars and lonely roots are drawn without overlap or crossing."""
    named = limb_of(items, limb)
    check_laws(named, lay_out(named))


@settings(max_examples=150, deadline=None)
@given(forests(), st.sampled_from([1400.0, 700.0, 60.0]))
def test_laws_hold_for_any_forest(items: list[Item], width: float) -> None:
    """Whatever descends from whatever: no overlap, no crossing, all inside the drawing."""
    check_laws(items, lay_out(items, width=width))


@settings(max_examples=40, deadline=None)
@given(forests(most=25).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_order_of_input_does_not_matter(pair: tuple[list[Item], list[Item]]) -> None:
    """The drawing depends on the works, not on the order in which they come; nor on the run."""
    items, shuffled = pair
    assert lay_out(items) == lay_out(shuffled)


def test_nothing_gives_an_empty_drawing() -> None:
    """Without works there is nothing to draw, and no size."""
    drawing = lay_out([])
    assert (drawing.width, drawing.height) == (0, 0)
    assert not any((drawing.pills, drawing.edges, drawing.trunks, drawing.years, drawing.lanes))


def family() -> list[Item]:
    """A small tree with a limb of its own, leaves on both sides and a lonely survey."""
    transformer = work("Transformer", 2017.45)
    bert = work("BERT", 2018.78, transformer)
    gpt = work("GPT", 2018.42, transformer)
    gpt2 = work("GPT-2", 2019.12, gpt)
    gpt3 = work("GPT-3", 2020.41, gpt2)
    return [
        transformer,
        bert,
        gpt,
        gpt2,
        gpt3,
        work("T5", 2019.81, transformer),
        work("RoBERTa", 2019.57, bert),
        work("Survey", 2020.21),
    ]


def test_a_small_tree_as_expected() -> None:
    """Chains keep their row, limbs leave on both sides of the trunk, the survey fills a gap: four rows in all."""
    drawing = lay_out(family(), width=600)
    lane = drawing.lanes
    assert lane["GPT"] == lane["GPT-2"] == lane["GPT-3"]
    assert lane["BERT"] == lane["RoBERTa"]
    assert sorted({lane["GPT"], lane["BERT"], lane["T5"], lane["Transformer"]}) == [0, 1, 2, 3]
    assert 0 < lane["Transformer"] < 3
    assert lane["Survey"] in (0, 1, 2, 3)


def test_paths_as_expected() -> None:
    """An edge runs along the trunk, leaves it, turns with round corners and meets the pill."""
    hub = work("A", 2020.0)
    drawing = lay_out([hub, work("B", 2020.5, hub), work("C", 2020.25, hub)], width=424)
    assert drawing.pills["A"] == Pill(x=12, y=32, width=18, height=14)
    assert {edge.child: edge.path for edge in drawing.edges} == {
        "C": "M30 32H112",
        "B": "M30 32H97Q104 32 104 39V41Q104 48 111 48H212",
    }
    assert [(trunk.key, trunk.path) for trunk in drawing.trunks] == [("A", "M30 32H104")]


def test_trunk_gets_thinner() -> None:
    """Behind each departure a trunk is as wide as what is still to come: 1.2 + its square root."""
    hub = work("A", 2020.0)
    items = [hub, *(work(f"B{n}", 2020.2 + n / 5, hub) for n in range(4))]
    assert [trunk.width for trunk in lay_out(items).trunks] == [3.2, 2.9, 2.6]


def test_lonely_works_share_rows() -> None:
    """Works without parent or children fill free places instead of a row each."""
    assert max(lay_out(roots(60, 0.1)).lanes.values()) < 8


def test_a_light_latecomer_does_not_bend_the_trunk() -> None:
    """The heavy line goes straight on, though a single work leaves the same parent years later."""
    root = work("root", 2018.0)
    line = [root]
    for n in range(60):
        line.append(work(f"heavy {n}", 2019.0 + n / 4, line[-1]))
    drawing = lay_out([*line, work("late", 2022.5, root)])
    assert drawing.lanes["root"] == drawing.lanes["heavy 0"] != drawing.lanes["late"]


def test_small_trees_stand_on_a_shelf_below_the_large_ones() -> None:
    """What leads to less than a twelfth of the largest tree does not clutter it."""
    large = chain(25, 0.3)
    first = work("x", 2000.0)
    drawing = lay_out([*large, first, work("y", 2001.0, first), work("z", 2004.0)])
    below = max(drawing.lanes[item.key] for item in large) + 2
    assert {key: drawing.lanes[key] for key in "xyz"} == dict.fromkeys("xyz", below)
    assert drawing.shelf == drawing.pills["x"].y - 8


def test_trees_of_like_size_need_no_shelf() -> None:
    """A pair beside a chain of twenty-four is a tree of its own: that chain is not more than twelve times as large."""
    first = work("x", 2000.0)
    assert lay_out([*chain(24, 0.3), first, work("y", 2001.0, first)]).shelf is None


def test_a_crowded_hub_is_not_tried_for_ever(monkeypatch) -> None:
    """Each change of a lane places all its limbs anew, so the more limbs there are, the fewer changes are tried."""
    placed = []
    take = Block.take
    monkeypatch.setattr(Block, "take", lambda *given: placed.append(1) or take(*given))
    lay_out(star(400, 0.01))
    assert 400 < len(placed) < 10 * 400


def test_chain_keeps_one_row_where_time_allows() -> None:
    """A chain with enough time between its works is one straight lane."""
    assert set(lay_out(chain(8, 1.0)).lanes.values()) == {0}


def test_axis_gives_room_to_crowded_years_and_none_to_empty_ones() -> None:
    """Years follow each other, wide where much happened; years without works are left out."""
    marks = list(warp([1991.5, 2017.2, 2018.1, 2018.5, 2018.9], 500).years.values())
    assert [mark.year for mark in marks] == [1991, 2017, 2018]
    assert marks[2].width > 1.5 * marks[1].width
    assert marks[1].x - (marks[0].x + marks[0].width) < 10
    assert marks[1].x + marks[1].width == marks[2].x


def test_name_stands_where_its_limb_starts() -> None:
    """A name is written right behind the first pill, a pixel from the line; in the top row below, off the years."""
    drawing = lay_out(limb_of(chain(6, 1.0), "Chain"))
    first, edge = drawing.pills["Transformer 0"], drawing.edges[0]

    assert drawing.names == (
        Name(
            key="Transformer 0",
            text="Chain",
            x=first.x + first.width + 4,
            y=first.y + edge.width / 2 + 1 + 5,
            width=name_width("Chain"),
            height=10,
        ),
    )


def test_name_keeps_to_the_wide_part_of_its_limb() -> None:
    """A thick line is worth some way from where the limb starts, a long thin one nearer to it is passed over."""
    root = work("A", 2010.0)
    heavy = [work("B", 2010.01, root)]
    for n in range(40):
        heavy.append(work(f"B{n}", 2012.0 + n / 5, heavy[-1]))
    drawing = lay_out(limb_of([root, *heavy, work("late", 2014.0, root)], "Limb"))
    (name,) = drawing.names

    assert drawing.pills["A"].y == drawing.pills["B"].y != drawing.pills["late"].y
    assert name.x == drawing.pills["B"].x + drawing.pills["B"].width + 4


def test_names_of_neighbours_do_not_share_a_place() -> None:
    """Where lines run close together there is one name between two of them."""
    items = []
    for limb in ("North", "South", "East", "West"):
        first = work(limb, 2015.0, limb=limb)
        items += [first, work(f"{limb} 2", 2020.0, first, limb=limb)]
    drawing = lay_out(items)

    check_laws(items, drawing)
    assert len(drawing.names) == 4


def test_name_ends_with_its_limb() -> None:
    """A name does not run on along the line of another limb, nor is it written where its own is too short."""
    first = work("A", 2015.0, limb="Limb")
    other = work("C", 2025.0, first, limb="Encoder-decoder")
    items = [first, work("B", 2015.05, first, limb="Limb"), other, work("D", 2025.5, other, limb="Encoder-decoder")]
    drawing = lay_out(items)

    assert drawing.lanes["A"] == drawing.lanes["C"]
    check_laws(items, drawing)
    assert [name.text for name in drawing.names] == ["Encoder-decoder"]


@pytest.mark.parametrize(
    ("taken", "gap"),
    [
        ([], 100),
        ([(0, 0, 90, 10)], 100),
        ([(0, 0, 98, 10)], 102),
        ([(0, 0, 98, 4)], 100),
        ([(120, 0, 130, 10)], 134),
        ([(124, 0, 130, 10)], 100),
        ([(90, 0, 300, 10), (120, 0, 130, 10)], 304),
        ([(90, 0, 200, 10), (220, 0, 230, 10)], 234),
        ([(90, 0, 390, 10)], None),
        ([(404, 0, 500, 10), (90, 0, 376, 10)], 380),
        ([(403, 0, 500, 10), (90, 0, 376, 10)], None),
    ],
)
def test_first_gap(taken: list[tuple[float, float, float, float]], gap: float | None) -> None:
    """The leftmost 20 px between 100 and 400 that are 4 px off all that stands between 5 and 15."""
    ground = Ground(top=0, bottom=100)
    for place in taken:
        ground.take(Box(*place))

    assert ground.first_gap(Box(100, 5, 400, 15), 20, 4) == gap


def test_names_are_repeated_with_measure() -> None:
    """Of many limbs of one name the three largest are named; small ones only if there is no larger."""
    seasons = []
    for n, length in enumerate((9, 8, 7, 6, 4)):
        seasons += [
            replace(item, key=f"{n} {item.key}", parent=item.parent and f"{n} {item.parent}")
            for item in limb_of(chain(length, 1.5), "Chain")
        ]
    small = [
        replace(item, key=f"small {item.key}", parent=item.parent and f"small {item.parent}")
        for item in limb_of(chain(2, 4.0), "Small")
    ]
    names = lay_out([*seasons, *small]).names

    assert [name.key for name in names] == [f"{n} Transformer 0" for n in (0, 1, 2)] + ["small Transformer 0"]


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("Toy Models of Superposition", "Toy Models of Superposition"),
        ("x" * 32, "x" * 32),
        ("x" * 33, "x" * 31 + "…"),
        ("x" * 30 + " yz", "x" * 30 + "…"),
        ("two  words\non\ttwo\u00a0lines", "two words on two lines"),
        ("a\u202eb\u2066c\u200bd\u00ade\ufefff\x00g", "abcdefg"),
        ("\u200f", ""),
        ("Überprüfung 模型", "Überprüfung 模型"),
    ],
)
def test_labels_as_drawn(label: str, drawn: str) -> None:
    """Labels are drawn on one line, up to 32 characters of those that one can see."""
    assert fitting(label) == drawn


def test_pill_has_room_for_its_label() -> None:
    """BERT is 0.686 + 0.632 + 0.695 + 0.611 em wide in DejaVu Sans; the pill adds 2 * 5 px."""
    assert pill_width("BERT") == 38
    assert pill_width("Überprüfung") > pill_width("Uberprufung")


@pytest.mark.parametrize(
    ("items", "complaint"),
    [
        ([work("a", 2020.0), work("a", 2021.0)], "twice"),
        ([Item(key="a", label="a", time=2020.0, parent="b")], "children of b"),
        (
            [
                Item(key="a", label="a", time=2020.0, parent="b"),
                Item(key="b", label="b", time=2020.0, parent="a"),
            ],
            "children of",
        ),
    ],
    ids=["double key", "missing parent", "circle"],
)
def test_impossible_trees_are_refused(items: list[Item], complaint: str) -> None:
    """Double keys, missing parents and circles raise an error that names them."""
    with pytest.raises(ValueError, match=complaint):
        lay_out(items)
