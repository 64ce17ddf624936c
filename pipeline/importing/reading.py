"""What the three readers share: an entry's plain values in, an `Item` out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..people import Name
from . import cleaning
from .items import Item
from .venues import arxiv_ids, venue_of

_ARXIV_DOI = "10.48550/arxiv."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of any format, as far as it is read: plain values, but not yet judged.

    Attributes:
        fields: values by the names of `items.Fields`.
        dates: values that may hold the date, the surest first.
    """

    path: str
    line: int
    citekey: str = ""
    aliases: tuple[str, ...] = ()
    title: str
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    fields: Mapping[str, str]
    dates: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()
    keywords: Iterable[str] = ()
    annotation: str = ""
    abstract: str = ""
    left_out: tuple[str, ...] = ()


def make_item(entry: Entry) -> Item:
    """Judge an entry: its identifiers, its date, and whether it is more than a preprint."""
    remarks = []
    found = list(arxiv_ids(entry.fields))
    arxiv = found[0][0] if found else None
    if others := sorted({other for other, _ in found} - {arxiv}):
        remarks.append(f"takes arXiv:{arxiv}, leaves out arXiv:{', arXiv:'.join(others)}")
    doi = cleaning.doi(entry.fields.get("doi", "")) or cleaning.doi(entry.fields.get("url", ""))
    if doi and doi.casefold().startswith(_ARXIV_DOI):
        doi = None
    date = next(filter(None, map(cleaning.date, entry.dates)), None)
    category = entry.fields.get("primary_class") or next((category for _, category in found if category), None)
    return Item(
        path=entry.path,
        line=entry.line,
        citekey=entry.citekey,
        aliases=entry.aliases,
        title=entry.title,
        authors=entry.authors,
        more_authors=entry.more_authors,
        date=date,
        arxiv=arxiv,
        primary_class=category if arxiv else None,
        doi=doi,
        published=venue_of(entry.fields, arxiv=arxiv, doi=doi),
        proper=entry.proper,
        keywords=tuple(dict.fromkeys(filter(None, map(cleaning.plain, entry.keywords)))),
        annotation=entry.annotation,
        abstract=cleaning.plain(entry.abstract),
        left_out=entry.left_out,
        remarks=tuple(remarks),
    )
