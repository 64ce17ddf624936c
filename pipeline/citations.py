"""The graph of citations within the set, and where its sources contradict each other or the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from .bibliography import Bibliography
from .dates import is_younger
from .model import Citation
from .reference_lists import is_read, says
from .works import Work


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
