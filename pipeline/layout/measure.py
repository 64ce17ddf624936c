"""Sizes in px that the other rooms of the layout agree on, and how wide a label is."""

from __future__ import annotations

FONT_SIZE = 10.5
PILL_HEIGHT = 14
PILL_PADDING = 5
ROW_PITCH = 16
MARGIN = 12
YEAR_STRIP = 24
GRID = 2
"""Every x is a multiple of this."""
LEAD = 16
"""Least distance from a parent's left edge to a child's: room for the elbow."""
RADIUS = 7
"""Radius of an elbow."""
GAP = 12
"""Least free stretch between a pill and the next thing in its row."""
LONGEST = 32
"""Characters of a label that are drawn, the sign that it goes on included."""
NAME_SIZE = 10
"""Font size of the names of limbs."""
NAME_SPACING = 0.3
"""Px that are added between their letters."""
NAME_HEIGHT = 10
"""From the top of their tallest letter to the foot of their lowest."""

# Advance widths of the printable ASCII characters in DejaVu Sans, thousandths of an em, rounded
# up. A wide face: where a reader has another one (Verdana, Arial), labels come out narrower.
_ASCII = (
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337,
    637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531,
    1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749, 788,
    604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500,
    500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612,
    635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
)  # fmt: skip
_OTHER = 1000  # accents and Greek are narrower, Chinese characters are this wide


def fitting(label: str) -> str:
    """A label as it is drawn: on one line, without characters that nobody sees, cut where it is longer than `LONGEST`.

    Not drawn are control characters, those that turn the direction of writing, and all else that only formats.
    """
    seen = "".join(letter if letter.isprintable() else " " * letter.isspace() for letter in label)
    text = " ".join(seen.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Width of a text in px, at a font size in px, in DejaVu Sans without kerning."""
    return sum(map(_advance, text)) * size / 1000


def pill_width(label: str) -> int:
    """Width of the pill around a label in px, padding included, on the grid."""
    return (int((text_width(label) + 2 * PILL_PADDING) / GRID) + 1) * GRID


def name_width(text: str) -> int:
    """Width of the name of a limb in px, in whole ones."""
    return int(text_width(text, NAME_SIZE) + NAME_SPACING * len(text)) + 1


def _advance(character: str) -> int:
    index = ord(character) - 32
    return _ASCII[index] if 0 <= index < len(_ASCII) else _OTHER
