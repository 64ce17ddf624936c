"""What the three readers share: an entry's plain values in, an `Item` out."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..identifiers import is_arxiv_doi
from . import cleaning
from .items import Item
from .venues import arxiv_ids, venue_of


def make_item(*, fields: Mapping[str, str], dates: Iterable[str], keywords: Iterable[str], **said: Any) -> Item:
    """Judge an entry: its identifiers, its date, and whether it is more than a preprint.

    Args:
        fields: plain values by the names of `items.Fields`.
        dates: values that may hold the date, the surest first.
        keywords: as the entry has them.
        said: other attributes of the item.
    """
    remarks = []
    arxiv, *others = dict.fromkeys(arxiv_ids(fields)) or (None,)
    if others:
        remarks.append(f"takes arXiv:{arxiv}, leaves out arXiv:{', arXiv:'.join(filter(None, others))}")
    doi = cleaning.doi(fields.get("doi", "")) or cleaning.doi(fields.get("url", ""))
    if doi and is_arxiv_doi(doi):
        doi = None
    return Item(
        date=next(filter(None, map(cleaning.date, dates)), None),
        arxiv=arxiv,
        doi=doi,
        published=venue_of(fields, arxiv=arxiv, doi=doi),
        keywords=tuple(dict.fromkeys(filter(None, map(cleaning.plain, keywords)))),
        remarks=tuple(remarks),
        **said,
    )
