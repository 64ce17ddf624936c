"""`bibliography.bib`: BibTeX that every engine and style takes, ASCII with TeX accents.

A published work is an entry of its venue's type that keeps the eprint; a preprint is `@misc` with eprint,
archivePrefix, primaryClass and url, as arXiv's own export has it. Works that another one introduces have no entry.
"""

import re
from collections.abc import Iterable, Iterator

from bibtexparser import writer
from bibtexparser.library import Library
from bibtexparser.middlewares import AddEnclosingMiddleware
from bibtexparser.model import Entry, Field

from ..bibliography import Bibliography
from ..people import Name
from ..works import Work
from .tex import encode, encode_title

MAX_AUTHORS = 50
SHOWN_AUTHORS = 10
"""Of longer lists than MAX_AUTHORS the first SHOWN_AUTHORS are printed, then "others"."""

_HEAD = (
    "% Annotated bibliography of language models. Made from the notes in data/papers; edit those, not this file.\n\n"
)
_PRINTED = ("publisher", "institution", "howpublished", "volume", "number")


def render(bibliography: Bibliography) -> str:
    """The works as BibTeX entries, sorted by citation key."""
    works = sorted((work for work in bibliography if not work.note.introduced_in), key=lambda work: work.citekey)
    library = Library([_entry(work) for work in works])
    library = AddEnclosingMiddleware(
        reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{", allow_inplace_modification=True
    ).transform(library)
    style = writer.BibtexFormat()
    style.indent, style.block_separator = "  ", "\n"
    text: str = writer.write(library, style)
    return _HEAD + text


def _entry(work: Work) -> Entry:
    fields = [Field(key=name, value=value) for name, value in _fields(work) if value]
    kind = work.reference.type if work.reference else "misc"
    return Entry(entry_type=kind, key=work.citekey, fields=fields)


def _fields(work: Work) -> Iterator[tuple[str, str | None]]:
    reference = work.reference
    yield "title", encode_title(work.published_title, (work.name, *work.note.aliases))
    yield "author", authors(work.names)
    if reference:
        yield "booktitle", reference.booktitle and "{" + encode(reference.booktitle) + "}"
        yield "journal", reference.journal and encode(reference.journal)
        for name in _PRINTED:
            value = getattr(reference, name)
            yield (
                ("school" if name == "institution" and reference.type == "phdthesis" else name),
                value and encode(value),
            )
        yield "pages", reference.pages and re.sub(r"(?<=\w)-(?=\w)", "--", encode(reference.pages))
        yield "isbn", reference.isbn and encode(reference.isbn)
    yield "year", work.year
    yield "doi", work.doi
    if work.note.arxiv:
        yield "eprint", work.note.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", work.metadata.primary_category if work.metadata else None
    # A preprint shows its address even where the service knows a DOI: in most styles nothing else would.
    yield "url", (reference and reference.url) or (None if reference and work.doi else work.url)


def authors(names: Iterable[Name]) -> str:
    """Authors as BibTeX joins them; groups are braced, so that "and" or a comma in them does no harm."""
    listed = list(names)
    shown = listed if len(listed) <= MAX_AUTHORS else listed[:SHOWN_AUTHORS]
    others = ["others"] if len(shown) < len(listed) else []
    return " and ".join([*map(_author, shown), *others])


def _author(name: Name) -> str:
    return "{" + encode(name.last) + "}" if name.group else encode(name.inverted)
