"""What services say of works, as it is cached."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SOURCES = ("arxiv-api", "arxiv-oai", "datacite", "bundled")
SEMANTIC_SCHOLAR, OPENCITATIONS = SERVICES = ("semantic-scholar", "opencitations")
"""Services that reference lists are fetched from, the first one by default."""


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
        source: the service, one of SERVICES, or a word for who compiled it by hand, "bundled" by default.
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

    @property
    def is_fetched(self) -> bool:
        """Whether a service gave the list; else somebody compiled it by hand."""
        return self.source in SERVICES or self.retrieved is not None
