"""The section of the report on reference lists: what each source could read, and where they do not agree."""

from collections import Counter
from collections.abc import Iterator

from ..bibliography import Bibliography
from ..citations import differences, leaks
from ..model import SEMANTIC_SCHOLAR, SERVICES, Citation
from ..reference_lists import MANY, identifiers_of, is_read, is_thin, is_whole
from ..works import Work
from .markdown import listed, table

ATTRIBUTION = (
    "Lists of `semantic-scholar` were fetched from Semantic Scholar (<https://www.semanticscholar.org>); its data are"
    " described by Kinney and others, The Semantic Scholar Open Data Platform, 2023 (arXiv:2301.10140)."
)
"""What the licence of its API asks for: https://www.semanticscholar.org/product/api/license."""

_STATES = ("read whole", "read in part", "withheld by the publisher", "not read")


def section(bibliography: Bibliography) -> Iterator[str]:
    """The blocks of Markdown."""
    works = sorted(bibliography, key=lambda work: work.key)
    lists = [citation for work in works for citation in work.citations]
    yield "## Citations within the set"
    yield _coverage(works)
    yield f"{sum(1 for _ in bibliography.references())} citations."
    if lists:
        yield (
            "Of each list: how many references its source counts, makes out, and has in common with the set."
            " A list is *thin* where less than a quarter of another list of the work was made out, or none of twelve"
            " references or more, or none came; *elided* where the publisher withholds it."
        )
        head = ("key", "source", "listed", "resolved", "in the set", "remark")
        is_asked = any(citation.source == SEMANTIC_SCHOLAR for citation in lists)
        yield table(head, (row for work in works for row in _rows(work, is_asked=is_asked)), "llrrrl")
    if any(citation.is_fetched for citation in lists):
        yield from _differences(bibliography)
        yield from _by_title(lists)
    elif lists:
        yield "All of them were compiled by hand; `make fetch` asks services for theirs."
    yield from _leaks(bibliography)
    if any(citation.source == SEMANTIC_SCHOLAR for citation in lists):
        yield ATTRIBUTION


def _coverage(works: list[Work]) -> str:
    states = Counter(map(_state, works))
    rows = [(state, states[state]) for state in _STATES if states[state] or state != "withheld by the publisher"]
    return table(("reference lists", "works"), rows)


def _state(work: Work) -> str:
    """What the lists of a work come to together."""
    whole, in_part, withheld, not_read = _STATES
    if any(is_whole(citation, work.citations) for citation in work.citations):
        return whole
    if any(map(is_read, work.citations)):
        return in_part
    return withheld if any(citation.elided for citation in work.citations) else not_read


def _rows(work: Work, *, is_asked: bool) -> Iterator[tuple[object, ...]]:
    """The lists of a work; `is_asked` says that Semantic Scholar was asked for lists."""
    for one in sorted(work.citations, key=lambda citation: citation.source):
        yield f"`{work.key}`", one.source, one.references, one.resolved, len(one.cites), _remark(one, work)
    listed = max((one.references or 0 for one in work.citations), default=0)
    could_know = any(identifiers_of(work.note, work.metadata))
    is_there = any(one.source == SEMANTIC_SCHOLAR for one in work.citations)
    if is_asked and could_know and listed >= MANY and not is_there:
        yield f"`{work.key}`", SEMANTIC_SCHOLAR, 0, 0, 0, "thin"


def _remark(citation: Citation, work: Work) -> str:
    if citation.elided:
        return "elided"
    if is_thin(citation, work.citations):
        return "thin"
    if not is_read(citation):
        return "empty"
    return "whole" if is_whole(citation, work.citations) else "in part"


def _differences(bibliography: Bibliography) -> Iterator[str]:
    found = sorted(differences(bibliography), key=lambda one: (one.citing, one.cited, one.source, one.other))
    certain = [one for one in found if one.is_certain]
    by_service = sum(one.source in SERVICES for one in certain)
    if certain:
        yield (
            "Lists that were compiled by hand and fetched ones differ where both can tell;"
            f" citations only by hand: {len(certain) - by_service}, only by a service: {by_service}."
        )
        yield listed(f"`{one.citing}` cites `{one.cited}` by {one.source}, not by {one.other}" for one in certain)
    else:
        yield "Lists that were compiled by hand and fetched ones agree where both can tell."
    if len(found) > len(certain):
        yield (
            f"In one of two such lists alone, while the other one is not whole or cannot know the work:"
            f" {len(found) - len(certain)}."
        )


def _by_title(lists: list[Citation]) -> Iterator[str]:
    found = [(citation.key, cited, citation.source) for citation in lists for cited in citation.by_title]
    if found:
        yield "References of which only the title is that of a work, for review; they do not count as citations:"
        yield listed(f"`{citing}`: `{cited}` ({source})" for citing, cited, source in sorted(found))


def _leaks(bibliography: Bibliography) -> Iterator[str]:
    found = sorted((citing.key, cited.key, citing.date, cited.date) for citing, cited in leaks(bibliography))
    if found:
        yield f"Citations of works that are younger than the citing one, by its later versions: {len(found)}."
        yield listed(f"`{citing}` ({date}) cites `{cited}` ({later})" for citing, cited, date, later in found)
