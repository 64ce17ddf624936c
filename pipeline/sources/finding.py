"""What `add` is given, fetched: arXiv works by identifier, others by DOI."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..identifiers import is_arxiv_doi, parse_arxiv, parse_doi
from ..importing.adding import Found
from ..model import Metadata, Note, Reference
from ..published import propose, reference_of
from .lookup import Lookup
from .outcome import Answer
from .progress import Progress
from .semantic_scholar import Paper, SemanticScholar
from .trouble import UnavailableError

# https://aclanthology.org/info/ids; the DOI of a paper there is made of its identifier.
_ACL = re.compile(r"https?://(?:www\.)?aclanthology\.org/([A-Z0-9][\w.-]*?)(?:\.pdf|\.bib)?/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A work that somebody names: `asked` as given, and its arXiv identifier or its DOI."""

    asked: str
    arxiv: str | None = None
    doi: str | None = None

    @property
    def identifier(self) -> str:
        """The identifier or the DOI."""
        return self.arxiv or self.doi or ""


def identify(text: str) -> Wanted | None:
    """The work that an identifier, an address or a DOI names; None for what is none of them."""
    if found := parse_arxiv(text):
        return Wanted(text, arxiv=found[0])
    match = _ACL.fullmatch(text.strip())
    doi = f"10.18653/v1/{match[1]}" if match else parse_doi(text)
    return Wanted(text, doi=doi) if doi and not is_arxiv_doi(doi) else None


def find(wanted: Sequence[Wanted], progress: Progress, day: str) -> Iterator[tuple[Wanted, Found | str]]:
    """Each work with what was found of it, or why nothing was, in the order in which they were asked for."""
    papers, troubles = _papers([want.doi for want in wanted if want.doi], progress)
    ids = {want.asked: want.arxiv or _arxiv_of(papers.get(want.doi or "")) for want in wanted}
    lookup = Lookup(progress, day).records(dict.fromkeys(filter(None, ids.values())))
    answers = {answer.arxiv: answer for answer in lookup}
    for want in wanted:
        arxiv_id, paper = ids[want.asked], papers.get(want.doi or "")
        if arxiv_id:
            yield want, _of_arxiv(want, answers[arxiv_id], paper)
        else:
            yield want, troubles.get(want.doi or "") or _of_doi(want, paper)


def _papers(dois: Sequence[str], progress: Progress) -> tuple[dict[str, Paper], dict[str, str]]:
    """What Semantic Scholar knows of DOIs, and why it is not known of which."""
    found: dict[str, Paper] = {}
    troubles: dict[str, str] = {}
    service = SemanticScholar(progress) if dois else None
    for doi in dois:
        try:
            papers = service.papers([f"DOI:{doi}"]) if service else {}
        except UnavailableError as trouble:
            troubles[doi] = f"is {trouble.word} ({trouble}); try again later"
        else:
            found.update((doi, paper) for paper in papers.values())
    return found, troubles


def _arxiv_of(paper: Paper | None) -> str | None:
    return paper.arxiv if paper else None


def _of_arxiv(want: Wanted, answer: Answer, paper: Paper | None) -> Found | str:
    record = answer.record
    if record is None:
        advice = "check the identifier" if answer.word == "missing" else "try again later"
        return f"is {answer.word} ({answer.why}); {advice}"
    reference = _reference(want, paper) if paper else _proposed(record)
    return Found(asked=want.asked, record=record, reference=reference, title=record.title, authors=record.authors)


def _of_doi(want: Wanted, paper: Paper | None) -> Found | str:
    if paper is None:
        return "is missing (Semantic Scholar does not know it); write its note by hand, from data/TEMPLATE.md"
    reference = _reference(want, paper) or Reference(type="misc", doi=want.doi)
    year = reference.year or (paper.published.year if paper.published else None)
    return Found(
        asked=want.asked,
        reference=replace(reference, year=year),
        title=paper.title,
        authors=paper.authors,
        date=year,
    )


def _reference(want: Wanted, paper: Paper) -> Reference | None:
    """The version of record whose DOI somebody named, where the service's record is of that one."""
    reference = reference_of(paper.published) if paper.published else None
    is_it = reference and (reference.doi or "").casefold() == (want.doi or "").casefold()
    return replace(reference, doi=want.doi) if reference and is_it else None


def _proposed(record: Metadata) -> Reference | None:
    """The version of record that the record itself names for sure."""
    note = Note(path="", lines={}, key="", name="", heading=record.title, kind="", branch="", arxiv=record.arxiv)
    proposal = propose(note, record, ())
    return proposal.reference if proposal and proposal.sure else None
