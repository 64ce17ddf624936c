"""The bibliography, and the join that makes it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .closure import dangling, duplicates, land, land_documents, resolve_keys, unknown_words, unreferenced
from .model import Citation, Correction, Document, Link, Mention, Metadata, Note, Unresolved, Vocabulary, Word
from .problems import Problem
from .reference_lists import among, land_lists, says
from .works import Work, as_preprint, hosted_by, make_work

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass(frozen=True, kw_only=True, eq=False)
class Bibliography:
    """All works, oldest first; iterate over it, or take a work by its key or a former one. Two are never equal.

    Attributes:
        documents: those that mention works, oldest first, those without a date last.
    """

    works: tuple[Work, ...]
    vocabulary: Vocabulary
    unresolved: tuple[Unresolved, ...] = ()
    corrections: tuple[Correction, ...] = ()
    documents: tuple[Document, ...] = ()
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Work]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Work:
        """The work of a key, or of a former one; KeyError without any."""
        return self._by_key[key]

    def citable(self) -> list[Work]:
        """The works that have an entry of their own, by citation key: not those that another one introduces."""
        return sorted((work for work in self.works if not work.note.introduced_in), key=lambda work: work.citekey)

    def as_preprints(self) -> "Bibliography":
        """The same works, those that arXiv has as they stand there."""
        return replace(self, works=tuple(map(as_preprint, self.works)))

    def only(self, keys: Collection[str]) -> "Bibliography":
        """The works of these keys, without the edges, citations and mentions that lead out of them."""
        works = tuple(_among(work, keys) for work in self.works if work.key in keys)
        return replace(self, works=works, documents=land_documents(self.documents, {key: key for key in keys}))

    @cached_property
    def branches(self) -> Mapping[str, Word]:
        """The branches that works stand on, in the order of the vocabulary."""
        used = {work.note.branch for work in self.works}
        return {key: word for key, word in self.vocabulary.branches.items() if key in used}

    def links(self) -> Iterator[tuple[Work, Link, Work]]:
        """(parent, edge, child) of every edge of descent, oldest child first."""
        for child in self.works:
            for link in child.note.builds_on:
                yield self[link.paper], link, child

    def references(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(citing key, cited key, sources) of every citation within the set, oldest citing work first."""
        for work in self.works:
            yield from ((work.key, cited, sources) for cited, sources in work.cites.items())

    def led_to(self, key: str) -> Sequence[tuple[str, Link]]:
        """(child, edge) of every edge of descent that leads on from a work, oldest child first.

        Raises:
            KeyError: there is no such work.
        """
        return self._children.get(self[key].key, ())

    def mentions(self, key: str) -> Sequence[tuple[Document, Mention]]:
        """Where documents mention a work, in their order and by line.

        Raises:
            KeyError: there is no such work.
        """
        return self._mentions.get(self[key].key, ())

    def cites(self, citing: str, cited: str, *, by_hand: bool = False) -> bool | None:
        """Whether one work cites another; None where the citation facts cannot tell.

        Args:
            citing: key of the one.
            cited: key of the other.
            by_hand: only by lists that were compiled by hand.

        Raises:
            KeyError: there is no such work.
        """
        lists, other = self[citing].citations, self[cited]
        told = {says(one, lists, other.note, other.metadata) for one in lists if not (by_hand and one.is_fetched)}
        return True if True in told else False if False in told else None

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
    def _mentions(self) -> dict[str, list[tuple[Document, Mention]]]:
        found: dict[str, list[tuple[Document, Mention]]] = {}
        for document in self.documents:
            for mention in document.mentions:
                if mention.work is not None:
                    found.setdefault(mention.work, []).append((document, mention))
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
    citations: Mapping[str, Sequence[Citation]],
    vocabulary: Vocabulary,
    unresolved: tuple[Unresolved, ...] = (),
    corrections: tuple[Correction, ...] = (),
    documents: Iterable[Document] = (),
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
        corrections: what documents say wrongly, in the order of report.
        documents: where they mention works; mentions of works that have no note (any more) are left out.
        lock: citation keys as they were frozen.

    Returns:
        The bibliography of what could be joined, with every link landing, and all that kept the rest out.
    """
    notes = list(notes)
    keys = resolve_keys(notes)
    problems = [
        *duplicates(notes, files),
        *unknown_words(notes, vocabulary),
        *unreferenced(notes, metadata),
        *dangling(notes, keys, files),
    ]
    lists = land_lists(citations, keys, notes, metadata)
    works = {
        note.key: make_work(land(note, keys), metadata.get(note.arxiv or ""), lists.get(note.key, ())) for note in notes
    }
    hosted = (hosted_by(work, works.get(work.note.introduced_in or "")) for work in works.values())
    ordered = tuple(sorted(hosted, key=lambda work: (work.date, work.key)))
    bibliography = Bibliography(
        works=ordered,
        vocabulary=vocabulary,
        unresolved=unresolved,
        corrections=corrections,
        documents=land_documents(documents, keys),
        lock=lock or {},
    )
    return bibliography, problems


def _among(work: Work, keys: Collection[str]) -> Work:
    """The work with those of its edges and citations that stay among these keys."""
    note = replace(
        work.note,
        builds_on=tuple(link for link in work.note.builds_on if link.paper in keys),
        relates_to=tuple(link for link in work.note.relates_to if link.paper in keys),
    )
    return replace(work, note=note, citations=tuple(among(citation, keys) for citation in work.citations))
