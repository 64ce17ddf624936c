"""The records of the bibliography. Frozen, typed, without I/O; a value that is not known is None or empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

WEIGHTS = ("open", "restricted", "closed")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "article": ("journal",),
    "inproceedings": ("booktitle",),
    "incollection": ("booktitle", "publisher"),
    "book": ("publisher",),
    "phdthesis": ("institution",),
    "techreport": ("institution",),
    "misc": (),
}
"""What a reference of each type needs in every style."""
REFERENCE_TYPES = tuple(NEEDED)
WHEREABOUTS = ("url", "doi", "booktitle", "journal", "publisher", "institution", "howpublished")
"""Fields of a reference of which one must say where the work is."""
SOURCES = ("arxiv-api", "arxiv-oai", "datacite", "bundled")
SERVICES = ("semantic-scholar", "opencitations")
"""Services that reference lists are fetched from, the first one by default."""

_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge as the note of the later work states it.

    Attributes:
        paper: key of the other work.
        how: relations, words of the vocabulary; more than one where more than one holds.
        why: the reason, one line.
        line: where it stands in the note.
        concurrent: the other work may be younger than this one.
        uncited: why this work does not cite the other one.
        primary: the first link of descent, which is the edge of the backbone.
    """

    paper: str
    how: tuple[str, ...]
    why: str
    line: int
    concurrent: bool = False
    uncited: str | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The version of record, as a bibliography prints it. `authors` are "First Last" or "{Corporate}"."""

    type: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: str | None = None
    date: str | None = None
    booktitle: str | None = None
    journal: str | None = None
    publisher: str | None = None
    institution: str | None = None
    howpublished: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    url: str | None = None
    doi: str | None = None
    isbn: str | None = None
    accessed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Parameters of one model of a family, as written ("7B"); `active` per token where it is sparse."""

    total: str
    active: str | None = None

    def __str__(self) -> str:
        return f"{self.total} ({self.active} active)" if self.active else self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Model card. `context` is in tokens; `released` is a date; `weights` one of WEIGHTS."""

    released: str | None = None
    weights: str | None = None
    architecture: str | None = None
    objective: tuple[str, ...] = ()
    parameters: tuple[Size, ...] = ()
    tokens: str | None = None
    corpus: str | None = None
    context: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One hand-written note, `data/papers/<key>.md`.

    Attributes:
        path: the file, for messages.
        lines: line of each field in the file, items of lists as "field/0".
        key: file name without ending; the node, the permalink.
        heading: the title as the note repeats it.
        citekey: the BibTeX key; a work that another one introduces may have none.
        summary: Markdown before the first section.
        sections: (title, Markdown) of each `##` section.
        cross_references: (key, line) of each link in the Markdown to another note.
        builds_on: descent, the primary parent first.
        relates_to: the other relations.
    """

    path: str
    lines: Mapping[str, int]
    key: str
    name: str
    heading: str
    kind: str
    branch: str
    citekey: str | None = None
    summary: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    cross_references: tuple[tuple[str, int], ...] = ()
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    arxiv: str | None = None
    also: tuple[str, ...] = ()
    former_keys: tuple[str, ...] = ()
    former_citekeys: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    labs: tuple[str, ...] = ()
    introduced_in: str | None = None
    status: str | None = None
    builds_on: tuple[Link, ...] = ()
    relates_to: tuple[Link, ...] = ()
    reference: Reference | None = None
    card: Card | None = None
    links: Mapping[str, str] = field(default_factory=lambda: _EMPTY)

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The citation key, if it has one of its own, and the former ones."""
        return ((self.citekey,) if self.citekey else ()) + self.former_citekeys

    def line(self, *fields: str) -> int:
        """Line of the first of `fields` that the note has; 1 without any."""
        return next((self.lines[name] for name in fields if name in self.lines), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a service says of an arXiv work; dates are ISO 8601, `published` that of the first version."""

    arxiv: str
    version: int | None = None
    title: str
    authors: tuple[str, ...]
    published: str | None = None
    updated: str | None = None
    primary_category: str | None = None
    categories: tuple[str, ...] | None = None
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    abstract: str | None = None
    withdrawn: bool = False
    retrieved: str | None = None
    source: str
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a service says of where a work appeared, in its own words.

    Attributes:
        venue: proceedings or journal.
        kind: "conference" or "journal".
        year: four digits.
        doi: never arXiv's own.
        acl: identifier in the ACL Anthology.
        dblp: key in DBLP, which names venue and year.
    """

    venue: str | None = None
    kind: str | None = None
    year: str | None = None
    doi: str | None = None
    acl: str | None = None
    dblp: str | None = None
    volume: str | None = None
    pages: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The reference list of one work as one source has it. What follows `cites` is for lists that were fetched.

    Attributes:
        key: of the citing work.
        source: "bundled" (compiled by hand), or the service, one of SERVICES.
        complete: the list was read whole, so that a missing work is one that is not cited.
        references: how many the source lists.
        cites: keys of those that the set has, matched by identifier.
        retrieved: the day, `YYYY-MM-DD`.
        resolved: how many of the references the source could make out.
        elided: the publisher withholds the list.
        by_title: keys of works that only a title matches, for review; they are no edges.
        influential: those of `cites` that the source finds influential for the work.
        intents: why the source thinks that a work is cited, by key of the cited work.
        elsewhere: identifiers of references that had no note when they were fetched, "arXiv:1706.03762" or "doi:10.…".
        published: where the source saw the citing work appear.
    """

    key: str
    source: str
    complete: bool
    references: int | None
    cites: tuple[str, ...]
    retrieved: str | None = None
    resolved: int | None = None
    elided: bool = False
    by_title: tuple[str, ...] = ()
    influential: tuple[str, ...] = ()
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    published: Published | None = None


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
