"""Semantic Scholar's Graph API, version 1: batches, one paper, its references page by page, the match of a title."""

import re
from difflib import SequenceMatcher
from urllib.parse import unquote

from . import papers
from .replies import Reply, dumps, said

BASE = "/graph/v1/paper/"


def ids(request):
    """The identifiers that a request asks for, as sent."""
    path = request.path.removeprefix(BASE)
    if path == "batch":
        sent = request.json
        given = sent.get("ids") if isinstance(sent, dict) else None
        return tuple(map(str, given)) if isinstance(given, list) else ()
    return () if path.startswith("search/") else (_split(path)[0],)


def answer(shelf, request):
    """What the service says; a wrong key is refused before anything else is looked at."""
    if request.headers.get("x-api-key", request.key) != request.key:
        return said(403, {"message": "Forbidden"})
    if not request.path.startswith(BASE):
        return said(404, {"message": "Not Found"})
    return _paper(shelf, request, request.path.removeprefix(BASE))


def _paper(shelf, request, path):
    """What stands behind `/paper/`."""
    fields = [name for name in request.fields.get("fields", [""])[0].split(",") if name]
    if path == "batch" and request.method == "POST":
        return _batch(shelf, request, fields)
    if request.method != "GET":
        return said(405, {"message": "Method Not Allowed"})
    if path == "search/match":
        return _match(shelf, request, fields)
    sent, part = _split(path)
    work = find(shelf, sent)
    bad = papers.unknown([name for name in fields if not part or name not in papers.OF_EDGES])
    refused = _bad_fields(bad) or _missing(work, sent)
    return refused or (_edges(shelf, work, part, request, fields) if part else _one(shelf, work, fields))


def find(shelf, sent):
    """The work that an identifier stands for, or None; a version behind an arXiv identifier makes it unknown."""
    kind, _, value = sent.partition(":")
    kind = kind.lower()
    if kind == "arxiv":
        work = shelf.works.get(value)
        work = work if work and work.arxiv == value else None
    elif kind == "doi" or sent.startswith("10."):
        work = shelf.by_doi(value if kind == "doi" else sent)
    elif kind == "url" and (match := re.fullmatch(r"https?://(?:www\.)?arxiv\.org/abs/(.+)", value)):
        work = shelf.works.get(match[1])
    elif kind in ("acl", "corpusid", "mag", "dblp"):
        name = {"acl": "ACL", "corpusid": "CorpusId", "mag": "MAG", "dblp": "DBLP"}[kind]
        work = shelf.table(name, lambda work: [(str(papers.external_ids(work).get(name)), work)]).get(value, [None])[0]
    else:
        work = shelf.table("papers", lambda work: [(work.paper_id, work)]).get(sent, [None])[0]
    if work and work.same_as:
        work = shelf.works.get(work.same_as)
    return work if work and work.s2 else None


def _split(path):
    """(identifier, "references", "citations" or "") of a path; identifiers may hold slashes."""
    whole = unquote(path)
    for part in ("references", "citations"):
        if whole.endswith(f"/{part}"):
            return whole.removesuffix(f"/{part}"), part
    return whole, ""


def _bad_fields(bad):
    return said(400, {"error": f"Unrecognized or unsupported fields: [{', '.join(bad)}]"}) if bad else None


def _missing(work, sent):
    return None if work else said(404, {"error": f"Paper with id {sent} not found"})


def _batch(shelf, request, fields):
    """As many papers as identifiers, in their order, null for those that are not known."""
    sent = request.json
    if not isinstance(sent, dict) or not isinstance(sent.get("ids"), list) or not sent["ids"]:
        return said(400, {"error": "No valid paper ids given"})
    if len(sent["ids"]) > 500:
        return said(400, {"error": "Too many paper ids given, at most 500 are allowed"})
    if bad := papers.unknown(fields):
        return _bad_fields(bad)

    def make(work, asked=None):
        return asked or f"ARXIV:{work.arxiv}", papers.paper(shelf, work, fields)

    found = [(asked, find(shelf, str(asked))) for asked in sent["ids"]]
    items = tuple(make(work, asked) if work else (asked, None) for asked, work in found)
    return Reply(items=items, total=len(items), frame=lambda entries, _: dumps(entries), make=make)


def _one(shelf, work, fields):
    def make(work):
        return work.name, papers.paper(shelf, work, fields)

    def frame(entries, _):
        return dumps(entries[0] if entries else {})

    return Reply(items=(make(work),), total=1, frame=frame, make=make, is_single=True)


def _edges(shelf, work, part, request, fields):
    """One page of the references of a work, or of what cites it."""
    try:
        offset, limit = (int(request.fields.get(name, [start])[0]) for name, start in (("offset", 0), ("limit", 100)))
    except ValueError:
        return said(400, {"error": "offset and limit must be integers"})
    if offset < 0 or not 1 <= limit <= 1000:
        return said(400, {"error": "limit must be <= 1000"})
    if offset + limit >= 10000:
        return said(400, {"error": "offset + limit must be < 10000"})
    if part == "references" and work.elided:
        notice = "Notice: The following paper fields have been elided by the publisher: {'references'}."
        return said(200, {"data": None, "citingPaperInfo": {"openAccessPdf": {"disclaimer": notice}}})
    rows = papers.references(shelf, work) if part == "references" else papers.citations(shelf, work)
    side = "citedPaper" if part == "references" else "citingPaper"

    def make(cited):
        return cited.name, papers.edge(papers.resolved(cited, {}), fields, side)

    def frame(entries, total):
        more = {"next": offset + limit} if offset + limit < total else {}
        return dumps({"offset": offset, **more, "data": entries})

    page = rows[offset : offset + limit]
    items = tuple((row["name"], papers.edge(row, fields, side)) for row in page)
    return Reply(items=items, total=len(rows), frame=frame, make=make)


def _match(shelf, request, fields):
    """The one paper whose title is nearest, however far that is."""
    query = request.fields.get("query", [""])[0]
    if bad := papers.unknown(fields):
        return _bad_fields(bad)
    if not query:
        return said(400, {"error": "Missing required parameter: query"})
    words = set(re.findall(r"\w+", query.lower()))
    near = [work for work in shelf if work.s2 and words & set(re.findall(r"\w+", work.title.lower()))]
    if not near:
        return said(404, {"error": "Title match not found"})
    scores = {work.name: SequenceMatcher(None, query.lower(), work.title.lower()).ratio() for work in near}
    best = max(near, key=lambda work: scores[work.name])

    def make(work):
        score = round(200 * scores.get(work.name, 0), 3)
        return work.name, papers.paper(shelf, work, ["title", *fields]) | {"matchScore": score}

    return Reply(items=(make(best),), total=1, frame=lambda entries, _: dumps({"data": entries}), make=make)
