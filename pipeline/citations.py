"""The graph of citations within the set. Edges run cited -> citing, earlier -> later."""

import networkx as nx

from .bibliography import Bibliography


def citation_graph(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """Who cites whom, by the cached reference lists.

    Returns:
        A digraph of keys; an edge leads from the cited to the citing work and carries `source`. It may have cycles, as
        later versions of a work cite newer ones.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(work.key for work in bibliography)
    for citation, cited in bibliography.references():
        graph.add_edge(cited, citation.key, source=citation.source)
    return graph
