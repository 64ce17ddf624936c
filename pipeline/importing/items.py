"""What an exchange format says of one work, in our terms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from ..model import WHEREABOUTS, Reference
from ..people import Name
from ..problems import Problem
from ..text import fold_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a file.

    Attributes:
        path: the file, and `line` where the entry starts in it.
        citekey: as the file has it, which need not be one that we can take.
        aliases: further citation keys (biblatex `ids`).
        more_authors: the list of authors is cut short.
        date: `YYYY[-MM[-DD]]`, of the version of record where there is one.
        doi: other than arXiv's own.
        published: the version of record without title, authors, date and DOI; None for a plain preprint.
        proper: words of the title that the file keeps from a change of case.
        annotation: plain paragraphs.
        left_out: what the entry says and no note can, by the names of its format.
        remarks: what was mended, for the report.
    """

    path: str
    line: int
    citekey: str = ""
    aliases: tuple[str, ...] = ()
    title: str
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    date: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    published: Reference | None = None
    proper: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    annotation: str = ""
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a message calls it."""
        return self.citekey or self.title

    @property
    def year(self) -> str | None:
        """The year of its date."""
        return self.date[:4] if self.date else None

    def problem(self, message: str) -> Problem:
        """A fault of this entry."""
        return Problem(self.path, self.line, f"{repr(self.label) if self.label else 'the entry'} {message}")


class Fields(TypedDict, total=False):
    """Plain values of an entry under our names, whatever its format calls them; "" and absent mean the same."""

    type: str
    journal: str
    booktitle: str
    publisher: str
    institution: str
    howpublished: str
    volume: str
    number: str
    pages: str
    url: str
    doi: str
    isbn: str
    accessed: str
    eprint: str
    archive: str
    thesis: str
    note: str


def fields_of(**values: Unpack[Fields]) -> dict[str, str]:
    """The values that are not empty."""
    return {name: str(value) for name, value in values.items() if value}


def fault(item: Item) -> Problem | None:
    """What keeps an entry from becoming a note: without an arXiv record that needs all that a reference prints."""
    if not any(map(str.isalnum, item.title)):
        return item.problem("has no title; add one or delete the entry")
    if not item.arxiv and (missing := lacking(item)):
        return item.problem(
            f"has no arXiv identifier, so it needs {' and '.join(missing)}; add it, or leave the entry out with --skip"
        )
    return None


def lacking(item: Item) -> list[str]:
    """What a reference prints and an entry without arXiv record does not say."""
    published = item.published
    whereabouts = published and any(getattr(published, name) for name in WHEREABOUTS)
    known: Mapping[str, object] = {
        "authors": item.authors,
        "a year": item.date,
        "a url, doi or venue": whereabouts or item.doi,
    }
    return [name for name, value in known.items() if not value]


def merge(best: Item, other: Item) -> Item:
    """One item of two entries for the same work: the published form wins, what it leaves empty comes from the other."""
    if _rank(other) > _rank(best):
        best, other = (
            replace(other, citekey=best.citekey, aliases=best.aliases),
            replace(best, citekey=other.citekey, aliases=other.aliases),
        )
    longer = other if not best.authors or (best.more_authors and len(other.authors) > len(best.authors)) else best
    return replace(
        best,
        aliases=tuple(dict.fromkeys(key for key in (*best.aliases, other.citekey, *other.aliases) if key)),
        authors=longer.authors,
        more_authors=longer.more_authors,
        # A preprint's date says nothing of the version of record, even where that has none.
        date=best.date or other.date,
        arxiv=best.arxiv or other.arxiv,
        doi=best.doi or other.doi,
        published=_filled(best, other),
        keywords=tuple(dict.fromkeys((*best.keywords, *other.keywords))),
        annotation="\n\n".join(dict.fromkeys(filter(None, (best.annotation, other.annotation)))),
        remarks=tuple(dict.fromkeys((*best.remarks, *other.remarks))),
    )


def _rank(item: Item) -> int:
    """How much an entry says of the version of record: nothing, an address, a venue."""
    return 0 if item.published is None else 1 if item.published.type == "misc" else 2


def _filled(best: Item, other: Item) -> Reference | None:
    one, two = best.published, other.published
    # Volume and pages of another type, or of a work of another title, are those of another publication.
    if one is None or two is None or one.type != two.type or fold_title(best.title) != fold_title(other.title):
        return one or two
    empty = [name for name in one.__slots__ if not getattr(one, name)]
    return replace(one, **{name: getattr(two, name) for name in empty})
