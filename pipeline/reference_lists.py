"""Reference lists of several sources: what they mean by the keys of today, and what each can tell.

A list that was compiled by hand is taken at its word. One that a service gave knows works by identifier only, and may
hold a fraction of what the paper lists: what it lacks says something only where it could have had it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .identifiers import parse_arxiv, parse_doi
from .model import Citation, Metadata, Note

MANY = 12
"""References of a paper from which on it is odd that a service makes out none."""
_ARXIV_DOI = re.compile(r"^doi:10\.48550/arxiv\.")


def is_read(citation: Citation) -> bool:
    """Whether the list tells anything: no publisher withholds it, and the service made out any reference."""
    return not citation.is_fetched or bool(not citation.elided and citation.references and citation.resolved != 0)


def is_thin(citation: Citation, lists: Iterable[Citation]) -> bool:
    """Whether a service made out so little that its list tells nothing by what it lacks.

    That is less than a quarter of what another list of the same work holds, or none of MANY references.
    """
    if not citation.is_fetched or citation.elided or citation.resolved is None:
        return False
    listed = max((other.references or 0 for other in lists if other.source != citation.source), default=0)
    none_of_many = citation.resolved == 0 and (citation.references or 0) >= MANY
    return none_of_many or 4 * citation.resolved < listed


def is_whole(citation: Citation, lists: Iterable[Citation]) -> bool:
    """Whether what a list lacks is not cited: it was read whole, and if a service gave it, it amounts to something."""
    return citation.complete and is_read(citation) and not is_thin(citation, lists)


def says(citation: Citation, lists: Iterable[Citation], cited: Note, record: Metadata | None) -> bool | None:
    """Whether a work cites another one, by one of its lists; None where that list cannot tell.

    Args:
        citation: the list.
        lists: all lists of the citing work.
        cited: the other work.
        record: that one's arXiv record.
    """
    if cited.key in citation.cites:
        return True
    knows = cited.key not in citation.by_title and any(identifiers_of(cited, record))
    could_know = not citation.is_fetched or knows
    return False if could_know and is_whole(citation, lists) else None


def land_lists(
    citations: Mapping[str, Sequence[Citation]],
    keys: Mapping[str, str],
    notes: Iterable[Note],
    metadata: Mapping[str, Metadata],
) -> dict[str, tuple[Citation, ...]]:
    """The reference lists by the keys that works have now, without works that have no note (any more).

    A reference to a work that had no note when the list was fetched counts from the day on which it has one.
    """
    known = index_of(notes, metadata)
    landed: dict[str, dict[str, Citation]] = {}
    # Of two lists of one source that which was fetched under the present key counts.
    for key in sorted(citations.keys() & keys.keys(), key=lambda key: (keys[key] != key, key)):
        lists = landed.setdefault(keys[key], {})
        for citation in citations[key]:
            lists.setdefault(citation.source, _land(citation, keys, known))
    return {key: tuple(lists.values()) for key, lists in landed.items()}


def index_of(notes: Iterable[Note], metadata: Mapping[str, Metadata]) -> dict[str, str]:
    """The key of the work that an identifier, folded, is of.

    Args:
        notes: the works.
        metadata: arXiv records, which may know a DOI that the note does not have.
    """
    known: dict[str, str] = {}
    # A work's own identifier goes before one that another work names beside its own, and a paper before its data set.
    ordered = sorted(notes, key=lambda note: (note.introduced_in is not None, note.key))
    own = [(one, note.key) for note in ordered for one in _own(note, metadata.get(note.arxiv or ""))]
    for identifier, key in (*own, *((one, note.key) for note in ordered for one in _others(note))):
        known.setdefault(folded(identifier), key)
    return known


def identifiers_of(note: Note, record: Metadata | None = None) -> Iterator[str]:
    """The identifiers of a work, "arXiv:…" and "doi:…": its own, then others that its note names."""
    yield from _own(note, record)
    yield from _others(note)


def folded(identifier: str) -> str:
    """An identifier in lower case; a DOI of arXiv says no more than its identifier."""
    return _ARXIV_DOI.sub("arxiv:", identifier.casefold(), count=1)


def among(citation: Citation, keys: Collection[str]) -> Citation:
    """The list with those of its works that are among these keys."""
    return replace(
        citation,
        cites=tuple(cited for cited in citation.cites if cited in keys),
        by_title=tuple(cited for cited in citation.by_title if cited in keys),
        influential=tuple(cited for cited in citation.influential if cited in keys),
        intents={cited: why for cited, why in citation.intents.items() if cited in keys},
    )


def _land(citation: Citation, keys: Mapping[str, str], known: Mapping[str, str]) -> Citation:
    key = keys[citation.key]
    found = {one: known.get(folded(one)) for one in citation.elsewhere}
    cited = {keys[cited] for cited in citation.cites if cited in keys}
    cites = (cited | {here for here in found.values() if here}) - {key}
    return replace(
        citation,
        key=key,
        cites=tuple(sorted(cites)),
        by_title=tuple(sorted({keys[cited] for cited in citation.by_title if cited in keys} - cites - {key})),
        influential=tuple(sorted({keys[cited] for cited in citation.influential if cited in keys} & cites)),
        intents={keys[cited]: why for cited, why in citation.intents.items() if keys.get(cited) in cites},
        elsewhere=tuple(one for one, here in found.items() if not here),
    )


def _own(note: Note, record: Metadata | None) -> Iterator[str]:
    if note.arxiv:
        yield f"arXiv:{note.arxiv}"
    for doi in (note.reference and note.reference.doi, record and record.doi):
        if doi:
            yield f"doi:{doi}"


def _others(note: Note) -> Iterator[str]:
    for text in note.also:
        if arxiv := parse_arxiv(text):
            yield f"arXiv:{arxiv[0]}"
        elif doi := parse_doi(text):
            yield f"doi:{doi}"
