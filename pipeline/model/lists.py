"""The hand-kept lists beside the notes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the vocabulary. `descent` and `cito` (a CiTO term) are for relations."""

    key: str
    title: str
    text: str
    descent: bool = False
    cito: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that notes may use, in the order in which outputs list them."""

    kinds: Mapping[str, Word]
    branches: Mapping[str, Word]
    topics: Mapping[str, Word]
    relations: Mapping[str, Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A name in the documents that is no work anybody could find, and why."""

    name: str
    reason: str
    key: str | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a document says wrongly on a line of it, the right fact, and the source of that."""

    document: str
    line: int
    says: str
    fact: str
    source: str
