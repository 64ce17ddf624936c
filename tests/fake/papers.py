"""Records of Semantic Scholar: papers with the fields that were asked for, and edges between them."""

from .shelf import arxiv_doi, digest

OF_EDGES = ("contexts", "intents", "isInfluential", "contextsWithIntent")
_LISTS = ("references", "citations", "authors")
_FIELDS = {
    *"paperId corpusId externalIds url title abstract venue publicationVenue year referenceCount citationCount".split(),
    *"influentialCitationCount isOpenAccess openAccessPdf fieldsOfStudy s2FieldsOfStudy publicationTypes".split(),
    *"publicationDate journal citationStyles authors citations references embedding tldr".split(),
}
_OF_AUTHORS = {"authorId", "externalIds", "url", "name", "affiliations", "homepage", "paperCount", "citationCount"}


def unknown(fields):
    """Those of the fields that the service has not."""
    bad = []
    for field in fields:
        name, _, part = field.partition(".")
        inner = _OF_AUTHORS if name == "authors" else _FIELDS - set(_LISTS) | {"authors"}
        nested = name in _LISTS and part.split(".")[0] in inner
        if name not in _FIELDS or (part and not nested and name not in ("embedding", "publicationVenue", "journal")):
            bad.append(field)
    return bad


def external_ids(work):
    """Identifiers elsewhere: the publisher's DOI, upper-cased as the service likes it, else that of arXiv."""
    found = {"ArXiv": work.arxiv} if work.arxiv else {}
    if work.dois:
        found["DOI"] = work.dois[0].upper()
    elif work.arxiv:
        found["DOI"] = arxiv_doi(work.arxiv)
    found["CorpusId"] = int(work.paper_id[:7], 16)
    return {name: value for name, value in {**found, **work.external_ids}.items() if value is not None}


def paper(shelf, work, fields):
    """A paper with the fields asked for; nested lists lose entries silently where they are long."""
    plain = {field for field in fields if "." not in field} or ({"title"} if not fields else set())
    nested = {}
    for field in fields:
        name, _, part = field.partition(".")
        if part:
            nested.setdefault(name, []).append(part)
    asked = plain | nested.keys() - set(_LISTS)
    record = _record(shelf, work)
    found = {"paperId": work.paper_id} | {name: value for name, value in record.items() if name in asked}
    if "authors" in plain or "authors" in nested:
        found["authors"] = authors(work)
    for name, rows_of in (("references", references), ("citations", citations)):
        if name in plain or name in nested:
            rows = None if work.elided and name == "references" else _some(rows_of(shelf, work), shelf.nested)
            wanted = nested.get(name, ["title"])
            found[name] = rows if rows is None else [_cut(row, wanted) for row in rows]
    return found


def _record(shelf, work):
    """All plain fields of a paper that is on the shelf."""
    cited = citations(shelf, work)
    year = work.year or int(work.versions[0][:4])
    return {
        "corpusId": external_ids(work)["CorpusId"],
        "externalIds": external_ids(work),
        "url": f"https://www.semanticscholar.org/paper/{work.paper_id}",
        "title": work.title,
        "abstract": None,
        "venue": work.venue,
        "publicationVenue": work.publicationVenue,
        "year": year,
        "referenceCount": len(work.cites) if work.reference_count is None else work.reference_count,
        "citationCount": len(cited),
        "influentialCitationCount": sum(row["isInfluential"] for row in cited),
        "isOpenAccess": False,
        "openAccessPdf": None,
        "fieldsOfStudy": None,
        "s2FieldsOfStudy": [{"category": "Computer Science", "source": "s2-fos-model"}],
        "publicationTypes": None,
        "publicationDate": work.versions[0][:10],
        "journal": work.journal or ({"name": "ArXiv", "volume": f"abs/{work.arxiv}"} if work.arxiv else None),
    }


def authors(work):
    """The authors, each with a number of the service; a sign for a name has none."""
    return [
        {"authorId": str(int(digest(name)[:8], 16)) if name.isprintable() and len(name) > 1 else None, "name": name}
        for name, _ in work.people
    ]


def _some(rows, most):
    """At most so many rows, with what is left out taken from all over the list."""
    if len(rows) <= most:
        return rows
    return [rows[number * len(rows) // most] for number in range(most)]


def references(shelf, work):
    """The works that a work cites, as rows with everything an edge can have."""
    rows = []
    for cited in work.cites:
        given = {"arxiv": cited} if isinstance(cited, str) else cited
        known = shelf.works.get(given.get("arxiv") or given.get("doi") or "")
        known = shelf.works.get(known.same_as) if known and known.same_as else known
        if known and known.s2 and "paperId" not in given:
            rows.append(resolved(known, given))
        else:
            rows.append(_stranger(given, known))
    return rows


def citations(shelf, work):
    """The works that cite a work, the newest first."""
    found = shelf.table("citations", _cited).get(work.name, [])
    found = sorted(found, key=lambda pair: pair[0].versions[0], reverse=True)
    return [resolved(other, given) for other, given in found]


def _cited(work):
    """What a work cites by an identifier, with the work and what is said of the reference."""
    for cited in work.cites if work.s2 else ():
        given = {"arxiv": cited} if isinstance(cited, str) else cited
        if name := given.get("arxiv") or given.get("doi"):
            yield name, (work, given)


def resolved(work, given):
    """The row of a work that the service knows."""
    year = work.year or int(work.versions[0][:4])
    known = {
        "paperId": work.paper_id,
        "corpusId": external_ids(work)["CorpusId"],
        "externalIds": external_ids(work),
        "title": work.title,
        "year": year,
        "venue": work.venue,
        "authors": authors(work),
    }
    return {"name": work.name, **_signals(given), "paper": known}


def _stranger(given, known):
    """The row of a work that is not on the shelf, or that the service could not make out: then its paperId is null."""
    title = given.get("title") or (known.title if known else f"Work {given.get('arxiv') or given.get('doi')}")
    name = given.get("arxiv") or given.get("doi") or title
    is_unknown = given.get("paperId", name) is None or bool(known and not known.s2)
    outside = {"ArXiv": given.get("arxiv"), "DOI": given.get("doi")}
    paper_id = None if is_unknown else given.get("paperId") or digest(f"paper {name}")
    found = {
        "paperId": paper_id,
        "corpusId": int(paper_id[:7], 16) if paper_id else None,
        "externalIds": {kind: value for kind, value in outside.items() if value} or None,
        "title": title,
        "year": given.get("year"),
        "venue": given.get("venue", ""),
        "authors": [{"authorId": None, "name": author} for author in given.get("authors", ())],
    }
    return {"name": name, **_signals(given), "paper": found}


def _signals(given):
    """What the service reads from the citing text; nothing where it has no text."""
    intents, contexts = list(given.get("intents", ())), list(given.get("contexts", ()))
    return {
        "isInfluential": bool(given.get("influential")),
        "intents": intents,
        "contexts": contexts,
        "contextsWithIntent": [{"context": context, "intents": intents} for context in contexts],
    }


def edge(row, fields, side):
    """A row with the fields asked for."""
    found = {name: row[name] for name in OF_EDGES if name in fields}
    wanted = [name for name in fields if name not in OF_EDGES] or ["title"]
    return {**found, side: _cut(row, wanted)}


def _cut(row, fields):
    """The paper of a row with the fields asked for, null for what a paper within a list lacks."""
    return {"paperId": row["paper"]["paperId"]} | {
        name: row["paper"].get(name) for name in (field.split(".")[0] for field in fields)
    }
