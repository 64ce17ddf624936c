"""Annotated bibliography and citation graph of the evolution of language models.

Hand-written notes are parsed into frozen records, joined with cached metadata and citations into one
`Bibliography` whose links all land; every output is a pure function of it.

    data/papers/*.md ────notes────▶ Note ─────┐
    data/arxiv/*.json ──metadata──▶ Metadata ─┤
    data/citations/*.json ────────▶ Citation ─┼ bibliography.join ▶ Bibliography ─ checks ▶ problems
    data/documents/*.json ─mentions▶ Document ┘                          ├ lineage, citations (networkx)
                                                                         └ export/* ▶ output/*
    arXiv ── sources/* (the only network) ──▶ data/arxiv

    from pipeline import load
    bibliography = load("data")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bibliography import Bibliography
    from .loading import load
    from .problems import DataError, Problem
    from .works import Work

__all__ = ["Bibliography", "DataError", "Problem", "Work", "__version__", "load"]
__version__ = "0.1.0"

_HOMES = {
    "Bibliography": "bibliography",
    "DataError": "problems",
    "Problem": "problems",
    "Work": "works",
    "load": "loading",
}


def __getattr__(name: str) -> Any:
    # Importing the package alone stays cheap: the command line needs the version before anything else.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
