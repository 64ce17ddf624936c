"""How tests ask the services: a small shelf, and what comes back, read."""

import requests
from lxml import etree

from .shelf import Shelf

SPACES = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
TRUNK, LIMB, ROOT = "1706.00010", "1801.00020", "hep-th/9901001"


def sample():
    """Three works, and one that only Semantic Scholar knows."""
    works = Shelf()
    works.add(ROOT, "The Root", authors=[("Paul Erdős", "Root House"), "Jürgen van der Grün"], categories=["hep-th"])
    works.add(
        TRUNK,
        "Trunk & $x<y$",
        version=4,
        comment="9 pages",
        doi="10.1234/Trunk",
        journal_ref="J. Trees 1",
        cites=[
            {"arxiv": ROOT, "intents": ["methodology"], "influential": True, "contexts": ["as in [1]"]},
            {"title": "Unresolved", "paperId": None},
            {"doi": "10.5555/x", "title": "X"},
        ],
    )
    works.add(LIMB, "Limb", withdrawn=True, version=2, cites=[TRUNK])
    works.add(None, "Only There", doi="10.9/there")
    return works


def ask(fake, service, path="", **options):
    """A request to a service; `json` makes it a POST."""
    method = "POST" if "json" in options else "GET"
    return requests.request(method, fake.environment[service] + path, timeout=5, **options)


def feed(fake, ids, **fields):
    """Status and root of arXiv's answer."""
    answer = ask(fake, "ARXIV_API_URL", params={"id_list": ids, **fields})
    return answer.status_code, etree.fromstring(answer.content)


def entries(root):
    """The identifiers with version of a feed, in order."""
    return [
        text.removeprefix("http://arxiv.org/abs/") for text in root.xpath("//a:entry/a:id/text()", namespaces=SPACES)
    ]


def scholar(fake, path, **options):
    """Status and value of Semantic Scholar's answer."""
    answer = ask(fake, "SEMANTIC_SCHOLAR_API_URL", path, **options)
    return answer.status_code, answer.json()
