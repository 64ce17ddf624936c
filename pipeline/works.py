"""One work: a note joined with its arXiv record and its reference lists, and what follows from them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .dates import earliest
from .identifiers import arxiv_month, is_arxiv_doi
from .model import Citation, Link, Metadata, Note, Reference
from .people import Name, complete, mend, parse_name
from .text import clean, decode_tex, latin

# Braces that hold words of a name together, and not the letter that a command of TeX accents.
_HELD = re.compile(r"(?<![^\s,])\{((?:[^\\{}]|\\[^\s{}]*\s)(?:[^{}]|\{[^{}]*\})*)\}(?![^\s,])")
_TEXTS = ("booktitle", "journal", "publisher", "institution", "howpublished")
"""Fields of a reference, beside title and authors, that are text as services give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the bibliography.

    Attributes:
        title: as arXiv carries it, else as published.
        authors: all of them as "First Last" or "{Group}", mended; those of the reference where it names any.
        year: of the version of record, else of the first version.
        date: the earliest of release, reference and first version, `YYYY[-MM[-DD]]`.
        citekey: under which it is cited; of a work that another one introduces that one's.
        citations: its reference lists, one a source.
    """

    note: Note
    metadata: Metadata | None = None
    citations: tuple[Citation, ...] = ()
    title: str
    authors: tuple[str, ...]
    year: str
    date: str
    citekey: str

    @property
    def key(self) -> str:
        """The key: node, permalink, file name."""
        return self.note.key

    @property
    def name(self) -> str:
        """What people call it."""
        return self.note.name

    @property
    def reference(self) -> Reference | None:
        """The version of record, if the note gives one."""
        return self.note.reference

    @property
    def names(self) -> tuple[Name, ...]:
        """The authors, each taken apart into first and last name."""
        return tuple(map(parse_name, self.authors))

    @property
    def primary_link(self) -> Link | None:
        """The edge to the work it mainly descends from; None for a root."""
        return next((link for link in self.note.builds_on if link.primary), None)

    @property
    def primary_parent(self) -> str | None:
        """Key of the work it mainly descends from; None for a root."""
        return self.primary_link.paper if self.primary_link else None

    @property
    def cites(self) -> Mapping[str, tuple[str, ...]]:
        """Key of each work of the set that a list of it has -> the sources of those lists."""
        found: dict[str, tuple[str, ...]] = {}
        for citation in sorted(self.citations, key=lambda citation: citation.source):
            for key in citation.cites:
                found[key] = (*found.get(key, ()), citation.source)
        return {key: found[key] for key in sorted(found)}

    @property
    def published_title(self) -> str:
        """The title of the version of record."""
        return (self.reference and self.reference.title) or self.title

    @property
    def doi(self) -> str | None:
        """DOI of the version of record, without address; the one that arXiv itself gives says no more than its id."""
        published = self.reference.doi if self.reference else None
        recorded = self.metadata.doi if self.metadata else None
        return published or (None if recorded and is_arxiv_doi(recorded) else recorded)

    @property
    def venue(self) -> str | None:
        """The proceedings or the journal."""
        published = (self.reference.booktitle or self.reference.journal) if self.reference else None
        return published or (self.metadata.journal_ref if self.metadata else None)

    @property
    def url(self) -> str | None:
        """Where to read it: arXiv, else the reference's address, else its DOI."""
        if self.note.arxiv:
            return f"https://arxiv.org/abs/{self.note.arxiv}"
        if self.reference and self.reference.url:
            return self.reference.url
        return f"https://doi.org/{self.doi}" if self.doi else None

    @property
    def abstract(self) -> str | None:
        """The abstract on one line, where it was fetched."""
        found = self.metadata.abstract if self.metadata else None
        return found and " ".join(clean(found).split())

    @property
    def accessed(self) -> str | None:
        """The day on which somebody looked at its address, if the reference says it."""
        return self.reference.accessed if self.reference else None

    @property
    def issued(self) -> str:
        """When that came out which a reference describes: the version of record, else the first arXiv version."""
        reference = self.reference
        if reference and (reference.year or reference.date):
            known = reference.date or ""
            return known if known.startswith(self.year) else self.year
        return first_posted(self.note.arxiv, self.metadata) or self.year

    @property
    def address(self) -> str | None:
        """The URL that a reference shows: its own, else where to read the work unless a DOI tells that.

        A preprint shows its page even where the service knows a DOI: in most styles nothing else would.
        """
        if self.reference and self.reference.url:
            return self.reference.url
        return None if self.reference and self.doi else self.url


def make_work(note: Note, metadata: Metadata | None, citations: tuple[Citation, ...] = ()) -> Work:
    """Join a note with what is cached about it; fields of the note's reference win over fetched ones.

    What services leave of HTML in either is cleaned away, and TeX in names and venues is read.

    Year, date and citation key of a work that another one introduces may be empty until `hosted_by` fills them.
    """
    reference = note.reference and _cleaned(note.reference)
    note = replace(note, reference=reference)
    authors = _printable(reference.authors) if reference else ()
    authors = authors or _printable(mend(map(_person, metadata.authors)) if metadata else ())
    posted = first_posted(note.arxiv, metadata)
    date = _date(note, posted)
    year = (reference and (reference.year or (reference.date or "")[:4])) or posted[:4] or date[:4]
    return Work(
        note=note,
        metadata=metadata,
        citations=citations,
        title=(metadata and clean(metadata.title)) or (reference and reference.title) or note.heading,
        authors=authors,
        year=year,
        date=date,
        citekey=note.citekey or "",
    )


def _cleaned(reference: Reference) -> Reference:
    changed = {name: _plain(text) for name in _TEXTS if (text := getattr(reference, name))}
    # Titles are decoded where they are printed, as their formulas may be kept or read out.
    title = reference.title and clean(reference.title)
    return replace(reference, title=title, authors=tuple(map(_person, reference.authors)), **changed)


def _plain(text: str) -> str:
    """Text on one line, without HTML and TeX but for formulas."""
    return " ".join(decode_tex(clean(text), math="verbatim").split())


def _person(author: str) -> str:
    """An author as plain text, with the braces that hold words together."""
    if "\\" not in author:
        return _plain(author)
    return _plain(_HELD.sub("\ue003\\1\ue004", author)).replace("\ue003", "{").replace("\ue004", "}")


def _printable(authors: Iterable[str]) -> tuple[str, ...]:
    """The authors without those whose names hold nothing that can be printed."""
    return complete(author for author in authors if any(map(str.isalnum, author)) or latin(author).strip("{} "))


def as_preprint(work: Work) -> Work:
    """The work as it stands on arXiv, with title, authors and year of that; as it is where arXiv does not have it."""
    if not work.note.arxiv or not work.reference:
        return work
    preprint = make_work(replace(work.note, reference=None), work.metadata and replace(work.metadata, doi=None))
    return replace(preprint, citations=work.citations, citekey=work.citekey)


def hosted_by(work: Work, host: Work | None) -> Work:
    """A work that another one introduces: cited by that one's key, with its authors and dates unless it has some."""
    if host is None:
        return work
    return replace(
        work,
        authors=work.authors or host.authors,
        year=work.year or host.year,
        date=work.date or host.date,
        citekey=host.citekey,
    )


def first_posted(arxiv: str | None, metadata: Metadata | None) -> str:
    """Date of the first arXiv version; the month of the identifier where no record has it, nothing without any."""
    if metadata and metadata.published:
        return metadata.published[:10]
    return (arxiv and arxiv_month(arxiv)) or ""


def _date(note: Note, posted: str) -> str:
    known = [posted]
    if note.card:
        known.append(note.card.released or "")
    if note.reference:
        known.append(note.reference.date or note.reference.year or "")
    return earliest(date for date in known if date) or ""
