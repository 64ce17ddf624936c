"""The graph of descent. Edges run earlier -> later, so that `nx.ancestors` means ancestors."""

from collections.abc import Mapping

import networkx as nx

from .bibliography import Bibliography
from .model import Link
from .works import Work

_SAME_LINE = frozenset(("succeeds", "fine-tunes", "compresses"))
_SAME_LINE_OF_A_LAB = _SAME_LINE | {"scales", "distills"}


def descent(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """All typed edges of descent.

    Returns:
        A digraph of keys; edges carry `how` (tuple of relations), `primary` (whether the edge is of the backbone) and
        `why`. Nodes stand in order of date and key.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(work.key for work in bibliography)
    for parent, link, child in bibliography.links():
        graph.add_edge(parent.key, child.key, how=link.how, primary=link.primary, why=link.why)
    return graph


def backbone(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """The forest of primary parents: every work has at most one, so each tree of it is an arborescence."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(work.key for work in bibliography)
    graph.add_edges_from((work.primary_parent, work.key) for work in bibliography if work.primary_parent)
    return graph


def generations(bibliography: Bibliography) -> Mapping[str, int]:
    """Steps from the root along primary parents; 0 for a root."""
    found: dict[str, int] = {}
    for work in bibliography:
        path = [work.key]
        while path[-1] not in found and (parent := bibliography[path[-1]].primary_parent):
            path.append(parent)
        start = found.get(path[-1], 0)
        found.update({key: start + step for step, key in enumerate(reversed(path))})
    return found


def families(bibliography: Bibliography) -> Mapping[str, str]:
    """Key of the model that each model's line starts with.

    A model stays in the family of its primary parent if that is a model too and it is the next release of it, starts
    from its weights or compresses it; within a lab also if it scales or distills it.
    """
    found: dict[str, str] = {}
    for work in parents_first(bibliography):
        if work.note.kind == "model":
            link = work.primary_link
            stays = link and link.paper in found and _stays(link, work, bibliography[link.paper])
            found[work.key] = found[link.paper] if link and stays else work.key
    return found


def _stays(link: Link, child: Work, parent: Work) -> bool:
    same_lab = not set(child.note.labs).isdisjoint(parent.note.labs)
    return not (_SAME_LINE_OF_A_LAB if same_lab else _SAME_LINE).isdisjoint(link.how)


def parents_first(bibliography: Bibliography) -> list[Work]:
    """The works by generation, so that each one's primary parent stands before it."""
    generation = generations(bibliography)
    return sorted(bibliography, key=lambda work: generation[work.key])
