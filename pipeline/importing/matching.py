"""Whether two descriptions are of one work: by identifier, else by the gate of title, first author and year.

The gate is not compensatory: nothing makes up for a title that differs. Titles of fewer than four words ("Deep
Learning") say little, so that most of the authors must agree too. What two identifiers deny, no title joins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..identifiers import arxiv_month, is_arxiv_doi, parse_arxiv
from ..model import Metadata, Note
from ..people import OTHERS, Name, mend, parse_name
from ..text import fold_name, fold_title
from .items import Item

BY_TITLE = "same title, author and year"
SHORT_TITLE = 4
"""Titles of fewer words need more than the first author."""
OVERLAP = 0.8
"""Share of the family names that must agree then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells a work from others.

    Attributes:
        owner: key of the note, or place of the item.
        titles: folded ones, each with how many words it has.
        families: folded family names; of a list that is cut short, the first ones.
        years: of preprint and version of record.
    """

    owner: str
    arxiv: frozenset[str] = frozenset()
    dois: frozenset[str] = frozenset()
    titles: tuple[tuple[str, int], ...] = ()
    families: tuple[frozenset[str], ...] = ()
    is_cut: bool = False
    years: frozenset[int] = frozenset()


def of_note(note: Note, record: Metadata | None) -> Identity:
    """The identity of a work that we have."""
    reference = note.reference
    ids = {note.arxiv, *(_bare(also) for also in note.also)}
    dois = {reference and reference.doi, record and record.doi}
    titles = (*note.all_titles, record.title if record else None)
    authors = (reference and reference.authors) or (mend(record.authors) if record else ())
    posted = record.published if record else None
    dates = (reference.year or reference.date if reference else None, posted, _month(note.arxiv))
    return Identity(
        owner=note.key,
        arxiv=frozenset(filter(None, ids)),
        dois=frozenset(doi.casefold() for doi in dois if doi and not is_arxiv_doi(doi)),
        titles=_titles(titles),
        families=_families(parse_name(author) for author in authors if author != OTHERS),
        is_cut=bool(authors) and authors[-1] == OTHERS,
        years=_years(dates),
    )


def of_item(item: Item, owner: str, record: Metadata | None) -> Identity:
    """The identity of an entry of a file, with what its arXiv record knows."""
    return Identity(
        owner=owner,
        arxiv=frozenset(filter(None, [item.arxiv])),
        dois=frozenset([item.doi.casefold()] if item.doi else []),
        titles=_titles((item.title, record.title if record else None)),
        families=_families(item.authors),
        is_cut=item.more_authors,
        years=_years((item.date, record.published if record else None, _month(item.arxiv))),
    )


def _bare(also: str) -> str | None:
    found = parse_arxiv(also)
    return found[0] if found else None


def _month(arxiv: str | None) -> str | None:
    return arxiv_month(arxiv) if arxiv else None


def _titles(titles: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple({folded: len(title.split()) for title in titles if title and (folded := fold_title(title))}.items())


def _families(names: Iterable[Name]) -> tuple[frozenset[str], ...]:
    # "van der Berg" also stands as "Berg, Van der" in files: either form of a name may agree.
    return tuple(frozenset((fold_name(name.family), fold_name(name.last))) for name in names)


def _years(dates: Iterable[str | None]) -> frozenset[int]:
    return frozenset(int(date[:4]) for date in dates if date)


def contradict(one: Identity, other: Identity) -> bool:
    """Whether both have arXiv identifiers, or both DOIs, and none in common."""
    if one.arxiv and other.arxiv:
        return not one.arxiv & other.arxiv
    return bool(one.dois and other.dois and not one.dois & other.dois)


def passes_gate(one: Identity, other: Identity) -> bool:
    """Whether title, authors and year agree, whatever the identifiers say."""
    common = {title for title, _ in one.titles} & {title for title, _ in other.titles}
    words = max((count for title, count in (*one.titles, *other.titles) if title in common), default=0)
    if not common or not one.families or not other.families or not one.families[0] & other.families[0]:
        return False
    if one.years and other.years and min(abs(a - b) for a in one.years for b in other.years) > 1:
        return False
    return words >= SHORT_TITLE or _overlap(one, other) >= OVERLAP


def _overlap(one: Identity, other: Identity) -> float:
    """The share of family names that both have; of a list that is cut short only what it shows is compared."""
    agreeing = sum(any(name & known for known in other.families) for name in one.families)
    lengths = [len(side.families) for side in (one, other)]
    return agreeing / (min(lengths) if one.is_cut or other.is_cut else max(lengths))


def is_by_title(reason: str) -> bool:
    """Whether a description was found by title and not by identifier."""
    return reason == BY_TITLE


class Index:
    """Identities to look up, by identifier and by title."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self._known: dict[tuple[str, str], list[Identity]] = {}
        for identity in identities:
            self.add(identity)

    def add(self, identity: Identity) -> None:
        """Put an identity in."""
        for mark in _marks(identity):
            self._known.setdefault(mark, []).append(identity)

    def find(self, identity: Identity) -> Iterator[tuple[Identity, str]]:
        """(a description of the same work, by what it was known), the surest first."""
        for kind, value in _marks(identity):
            for other in self._known.get((kind, value), ()):
                if kind != "title":
                    yield other, f"arXiv:{value}" if kind == "arXiv" else f"{kind} {value}"
                elif passes_gate(identity, other) and not contradict(identity, other):
                    yield other, BY_TITLE

    def called_alike(self, identity: Identity) -> Iterator[Identity]:
        """Descriptions that have a title in common, whatever else they say."""
        for kind, value in _marks(identity):
            if kind == "title":
                yield from self._known.get((kind, value), ())

    def kept_apart(self, identity: Identity) -> Iterator[Identity]:
        """Descriptions with the same title, author and year that another arXiv identifier tells apart."""
        for mark in _marks(identity):
            for other in self._known.get(mark, ()):
                if mark[0] == "title" and contradict(identity, other) and passes_gate(identity, other):
                    yield other


def _marks(identity: Identity) -> list[tuple[str, str]]:
    marks = [("arXiv", value) for value in sorted(identity.arxiv)]
    marks += [("DOI", value) for value in sorted(identity.dois)]
    return marks + [("title", title) for title, _ in identity.titles]


def _deny_each_other(
    one: Iterable[tuple[int, str]], other: Iterable[tuple[int, str]], identities: Sequence[Identity]
) -> bool:
    return contradict(*(union(identities, (place for place, _ in members)) for members in (one, other)))


def group(identities: Sequence[Identity]) -> list[list[tuple[int, str]]]:
    """The places of identities that are of one work, each with why it was put to the first one.

    Two entries may be joined by a third one, which has the identifier of the one and the title of the other, unless
    their arXiv identifiers tell them apart.
    """
    groups: dict[int, list[tuple[int, str]]] = {}
    home: dict[int, int] = {}
    index = Index()
    for place, identity in enumerate(identities):
        groups[place], home[place] = [(place, "")], place
        for other, reason in list(index.find(identity)):
            target, own = home[int(other.owner)], home[place]
            first, second = min(target, own), max(target, own)
            if first == second or _deny_each_other(groups[first], groups[second], identities):
                continue
            moved = groups.pop(second)
            groups[first] += [(moved[0][0], reason), *moved[1:]]
            home |= {member: first for member, _ in moved}
        index.add(identity)
    return list(groups.values())


def union(identities: Sequence[Identity], places: Iterable[int]) -> Identity:
    """The identifiers of several descriptions together."""
    members = [identities[place] for place in places]
    return Identity(
        owner="",
        arxiv=frozenset().union(*(member.arxiv for member in members)),
        dois=frozenset().union(*(member.dois for member in members)),
    )
