"""Dates as the sources give them: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, compared no finer than both are."""

import calendar
import re
from collections.abc import Iterable

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS = tuple(name[:3] for name in MONTH_NAMES)
"""The months as BibTeX's styles name them (Patashnik, BibTeXing, 1988, p. 5)."""

_DATE = re.compile(r"(?!0000)\d{4}(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def is_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day of the calendar."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    month, day = int(match[1] or 1), int(match[2] or 1)
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(int(text[:4]), month)[1]


def is_younger(one: str, other: str) -> bool:
    """Whether `one` is later than `other` at the coarser precision of the two."""
    precision = min(len(one), len(other))
    return one[:precision] > other[:precision]


def earliest(dates: Iterable[str]) -> str | None:
    """The earliest date; of two that agree as far as both go, the more exact one. None without any."""
    best: str | None = None
    for date in sorted(dates):
        if best is None or date.startswith(best):
            best = date
    return best


def decimal_year(date: str) -> float:
    """A date as a decimal year, for axes: the start of its year, month or day; ValueError for what is no date."""
    year, month, day = (int(part) for part in (date + "-01-01")[:10].split("-"))
    start_of_month = sum(calendar.monthrange(year, m)[1] for m in range(1, month))
    days = 366 if calendar.isleap(year) else 365
    return round(year + (start_of_month + day - 1) / days, 4)
