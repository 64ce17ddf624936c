"""The third ring: rules of judgement over a joined bibliography, one function each."""

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter

from .bibliography import Bibliography
from .dates import is_younger
from .metadata import title_fault
from .model import NEEDED, Reference
from .problems import Problem
from .works import Work

Check = Callable[[Bibliography], Iterator[Problem]]


def check(bibliography: Bibliography) -> list[Problem]:
    """All problems that the rules find."""
    return [problem for rule in CHECKS for problem in rule(bibliography)]


def title_belongs(bibliography: Bibliography) -> Iterator[Problem]:
    """The heading repeats the record's title: that catches a well-formed but wrong identifier."""
    for work in bibliography:
        if work.metadata and (fault := title_fault(work.note, work.metadata)):
            yield fault


def parents_come_first(bibliography: Bibliography) -> Iterator[Problem]:
    """A parent is not younger than its child, unless the link says so; a primary parent never is."""
    for parent, link, child in bibliography.links():
        if link.primary and link.concurrent:
            message = f"the primary parent {parent.key!r} cannot be concurrent; put an older one first"
            yield Problem(child.note.path, link.line, message)
        if is_younger(parent.date, child.date) and (link.primary or not link.concurrent):
            message = (
                f"parent {parent.key!r} ({parent.date}) is younger than {child.key!r} ({child.date}); drop the link"
            )
            yield Problem(child.note.path, link.line, message + ("" if link.primary else " or add 'concurrent: true'"))


def one_edge_a_pair(bibliography: Bibliography) -> Iterator[Problem]:
    """No work links to itself, and no two works are linked twice."""
    first: dict[frozenset[str], tuple[Work, int]] = {}
    for work in bibliography:
        for link in (*work.note.builds_on, *work.note.relates_to):
            pair = frozenset((work.key, link.paper))
            if link.paper == work.key:
                yield Problem(work.note.path, link.line, f"{work.key!r} links to itself; drop the link")
            elif pair in first:
                other, line = first[pair]
                message = (
                    f"{work.key!r} and {link.paper!r} are already linked in {other.note.path}:{line}; keep one edge"
                )
                yield Problem(work.note.path, link.line, message)
            else:
                first[pair] = (work, link.line)


def descent_has_no_cycle(bibliography: Bibliography) -> Iterator[Problem]:
    """Descent is acyclic; every edge that lies on a cycle is named."""
    parents = {work.key: {link.paper for link in work.note.builds_on} - {work.key} for work in bibliography}
    try:
        TopologicalSorter(parents).prepare()
        return
    except CycleError:
        # graphlib names one cycle; the components name all, but cost an import that sound data never needs.
        import networkx as nx

    components = (c for c in nx.strongly_connected_components(bibliography.lineage()) if len(c) > 1)
    cycles = {key: component for component in components for key in component}
    for parent, link, child in bibliography.links():
        cycle = cycles.get(child.key, set())
        if parent.key in cycle and parent is not child:
            message = f"{child.key!r} descends from itself, by way of {', '.join(sorted(cycle))}; drop a link"
            yield Problem(child.note.path, link.line, message)


def references_are_whole(bibliography: Bibliography) -> Iterator[Problem]:
    """A reference has what its type needs in every style."""
    for work in bibliography:
        if work.reference:
            for missing in _missing_fields(work.reference):
                message = f"a reference of type {work.reference.type} needs {missing}; add it or change the type"
                yield Problem(work.note.path, work.note.line("reference"), message)


def _missing_fields(reference: Reference) -> list[str]:
    return [name for name in NEEDED[reference.type] if not getattr(reference, name)]


def somebody_wrote_it(bibliography: Bibliography) -> Iterator[Problem]:
    """Every work with an entry has an author that can be printed."""
    for work in bibliography.citable():
        given = work.metadata or (work.reference and work.reference.authors)
        if given and not work.authors:
            message = "has no author whose name can be printed; name one in 'reference: authors'"
            yield Problem(work.note.path, work.note.line("reference", "arxiv"), message)


def cards_are_of_models(bibliography: Bibliography) -> Iterator[Problem]:
    """Only models have a card."""
    for work in bibliography:
        if work.note.card and work.note.kind != "model":
            message = f"a {work.note.kind} has no card; drop it, or make it a model"
            yield Problem(work.note.path, work.note.line("card"), message)


def citekeys_stay(bibliography: Bibliography) -> Iterator[Problem]:
    """A citation key that was written once stays, and is never given to another work."""
    owner = {citekey.lower(): key for key, citekeys in bibliography.lock.items() for citekey in citekeys}
    for work in bibliography:
        note = work.note
        keys = [key for key in (note.key, *note.former_keys) if bibliography[key] is work]
        for citekey in (citekey for key in keys for citekey in bibliography.lock.get(key, ())):
            if citekey not in note.citekeys:
                message = f"citekey was frozen as {citekey!r}, people cite it; restore it or list it in former_citekeys"
                yield Problem(note.path, note.line("citekey"), message)
        for citekey in note.citekeys:
            other = owner.get(citekey.lower(), note.key)
            if other not in keys:
                message = f"citekey {citekey!r} was given to {other!r} before; choose another one"
                yield Problem(note.path, note.line("citekey"), message)


def uncited_parents_are_explained(bibliography: Bibliography) -> Iterator[Problem]:
    """Where a work's whole reference list lacks a parent, the link says why; where it does not, it need not.

    Only lists that were compiled by hand count: what a service says changes without anybody touching a note.
    """
    for parent, link, child in bibliography.links():
        cites = bibliography.cites(child.key, parent.key, by_hand=True)
        if cites is False and not link.uncited:
            message = f"{child.key!r} does not cite {parent.key!r}, by its whole reference list; explain with 'uncited'"
            yield Problem(child.note.path, link.line, message)
        elif cites and link.uncited:
            message = f"{child.key!r} cites {parent.key!r}, by its reference list; drop 'uncited'"
            yield Problem(child.note.path, link.line, message)


CHECKS: tuple[Check, ...] = (
    title_belongs,
    parents_come_first,
    one_edge_a_pair,
    descent_has_no_cycle,
    references_are_whole,
    somebody_wrote_it,
    cards_are_of_models,
    citekeys_stay,
    uncited_parents_are_explained,
)
