"""DataCite's REST API: the DOIs that arXiv gives, one alone or many by a query, as JSON:API documents."""

import re
from urllib.parse import unquote

from .oai import surname
from .replies import Reply, dumps, said
from .shelf import arxiv_doi, digest

JSON_API = "application/vnd.api+json; charset=utf-8"
_CATEGORIES = {
    "cs.CL": "Computation and Language",
    "cs.LG": "Machine Learning",
    "cs.AI": "Artificial Intelligence",
    "cs.CV": "Computer Vision and Pattern Recognition",
    "stat.ML": "Machine Learning",
    "hep-th": "High Energy Physics - Theory",
    "quant-ph": "Quantum Physics",
}


def ids(request):
    """The DOIs that a request asks for, as sent."""
    if request.path == "/dois":
        return tuple(re.findall(r'"([^"]*)"', request.fields.get("query", [""])[0]))
    return (unquote(request.path.removeprefix("/dois/")),)


def answer(shelf, request):
    """One record, or a page of those that a query finds."""
    if request.path == "/dois":
        return _page(shelf, request)
    work = _find(shelf, ids(request)[0]) if request.path.startswith("/dois/") else None
    if work is None:
        missing = {"status": "404", "title": "The resource you are looking for doesn't exist."}
        return said(404, {"errors": [missing]}, JSON_API)

    def frame(entries, _):
        return dumps({"data": entries[0] if entries else None})

    return Reply(kind=JSON_API, items=(_item(work),), total=1, frame=frame, make=_item, is_single=True)


def _page(shelf, request):
    """What a query `doi:("…" OR "…")` finds; unknown DOIs are silently absent."""
    query = request.fields.get("query", [""])[0]
    if not re.fullmatch(r'doi:\(?"[^"]*"(?: OR "[^"]*")*\)?', query) or query.count("(") != query.count(")"):
        return said(400, {"errors": [{"status": "400", "title": "Bad query"}]}, JSON_API)
    try:
        size, number = (
            int(request.fields.get(f"page[{name}]", [start])[0]) for name, start in (("size", 25), ("number", 1))
        )
    except ValueError:
        return said(400, {"errors": [{"status": "400", "title": "Bad page"}]}, JSON_API)
    size, number = min(max(size, 0), 1000), max(number, 1)
    found = list({work.arxiv: work for doi in ids(request) if (work := _find(shelf, doi))}.values())
    found.sort(key=lambda work: digest(f"datacite {work.arxiv}"))

    def frame(entries, total):
        pages = -(-total // size) if size else 0
        return dumps({"data": entries, "meta": {"total": total, "totalPages": pages, "page": number}, "links": {}})

    items = tuple(map(_item, found[size * (number - 1) : size * number]))
    return Reply(kind=JSON_API, items=items, total=len(found), frame=frame, make=_item)


def _find(shelf, doi):
    """The work with a DOI that arXiv gave; those of publishers are not registered here."""
    work = shelf.by_doi(doi)
    is_ours = work and work.arxiv and doi.lower() == arxiv_doi(work.arxiv).lower()
    return work if is_ours and "datacite" not in work.absent else None


def _item(work):
    """The record of a work; what the service has in two shapes comes in one or the other."""
    is_odd = int(digest(f"shape {work.arxiv}")[0], 16) % 2
    year = int(work.versions[0][:4])
    doi = arxiv_doi(work.arxiv).lower()
    attributes = {
        "doi": doi,
        "identifiers": [{"identifier": work.arxiv, "identifierType": "arXiv"}],
        "creators": [_creator(name, affiliation) for name, affiliation in work.people],
        "titles": [{"title": work.title}],
        "publisher": {"name": "arXiv"} if is_odd else "arXiv",
        "publicationYear": str(year) if is_odd else year,
        "subjects": [
            *({"lang": "en", "subject": _subject(name), "subjectScheme": "arXiv"} for name in work.categories),
            {"subject": "FOS: Computer and information sciences", "subjectScheme": "Fields of Science and Technology"},
        ],
        "dates": _dates(work),
        "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
        "relatedIdentifiers": [
            {"relationType": "IsVersionOf", "relatedIdentifier": doi, "relatedIdentifierType": "DOI"}
            for doi in work.dois
        ],
        "version": str(work.version),
        "rightsList": [{"rights": "arXiv.org perpetual, non-exclusive license"}],
        "descriptions": [
            {"description": " ".join(work.abstract.split()), "descriptionType": "Abstract"},
            *([{"description": work.comment, "descriptionType": "Other"}] if work.comment else []),
        ],
        "url": f"https://arxiv.org/abs/{work.arxiv}",
        "state": "findable",
    }
    return work.arxiv, {"id": doi, "type": "dois", "attributes": attributes, "relationships": {}}


def _creator(name, affiliation):
    given, family = surname(name)
    whole = {"name": f"{family}, {given}", "givenName": given, "familyName": family} if given else {"name": family}
    kind = "Personal" if given else "Organizational"
    return {**whole, "nameType": kind, "affiliation": [affiliation] if affiliation else [], "nameIdentifiers": []}


def _subject(category):
    return f"{_CATEGORIES.get(category, 'Other Subject')} ({category})"


def _dates(work):
    """The moments of the versions, the first one as "Submitted"."""
    dates = [
        {"date": moment, "dateType": "Submitted" if number == 1 else "Updated", "dateInformation": f"v{number}"}
        for number, moment in enumerate(work.versions, 1)
    ]
    month = {"dateType": "Available", "dateInformation": "v1", "date": work.versions[0][:7]}
    return [*dates, month, {"date": work.versions[0][:4], "dateType": "Issued"}]
