"""The works that the fake services share."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


def digest(text):
    """The same 40 hexadecimal digits for the same text on every machine."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def arxiv_doi(arxiv_id):
    """The DOI that arXiv itself gives to a work."""
    return f"10.48550/arXiv.{arxiv_id}"


@dataclass(kw_only=True)
class Work:
    """What the services know of a work.

    Attributes:
        arxiv: bare identifier; None for a work that only Semantic Scholar and OpenCitations know.
        authors: names, or pairs of a name and an affiliation.
        version: the current one; `versions` has the moment of each, `2017-06-12T17:57:34Z`.
        doi: of the publisher, or a list of several.
        withdrawn: the current version is the notice of withdrawal.
        raw: what arXivRaw has in place of "title", "authors", "comment", "abstract", where it is not made of them.
        cites: arXiv identifiers, or fields of a reference: title, paperId, arxiv, doi, year, intents, influential.
        s2: whether Semantic Scholar has the work; `elided` withholds its references.
        same_as: identifier of the work that Semantic Scholar has merged this one with.
        reference_count: what Semantic Scholar says, where that is not the length of its list.
        external_ids: added to those that Semantic Scholar makes of the rest; None takes one away.
        absent: services that do not have the work: "arxiv", "oai", "datacite", "opencitations".
    """

    arxiv: str | None
    title: str
    authors: list = field(default_factory=lambda: ["Ann Author"])
    version: int = 0
    versions: list = field(default_factory=list)
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | list | None = None
    withdrawn: bool = False
    categories: list = field(default_factory=lambda: ["cs.CL"])
    abstract: str = "  We show that an invented work\nhas an abstract of two lines."
    raw: dict = field(default_factory=dict)
    cites: list = field(default_factory=list)
    s2: bool = True
    same_as: str | None = None
    elided: bool = False
    reference_count: int | None = None
    venue: str = ""
    publicationVenue: dict | None = None  # noqa: N815  the service's name
    journal: dict | None = None
    year: int | None = None
    external_ids: dict = field(default_factory=dict)
    absent: tuple = ()

    def __post_init__(self):
        self.version = self.version or len(self.versions) or 1
        if not self.versions:
            self.versions = [_moment(self.arxiv, number) for number in range(self.version)]
        if len(self.versions) != self.version:
            raise ValueError(f"{self.arxiv} has {self.version} versions and {len(self.versions)} moments")
        if self.withdrawn and self.comment is None:
            self.comment = "This paper has been withdrawn by the authors"

    @property
    def name(self):
        """What makes the work one: its arXiv identifier, else its DOI, else its title."""
        return self.arxiv or (self.dois[0] if self.dois else self.title)

    @property
    def dois(self):
        """DOIs of the publishers."""
        return [self.doi] if isinstance(self.doi, str) else list(self.doi or ())

    @property
    def people(self):
        """(name, affiliation or None) of each author."""
        return [(author, None) if isinstance(author, str) else tuple(author) for author in self.authors]

    @property
    def paper_id(self):
        """The identifier in Semantic Scholar."""
        return digest(f"paper {self.name}")


def _moment(arxiv_id, number):
    """Moments of versions that nobody has named: in the month of the identifier, then 40 days apart."""
    digits = (arxiv_id or "1501.00001").split("/")[-1]
    year = int(digits[:2]) + (1900 if digits[:2] > "90" else 2000)
    first = datetime(year, int(digits[2:4]), 10, 12, 34, 56, tzinfo=UTC)
    return (first + timedelta(days=40 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Shelf:
    """The works, by name, in the order in which they came.

    Attributes:
        nested: references of one work that a batch of Semantic Scholar lists before it silently leaves some out.
    """

    def __init__(self):
        self.works = {}
        self.nested = 100
        self._tables = {}

    def add(self, arxiv, title, authors=("Ann Author",), **fields):
        """Put a work on the shelf, or another one in its place; `fields` are those of `Work`."""
        work = Work(arxiv=arxiv, title=title, authors=list(authors), **fields)
        self.works[work.name] = work
        return work

    def __iter__(self):
        return iter(list(self.works.values()))

    def __len__(self):
        return len(self.works)

    def at(self, service, arxiv_id):
        """The work that a service has under a bare arXiv identifier, or None; spelt exactly so."""
        work = self.works.get(arxiv_id)
        return work if work and work.arxiv == arxiv_id and service not in work.absent else None

    def refresh(self):
        """Forget the tables, which each request makes anew: a test may have changed a work in between."""
        self._tables = {}

    def table(self, name, pairs_of):
        """Values by key, of the (key, value) pairs that `pairs_of` gives for a work; made once a request."""
        tables = self._tables
        if name not in tables:
            found = {}
            for work in self:
                for key, value in pairs_of(work):
                    found.setdefault(key, []).append(value)
            tables[name] = found
        return tables[name]

    def by_doi(self, doi):
        """The work with a DOI of its own or of arXiv, or None; case counts for nothing."""
        return self.table("dois", _dois).get(doi.lower(), [None])[0]


def _dois(work):
    for doi in (*work.dois, *([arxiv_doi(work.arxiv)] if work.arxiv else [])):
        yield doi.lower(), work


FOREIGN = Work(arxiv="2001.99999", title="A Work That Nobody Asked For", authors=["Nobody Atall"])
"""What a service answers with when it confuses things."""
