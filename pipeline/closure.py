"""The second ring of checks: what must hold between files before they can be joined."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from .model import WHEREABOUTS, Document, Link, Mention, Metadata, Note, Vocabulary, Word
from .problems import Problem


def resolve_keys(notes: Iterable[Note]) -> dict[str, str]:
    """Every key that leads to a note, its former ones included -> the key that it has now."""
    now = {note.key: note.key for note in notes}
    former = {key: note.key for note in notes for key in note.former_keys}
    return former | now


def duplicates(notes: list[Note], files: Collection[str]) -> Iterator[Problem]:
    """Identifiers that two notes claim; citation keys that differ only in case collide in BibTeX."""
    identities: dict[str, Callable[[Note], Iterable[str]]] = {
        "arxiv": lambda note: [note.arxiv] if note.arxiv else [],
        "citekey": lambda note: [key.lower() for key in note.citekeys],
        "former_keys": lambda note: note.former_keys,
    }
    for name, values_of in identities.items():
        claims: dict[str, list[Note]] = {}
        for note in notes:
            for value in dict.fromkeys(values_of(note)):
                claims.setdefault(value, []).append(note)
        for value, claimants in claims.items():
            for note in claimants:
                others = ", ".join(other.path for other in claimants if other is not note)
                if others:
                    message = f"{name} {value!r} is also that of {others}; each work has its own"
                    yield Problem(note.path, note.line(name), message)
                elif name == "former_keys" and value in files:
                    yield Problem(note.path, note.line(name), f"former key {value!r} is the key of a note; drop it")


def unknown_words(notes: Iterable[Note], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Words that the vocabulary does not have; a part of it that could not be read is not held against the notes."""

    def unknown(note: Note, line: int, what: str, word: str, known: Mapping[str, Word]) -> Iterator[Problem]:
        if known and word not in known:
            yield Problem(note.path, line, f"{what} {word!r} is unknown; one of {', '.join(known)}")

    descent = {key: word for key, word in vocabulary.relations.items() if word.descent}
    others = {key: word for key, word in vocabulary.relations.items() if not word.descent}
    for note in notes:
        yield from unknown(note, note.line("kind"), "kind", note.kind, vocabulary.kinds)
        yield from unknown(note, note.line("branch"), "branch", note.branch, vocabulary.branches)
        for index, topic in enumerate(note.topics):
            yield from unknown(note, note.line(f"topics/{index}"), "topic", topic, vocabulary.topics)
        for link in note.builds_on:
            for word in link.how:
                yield from unknown(note, link.line, "relation of descent", word, descent)
        for link in note.relates_to:
            for word in link.how:
                yield from unknown(note, link.line, "relation other than descent", word, others)


def unreferenced(notes: Iterable[Note], metadata: Mapping[str, Metadata]) -> Iterator[Problem]:
    """Works of which too little is known to print a reference."""
    for note in notes:
        reference = note.reference
        if note.arxiv and note.arxiv not in metadata:
            yield Problem(note.path, note.line("arxiv"), f"there is no record of arXiv:{note.arxiv}; run 'make fetch'")
        elif not note.arxiv and not note.introduced_in:
            known = {
                "authors": reference and reference.authors,
                "a year": reference and (reference.year or reference.date),
                "a url, doi or venue": reference and any(getattr(reference, name) for name in WHEREABOUTS),
            }
            if missing := [name for name, value in known.items() if not value]:
                message = f"is not on arXiv, so its reference needs {' and '.join(missing)}"
                yield Problem(note.path, note.line("reference"), message)


def dangling(notes: Iterable[Note], keys: Mapping[str, str], files: Collection[str]) -> Iterator[Problem]:
    """Links that lead to no file, and works introduced by what is introduced elsewhere itself."""
    guests = {note.key for note in notes if note.introduced_in}
    for note in notes:
        links = [(link.paper, link.line) for link in (*note.builds_on, *note.relates_to)]
        for key, line in (*links, *note.cross_references):
            if key not in keys and key not in files:
                yield Problem(note.path, line, f"{key!r} has no note; correct the key or write data/papers/{key}.md")
        host = note.introduced_in
        if host and host not in keys and host not in files:
            yield Problem(note.path, note.line("introduced_in"), f"{host!r} has no note; correct the key")
        elif host and keys.get(host) in guests:
            message = f"{host!r} is introduced in another work itself; name the paper that introduces both"
            yield Problem(note.path, note.line("introduced_in"), message)


def land(note: Note, keys: Mapping[str, str]) -> Note:
    """The note with former keys resolved, without the links that lead to nothing that could be read."""

    def landing(links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(replace(link, paper=keys[link.paper]) for link in links if link.paper in keys)

    return replace(
        note,
        builds_on=landing(note.builds_on),
        relates_to=landing(note.relates_to),
        introduced_in=keys.get(note.introduced_in or ""),
    )


def land_documents(documents: Iterable[Document], keys: Mapping[str, str]) -> tuple[Document, ...]:
    """The documents by date, those without one last, with those mentions that lead to a note, or to no work at all."""

    def landing(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept = (mention for mention in mentions if mention.work is None or mention.work in keys)
        return tuple(replace(mention, work=keys.get(mention.work or "")) for mention in kept)

    landed = (replace(document, mentions=landing(document.mentions)) for document in documents)
    return tuple(sorted(landed, key=lambda document: (document.date is None, document.date or "", document.slug)))
