"""Colours of branches, by their order in the vocabulary: dark enough for white text on light, light enough on dark."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..bibliography import Bibliography

LIGHT = (
    "#56606b", "#a3256f", "#1f6f43", "#1d5ba8", "#8a5300", "#b3261e", "#6c3fb4", "#006d77", "#54611f", "#80452f",
    "#3d434a",
)  # fmt: skip
DARK = (
    "#b3bcc7", "#f295c9", "#77d3a0", "#8ab8f7", "#e3b458", "#ff988e", "#c2a7f7", "#62d0d8", "#bccc83", "#dfab96",
    "#d9dee4",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours of a picture: the ground and what is written on filled shapes, thin lines, small print, branches."""

    ground: str
    line: str
    print: str
    tones: tuple[str, ...]


DAY = Theme(ground="#ffffff", line="#e3e6ea", print="#56606b", tones=LIGHT)
NIGHT = Theme(ground="#14171c", line="#2b313a", print="#a3adb8", tones=DARK)


def colours(bibliography: Bibliography, tones: tuple[str, ...] = LIGHT) -> Mapping[str, str]:
    """The colour of each branch in use; the tones repeat if there are more branches."""
    tone = {branch: tones[index % len(tones)] for index, branch in enumerate(bibliography.vocabulary.branches)}
    return {branch: tone[branch] for branch in bibliography.branches}
