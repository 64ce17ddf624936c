"""arXiv's query API with its rules of identifiers, in the format of 2026.

A malformed identifier spoils the whole request (400 with an entry that is an error), an unknown or misspelt one is
silently absent, and entries do not come in the order in which they were asked for.
"""

import re
from xml.sax.saxutils import escape

from .replies import ATOM, TEXT, Reply, said
from .shelf import digest

NOW = "2026-11-20T00:00:00Z"
ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga"
    " funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph"
    " q-alg q-bio q-fin quant-ph solv-int stat supr-con"
).split()
# The service searches for one of these anywhere in what was sent, and then looks up what was sent as it stands.
_LIKE_AN_ID = re.compile(
    rf"(?<![0-9.])[0-9]{{4}}\.[0-9]{{4,5}}(?![0-9])|(?<![a-z-])(?:{'|'.join(ARCHIVES)})(?:\.[A-Z][A-Za-z-]+)?/[0-9]{{7}}"
)
_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>{id}</id>
  <title>{title}</title>
  <updated>{now}</updated>
{link}  <opensearch:itemsPerPage>{most}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""
_ERROR = """  <entry>
    <id>https://arxiv.org/api/errors#{anchor}</id>
    <title>Error</title>
    <updated>{now}</updated>
    <link href="https://arxiv.org/api/errors#{anchor}" rel="alternate" type="text/html"/>
    <summary>{summary}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
"""
_SCHEME = "http://arxiv.org/schemas/atom"


def ids(request):
    """The identifiers that a request asks for, as sent."""
    given = request.fields.get("id_list", [""])[0]
    return tuple(given.split(",")) if given else ()


def answer(shelf, request):
    """The feed for a request, or the status that the service refuses it with."""
    if request.path != "/api/query" or len(request.target) > 8190:
        return said(404 if len(request.target) <= 8190 else 414, "Refused", TEXT)
    fields = {name: values[0] for name, values in request.fields.items()}
    try:
        start, most = int(fields.get("start") or 0), int(fields.get("max_results") or 10)
    except ValueError:
        return refusal("max_results must be an integer")
    if most < 0 or most > 30000:
        return refusal("max_results must be non-negative and no more than 30000")
    if most == 0 or start + most > 10000:
        return said(500, "Internal Server Error", TEXT)
    malformed = next((sent for sent in ids(request) if not _LIKE_AN_ID.search(sent)), None)
    return _feed(shelf, request, start, most) if malformed is None else refusal(f"incorrect id format for {malformed}")


def _feed(shelf, request, start, most):
    """The feed of what was found, of the entries from `start` on at most `most`."""
    words = request.fields.get("search_query", [""])[0]
    found = _found(shelf, ids(request), words)
    query = f"search_query={words}&id_list={','.join(ids(request))}&start={start}&max_results={most}"

    def frame(entries, total):
        link = f'  <link href="https://arxiv.org/api/query?{escape(query)}" type="application/atom+xml"/>\n'
        return _FEED.format(
            id=f"https://arxiv.org/api/{digest(query)[:27]}",
            title=escape(f"arXiv Query: {query}"),
            now=NOW,
            link=link,
            most=most,
            total=total,
            start=start,
            entries="".join(entries),
        )

    items = tuple(item(work, version) for work, version in found[start : start + most])
    return Reply(kind=ATOM, items=items, total=len(found), frame=frame, make=item)


def refusal(summary, status=400):
    """The feed that says what is wrong with a request, in an entry that looks like a work."""
    anchor = escape(summary.replace(" ", "_"))
    entry = _ERROR.format(anchor=anchor, summary=escape(summary), now=NOW)
    feed = _FEED.format(
        id="https://arxiv.org/", title="arXiv Search Results", now=NOW, link="", most=1, total=1, start=0, entries=entry
    )
    return said(status, feed, ATOM)


def _found(shelf, sent, words):
    """(work, version) of what the shelf has, each once, the last one asked for first."""
    if sent:
        pairs = []
        for arxiv_id in sent:
            bare, _, number = arxiv_id.partition("v") if "/" not in arxiv_id else _split(arxiv_id)
            work = shelf.at("arxiv", bare)
            version = int(number) if re.fullmatch("[1-9][0-9]*", number) else None
            if work and (arxiv_id == bare or (version and version <= work.version)):
                pairs.append((work, version or work.version))
    else:
        pairs = [(work, work.version) for work in shelf if work.arxiv and "arxiv" not in work.absent and words]
    wanted = re.findall(r"\w+", re.sub(r"\b(?:all|ti|au|AND)\b:?", " ", words).lower())
    return [
        (work, version)
        for number, (work, version) in reversed(list(enumerate(pairs)))
        if all(word in work.title.lower() for word in wanted)
        and not any(work is other and version == its for other, its in pairs[:number])
    ]


def _split(arxiv_id):
    """An old-style identifier and its version; the archive may hold a "v"."""
    archive, _, rest = arxiv_id.rpartition("/")
    number, mark, version = rest.partition("v")
    return f"{archive}/{number}", mark, version


def item(work, version=None):
    """A version of a work as an entry of the feed, with the work's bare identifier."""
    version = version or work.version
    address = f"https://arxiv.org/{{}}/{work.arxiv}v{version}"
    lines = [
        "  <entry>",
        f"    <id>http://arxiv.org/abs/{work.arxiv}v{version}</id>",
        f"    <title>{escape(work.title)}</title>",
        f"    <updated>{work.versions[version - 1]}</updated>",
        f'    <link href="{address.format("abs")}" rel="alternate" type="text/html"/>',
        f'    <link href="{address.format("pdf")}" rel="related" type="application/pdf" title="pdf"/>',
        f"    <summary>{escape(work.abstract)}</summary>",
        *(f'    <category term="{name}" scheme="{_SCHEME}"/>' for name in work.categories),
        f"    <published>{work.versions[0]}</published>",
    ]
    if work.comment:
        lines.append(f"    <arxiv:comment>{escape(work.comment)}</arxiv:comment>")
    lines.append(f'    <arxiv:primary_category term="{work.categories[0]}"/>')
    if work.journal_ref:
        lines.append(f"    <arxiv:journal_ref>{escape(work.journal_ref)}</arxiv:journal_ref>")
    for name, affiliation in work.people:
        lines += ["    <author>", f"      <name>{escape(name)}</name>"]
        if affiliation:
            lines.append(f"      <arxiv:affiliation>{escape(affiliation)}</arxiv:affiliation>")
        lines.append("    </author>")
    for doi in work.dois:
        lines += [
            f"    <arxiv:doi>{escape(doi)}</arxiv:doi>",
            f'    <link rel="related" href="https://doi.org/{escape(doi)}" title="doi"/>',
        ]
    return work.arxiv, "\n".join([*lines, "  </entry>\n"])
