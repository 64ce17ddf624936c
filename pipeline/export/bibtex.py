"""BibTeX that every engine and style takes, ASCII with TeX accents, in three files.

A published work is an entry of its venue's type that keeps the eprint; a preprint is `@misc` with eprint,
archivePrefix, primaryClass and url, as arXiv's own export has it. Works that another one introduces have no entry.
"""

import re
from collections.abc import Iterable, Iterator

from ..bibliography import Bibliography
from ..dates import MONTHS
from ..model import Reference
from ..people import OTHERS, Name
from ..text import first_paragraph
from ..works import Work
from .bibfile import BibEntry, render_bib, write_entry
from .pages import pages
from .tex import encode
from .titles import encode_title

MAX_AUTHORS = 50
SHOWN_AUTHORS = 10
"""Of longer lists than MAX_AUTHORS the first SHOWN_AUTHORS are printed, then "others"."""

_PRINTED = ("publisher", "institution", "howpublished", "volume", "number")


def render(bibliography: Bibliography) -> str:
    """`bibliography.bib`: the works as BibTeX entries, sorted by citation key."""
    return render_bib(map(_plain, bibliography.citable()))


def entry_texts(bibliography: Bibliography) -> dict[str, str]:
    """Citation key -> the text of the work's entry in `bibliography.bib`."""
    return {work.citekey: write_entry(_plain(work)) for work in bibliography.citable()}


def render_classic(bibliography: Bibliography) -> str:
    """`bibliography-classic.bib`: for styles that print neither eprint nor url, the identifier in a field they print.

    That is `howpublished` of what is not published elsewhere, `note` of what is.
    """
    return render_bib(_entry(work, _classic(work)) for work in bibliography.citable())


def render_annotated(bibliography: Bibliography) -> str:
    """`bibliography-annotated.bib`: with summary, topics and the abstract where it was fetched."""
    topics = bibliography.vocabulary.topics
    return render_bib(
        _entry(
            work,
            (
                *_reference(work),
                *_eprint(work),
                ("keywords", ", ".join(encode(topics[topic].title) for topic in work.note.topics)),
                ("abstract", work.abstract and encode(work.abstract)),
                ("annote", encode(first_paragraph(work.note.summary))),
            ),
        )
        for work in bibliography.citable()
    )


def _plain(work: Work) -> BibEntry:
    return _entry(work, (*_reference(work), *_eprint(work)))


def _entry(work: Work, fields: Iterable[tuple[str, str | None]]) -> BibEntry:
    kind = work.reference.type if work.reference else "misc"
    kept = {name: value for name, value in fields if value}
    return BibEntry(type=kind, work=work, fields=kept, people=count_authors(work.names))


def _reference(work: Work) -> Iterator[tuple[str, str | None]]:
    """All but the identifiers."""
    reference = work.reference
    yield "title", encode_title(work.published_title, (work.name, *work.note.aliases))
    yield "author", authors(work.names)
    if reference:
        # No BibTeX style touches a booktitle, but pandoc does.
        yield "booktitle", reference.booktitle and "{" + encode(reference.booktitle) + "}"
        yield "journal", reference.journal and encode(reference.journal)
        for name in _PRINTED:
            value = getattr(reference, name)
            yield (
                ("school" if name == "institution" and reference.type == "phdthesis" else name),
                value and encode(value),
            )
        yield "pages", reference.pages and encode(pages(reference.pages, "--"))
        yield "isbn", reference.isbn and encode(reference.isbn)
    yield "year", work.year
    if reference:
        yield "month", _month(reference, work.year)


def _eprint(work: Work) -> Iterator[tuple[str, str | None]]:
    """The identifiers, each in its field."""
    yield "doi", work.doi
    if work.note.arxiv:
        yield "eprint", work.note.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", work.metadata.primary_category if work.metadata else None
    yield "url", work.address
    yield "urldate", work.accessed


def _classic(work: Work) -> Iterator[tuple[str, str | None]]:
    fields = dict(_reference(work))
    identifier = f"arXiv:{work.note.arxiv}" if work.note.arxiv else (work.doi and f"doi:{work.doi}") or work.url
    if work.reference and work.reference.type != "misc":
        fields["note"] = identifier and encode(identifier)
    else:
        fields["howpublished"] = ", ".join(
            encode(part) for part in (work.reference and work.reference.howpublished, identifier) if part
        )
    yield from fields.items()
    yield "doi", work.doi
    yield "url", work.address
    yield "urldate", work.accessed


def authors(names: Iterable[Name], *, utf8: bool = False) -> str:
    """Authors as BibTeX joins them; groups are braced, so that "and" or a comma in them does no harm."""
    shown, others = _shown(names)
    return " and ".join([*(_author(name, utf8=utf8) for name in shown), *others])


def count_authors(names: Iterable[Name]) -> int:
    """How many names BibTeX has to find in what `authors` gives."""
    shown, others = _shown(names)
    return len(shown) + len(others)


def _shown(names: Iterable[Name]) -> tuple[list[Name], list[str]]:
    """The names that are printed, and the mark of others if there are any.

    BibTeX gives up on very long lists, so of more than MAX_AUTHORS the first SHOWN_AUTHORS stay and "others" follow.
    """
    listed = list(names)
    known = [name for name in listed if name.last != OTHERS]
    shown = known if len(known) <= MAX_AUTHORS else known[:SHOWN_AUTHORS]
    return shown, [OTHERS] if len(shown) < len(listed) else []


def _author(name: Name, *, utf8: bool) -> str:
    if name.group:
        return "{" + _written(name.last, utf8=utf8) + "}"
    if not name.von and " " in name.last and name.last[0].islower():
        # Not a particle, as somebody braced it.
        braced = "{" + _written(name.last, utf8=utf8) + "}"
        return ", ".join([braced, *(_written(part, utf8=utf8) for part in (name.suffix, name.first) if part)])
    return _written(name.inverted, utf8=utf8)


def _written(name: str, *, utf8: bool) -> str:
    """A name as TeX; a script without capitals gets them, as BibTeX takes words in small letters for particles."""
    tex = encode(name, utf8=utf8)
    return tex if name.lower() != name.upper() else re.sub(r"(?<![\w\\{])[a-z]", lambda letter: letter[0].upper(), tex)


def _month(reference: Reference, year: str) -> str | None:
    """The macro of the month in which the version of record came out, where that is known."""
    date = reference.date or ""
    return MONTHS[int(date[5:7]) - 1] if date[:4] == year and len(date) >= 7 else None
