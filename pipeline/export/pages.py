"""Page numbers, told apart from ranges of them: "10-20" is a range, "A-12" and "N19-1423" are one page."""

import re

_PAGE = r"(?P<{0}>(?P<{0}_of>[A-Za-z]*)\d[\d:.]*[a-z]?|[ivxlcdm]+)"
_RANGE = re.compile(rf"{_PAGE.format('first')}\s*(?:-+|[‐‑‒–—−])\s*{_PAGE.format('last')}")


def page_ranges(text: str) -> list[tuple[str, str]]:
    """(first, last) of each part of page numbers that commas part; of a single page the last is empty.

    Both ends of a range have the same letters before their digits, or none.
    """
    return [_ends(part.strip()) for part in text.split(",") if part.strip()]


def pages(text: str, dash: str) -> str:
    """Page numbers with `dash` between the ends of each range."""
    return ", ".join(dash.join(filter(None, ends)) for ends in page_ranges(text))


def _ends(part: str) -> tuple[str, str]:
    match = _RANGE.fullmatch(part)
    is_range = match and (match["first_of"] or "") == (match["last_of"] or "")
    return (match["first"], match["last"]) if match and is_range else (part, "")
