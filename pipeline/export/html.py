"""`lineage.html`: the explorer, one file that needs no network.

pyvis builds and serialises the network; the template is our own, as pyvis' loads parts of itself from the web and
escapes nothing. Everything that is not marked as safe here is escaped by Jinja.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.resources import files
from typing import Any

from markupsafe import Markup
from pyvis.network import Network

from ..bibliography import Bibliography
from ..layout import Drawing
from ..model import Link
from ..works import Work
from .palette import DARK, LIGHT, colours
from .prose import renderer
from .svg import arrange, elements, is_closed

HEADING = "Lineage of language models"
SHOWN_AUTHORS = 12
STRETCH = 1.3
"""How much higher the network is than the tree, as its boxes are higher than pills."""

_EXPLORER = files("pipeline") / "explorer"
_VIS = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "shape": "box",
        "margin": 2,
        "borderWidth": 1.5,
        "font": {"size": 10.5, "face": '"DejaVu Sans", Verdana, sans-serif'},
    },
    "edges": {
        "arrows": {"to": {"scaleFactor": 0.3}},
        "smooth": {"type": "cubicBezier", "forceDirection": "horizontal"},
    },
    "interaction": {"dragNodes": False, "hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
}


class _Ids(dict[str, None]):
    """Stands in for pyvis' list of node ids, in which every look-up is a scan."""

    def append(self, key: str) -> None:
        self[key] = None


def render(bibliography: Bibliography) -> str:
    """The page."""
    drawing = arrange(bibliography)
    network = _network(bibliography, drawing)
    graph = {"nodes": network.nodes, "edges": network.edges, "options": _OPTIONS}
    vis = _VIS.read_text("utf-8").split("\n//# sourceMappingURL")[0]
    script = (_EXPLORER / "explorer.js").read_text("utf-8")
    prose = renderer(bibliography)
    network.set_template_dir(str(_EXPLORER), "template.html.j2")
    network.templateEnv.autoescape = True
    network.templateEnv.globals.update(
        branches=list(bibliography.branches.values()),
        graph=Markup(_safe_json(graph)),  # noqa: S704  escaped by _safe_json
        drawing=drawing,
        policy=_policy(vis, script),
        script=Markup(script),  # noqa: S704  our own file
        style=Markup(_style(bibliography)),  # noqa: S704  our own file and vocabulary keys
        tree=Markup("".join(elements(bibliography, drawing))),  # noqa: S704  escaped by elements
        vis=Markup(vis),  # noqa: S704  pyvis' own file
        works=[_work(work, bibliography, prose) for work in bibliography],
    )
    page: str = network.generate_html()
    return page.rstrip() + "\n"


def _network(bibliography: Bibliography, drawing: Drawing) -> Network:
    """All edges of descent and all citations, the works where the tree has them."""
    network = Network(directed=True, heading=HEADING)
    network.node_ids = _Ids()
    for work in bibliography:
        pill = drawing.pills[work.key]
        centre = {"x": round(pill.x + pill.width / 2, 1), "y": round(pill.y * STRETCH, 1)}
        network.add_node(
            work.key, label=work.name, group=work.note.branch, shape="box", closed=is_closed(work), **centre
        )
    for parent, link, child in bibliography.links():
        # Time runs right, so that the backbone needs no arrowheads.
        style = {"kind": "primary", "width": 2, "arrows": ""} if link.primary else {"kind": "descent", "dashes": True}
        network.add_edge(parent.key, child.key, title=", ".join(link.how), **style)
    for citing, cited, _ in bibliography.references():
        network.add_edge(cited, citing, title="is cited by", kind="citation", arrows="")
    return network


def _work(work: Work, bibliography: Bibliography, prose: Callable[[str], Markup]) -> dict[str, Any]:
    """What the page tells of a work, in words."""
    words = bibliography.vocabulary
    names = [name.direct for name in work.names]
    more = len(names) - SHOWN_AUTHORS
    topics = ", ".join(words.topics[topic].title for topic in work.note.topics)
    facts = (work.date, work.venue, words.kinds[work.note.kind].title, words.branches[work.note.branch].title)
    return {
        "key": work.key,
        "name": work.name,
        "title": work.title,
        "year": work.date[:4],
        "branch": work.note.branch,
        "aliases": ", ".join(work.note.aliases),
        "authors": ", ".join(names[:SHOWN_AUTHORS]) + (f" and {more} more" if more > 0 else ""),
        "search": "; ".join((*names, *work.note.aliases)),
        "former": " ".join(work.note.former_keys),
        "facts": " · ".join(fact for fact in (*facts, ", ".join(work.note.labs), topics) if fact),
        "note": prose(_body(work)),
        "lists": [list_ for list_ in _lists(work, bibliography) if list_["edges"]],
        "card": list(_card(work)),
        "links": list(_links(work)),
    }


def _body(work: Work) -> str:
    return "\n\n".join([work.note.summary, *(f"#### {title}\n\n{text}" for title, text in work.note.sections)])


def _lists(work: Work, bibliography: Bibliography) -> Iterator[dict[str, Any]]:
    def edge(other: str, link: Link) -> dict[str, str]:
        how = ", ".join(bibliography.vocabulary.relations[word].title for word in link.how)
        return {"key": other, "name": bibliography[other].name, "how": how, "why": link.why}

    note = work.note
    yield {"title": "Builds on", "edges": [edge(link.paper, link) for link in note.builds_on]}
    yield {"title": "Led to", "edges": [edge(child, link) for child, link in bibliography.led_to(work.key)]}
    yield {"title": "Related", "edges": [edge(link.paper, link) for link in note.relates_to]}


def _card(work: Work) -> Iterator[tuple[str, str]]:
    card = work.note.card
    if card:
        for field in fields(card):
            value = getattr(card, field.name)
            if value:
                yield field.name.capitalize(), value if isinstance(value, str) else "; ".join(map(str, value))


def _links(work: Work) -> Iterator[tuple[str, str]]:
    reference = work.reference
    if work.note.arxiv:
        yield f"arXiv:{work.note.arxiv}", f"https://arxiv.org/abs/{work.note.arxiv}"
    if work.doi:
        yield f"doi:{work.doi}", f"https://doi.org/{work.doi}"
    if reference and reference.url:
        yield "published" if work.note.arxiv else "text", reference.url
    yield from work.note.links.items()


def _style(bibliography: Bibliography) -> str:
    def rules(tones: tuple[str, ...]) -> str:
        found = colours(bibliography, tones)
        return "\n".join(f".b-{branch} {{ --branch: {tone}; }}" for branch, tone in found.items())

    style = (_EXPLORER / "explorer.css").read_text("utf-8")
    return f"{style}{rules(LIGHT)}\n@media screen and (prefers-color-scheme: dark) {{\n{rules(DARK)}\n}}\n"


def _policy(*scripts: str) -> str:
    """A content security policy under which nothing but these scripts runs, and nothing is fetched or sent."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _safe_json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
