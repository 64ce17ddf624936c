"""The graph of descent. Edges run earlier -> later, so that `nx.ancestors` means ancestors."""

from collections.abc import Mapping

import networkx as nx

from .bibliography import Bibliography

INHERITANCE = frozenset(("succeeds", "scales", "fine-tunes", "distills", "compresses", "reproduces"))
"""Relations by which a model stays in its parent's family."""


def descent(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """All typed edges of descent.

    Returns:
        A digraph of keys; edges carry `how` (tuple of relations), `primary` (whether the edge is of the backbone) and
        `why`. Nodes stand in order of date and key.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(work.key for work in bibliography)
    for parent, link, child in bibliography.links():
        primary = link is child.note.builds_on[0]
        graph.add_edge(parent.key, child.key, how=link.how, primary=primary, why=link.why)
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


def family(bibliography: Bibliography, key: str) -> str:
    """Key of the model that a model's line starts with.

    The line leads from a model to its primary parent as long as that is a model too and the edge one of INHERITANCE.
    """
    work = bibliography[key]
    while work.note.builds_on:
        link = work.note.builds_on[0]
        parent = bibliography[link.paper]
        if parent.note.kind != "model" or not INHERITANCE.intersection(link.how):
            break
        work = parent
    return work.key
