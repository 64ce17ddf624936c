"""What the page's script needs to know of the works beyond what it finds in the page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..bibliography import Bibliography
from ..citations import cited_not_followed, main_path_of
from ..lineage import generations
from ..reference_lists import is_read
from ..works import Work
from .bibtex import entry_texts


def script_data(bibliography: Bibliography, graph: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Works, the network's nodes and edges, vocabulary and words; works cite each other by their number in the list."""
    number = {work.key: index for index, work in enumerate(bibliography)}
    times_cited = Counter(cited for _, cited, _ in bibliography.references())
    generation = generations(bibliography)
    documents = {document.slug: index for index, document in enumerate(bibliography.documents)}
    sections: dict[str, int] = {}
    return {
        "words": words,
        "vocabulary": _vocabulary(bibliography),
        "works": _columns(
            _work(work, number, times_cited[work.key], generation[work.key])
            | {"mentions": _mentions(bibliography, work.key, documents, sections)}
            for work in bibliography
        ),
        "sections": list(sections),
        "documents": [[document.title, document.date] for document in bibliography.documents],
        "graph": graph,
        "mainPath": [list(edge) for edge in main_path_of(bibliography).edges],
        "overlooked": [(work.key, cited, len(below)) for work, cited, below in cited_not_followed(bibliography)],
    }


def reference_texts(bibliography: Bibliography) -> dict[str, list[str | int]]:
    """BibTeX by citation key: the published form, and that of the preprint where it is another one.

    Of a preprint the lines that the published form has too are given by their number there.
    """
    published, preprints = entry_texts(bibliography), entry_texts(bibliography.as_preprints())
    return {
        key: [text] if preprints[key] == text else [text, *_differing(preprints[key], text)]
        for key, text in published.items()
    }


def _differing(text: str, known: str) -> Iterator[str | int]:
    lines = known.split("\n")
    for line in text.split("\n"):
        yield lines.index(line) if line in lines else line


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The rows as columns, which name each field once."""
    listed = list(rows)
    return {name: [row[name] for row in listed] for name in (listed[0] if listed else ())}


def _vocabulary(bibliography: Bibliography) -> dict[str, dict[str, str]]:
    words = bibliography.vocabulary
    lists = {"kind": words.kinds, "branch": words.branches, "topic": words.topics, "relation": words.relations}
    return {name: {key: word.title for key, word in of.items()} for name, of in lists.items()}


def _mentions(
    bibliography: Bibliography, key: str, documents: Mapping[str, int], sections: dict[str, int]
) -> list[tuple[int, int, list[int]]]:
    """(number of the document, number of the section, lines) of each section that mentions a work.

    Sections are added to `sections`, which has the number of each.
    """
    lines: dict[tuple[int, int], list[int]] = {}
    for document, mention in bibliography.mentions(key):
        section = sections.setdefault(" › ".join(mention.section), len(sections))
        lines.setdefault((documents[document.slug], section), []).append(mention.line)
    return [(*place, found) for place, found in lines.items()]


def _work(work: Work, number: Mapping[str, int], times_cited: int, generation: int) -> dict[str, Any]:
    note, metadata = work.note, work.metadata
    return {
        "key": work.key,
        "name": work.name,
        "title": work.title,
        "date": work.date,
        "year": work.year,
        "branch": note.branch,
        "kind": note.kind,
        "topics": note.topics,
        "labs": note.labs,
        "aliases": note.aliases,
        "former": note.former_keys,
        "weights": note.card and note.card.weights,
        "venue": work.venue,
        "arxiv": note.arxiv,
        "posted": metadata and metadata.published and metadata.published[:10],
        "version": metadata and metadata.version,
        "updated": metadata and metadata.updated and metadata.updated[:10],
        "doi": work.doi,
        "url": work.url if not note.arxiv else None,
        "citekey": work.citekey,
        "generation": generation,
        "cited": times_cited,
        "cites": [number[key] for key in work.cites] if any(map(is_read, work.citations)) else None,
    }
