"""The bibliography, and the join that makes it: the second ring of checks, closure between files."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .model import Citation, Link, Metadata, Note, Unresolved, Vocabulary, Word
from .problems import Problem
from .works import Work, hosted_by, make_work

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass(frozen=True, kw_only=True, eq=False)
class Bibliography:
    """All works, oldest first; iterate over it, or take a work by its key or a former one. Two are never equal."""

    works: tuple[Work, ...]
    vocabulary: Vocabulary
    unresolved: tuple[Unresolved, ...] = ()
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Work]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Work:
        return self._by_key[key]

    def links(self) -> Iterator[tuple[Work, Link, Work]]:
        """(parent, edge, child) of every edge of descent, oldest child first."""
        for child in self.works:
            for link in child.note.builds_on:
                yield self[link.paper], link, child

    def led_to(self, key: str) -> Sequence[tuple[str, Link]]:
        """(child, edge) of every edge of descent that leads on from a work, oldest child first."""
        return self._children.get(self[key].key, ())

    def cites(self, citing: str, cited: str) -> bool | None:
        """Whether one work cites another; None where the citation facts cannot tell."""
        citation = self[citing].citation
        if citation and self[cited].key in citation.cites:
            return True
        return False if citation and citation.complete else None

    def lineage(self) -> "nx.DiGraph[str]":
        """The graph of descent, see `pipeline.lineage.descent`."""
        from .lineage import descent

        return descent(self)

    def citations(self) -> "nx.DiGraph[str]":
        """The graph of citations within the set, see `pipeline.citations.citation_graph`."""
        from .citations import citation_graph

        return citation_graph(self)

    def frame(self) -> "pd.DataFrame":
        """The works as a frame with the columns of papers.csv."""
        from .export.tables import papers_frame

        return papers_frame(self)

    @cached_property
    def _children(self) -> dict[str, list[tuple[str, Link]]]:
        found: dict[str, list[tuple[str, Link]]] = {}
        for parent, link, child in self.links():
            found.setdefault(parent.key, []).append((child.key, link))
        return found

    @cached_property
    def _by_key(self) -> dict[str, Work]:
        former = {key: work for work in self.works for key in work.note.former_keys}
        return former | {work.key: work for work in self.works}


def join(
    notes: Iterable[Note],
    *,
    files: Collection[str],
    metadata: Mapping[str, Metadata],
    citations: Mapping[str, Citation],
    vocabulary: Vocabulary,
    unresolved: tuple[Unresolved, ...] = (),
    lock: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Bibliography, list[Problem]]:
    """Join notes with cached records.

    Args:
        notes: the notes that parse.
        files: keys of all note files, those that do not parse included: links to them are not called dangling.
        metadata: arXiv records by identifier.
        citations: reference lists by key of the citing work; works that have no note are left out of them.
        vocabulary: the words that notes may use.
        unresolved: names that are no work.
        lock: citation keys as they were frozen.

    Returns:
        The bibliography of what could be joined, with every link landing, and all that kept the rest out.
    """
    notes = list(notes)
    problems = [*_duplicates(notes, files), *_unknown_words(notes, vocabulary), *_unreferenced(notes, metadata)]
    landing, dangling = _land_links(notes, files)
    here = {note.key for note in landing}
    works = {
        note.key: make_work(note, metadata.get(note.arxiv or ""), _within(citations.get(note.key), here))
        for note in landing
    }
    hosted = (hosted_by(work, works.get(work.note.introduced_in or "")) for work in works.values())
    ordered = tuple(sorted(hosted, key=lambda work: (work.date, work.key)))
    joined = Bibliography(works=ordered, vocabulary=vocabulary, unresolved=unresolved, lock=lock or {})
    return joined, problems + dangling


def _within(citation: Citation | None, here: Collection[str]) -> Citation | None:
    return citation and replace(citation, cites=tuple(key for key in citation.cites if key in here))


def _duplicates(notes: list[Note], files: Collection[str]) -> Iterator[Problem]:
    """Identifiers that two notes claim; citation keys that differ only in case collide in BibTeX."""
    identities: dict[str, Callable[[Note], Iterable[str]]] = {
        "arxiv": lambda note: [note.arxiv] if note.arxiv else [],
        "citekey": lambda note: [key.lower() for key in note.citekeys],
        "former_keys": lambda note: note.former_keys,
    }
    for name, values_of in identities.items():
        claims: dict[str, list[Note]] = {}
        for note in notes:
            for value in dict.fromkeys(values_of(note)):
                claims.setdefault(value, []).append(note)
        for value, claimants in claims.items():
            for note in claimants:
                others = ", ".join(other.path for other in claimants if other is not note)
                if others:
                    message = f"{name} {value!r} is also that of {others}; each work has its own"
                    yield Problem(note.path, note.line(name), message)
                elif name == "former_keys" and value in files:
                    yield Problem(note.path, note.line(name), f"former key {value!r} is the key of a note; drop it")


def _unknown_words(notes: list[Note], vocabulary: Vocabulary) -> Iterator[Problem]:
    def unknown(note: Note, line: int, what: str, word: str, known: Iterable[str]) -> Problem:
        return Problem(note.path, line, f"{what} {word!r} is unknown; one of {', '.join(known)}")

    def fitting(links: Iterable[Link], words: Mapping[str, Word], note: Note, what: str) -> Iterator[Problem]:
        for link in links:
            for word in link.how:
                if word not in words:
                    yield unknown(note, link.line, f"relation {what}", word, words)

    descent = {key: word for key, word in vocabulary.relations.items() if word.descent}
    others = {key: word for key, word in vocabulary.relations.items() if not word.descent}
    for note in notes:
        if note.kind not in vocabulary.kinds:
            yield unknown(note, note.line("kind"), "kind", note.kind, vocabulary.kinds)
        if note.branch not in vocabulary.branches:
            yield unknown(note, note.line("branch"), "branch", note.branch, vocabulary.branches)
        for index, topic in enumerate(note.topics):
            if topic not in vocabulary.topics:
                yield unknown(note, note.line(f"topics/{index}"), "topic", topic, vocabulary.topics)
        yield from fitting(note.builds_on, descent, note, "of descent")
        yield from fitting(note.relates_to, others, note, "other than descent")


def _unreferenced(notes: list[Note], metadata: Mapping[str, Metadata]) -> Iterator[Problem]:
    """Works of which too little is known to print a reference."""
    for note in notes:
        reference = note.reference
        if note.arxiv and note.arxiv not in metadata:
            yield Problem(note.path, note.line("arxiv"), f"there is no record of arXiv:{note.arxiv}; run 'make fetch'")
        elif not note.arxiv and not note.introduced_in:
            known = {
                "authors": reference and reference.authors,
                "a year": reference and (reference.year or reference.date),
                "a url, doi, booktitle, journal or publisher": reference
                and (reference.url or reference.doi or reference.booktitle or reference.journal or reference.publisher),
            }
            if missing := [name for name, value in known.items() if not value]:
                message = f"is not on arXiv, so its reference needs {' and '.join(missing)}"
                yield Problem(note.path, note.line("reference"), message)


def _land_links(notes: list[Note], files: Collection[str]) -> tuple[list[Note], list[Problem]]:
    """Resolve former keys and drop links that land nowhere, or on a note that does not parse."""
    keys = {note.key: note.key for note in notes}
    keys |= {former: note.key for note in notes for former in note.former_keys if former not in keys}
    problems: list[Problem] = []

    def land(note: Note, links: tuple[Link, ...]) -> tuple[Link, ...]:
        for link in links:
            if link.paper not in keys and link.paper not in files:
                message = f"{link.paper!r} has no note; correct the key or write data/papers/{link.paper}.md"
                problems.append(Problem(note.path, link.line, message))
        return tuple(replace(link, paper=keys[link.paper]) for link in links if link.paper in keys)

    landed = []
    for note in notes:
        host = note.introduced_in
        if host and host not in keys and host not in files:
            problems.append(Problem(note.path, note.line("introduced_in"), f"{host!r} has no note; correct the key"))
        landed.append(
            replace(
                note,
                builds_on=land(note, note.builds_on),
                relates_to=land(note, note.relates_to),
                introduced_in=keys.get(host or ""),
            )
        )
    return landed, problems
