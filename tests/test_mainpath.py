"""Main path analysis: counts are those of all paths, ties are kept, cycles are refused or broken by an order."""

from math import comb

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mainpath import main_path, spc, without_cycles

# Worked examples: edges with their search path counts, and the edges of the main path.
CHAIN = {"AB": 1, "BC": 1, "CD": 1, "DE": 1}
STAR = {"AB": 1, "AC": 1, "AD": 1, "AE": 1}
DIAMOND = {"AB": 1, "AC": 1, "BD": 1, "CD": 1}
# Transformer, BERT, GPT, T5, RoBERTa (L), GPT-2, GPT-3, InstructGPT, Flan-T5, PPO.
MINI_LLM = {"TB": 1, "TG": 2, "T5": 1, "BL": 1, "G2": 2, "23": 2, "3I": 1, "5F": 1, "PI": 1, "3F": 1}
EXAMPLES = [
    ({}, set()),
    (CHAIN, set(CHAIN)),
    (STAR, set(STAR)),
    (DIAMOND, set(DIAMOND)),
    ({"AE": 1, "BE": 1, "CE": 1, "DE": 1}, {"AE", "BE", "CE", "DE"}),
    (MINI_LLM, {"TG", "G2", "23", "3I", "3F"}),
    # Two parts, of which the one with the greater sum has the path.
    (CHAIN | {"XY": 1, "YZ": 1}, set(CHAIN)),
    # A short cut counts as a path of its own, but sums up to less.
    ({"AB": 2, "BC": 1, "BD": 1, "CD": 1}, {"AB", "BC", "CD"}),
]


def digraph(edges, nodes=()):
    """The digraph of these edges."""
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


@st.composite
def dags(draw):
    """Any acyclic digraph of a few nodes, which stand in it in any order."""
    nodes = draw(st.permutations(range(draw(st.integers(0, 8)))))
    pairs = [(u, v) for place, u in enumerate(nodes) for v in nodes[place + 1 :]]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return digraph(edges, range(len(nodes)))


def all_paths(graph):
    """Each path from source to sink as a tuple of its edges; a node by itself is none."""

    def onward(node):
        if not graph.succ[node]:
            yield ()
        for successor in graph.succ[node]:
            yield from (((node, successor), *rest) for rest in onward(successor))

    return [path for source in graph if not graph.pred[source] for path in onward(source) if path]


@pytest.mark.parametrize(("counts", "path"), EXAMPLES)
def test_worked_examples(counts, path):
    """Counts and main paths of small networks, reckoned by hand."""
    graph = digraph([tuple(edge) for edge in counts])
    weights = spc(graph)

    assert weights == {tuple(edge): count for edge, count in counts.items()}
    assert set(main_path(graph, weights).edges) == {tuple(edge) for edge in path}


def test_total_of_the_worked_example():
    """Of the mini-LLM both main paths sum up to 7, and the whole has 5 paths."""
    graph = digraph([tuple(edge) for edge in MINI_LLM])
    path = main_path(graph, spc(graph))

    assert list(path) == ["T", "G", "2", "3", "I", "F"]
    assert ["".join(edge) for edge in path.edges] == ["TG", "G2", "23", "3I", "3F"]
    assert len(all_paths(graph)) == 5
    assert [sum(path.edges[edge]["weight"] for edge in one) for one in all_paths(path)] == [7, 7]


@given(dags())
def test_counts_are_those_of_all_paths(graph):
    """A search path count is how many of all paths from source to sink have the edge; each edge has one, in order."""
    paths = all_paths(graph)

    assert list(spc(graph).items()) == [(edge, sum(edge in path for path in paths)) for edge in graph.edges]


@given(dags(), st.data())
def test_main_path_is_all_best_paths(graph, data):
    """The paths of the result are those with the greatest sum of weights, no more and no less, whatever the weights."""
    weights = {edge: data.draw(st.integers(-2, 3)) for edge in graph.edges}
    paths = all_paths(graph)
    sums = [sum(weights[edge] for edge in path) for path in paths]
    best = {path for path, total in zip(paths, sums, strict=True) if total == max(sums)}
    found = main_path(graph, weights)

    assert set(all_paths(found)) == best
    assert set(found) == {node for path in best for edge in path for node in edge}
    assert {(u, v): weight for u, v, weight in found.edges(data="weight")} == {
        edge: weights[edge] for path in best for edge in path
    }


@given(dags())
def test_main_path_runs_on(graph):
    """Nodes of a main path stand in topological order."""
    path = main_path(graph, spc(graph))
    place = {node: number for number, node in enumerate(path)}

    assert all(place[u] < place[v] for u, v in path.edges)


def test_sums_of_floats():
    """Floats tie only where their sums come out equal from the source on, but what is best is a whole path."""
    weights = {("A", "B"): 0.1, ("B", "C"): 0.2, ("C", "D"): 0.3, ("A", "X"): 0.6}

    assert list(main_path(digraph(weights), weights).edges) == [("A", "B"), ("B", "C"), ("C", "D")]


def test_counts_beyond_floats():
    """Counts of long networks are exact, and no depth is too much: 2,000 diamonds in a row have 2**2000 paths."""
    graph = nx.DiGraph()
    for corner in range(0, 6000, 3):
        graph.add_edges_from((corner, side) for side in (corner + 1, corner + 2))
        graph.add_edges_from((side, corner + 3) for side in (corner + 1, corner + 2))
    weights = spc(graph)

    assert set(weights.values()) == {2**1999}
    assert set(main_path(graph, weights).edges) == set(graph.edges)


def test_counts_of_a_whole_order():
    """Where each node cites all before it, a path is any choice of those between: 2**i of them to the node i + 1."""
    graph = digraph((u, v) for v in range(12) for u in range(v))
    weights = spc(graph)

    assert weights[0, 11] == 1
    assert sum(weights[0, v] for v in range(1, 12)) == 2**10 == sum(comb(10, k) for k in range(11))
    assert list(main_path(graph, weights)) == list(range(12))


@pytest.mark.parametrize("edges", [["AA"], ["AB", "BA"], ["SA", "AB", "BC", "CA", "CT"]])
def test_cycles_are_refused(edges):
    """Paths of a network with a cycle cannot be counted; the message names an edge of the cycle."""
    graph = digraph(edges)
    for ask in (spc, lambda cyclic: main_path(cyclic, dict.fromkeys(cyclic.edges, 1))):
        with pytest.raises(ValueError, match=r"has a cycle, through 'A' -> '[AB]'; break it with without_cycles first"):
            ask(graph)


def test_unknown_kind():
    """Only the global main path is there."""
    with pytest.raises(ValueError, match="no main path of the kind 'local'; the only one is 'global'"):
        main_path(digraph(["AB"]), {("A", "B"): 1}, kind="local")


def test_missing_weight():
    """An edge without a weight is an error, not a weight of 0."""
    with pytest.raises(KeyError):
        main_path(digraph(["AB", "BC"]), {("A", "B"): 1})


@pytest.mark.parametrize(
    ("edges", "order", "removed"),
    [
        (["AA"], "A", ["AA"]),
        (["AB", "BA"], "AB", ["BA"]),
        (["AB", "BA"], "BA", ["AB"]),
        (["AB", "BC", "CA"], "ABC", ["CA"]),
        (["AB", "BC", "CA"], "CBA", ["AB", "BC"]),
        # Against the order, but on no cycle.
        (["CB", "BA"], "ABC", []),
        (["CA", "AB", "BA"], "ABC", ["BA"]),
    ],
)
def test_cycles_are_broken_by_an_order(edges, order, removed):
    """Of each cycle the edges go that run against the order, and no others."""
    graph = digraph([tuple(edge) for edge in edges])
    acyclic, gone = without_cycles(graph, order)

    assert gone == [tuple(edge) for edge in removed]
    assert set(acyclic.edges) == {tuple(edge) for edge in edges} - set(gone)
    assert graph.number_of_edges() == len(edges)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))), st.permutations(range(7)))
def test_what_breaking_cycles_leaves(edges, order):
    """Nothing is left of cycles, all nodes are, and each edge that goes was on a cycle."""
    graph = digraph(edges, range(7))
    acyclic, removed = without_cycles(graph, order)

    assert nx.is_directed_acyclic_graph(acyclic)
    assert set(acyclic) == set(graph)
    assert set(acyclic.edges) | set(removed) == edges
    assert set(acyclic.edges).isdisjoint(removed)
    assert all(nx.has_path(graph, v, u) for u, v in removed)
