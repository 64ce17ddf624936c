"""Papers and references as Semantic Scholar's JSON has them; nearly every field may be null or missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ..identifiers import parse_arxiv, publisher_doi
from ..model import Published
from ..text import one_line
from .cited import Cited
from .trouble import UnusableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as the service knows it; `references` is how many it counts, if it does."""

    id: str
    arxiv: str | None
    doi: str | None
    title: str
    authors: tuple[str, ...]
    references: int | None
    published: Published | None

    @property
    def names(self) -> list[str]:
        """What it may be asked for by, in small letters."""
        names = (f"arxiv:{self.arxiv}" if self.arxiv else "", f"doi:{self.doi}" if self.doi else "")
        return [name.casefold() for name in names if name]


def read_paper(item: Any) -> Paper:
    """A paper of an answer.

    Raises:
        UnusableError: it has another shape than is documented.
    """
    return _whole(_paper, item)


def read_reference(row: Any) -> Cited:
    """A row of a list of references.

    Raises:
        UnusableError: it has another shape than is documented.
    """
    return _whole(_cited, row)


def _whole(read: Callable[[Any], T], item: Any) -> T:
    try:
        return read(item)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise UnusableError("an answer of another shape than is documented") from error


def _paper(item: Mapping[str, Any]) -> Paper:
    arxiv, doi = _identity(item)
    return Paper(
        id=_text(item["paperId"]),
        arxiv=arxiv,
        doi=doi,
        title=_text(item.get("title") or ""),
        authors=tuple(_text(author["name"]) for author in item.get("authors") or []),
        references=item.get("referenceCount") if isinstance(item.get("referenceCount"), int) else None,
        published=_published(item, doi),
    )


def _cited(row: Mapping[str, Any]) -> Cited:
    paper = row["citedPaper"] or {}
    arxiv, doi = _identity(paper)
    identifiers = (f"arXiv:{arxiv}" if arxiv else "", f"doi:{doi}" if doi else "")
    return Cited(
        identifiers=tuple(filter(None, identifiers)),
        title=_text(paper.get("title") or ""),
        resolved=bool(paper.get("paperId") or arxiv or doi),
        influential=bool(row.get("isInfluential")),
        intents=tuple(sorted({_text(intent) for intent in row.get("intents") or []})),
        paper=_text(paper.get("paperId") or ""),
    )


def _identity(item: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """(arXiv identifier, DOI other than arXiv's)."""
    known = item.get("externalIds") or {}
    doi = _text(known.get("DOI") or "")
    arxiv = parse_arxiv(_text(known.get("ArXiv") or "")) or parse_arxiv(doi)
    return arxiv[0] if arxiv else None, publisher_doi(doi)


def _published(item: Mapping[str, Any], doi: str | None) -> Published | None:
    """Where it appeared, if the service names a place other than arXiv."""
    known, journal = item.get("externalIds") or {}, item.get("journal") or {}
    venue = item.get("publicationVenue") or {}
    name = _text(venue.get("name") or item.get("venue") or journal.get("name") or "")
    found = Published(
        venue=None if name.casefold() in ("arxiv.org", "arxiv", "corr") else name or None,
        kind=_text(venue.get("type") or "") or None,
        year=str(item["year"]) if isinstance(item.get("year"), int) else None,
        doi=doi,
        acl=_text(known.get("ACL") or "") or None,
        dblp=_text(known.get("DBLP") or "") or None,
        volume=_text(journal.get("volume") or "") or None,
        pages=_text(journal.get("pages") or "") or None,
    )
    return found if found.venue or found.doi or found.acl else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return one_line(value)
