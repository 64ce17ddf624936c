"""Notes of a bibliography that somebody has: `.bib`, CSL `.json` or `.ris` in, notes and a report out.

Each reader makes `Item`s of its format; they are matched among themselves and with what we have, and what is new
becomes a note. Nothing is written here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from importlib import import_module
from pathlib import Path

from ..files import read_text
from ..model import Metadata, Note, Vocabulary
from ..notes import parse_note
from ..notes.writing import render
from ..problems import Problem, reporter
from .drafting import Taken, draft, topic_of
from .items import Item, fault, merge
from .matching import Identity, Index, group, of_item, of_note

FORMATS: Mapping[str, str] = {".bib": "bibtex", ".json": "csl", ".ris": "ris"}
"""Ending of a file -> module of this package that reads it."""
UNSORTED = "unsorted"
"""The word of the vocabulary for the kind and the branch of what nobody has sorted yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What we have: notes, their records, the words they may use, and keys that are taken."""

    notes: Sequence[Note]
    files: frozenset[str]
    records: Mapping[str, Metadata]
    vocabulary: Vocabulary
    lock: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Plan:
    """What an import would do.

    Attributes:
        notes: text by key of each new note.
        lines: the report, one line an item.
        known: entries of works that have a note already; `merged`: entries put to another one of the files.
        left_out: how often the entries say what no note can.
        without_record: arXiv identifiers whose records are still to be fetched.
    """

    notes: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    known: int = 0
    merged: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    without_record: list[str] = field(default_factory=list)


def read_files(paths: Iterable[Path], *, skip: bool = False) -> tuple[list[Item], list[Problem], list[Problem]]:
    """Read files.

    Args:
        paths: the files; their endings are in FORMATS.
        skip: leave out what cannot become a note.

    Returns:
        The entries in their order, everything that is wrong with the files, and what was wrong with entries left out.
    """
    items: list[Item] = []
    problems: list[Problem] = []
    skipped: list[Problem] = []
    for path in paths:
        name = FORMATS[path.suffix.lower()]
        report = reporter(path, problems)
        text = read_text(path, report)
        if text is None:
            continue
        if trouble := _other_than_a_bibliography(text):
            report(1, trouble)
            continue
        found, unread = import_module(f".{name}", __name__).read(text, path)
        if not found and not unread:
            report(1, f"holds no entry of a {path.suffix.lower()} file; export the bibliography again")
        problems += unread
        for item in found:
            if lack := fault(item):
                (skipped if skip else problems).append(lack)
            else:
                items.append(item)
    return items, problems, skipped


def _other_than_a_bibliography(text: str) -> str | None:
    start = text.lstrip()[:200].casefold()
    if not start:
        return "the file is empty; export the bibliography again"
    if start.startswith(("<!doctype html", "<html", "<?xml")):
        return "is a web page or XML; save the bibliography itself"
    return None


def plan(items: Sequence[Item], ours: Ours, data: Path, *, kind: str, branch: str) -> tuple[Plan, list[Problem]]:
    """Match the items with one another and with what we have, and write the notes of those that are new.

    Args:
        items: entries without fault.
        ours: the data directory as it is.
        data: that directory, as the report names it.
        kind: word of the vocabulary for all new notes.
        branch: likewise.
    """
    found = Plan()
    problems: list[Problem] = []
    known = Index(of_note(note, ours.records.get(note.arxiv or "")) for note in ours.notes)
    notes = {note.key: note for note in ours.notes}
    new = Index()
    taken = _taken(ours)
    identities = [of_item(item, str(place), ours.records.get(item.arxiv or "")) for place, item in enumerate(items)]
    for members in group(identities):
        places = [place for place, _ in members]
        match = next((match for place in places for match in known.find(identities[place])), None)
        if match:
            found.known += len(members)
            found.lines += [_known(items[place], notes[match[0].owner], match[1]) for place in places]
            continue
        for place in places:
            found.left_out.update(_left_out(items[place], ours.vocabulary))
        item = reduce(merge, (items[place] for place in places))
        record = ours.records.get(item.arxiv or "")
        note, remarks = draft(item, record, taken, ours.vocabulary, kind=kind, branch=branch)
        own = [replace(identities[place], owner=note.key) for place in places]
        remarks += [*_apart(own, known), *_apart(own, new)]
        for identity in own:
            new.add(identity)
        path = data / "papers" / f"{note.key}.md"
        text = render(note)
        problems += _misread(note, text, path, item)
        found.notes[note.key] = text
        found.lines.append(f"new {path.as_posix()}" + "".join(f"; {remark}" for remark in remarks))
        # The first one has no reason of its own; it is told of where another one's citation key is kept.
        stays = next((place for place in places if items[place].citekey == note.citekey), places[0])
        for place, reason in [(place, reason or members[1][1]) for place, reason in members if place != stays]:
            found.merged += 1
            found.lines.append(f"merged {items[place].label} into {note.citekey} ({_same(reason)})")
        if item.arxiv and record is None:
            found.without_record.append(item.arxiv)
    return found, problems


def _same(reason: str) -> str:
    return reason if reason.startswith("same") else f"same {reason.split(maxsplit=1)[0].split(':', maxsplit=1)[0]}"


def _left_out(item: Item, vocabulary: Vocabulary) -> list[str]:
    others = [keyword for keyword in item.keywords if not topic_of(keyword, vocabulary)]
    return [*item.left_out, *(["keywords that are no topics of ours"] * len(others))]


def _taken(ours: Ours) -> Taken:
    live = {note.key for note in ours.notes} | {key for note in ours.notes for key in note.former_keys}
    citekeys = {key.lower() for note in ours.notes for key in note.citekeys}
    citekeys |= {key.lower() for keys in ours.lock.values() for key in keys}
    deleted = {citekey: key for key, keys in ours.lock.items() if key not in live | ours.files for citekey in keys}
    return Taken(keys={*ours.files, *live, *ours.lock}, citekeys=citekeys, lock=ours.lock, deleted=deleted)


def _known(item: Item, note: Note, reason: str) -> str:
    """A line for a work that we have, with what its note lacks of the entry."""
    lacking = []
    if item.arxiv and item.arxiv != note.arxiv and f"arXiv:{item.arxiv}" not in note.also:
        lacking.append(f"arXiv:{item.arxiv}")
    if item.doi and not (note.reference and note.reference.doi):
        lacking.append(f"DOI {item.doi}")
    if item.published and item.published.type != "misc" and not note.reference:
        lacking.append(f"a version of record ({item.published.booktitle or item.published.journal or 'published'})")
    lack = f"; the file has {', '.join(lacking)}, which the note lacks" if lacking else ""
    return f"known {note.key} ({reason}){lack}"


def _apart(identities: Iterable[Identity], known: Index) -> list[str]:
    owners = dict.fromkeys(other.owner for identity in identities for other in known.kept_apart(identity))
    return [f"looks like {owner}, kept apart: another arXiv identifier" for owner in owners]


def _misread(note: Note, text: str, path: Path, item: Item) -> list[Problem]:
    """What would be wrong with the note that was written: it must read back as it was meant."""
    back, problems = parse_note(text, path)
    if problems:
        return [
            item.problem(f"makes a note that cannot be read ({problem.message}); correct it") for problem in problems
        ]
    same = back and replace(back, path="", lines={}, cross_references=()) == note
    return [] if same else [item.problem("makes a note that reads back differently; simplify its text")]
