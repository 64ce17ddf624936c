"""What `add` is given, fetched: arXiv works by identifier, others by DOI."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..identifiers import parse_arxiv, publisher_doi
from ..importing.adding import Found
from ..model import Reference
from ..published import acl_address, acl_doi, recorded_reference, reference_of
from .lookup import Lookup
from .outcome import Answer
from .papers import Paper
from .progress import Progress
from .semantic_scholar import SemanticScholar
from .trouble import UnavailableError

# https://aclanthology.org/info/ids; the DOI of many a paper there is made of its identifier.
_ACL = re.compile(
    r"(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/"
    r"([A-Z0-9][\w.-]*?)(?:v[0-9]+)?(?:\.pdf|\.bib)?/?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A work that somebody names: `asked` as given, and its arXiv identifier or its DOI.

    Where `acl` is its identifier in the ACL Anthology, the DOI is what most papers there have.
    """

    asked: str
    arxiv: str | None = None
    doi: str | None = None
    acl: str | None = None

    @property
    def identifier(self) -> str:
        """The identifier or the DOI."""
        return self.arxiv or self.doi or ""


def identify(text: str) -> Wanted | None:
    """The work that an identifier, an address or a DOI names; None for what is none of them."""
    if found := parse_arxiv(text):
        return Wanted(text, arxiv=found[0])
    match = _ACL.fullmatch(text.strip())
    if match:
        return Wanted(text, doi=acl_doi(match[1]), acl=match[1])
    doi = publisher_doi(text)
    return Wanted(text, doi=doi) if doi else None


def find(wanted: Iterable[Wanted], progress: Progress, day: str) -> Iterator[tuple[Wanted, Found | str]]:
    """Each work with what was found of it, or why nothing was, as the answers come."""
    on_arxiv: dict[str, list[tuple[Wanted, Paper | None]]] = {}
    service = SemanticScholar(progress)
    for want in wanted:
        paper = _paper(want, service) if want.doi else None
        arxiv_id = want.arxiv or (paper.arxiv if isinstance(paper, Paper) else None)
        if isinstance(paper, str):
            yield want, paper
        elif arxiv_id:
            on_arxiv.setdefault(arxiv_id, []).append((want, paper))
        elif paper:
            yield want, _of_doi(want, paper)
    for answer in Lookup(progress, day).records(on_arxiv):
        for want, paper in on_arxiv[answer.arxiv]:
            yield want, _of_arxiv(want, answer, paper)


def _paper(want: Wanted, service: SemanticScholar) -> Paper | str:
    """The paper of a DOI at Semantic Scholar, or why there is none."""
    names = [f"DOI:{want.doi}", *([f"ACL:{want.acl}"] if want.acl else [])]
    try:
        papers = (paper for name in names for paper in service.papers([name]).values())
        paper = next(papers, None)
    except UnavailableError as trouble:
        return f"is {trouble.word} ({trouble}); try again later"
    if paper is None:
        return "is missing (Semantic Scholar does not know it); write its note by hand, from data/TEMPLATE.md"
    by_acl = want.acl and paper.published and paper.published.acl == want.acl
    if not by_acl and (paper.doi or "").casefold() != (want.doi or "").casefold():
        # What was merged with another work goes by that one's title too.
        return f"is {paper.title!r} at Semantic Scholar, under other identifiers; give its arXiv identifier"
    return paper


def _of_arxiv(want: Wanted, answer: Answer, paper: Paper | None) -> Found | str:
    record = answer.record
    if record is None:
        advice = "check the identifier" if answer.word == "missing" else "try again later"
        return f"is {answer.word} ({answer.why}); {advice}"
    reference = _reference(want, paper) if paper else recorded_reference(record)
    return Found(asked=want.asked, record=record, reference=reference, title=record.title, authors=record.authors)


def _of_doi(want: Wanted, paper: Paper) -> Found:
    address = acl_address(want.acl) if want.acl else None
    reference = _reference(want, paper) or Reference(type="misc", doi=None if address else want.doi, url=address)
    year = reference.year or (paper.published.year if paper.published else None)
    return Found(
        asked=want.asked,
        reference=replace(reference, year=year),
        title=paper.title,
        authors=paper.authors,
        date=year,
    )


def _reference(want: Wanted, paper: Paper) -> Reference | None:
    """The version of record that somebody named, where the service's record is of that one."""
    reference = reference_of(paper.published) if paper.published else None
    if reference and (reference.doi or "").casefold() == (want.doi or "").casefold():
        return replace(reference, doi=want.doi)
    return reference if paper.published and want.acl and want.acl == paper.published.acl else None
