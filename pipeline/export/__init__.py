"""Outputs: each a pure function of the bibliography, `render(bibliography) -> str`, imported when it is wanted."""

from collections.abc import Callable, Mapping
from importlib import import_module

from ..bibliography import Bibliography

Render = Callable[[Bibliography], str]

OUTPUTS: Mapping[str, str] = {
    "bibliography.bib": "bibtex:render",
    "papers.csv": "tables:render_papers",
    "lineage.csv": "tables:render_lineage",
    "citations.csv": "tables:render_citations",
    "models.csv": "tables:render_models",
    "lineage.svg": "svg:render",
    "lineage.html": "html:render",
    "report.md": "report:render",
}
"""File name -> module and function of this package."""


def renderer(output: str) -> Render:
    """The function that renders an output file; KeyError for a name that is not in OUTPUTS."""
    module, function = OUTPUTS[output].split(":")
    render: Render = getattr(import_module(f".{module}", __name__), function)
    return render
