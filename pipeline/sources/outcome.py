"""What came of a fetch: a word for each work, problems, and one line that sums up."""

from collections import Counter
from dataclasses import dataclass, field

from ..model import Metadata
from ..problems import Problem

PENDING = ("throttled", "unreachable", "unusable")
"""Words for what is still to be had."""
_ORDER = ("new", "unchanged", "older", "provisional", "withdrawn", "elided", "thin", "missing", "mismatch", *PENDING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one identifier.

    Attributes:
        arxiv: the identifier.
        record: what a service says of it.
        word: why arXiv's query API gave no record: "missing", or the word of a trouble; empty where it did.
        why: the same in more words.
    """

    arxiv: str
    record: Metadata | None = None
    word: str = ""
    why: str = ""


@dataclass(slots=True)
class Outcome:
    """Counts by word, and what is wrong."""

    title: str
    words: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def add(self, word: str, problem: Problem | None = None) -> None:
        """Count a word, and keep the problem that goes with it."""
        self.words[word] += 1
        if problem:
            self.problems.append(problem)

    @property
    def pending(self) -> int:
        """How many works are still to be fetched."""
        return sum(self.words[word] for word in PENDING)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.words[word]} {word}" for word in _ORDER if self.words[word])
        return f"{self.title}: {counts or 'nothing to fetch'}"
