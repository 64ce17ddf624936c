"""Names, file names and citation keys of new notes; nothing is made up beyond what the title and the authors say."""

import re
from collections.abc import Collection, Iterator
from itertools import count

from ..identifiers import is_key
from ..text import decode_tex, latin

LONGEST = 30
"""Characters of a name that a picture can hold."""

_STOP = frozenset(
    "a an the on of for in to and or with from by at as is are be was towards toward via using into its it do does we"
    " der die das ein eine und von la le les un une des du el los las".split()
)


def ascii_words(text: str) -> list[str]:
    """The words of a text in lower-case ASCII letters and digits, other scripts written in Latin letters."""
    return re.findall(r"[a-z0-9]+", latin(text).lower().replace("'", ""))


def short_name(title: str) -> str:
    """What a picture calls the work: the words before a colon if they are few, else the start of the title."""
    title = " ".join(decode_tex(title, math="text").split()) or title
    start = title.partition(":")[0].strip()
    if start != title and start and len(start) <= LONGEST and len(start.split()) <= 3:
        return start
    if len(title) <= LONGEST:
        return title
    cut = title[: LONGEST + 1].rpartition(" ")[0] or title[:LONGEST]
    return cut.rstrip(" ,.;:-–—") + "…"


def file_key(name: str, year: str, taken: Collection[str]) -> str:
    """A key that is free: the name's words, with the year where another work has them, then with a number."""
    return next(
        key for key in _file_keys("-".join(ascii_words(name)) or "work", year) if key not in taken and is_key(key)
    )


def _file_keys(slug: str, year: str) -> Iterator[str]:
    yield slug
    if year:
        yield f"{slug}-{year}"
    yield from (f"{slug}-{number}" for number in count(2))


def citation_key(family: str, year: str, title: str, taken: Collection[str]) -> str:
    """A citation key that is free: family name, year and the first word of the title that says something, then more.

    Args:
        family: of the first author, or the name of a group.
        year: four digits, or nothing.
        title: of the work.
        taken: keys of other works in lower case, as BibTeX tells keys apart without regard to case.
    """
    return next(key for key in _keys(family, year, title) if key not in taken)


def _keys(family: str, year: str, title: str) -> Iterator[str]:
    words = ascii_words(title)
    telling = [word for word in words if word not in _STOP] or words or ["work"]
    start = "".join(ascii_words(family)) or "anonymous"
    for length in range(1, len(telling) + 1):
        yield f"{start}{year}{''.join(telling[:length])}"
    yield from (f"{start}{year}{telling[0]}{number}" for number in count(2))
