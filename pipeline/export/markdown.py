"""Tables and lists of Markdown."""

from collections.abc import Iterable, Sequence

_RULES = {"l": "---", "r": "---:"}


def table(head: Sequence[str], rows: Iterable[Sequence[object]], align: str = "lr") -> str:
    """A table; `align` has an "l" or "r" for each column. A cell of None is empty."""
    lines = (head, [_RULES[side] for side in align], *rows)
    return "\n".join(f"| {' | '.join('' if cell is None else str(cell) for cell in line)} |" for line in lines)


def listed(items: Iterable[str]) -> str:
    """A list of one line each."""
    return "\n".join(f"- {item}" for item in items)
