"""`bibliography-biblatex.bib`: UTF-8, with biblatex's own types and fields (biblatex manual 3.18, section 2)."""

from collections.abc import Iterator

from ..bibliography import Bibliography
from ..text import first_paragraph
from ..works import Work
from .bibfile import BibEntry, render_bib
from .bibtex import authors, count_authors
from .pages import pages
from .tex import encode
from .titles import encode_title

_TYPES = {"phdthesis": "thesis", "techreport": "report"}
_FIELDS = {
    "journal": "journaltitle",
    "volume": "volume",
    "number": "number",
    "isbn": "isbn",
}
# Entry types of ours -> where the data model has a place for who published it; @article has none.
_PUBLISHER = {"book": "publisher", "incollection": "publisher", "inproceedings": "publisher", "misc": "organization"}
_INSTITUTION = {"phdthesis": "institution", "techreport": "institution", "misc": "organization"}


def render(bibliography: Bibliography) -> str:
    """The works as biblatex entries, sorted by citation key."""
    return render_bib(
        BibEntry(
            type=_type(work),
            work=work,
            fields={name: value for name, value in _fields(work) if value},
            people=count_authors(work.names),
        )
        for work in bibliography.citable()
    )


def _type(work: Work) -> str:
    reference = work.reference
    if reference is None or (reference.type == "misc" and (reference.url or work.note.arxiv)):
        return "online"
    return _TYPES.get(reference.type, reference.type)


def _fields(work: Work) -> Iterator[tuple[str, str | None]]:
    reference, note = work.reference, work.note
    yield "ids", ",".join(note.former_citekeys)
    yield "title", encode_title(work.published_title, (work.name, *note.aliases), utf8=True)
    yield "author", authors(work.names, utf8=True)
    if reference:
        yield "type", reference.type if reference.type in _TYPES else None
        yield "booktitle", reference.booktitle and "{" + encode(reference.booktitle, utf8=True) + "}"
        for ours, theirs in _FIELDS.items():
            value = getattr(reference, ours)
            yield theirs, value and encode(value, utf8=True)
        for places, publisher in ((_INSTITUTION, reference.institution), (_PUBLISHER, reference.publisher)):
            if reference.type in places:
                yield places[reference.type], publisher and encode(publisher, utf8=True)
        where = "howpublished" if _type(work) == "misc" else "titleaddon"
        # Braced, as apa sets both in small letters: "[openai announcement]".
        yield where, reference.howpublished and "{" + encode(reference.howpublished, utf8=True) + "}"
        yield "pages", reference.pages and encode(pages(reference.pages, "--"))
    yield "date", work.issued
    yield "doi", work.doi
    if note.arxiv:
        yield "eprint", note.arxiv
        yield "eprinttype", "arxiv"
        yield "eprintclass", work.metadata.primary_category if work.metadata else None
    yield "url", work.address
    yield "urldate", work.accessed
    # Keys of the vocabulary, as \printbibliography[keyword=...] takes them.
    yield "keywords", ",".join(note.topics)
    yield "abstract", work.abstract and encode(work.abstract, utf8=True)
    yield "annotation", encode(first_paragraph(note.summary), utf8=True)
