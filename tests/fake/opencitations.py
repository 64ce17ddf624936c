"""OpenCitations' Index, version 2: rows of citing and cited work, each with its identifiers in one string."""

from urllib.parse import unquote

from .replies import Reply, dumps, said
from .shelf import arxiv_doi, digest

BASE = "/index/v2/"
OPERATIONS = ("references", "citations", "reference-count", "citation-count")


def ids(request):
    """The identifier that a request asks for, as sent."""
    return (unquote(request.path.removeprefix(BASE)).partition("/")[2],)


def answer(shelf, request):
    """The rows of a work, none for a work that is not known, or their number as a text."""
    operation, _, sent = unquote(request.path.removeprefix(BASE)).partition("/")
    if not request.path.startswith(BASE) or operation not in OPERATIONS or not sent:
        return said(404, {"error": "Not Found"})
    work = shelf.by_doi(sent.removeprefix("doi:")) if sent.startswith("doi:10.") else None
    known = work if work and work.dois and "opencitations" not in work.absent else None
    rows = (_references if operation.startswith("ref") else _citations)(shelf, known) if known else []
    if operation.endswith("count"):
        return Reply(items=(("", {"count": str(len(rows))}),), total=1, frame=lambda entries, _: dumps(entries))

    def make(cited):
        return cited.name, _row(known or cited, _pids(cited))

    items = tuple(rows)
    return Reply(items=items, total=len(items), frame=lambda entries, _: dumps(entries), make=make)


def _references(shelf, work):
    """Rows of what a work cites with a DOI; publishers deposit no other references."""
    rows = []
    for cited in work.cites:
        given = {"arxiv": cited} if isinstance(cited, str) else cited
        known = shelf.works.get(given.get("arxiv") or given.get("doi") or "")
        doi = given.get("doi") or (arxiv_doi(given["arxiv"]) if given.get("arxiv") else None)
        if known or doi:
            pids = _pids(known) if known else f"{_omid(doi)} doi:{doi.lower()}"
            rows.append((known.name if known else doi, _row(work, pids)))
    return rows


def _citations(shelf, work):
    """Rows of the works with a publisher's DOI that cite a work."""
    others = [other for other in shelf if other.dois and "opencitations" not in other.absent]
    return [(other.name, row) for other in others for name, row in _references(shelf, other) if name == work.name]


def _omid(name):
    return f"omid:br/06{int(digest(name)[:9], 16)}"


def _pids(work):
    """Identifiers of a work, separated by blanks: the publisher's DOI, else that of arXiv."""
    dois = [f"doi:{doi.lower()}" for doi in work.dois or ([arxiv_doi(work.arxiv)] if work.arxiv else [])]
    return " ".join([_omid(work.name), *dois, f"openalex:W{int(work.paper_id[:8], 16)}"])


def _row(citing, pids):
    first, second = (name.split()[0].removeprefix("omid:br/") for name in (_pids(citing), pids))
    return {
        "oci": f"{first}-{second}",
        "citing": _pids(citing),
        "cited": pids,
        "creation": citing.versions[0][:7],
        "timespan": "P1Y",
        "journal_sc": "no",
        "author_sc": "no",
    }
