"""`lineage.html`: the explorer, one file that needs no network.

pyvis builds the network and renders our own template, as pyvis' own loads parts of itself from the web and escapes
nothing. Everything that is not marked as safe here is escaped by Jinja. The script stands before the notes, so that the
tree can be used while they are still being read.
"""

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from ..bibliography import Bibliography
from .articles import article
from .network import fill_template, network_of, nodes_and_edges, vis_network
from .palette import DARK, LIGHT, colours
from .prose import renderer
from .script_data import reference_texts, script_data
from .svg import arrange, elements
from .words import say, words

VIEWS = ("tree", "network", "outline", "table", "timeline")
SCRIPTS = (
    "page", "lineage", "state", "search", "filters", "tree", "selection", "between", "citations", "details", "views",
    "outline", "timeline", "columns", "takeaway", "table", "lines", "canvas", "network", "camera", "keys", "start",
)  # fmt: skip
"""Parts of the page's script in their order; all share one scope."""

_EXPLORER = files("pipeline") / "explorer"


def render(bibliography: Bibliography) -> str:
    """The page."""
    drawing = arrange(bibliography)
    network = network_of(bibliography, drawing)
    vis, script, style = vis_network(), _script(), _style(bibliography)
    prose = renderer(bibliography)
    page = fill_template(
        network,
        _EXPLORER,
        branches=list(bibliography.branches.values()),
        count=len(bibliography),
        data=_safe_json(script_data(bibliography, nodes_and_edges(network), words())),
        drawing=drawing,
        policy=_policy((script, vis), style),
        references=_safe_json(reference_texts(bibliography)),
        script=Markup(script),  # noqa: S704  our own files
        style=Markup(style),  # noqa: S704  our own file and vocabulary keys
        tree=Markup("".join(elements(bibliography, drawing))),  # noqa: S704  escaped by elements
        views=VIEWS,
        vis=Markup(vis),  # noqa: S704  pyvis' own file
        say=say,
        works=[article(work, bibliography, prose) for work in bibliography],
    )
    return page.rstrip() + "\n"


def _script() -> str:
    parts = ((_EXPLORER / "script" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _style(bibliography: Bibliography) -> str:
    style = (_EXPLORER / "style.css").read_text("utf-8")
    light, dark = (colours(bibliography, tones) for tones in (LIGHT, DARK))
    rules = (f".b-{branch} {{ --branch: light-dark({light[branch]}, {dark[branch]}); }}\n" for branch in light)
    return style + "".join(rules)


def _policy(scripts: tuple[str, ...], style: str) -> str:
    """A content security policy under which nothing but these scripts runs, and nothing is fetched or sent.

    Style attributes are closed too, as vis-network and our script set styles through the CSSOM; no text becomes markup
    or a script, as no trusted types are made.
    """
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data:; base-uri 'none';"
        " form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704  nothing in it can be markup
