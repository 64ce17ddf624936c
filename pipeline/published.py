"""Proposals of a version of record for preprints, from what arXiv and Semantic Scholar say of where they appeared.

All fields of a proposal come from one record: services mix the venue of one version with the year or the DOI of
another, and nothing is put together here that no record has together.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .identifiers import publisher_doi
from .journal_refs import is_to_come, pages_of, plain, read_comment, read_journal_ref
from .metadata import title_fault
from .model import Citation, Metadata, Note, Published, Reference
from .works import first_posted

ARXIV = "arXiv"
SEMANTIC_SCHOLAR = "Semantic Scholar"

# Names under which a service files what has appeared nowhere else.
_NO_VENUE = re.compile(
    r"(?:arxiv\b|corr(?:$|,? (?:abs|vol))|computing research repository|(?:e-?|pre-?)prints?$).*", re.IGNORECASE
)
# Servers that post preprints, as arXiv does.
_SERVERS = re.compile(
    r"(?:bio|med|psy|chem|tech|soc|ed|engr|eco|agri)(?:r?xiv|arxiv)\b.*|ssrn\b.*|social science research network.*"
    r"|research square.*|zenodo.*|osf\b.*|preprints\.org.*|authorea.*|hal\b.*",
    re.IGNORECASE,
)
_SERVER_DOI = re.compile(
    r"10\.(?:2139/ssrn|21203/rs|36227/techrxiv|5281/zenodo|31219/osf|31234/osf|31235/osf|20944/preprints|26434/chemrxiv"
    r"|22541/au|1101/(?:19|20)[0-9]{2}\.[0-9]{2}\.[0-9]{2}|1101/[0-9]{6}$).*",
    re.IGNORECASE,
)
# https://dblp.org/faq: kind, venue, and the names of the authors in short with two digits of the year, `…SPUJGKP17`.
_DBLP = re.compile(r"(?P<kind>conf|journals)/(?!corr/)[^/ ]+/[^/ ]*?(?P<year>[0-9]{2})[a-z]?")
# https://aclanthology.org/info/ids: N19-1423 until 2019, 2020.acl-main.703 from then on.
_ACL = re.compile(r"[A-Z](?P<old>[0-9]{2})-[0-9]{4,5}|20(?P<new>[0-9]{2})\.[a-z0-9]+-[a-z0-9]+\.[0-9]+")
# The meetings whose papers all have such a DOI, from 2016 on.
_WITH_DOI = re.compile(
    r"[DEKNPS](?:1[6-9])-.*|20[0-9]{2}\.(?:aacl|acl|conll|eacl|emnlp|findings|naacl|semeval|starsem)-.*"
)
_JOURNALS_OF_ACL = re.compile(r"[JQ][0-9]{2}-.*|20[0-9]{2}\.(?:cl|tacl)-.*")
_PAGES = re.compile(r"[A-Za-z]?[0-9][0-9A-Za-z:.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A version of record that a note might name.

    Attributes:
        key: of the note.
        reference: what would be written; its fields are from one record.
        source: whose record it is, "arXiv" or "Semantic Scholar".
        sure: it may be written without anybody reading it.
        why: what confirms it, or what speaks against it, one line.
    """

    key: str
    reference: Reference
    source: str
    sure: bool
    why: str


def propose(note: Note, record: Metadata | None, citations: Iterable[Citation]) -> Proposal | None:
    """The best proposal for a preprint.

    Args:
        note: one with a reference, or without an arXiv identifier, needs none.
        record: what arXiv says of it; where that is withdrawn, or of another work, nothing is proposed.
        citations: its reference lists, in the order in which they count.
    """
    if not note.arxiv or note.reference or (record and (record.withdrawn or title_fault(note, record))):
        return None
    posted = first_posted(note.arxiv, record)
    recorded = list(_of_record(note, record)) if record else []
    remarked = list(_of_comment(note, record)) if record else []
    seen = [_of_service(note, citation.published) for citation in citations if citation.published]
    theirs = [_against(proposal, (*recorded, *remarked)) for proposal in seen if proposal]
    found = [_late_enough(proposal, posted) for proposal in (*recorded, *theirs, *remarked)]
    return min(found, key=lambda proposal: (not proposal.sure, proposal.reference.type == "misc"), default=None)


def recorded_reference(record: Metadata) -> Reference | None:
    """The version of record that arXiv's record names for sure."""
    found = [] if record.withdrawn else _references_of(record)
    return next((reference for reference, doubts in found if not doubts), None)


def acl_doi(acl: str) -> str:
    """The DOI that most papers of the ACL Anthology have."""
    return f"10.18653/v1/{acl}"


def acl_address(acl: str) -> str:
    """Where a paper of the ACL Anthology is."""
    return f"https://aclanthology.org/{acl}"


def describe(proposal: Proposal) -> str:
    """A proposal on one line: key, venue, year and DOI, whose word it is, and why it is to be reviewed."""
    reference = proposal.reference
    venue = reference.booktitle or reference.journal or reference.howpublished or ""
    year = reference.year if reference.year and reference.year not in venue else ""
    where = ", ".join(filter(None, (venue, year, reference.doi and f"doi:{reference.doi}", reference.url)))
    doubt = "" if proposal.sure else f"; to be reviewed: {proposal.why}"
    return f"{proposal.key}: {where} ({proposal.source}{doubt})"


def _of_record(note: Note, record: Metadata) -> Iterator[Proposal]:
    for reference, doubts in _references_of(record):
        name = "journal reference" if reference.howpublished or reference.type != "misc" else "DOI"
        yield _proposal(note, reference, ARXIV, doubts, f"arXiv has the {name}")


def _references_of(record: Metadata) -> Iterator[tuple[Reference, list[str]]]:
    """The version of record that an arXiv record names, with what makes it doubtful."""
    doi = _doi(record.doi)
    said = record.journal_ref or ""
    reference = read_journal_ref(said, doi) or (Reference(type="misc", doi=doi) if doi else None)
    if not reference:
        return
    doubts = []
    if unverified := sorted({"doi", "journal_ref"} & set(record.unverified)):
        doubts.append(f"no record confirmed {' and '.join(unverified)}")
    if doi and _SERVER_DOI.fullmatch(doi):
        doubts.append("the DOI is that of another preprint")
    if is_to_come(said):
        doubts.append("it may not have come out yet")
    yield reference, doubts


def _of_comment(note: Note, record: Metadata) -> Iterator[Proposal]:
    if reference := read_comment(record.comment or ""):
        yield _proposal(note, reference, ARXIV, ["only the comment on arXiv says so"], "")


def _of_service(note: Note, published: Published) -> Proposal | None:
    """What Semantic Scholar says, which is sure where an identifier confirms venue and year."""
    reference = reference_of(published)
    if reference is None:
        return None
    year = reference.year
    ids = dict(_years(published)) if year else {}
    doubts = [f"{name} is not of {year}" for name, digits in ids.items() if year and not year.endswith(digits)]
    confirmed = [*ids, *([f"doi:{reference.doi}"] if reference.doi else [])]
    if not confirmed:
        doubts.append("no identifier confirms it")
    return _proposal(note, reference, SEMANTIC_SCHOLAR, doubts, f"confirmed by {', '.join(confirmed)}")


def reference_of(published: Published) -> Reference | None:
    """What a service says as a reference; None where it names nothing but arXiv."""
    acl = published.acl if published.acl and _ACL.fullmatch(published.acl) else None
    doi = _doi(published.doi) or (acl_doi(acl) if acl and _WITH_DOI.fullmatch(acl) else None)
    venue = plain(published.venue or "")
    if (doi and _SERVER_DOI.fullmatch(doi)) or _SERVERS.fullmatch(venue):
        return None
    if not venue or _NO_VENUE.fullmatch(venue):
        # Without a venue the year is that of the preprint, as far as one can see.
        return Reference(type="misc", doi=doi) if doi else None
    year = published.year if re.fullmatch(r"[0-9]{4}", published.year or "") else None
    known = Reference(type="misc", year=year, doi=doi, url=acl_address(acl) if acl and not doi else None)
    pages = pages_of(published.pages or "")
    pages = pages if _PAGES.fullmatch(pages) else ""
    volume = plain(published.volume or "")
    # The journal "ArXiv" has volumes such as abs/1706.03762.
    if volume.startswith("abs/"):
        volume = pages = ""
    # Semantic Scholar calls many a paper of a conference a journal article.
    kind = _kind(acl, published.dblp) or published.kind
    if kind == "journal":
        return replace(known, type="article", journal=venue, volume=volume or None, pages=pages or None)
    if kind == "conference":
        return replace(known, type="inproceedings", booktitle=venue, pages=pages or None)
    return replace(known, howpublished=venue)


def _kind(acl: str | None, dblp: str | None) -> str | None:
    if acl:
        return "journal" if _JOURNALS_OF_ACL.fullmatch(acl) else "conference"
    match = _DBLP.fullmatch(dblp or "")
    return {"conf": "conference", "journals": "journal"}[match["kind"]] if match else None


def _years(published: Published) -> Iterator[tuple[str, str]]:
    """Each identifier that names a year, and the last two digits of that."""
    doi = published.doi or ""
    for acl in filter(None, (published.acl, doi[len(acl_doi("")) :] if doi.lower().startswith(acl_doi("")) else "")):
        if match := _ACL.fullmatch(acl):
            yield f"ACL {acl}", match["old"] or match["new"]
    if match := _DBLP.fullmatch(published.dblp or ""):
        yield f"DBLP {published.dblp}", match["year"]


def _doi(text: str | None) -> str | None:
    """The DOI of a version of record; None for arXiv's own."""
    found = publisher_doi(text)
    # Semantic Scholar may have a DOI in capitals; they are the same in small letters, which publishers use.
    return found.lower() if found and found == found.upper() else found


def _proposal(note: Note, reference: Reference, source: str, doubts: Iterable[str], reason: str) -> Proposal:
    why = "; ".join(doubts)
    return Proposal(key=note.key, reference=reference, source=source, sure=not why, why=why or reason)


def _against(proposal: Proposal, own: Iterable[Proposal]) -> Proposal:
    """A service's proposal, in doubt where the record on arXiv names another DOI or year."""
    for other in own:
        doi, year = other.reference.doi, other.reference.year
        if doi and doi.casefold() != (proposal.reference.doi or "").casefold():
            return _doubted(proposal, f"arXiv has the DOI {doi}")
        if year and proposal.reference.year and year != proposal.reference.year:
            return _doubted(proposal, f"arXiv says {year}")
    return proposal


def _late_enough(proposal: Proposal, posted: str) -> Proposal:
    """A proposal, in doubt where the work would have appeared more than a year before it was posted."""
    year = proposal.reference.year
    if year and posted and int(year) < int(posted[:4]) - 1:
        return _doubted(proposal, f"{year} lies before the first version, {posted[:4]}")
    return proposal


def _doubted(proposal: Proposal, doubt: str) -> Proposal:
    return replace(proposal, sure=False, why=doubt if proposal.sure else f"{proposal.why}; {doubt}")
