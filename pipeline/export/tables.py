"""The CSVs: UTF-8 without BOM, RFC 4180, newlines as line ends, sorted by key.

A frame is the shape of a CSV, not of a work: pandas stays in this module.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from ..bibliography import Bibliography
from ..lineage import families, generations
from ..model import Card
from ..text import first_paragraph
from ..works import Work

_WHOLE_NUMBERS = ("year", "version", "generation", "citations_in", "citations_out")
_PAPER_COLUMNS = (
    "key", "name", "title", "authors", "year", "date", "first_posted", "updated", "arxiv", "version", "doi", "venue",
    "primary_category", "categories", "kind", "branch", "topics", "labs", "primary_parent", "generation",
    "citations_in", "citations_out", "mentioned_in", "summary", "citekey", "url", "metadata_source", "unverified",
)  # fmt: skip
_LINEAGE_COLUMNS = ("parent", "child", "how", "primary", "why", "cited")
_CITATION_COLUMNS = ("citing", "cited", "source")
_MODEL_COLUMNS = (
    "key", "name", "labs", "released", "weights", "family", "architecture", "objective", "parameters", "tokens",
    "corpus", "context", "license",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@")


def papers_frame(bibliography: Bibliography) -> pd.DataFrame:
    """One row a work, with the columns of papers.csv."""
    times_cited = Counter(cited for _, cited in bibliography.references())
    generation = generations(bibliography)
    rows = (_paper(work, times_cited[work.key], generation[work.key]) for work in bibliography)
    return _frame(rows, ["key"], _PAPER_COLUMNS)


def render_papers(bibliography: Bibliography) -> str:
    """`papers.csv`: one row a work."""
    return _csv(papers_frame(bibliography))


def render_lineage(bibliography: Bibliography) -> str:
    """`lineage.csv`: one row an edge of descent; `cited` says whether the citation facts support it."""
    words = {True: "yes", False: "no", None: "unknown"}
    rows = (
        {
            "parent": parent.key,
            "child": child.key,
            "how": "; ".join(link.how),
            "primary": "yes" if link.primary else "no",
            "why": link.why,
            "cited": words[bibliography.cites(child.key, parent.key)],
        }
        for parent, link, child in bibliography.links()
    )
    return _csv(_frame(rows, ["parent", "child"], _LINEAGE_COLUMNS))


def render_citations(bibliography: Bibliography) -> str:
    """`citations.csv`: one row a citation within the set."""
    rows = (
        {"citing": citation.key, "cited": cited, "source": citation.source}
        for citation, cited in bibliography.references()
    )
    return _csv(_frame(rows, ["citing", "cited"], _CITATION_COLUMNS))


def render_models(bibliography: Bibliography) -> str:
    """`models.csv`: the model cards, one row a model; `family` is the name of the model its line starts with."""
    family = families(bibliography)
    rows = (_model(bibliography[key], bibliography[first].name) for key, first in family.items())
    return _csv(_frame(rows, ["key"], _MODEL_COLUMNS))


def _paper(work: Work, citations_in: int, generation: int) -> dict[str, Any]:
    note, metadata = work.note, work.metadata
    return {
        "key": work.key,
        "name": work.name,
        "title": work.title,
        "authors": _join(name.inverted for name in work.names),
        "year": int(work.year) if work.year else None,
        "date": work.date,
        "first_posted": metadata and metadata.published and metadata.published[:10],
        "updated": metadata and metadata.updated and metadata.updated[:10],
        "arxiv": note.arxiv and f"arXiv:{note.arxiv}",
        "version": metadata and metadata.version,
        "doi": work.doi,
        "venue": work.venue,
        "primary_category": metadata and metadata.primary_category,
        "categories": _join((metadata and metadata.categories) or ()),
        "kind": note.kind,
        "branch": note.branch,
        "topics": _join(note.topics),
        "labs": _join(note.labs),
        "primary_parent": work.primary_parent,
        "generation": generation,
        "citations_in": citations_in,
        "citations_out": len(work.citation.cites) if work.citation else None,
        "mentioned_in": None,
        "summary": first_paragraph(note.summary),
        "citekey": work.citekey,
        "url": work.url,
        "metadata_source": metadata and metadata.source,
        "unverified": _join((metadata and metadata.unverified) or ()),
    }


def _model(work: Work, family_name: str) -> dict[str, Any]:
    card = work.note.card or Card()
    values = {field.name: getattr(card, field.name) for field in fields(card)}
    values |= {"key": work.key, "name": work.name, "labs": work.note.labs, "family": family_name}
    return {name: _join(map(str, v)) if isinstance(v := values[name], tuple) else v for name in _MODEL_COLUMNS}


def _join(items: Iterable[str]) -> str:
    return "; ".join(items)


def _frame(rows: Iterable[Mapping[str, Any]], by: list[str], columns: Iterable[str]) -> pd.DataFrame:
    """Rows as a sorted frame of texts and whole numbers, with nothing in it that a spreadsheet would run."""
    cells = ({name: _cell(value) for name, value in row.items()} for row in rows)
    frame = pd.DataFrame(cells, columns=list(columns), dtype=object)
    if not frame.empty:
        frame = frame.sort_values(by, kind="stable", ignore_index=True)
    numbers = {name: "Int64" for name in _WHOLE_NUMBERS if name in frame}
    return frame.astype(numbers)


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return ("'" + text if text.startswith(_FORMULA) else text) or None


def _csv(frame: pd.DataFrame) -> str:
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text
