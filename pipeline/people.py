"""Names of authors: mending what services return, and telling first names from last."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

OTHERS = "others"
"""Stands last in an author list that is known only in part, as BibTeX has it."""

_GROUP = re.compile(r"\b(Team|Workshop|Group|Collaboration|Consortium|Project|Labs?|Initiative|Institute|AI)\.?$")
_SUFFIX = re.compile(r"(Jr|Sr)\.?|II|III|IV")
# Behind a comma there is no doubt about what an initial or another name might be too.
_SET_OFF = re.compile(r"(Jn?r|Sn?r)\.?|[IVX]+|\d(?:st|nd|rd|th)|Filho|Neto|J[uú]nior")
# Particles that start a last name though they are written with a capital: "Teven Le Scao", "Leandro Von Werra".
_CAPITAL_PARTICLES = frozenset(
    ("De", "Del", "Della", "Di", "Du", "El", "La", "Las", "Le", "Los", "Van", "Von", "Vander", "Dal")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in BibTeX's four parts (Patashnik, BibTeXing, 1988, p. 15); a group has only a `last`."""

    last: str
    first: str = ""
    von: str = ""
    suffix: str = ""
    group: bool = False

    @property
    def family(self) -> str:
        """Particle and last name."""
        return f"{self.von} {self.last}".strip()

    @property
    def inverted(self) -> str:
        """`Last, First`, as lists and catalogues write it."""
        parts = (self.family, self.suffix, self.first)
        return ", ".join(part for part in parts if part)

    @property
    def direct(self) -> str:
        """`First Last`, as pages write it."""
        return " ".join(part for part in (self.first, self.family, self.suffix) if part)


def mend(authors: Iterable[str]) -> tuple[str, ...]:
    """Undo what arXiv does to author lists.

    arXiv reads "OpenAI: A, B" as an author ":" and "Dmitry (Dima) Lepikhin" as two authors of one word each. So: blanks
    are collapsed; a ":" is dropped; two neighbours of one word each become one person, unless the first of them opens
    the list, where groups stand; of names that come twice the first stays.
    """
    names = [" ".join(author.split()) for author in authors]
    mended: list[str] = []
    half = False  # the last name in `mended` is one word that may be half a person
    for index, name in enumerate(names):
        if name in ("", ":"):
            half = False
            continue
        single = " " not in name and not _GROUP.search(name) and not name.startswith("{")
        if half and single:
            mended[-1] += f" {name}"
            half = False
        else:
            mended.append(name)
            half = single and index > 0
    return tuple(dict.fromkeys(mended))


@lru_cache(maxsize=1 << 16)
def parse_name(text: str) -> Name:
    """Take a "First von Last" name apart.

    "Last, First" and "Last, Jr, First" are taken as they are, for names that the rules get wrong. `{Braced}` names,
    names of one word and names that end in a word like "Team" are groups and stay whole. A lower-case word starts the
    particle, as in BibTeX; so does one of a few capitalised ones ("Le", "De", "Van").
    """
    if text.startswith("{") and text.endswith("}"):
        return Name(last=text[1:-1], group=True)
    family, comma, first = text.partition(", ")
    if comma and not _SUFFIX.fullmatch(first):
        von, last = split_family(family)
        suffix, comma, given = first.partition(", ")
        first, suffix = (given, suffix) if comma and _SET_OFF.fullmatch(suffix) else (first, "")
        return Name(first=first, von=von, last=last, suffix=suffix)
    words = text.replace(",", "").split()
    if len(words) < 2 or _GROUP.search(text):
        return Name(last=text, group=True)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = next((i for i, word in enumerate(words[1:-1], 1) if _is_particle(word)), len(words) - 1)
    end = start
    while end < len(words) - 1 and words[end][0].islower():
        end += 1
    return Name(
        first=" ".join(words[:start]), von=" ".join(words[start:end]), last=" ".join(words[end:]), suffix=suffix
    )


def split_family(family: str) -> tuple[str, str]:
    """Particle and last name of a family name: words in small letters before the last word are the particle."""
    words = family.split()
    von = list(takewhile(lambda word: word[0].islower(), words[:-1]))
    return " ".join(von), " ".join(words[len(von) :])


def _is_particle(word: str) -> bool:
    return word[0].islower() or word in _CAPITAL_PARTICLES
