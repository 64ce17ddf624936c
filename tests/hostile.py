"""Bibliographies that try to break the page: markup everywhere, odd keys, long chains, many ways."""

from dataclasses import replace

from support import CORPUS

from pipeline import load
from pipeline.model import Card, Link, Reference, Word

MARKUP = (
    "</script><script>window.__xss=1</script></style></title></textarea><img src=x onerror='window.__xss=1'>"
    '<svg onload="window.__xss=1"><!-- --> ]]> &lt;b&gt; &amp;#x3c; " onfocus="window.__xss=1" \' ` \\ \u2028'
    " {{ 7*7 }} {% raw %} ${window.__xss=1} {n} $& __proto__ constructor 😀 שלום\u200b\u202edrawkcab\u2066: end"
)
LINKS = {
    "script": "javascript:window.__xss=1",
    "data": "data:text/html,<script>window.__xss=1</script>",
    "plain": "http://plain.example/",
    "mail": "mailto:a@mail.example",
    "other host": "//other.example/x",
    "place": "#%",
    "way up": "../../etc/passwd",
    "disguised": "JavaScript&#58;window.__xss=1",
}
SAFE = 'https://safe.example/"onmouseover="window.__xss=1'
KEYS = ("constructor", "tostring", "references", "data", "tree", "library", "timeline", "hasownproperty")
"""Keys of works that are names of something in every object of JavaScript, or ids of the page's own elements."""
WORDS = ("__proto__", "constructor", "toString")
LONG = "Long " * 2000


def text(where):
    """Markup with a mark of where it stands."""
    return f"{where} {MARKUP}"


def hostile():
    """The corpus with markup in all that is text, and works with odd keys, words and addresses added."""
    corpus = load(CORPUS)
    words = {
        name: {key: replace(word, title=text(word.title), text=text(word.text)) for key, word in of.items()}
        for name, of in (
            ("kinds", corpus.vocabulary.kinds),
            ("branches", corpus.vocabulary.branches),
            ("topics", corpus.vocabulary.topics),
            ("relations", corpus.vocabulary.relations),
        )
    }
    words["topics"] |= {key: Word(key=key, title=text(key), text=text(key)) for key in WORDS}
    works = [_spoiled(work) for work in corpus]
    stub = next(work for work in works if work.key == "stub")
    works += [_odd(stub, key, index) for index, key in enumerate(KEYS)]
    documents = [
        replace(
            document,
            title=text(document.title),
            mentions=tuple(
                replace(mention, section=tuple(map(text, mention.section))) for mention in document.mentions
            ),
        )
        for document in corpus.documents
    ]
    return replace(
        corpus,
        works=tuple(sorted(works, key=lambda work: (work.date, work.key))),
        vocabulary=replace(corpus.vocabulary, **words),
        documents=tuple(documents),
    )


def _spoiled(work):
    def edge(link):
        return replace(link, why=text(f"why {link.paper} {work.key}"))

    links = "\n\n".join(f"[{name} words]({address})" for name, address in LINKS.items())
    note = replace(
        work.note,
        name=text(f"name {work.key}"),
        aliases=(text(f"alias {work.key}"),),
        labs=(text(f"lab {work.key}"), *WORDS),
        topics=(*work.note.topics, *WORDS),
        summary=f"summary {work.key} {MARKUP}\n\n{links}\n\n<http://auto.example> <mailto:auto@mail.example>\n\n[r]\n\n"
        f"[r]: http://reference.example\n\n![image](https://image.example/i.png)\n\n[safe](<{SAFE}>)",
        sections=((text("section"), f"```html\n{MARKUP}\n```\n\n    {MARKUP}\n\n> {MARKUP}"),),
        builds_on=tuple(map(edge, work.note.builds_on)),
        relates_to=tuple(map(edge, work.note.relates_to)),
        reference=work.note.reference and replace(work.note.reference, booktitle=text("venue")),
        card=Card(weights="closed", architecture=text("architecture"), objective=(text("objective"),)),
        links=LINKS | {text("label"): SAFE},
    )
    authors = tuple(f"{{author {number} {work.key}}}" for number in range(14))
    return replace(work, note=note, title=text(f"title {work.key}"), authors=(*authors, text("author")))


def _odd(work, key, index):
    """A work with a key of its own, descended from the one before; the first one with a long title and a long name."""
    link = Link(
        paper=KEYS[index - 1] if index else "root", how=("extends",), why=text(f"why {key}"), line=1, primary=True
    )
    reference = Reference(type="misc", title=text("title"), url=LINKS["script"])
    note = replace(
        work.note,
        key=key,
        name=work.name.replace("stub", key) if index else LONG,
        arxiv=None,
        labs=(),
        builds_on=(link,),
        reference=reference,
        citekey=[*WORDS, *KEYS][index],
    )
    title = work.title.replace("stub", key) if index else LONG
    return replace(
        work, note=note, metadata=None, title=title, citekey=note.citekey, date=f"2021-01-{index + 1:02}", year="2021"
    )


def graph(edges):
    """A bibliography of works that have nothing but these edges, (parent, child) by key; the first one is primary."""
    corpus = load(CORPUS)
    stub = replace(corpus["stub"], citations=(), metadata=None)
    parents = {}
    for parent, child in edges:
        parents.setdefault(parent, [])
        parents.setdefault(child, []).append(parent)
    works = [
        replace(
            stub,
            note=replace(
                stub.note, key=key, name=key, arxiv=None, citekey=key, branch="decoder-only",
                builds_on=tuple(
                    Link(paper=parent, how=("extends",), why=f"{parent} {key}", line=1, primary=not index)
                    for index, parent in enumerate(above)
                ),
            ),
            citekey=key, title=f"On {key}", date=f"{2000 + number * 20 // len(parents)}",
        )
        for number, (key, above) in enumerate(parents.items())
    ]  # fmt: skip
    return replace(corpus, works=tuple(works), documents=())
