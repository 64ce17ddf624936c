"""The graph of citations within the set, its main path, and where its sources contradict each other or the calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from .bibliography import Bibliography
from .dates import is_younger
from .mainpath import main_path, spc, without_cycles
from .model import Citation
from .reference_lists import is_read, says
from .works import Work

_INHERITED = frozenset(("model", "method", "system"))
"""Kinds that one expects others to descend from: a benchmark is measured on, a data set trained on, a study read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A citation that one list of a work has and another one lacks.

    Attributes:
        citing: key of the citing work.
        cited: key of the cited work.
        source: where the list comes from that has it.
        other: where the list comes from that lacks it.
        is_certain: that list could tell; else the citation may be among those that the source could not make out.
    """

    citing: str
    cited: str
    source: str
    other: str
    is_certain: bool


def citation_graph(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """Who cites whom, by the cached reference lists.

    Returns:
        A digraph of keys; an edge leads from the cited to the citing work and carries `source`, joined by "; " where
        several lists have it. It may have cycles, as later versions of a work cite newer ones.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(work.key for work in bibliography)
    for citing, cited, sources in bibliography.references():
        graph.add_edge(cited, citing, source="; ".join(sources))
    return graph


def chronological(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """The citations that agree with time, so that no cycle is left.

    A citation of a younger work goes, as only a later version can have it (see `leaks`). Where works still cite each
    other in a circle, being of one date or with dates of unlike precision, those citations between them go that run
    against the order of date and key.

    Returns:
        A digraph as `citation_graph` gives it, without these edges; nodes stand in order of date and key.
    """
    graph = citation_graph(bibliography)
    graph.remove_edges_from([(cited.key, citing.key) for citing, cited in leaks(bibliography)])
    return without_cycles(graph, list(graph))[0]


def main_path_of(bibliography: Bibliography) -> "nx.DiGraph[str]":
    """The global main path of the citations that agree with time, by their search path counts.

    Returns:
        A digraph of keys, edges cited -> citing with their count as `weight`; a work stands behind those that it cites
        there. It holds several paths where these tie, and nothing where there are no citations.
    """
    graph = chronological(bibliography)
    return main_path(graph, spc(graph))


def cited_not_followed(bibliography: Bibliography) -> Sequence[tuple[Work, int, tuple[str, ...]]]:
    """Works that many cite but few descend from.

    Many: more works of the set cite it than cite a work of the set on average. Few: at most one work descends from it,
    directly or by way of others, by any edge of descent. Only models, methods and systems are asked.

    Returns:
        (work, how many works of the set cite it, keys of those that descend from it), most cited first, ties by key.
    """
    graph = citation_graph(bibliography)
    in_all = graph.number_of_edges()
    found = []
    for work in bibliography:
        citations = graph.out_degree(work.key)
        if work.note.kind in _INHERITED and citations * len(graph) > in_all:
            followers = _followers(bibliography, work.key)
            if len(followers) <= 1:
                found.append((work, citations, followers))
    return sorted(found, key=lambda one: (-one[1], one[0].key))


def _followers(bibliography: Bibliography, key: str) -> tuple[str, ...]:
    """The children of a work and theirs; where these are one at most, nothing else descends from it."""
    children = [child for child, _ in bibliography.led_to(key)]
    further = [child for parent in children for child, _ in bibliography.led_to(parent)]
    return tuple(dict.fromkeys(children + further))


def differences(bibliography: Bibliography) -> Iterator[Difference]:
    """What a list that was compiled by hand and one that was fetched say otherwise of the same work, both ways.

    A list that the publisher withholds from the service, or that is empty, says nothing, so nothing differs from it.
    """
    for work in bibliography:
        lists = [citation for citation in work.citations if is_read(citation)]
        fetched = [citation for citation in lists if citation.is_fetched]
        for by_hand in (citation for citation in lists if not citation.is_fetched):
            for citation in fetched:
                yield from _lacking(bibliography, work, by_hand, citation)
                yield from _lacking(bibliography, work, citation, by_hand)


def _lacking(bibliography: Bibliography, work: Work, has: Citation, lacks: Citation) -> Iterator[Difference]:
    there = frozenset(lacks.cites)
    for key in has.cites:
        if key not in there:
            cited = bibliography[key]
            told = says(lacks, work.citations, cited.note, cited.metadata)
            yield Difference(work.key, key, has.source, lacks.source, told is False)


def leaks(bibliography: Bibliography) -> Iterator[tuple[Work, Work]]:
    """(citing, cited) of every citation of a work that is younger: the list is that of a later version."""
    for citing, cited, _ in bibliography.references():
        if is_younger(bibliography[cited].date, bibliography[citing].date):
            yield bibliography[citing], bibliography[cited]
