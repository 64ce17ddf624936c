"""Main path analysis of any acyclic network: the way that most of its paths run. Edges run earlier -> later.

All that is here takes time in proportion to nodes and edges. Sources: Hummon and Doreian, Connectivity in a citation
network: the development of DNA theory, Social Networks 11, 1989; Batagelj, Efficient algorithms for citation network
analysis, 2003, arXiv:cs/0309023; Liu and Lu, An integrated approach for main path analysis, Journal of the American
Society for Information Science and Technology 63, 2012.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

import networkx as nx

Edge = tuple[Any, Any]
"""(earlier node, later node): in a network of citations (cited, citing)."""


def spc(graph: "nx.DiGraph[Any]") -> dict[Edge, int]:
    """Search path count of each edge: how many paths from a source to a sink run through it (Batagelj 2003).

    A source is a node that no edge leads to, a sink one that no edge leaves; the count of (u, v) is the number of paths
    from sources to u times that of paths from v to sinks.

    Args:
        graph: any acyclic digraph; it may have several sources and sinks and need not be connected.

    Returns:
        Exact integers, in the order of the graph's edges.

    Raises:
        ValueError: the graph has a cycle.
    """
    order = _in_order(graph)
    later = dict(graph.adjacency())
    before = dict.fromkeys(order, 0)
    after = dict.fromkeys(order, 0)
    for node in order:
        paths = before[node] = before[node] or 1
        for successor in later[node]:
            before[successor] += paths
    for node in reversed(order):
        after[node] = sum(map(after.__getitem__, later[node])) or 1
    return {(node, successor): before[node] * after[successor] for node in later for successor in later[node]}


def main_path(graph: "nx.DiGraph[Any]", weights: Mapping[Edge, float], kind: str = "global") -> "nx.DiGraph[Any]":
    """The main path of a network by the weights of its edges.

    Args:
        graph: any acyclic digraph.
        weights: the weight of each edge, as `spc` gives it. Integers are summed exactly; sums of floats tie only where
            they come out equal when they are added up from the source on.
        kind: "global", the path from a source to a sink with the greatest sum of weights (Liu and Lu 2012; the critical
            path of Batagelj 2003).

    Returns:
        A digraph of the nodes and edges of all such paths: with ties they are several, and whatever leads from a source
        of it to a sink is one of them. Nodes stand in topological order, edges carry `weight`. A path has at least one
        edge, so it is empty where the graph has none.

    Raises:
        ValueError: the graph has a cycle, or there is no such kind.
        KeyError: an edge has no weight.
    """
    if kind != "global":
        raise ValueError(f"there is no main path of the kind {kind!r}; the only one is 'global'")
    order = _in_order(graph)
    edges = _on_greatest_sums(graph, weights, order)
    nodes = {node for edge in edges for node in edge}
    path: nx.DiGraph[Any] = nx.DiGraph()
    path.add_nodes_from(node for node in order if node in nodes)
    path.add_weighted_edges_from((u, v, weights[u, v]) for u, v in edges)
    return path


def without_cycles(graph: "nx.DiGraph[Any]", order: Iterable[Any]) -> tuple["nx.DiGraph[Any]", list[Edge]]:
    """The graph without those edges of its cycles that run against an order.

    An edge goes if both its ends lie in one strongly connected component and its head does not stand behind its tail in
    the order. So every cycle is broken, and an edge that is on none stays, whatever way it runs.

    Args:
        graph: any digraph; it is left as it is.
        order: its nodes, earlier ones first.

    Returns:
        A copy, and the edges that it lacks, in the order of the graph's edges.

    Raises:
        KeyError: a node of a cycle is missing in the order.
    """
    rank = {node: place for place, node in enumerate(order)}
    components = enumerate(nx.strongly_connected_components(graph))
    component = {node: number for number, nodes in components for node in nodes}
    removed = [(u, v) for u, v in graph.edges if component[u] == component[v] and rank[u] >= rank[v]]
    acyclic = graph.copy()
    acyclic.remove_edges_from(removed)
    return acyclic, removed


def _in_order(graph: "nx.DiGraph[Any]") -> list[Any]:
    try:
        return list(nx.topological_sort(graph))
    except nx.NetworkXUnfeasible:
        u, v, *_ = nx.find_cycle(graph)[0]
        raise ValueError(f"the graph has a cycle, through {u!r} -> {v!r}; break it with without_cycles first") from None


def _on_greatest_sums(graph: "nx.DiGraph[Any]", weights: Mapping[Edge, float], order: Sequence[Any]) -> list[Edge]:
    """The edges of all paths from source to sink whose weights have the greatest sum, in topological order."""
    sums = _greatest_sums(graph, weights, order)
    sinks = [node for node in order if graph.pred[node] and not graph.succ[node]]
    greatest = max((sums[node] for node in sinks), default=0)
    reached = {node for node in sinks if sums[node] == greatest}
    edges = []
    for node in reversed(order):
        if node in reached:
            best = [u for u in graph.pred[node] if sums[u] + weights[u, node] == sums[node]]
            edges += [(u, node) for u in best]
            reached.update(best)
    return edges[::-1]


def _greatest_sums(
    graph: "nx.DiGraph[Any]", weights: Mapping[Edge, float], order: Sequence[Any]
) -> Mapping[Any, float]:
    """The greatest sum of weights of a path from a source to each node; 0 for a source."""
    later = dict(graph.adjacency())
    sums: dict[Any, float] = {}
    for node in order:
        so_far = sums.setdefault(node, 0)
        for successor in later[node]:
            total = so_far + weights[node, successor]
            if total > sums.get(successor, -inf):
                sums[successor] = total
    return sums
