"""Names of authors in BibTeX, CSL and RIS, and as a note writes them."""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from ..people import Name, parse_name
from .cleaning import from_html, from_tex, plain

# biblatex's extended name format, which Better BibTeX writes for particles: "family=Linde, given=Jo, prefix=van der".
_EXTENDED = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix|useprefix|given-i|family-i)\s*=\s*([^,]*)")
# DBLP numbers people of one name: "Yang Liu 0001".
_HOMONYM = re.compile(r"(?<=\S) 0\d{3}$")
_OTHERS = ("others", "et al", "et al.")


def from_bibtex(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of an `author` field, and whether it ends in "and others" (Patashnik, BibTeXing, 1988, p. 15)."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    parts = [_HOMONYM.sub("", " ".join(part.split())) for part in split_multiple_persons_names(text)]
    more = any(part.casefold() in _OTHERS for part in parts)
    return _distinct(_bibtex_name(part) for part in parts if part.casefold() not in _OTHERS), more


def _bibtex_name(text: str) -> Name | None:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if _is_braced(text):
        return group(from_tex(text[1:-1]))
    if _EXTENDED.match(text):
        parts = {name.strip(): from_tex(value.strip(' "')) for name, value in _EXTENDED.findall(text)}
        last, first, von, suffix = (parts.get(name, "") for name in ("family", "given", "prefix", "suffix"))
        return whole(last=last, first=first, von=von, suffix=suffix)
    # Where commas do not say which part is which, our own rules know more: groups, and particles with a capital.
    if "," not in text and "{" not in text.replace("{\\", ""):
        return direct(from_tex(text))
    split = parse_single_name_into_parts(text, strict=False)
    last, first, von, suffix = (from_tex(" ".join(part)) for part in (split.last, split.first, split.von, split.jr))
    return whole(last=last, first=first, von=von, suffix=suffix)


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds all of the text."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return place == len(text) - 1 and text.startswith("{")
    return False


def from_csl(values: Iterable[Any]) -> tuple[Name, ...]:
    """The names of a CSL `author` list (https://docs.citationstyles.org/en/stable/specification.html#names)."""
    return _distinct(_csl_name(value) for value in values if isinstance(value, Mapping))


def _csl_name(value: Mapping[str, Any]) -> Name | None:
    names = ("literal", "family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    literal, family, given, dropping, kept, suffix = (from_html(str(value.get(name) or "")) for name in names)
    if literal:
        return group(literal)
    words = family.split()
    particles = list(takewhile(lambda word: word[0].islower(), words[:-1]))
    von = " ".join([*filter(None, (dropping, kept)), *particles])
    return whole(last=" ".join(words[len(particles) :]), first=given, von=von, suffix=suffix)


def from_ris(values: Iterable[str]) -> tuple[tuple[Name, ...], bool]:
    """The names of the AU lines, and whether the last one is "others"."""
    listed = [from_html(value) for value in values]
    more = any(value.casefold() in _OTHERS for value in listed)
    return _distinct(_ris_name(value) for value in listed if value.casefold() not in _OTHERS), more


def _ris_name(text: str) -> Name | None:
    # EndNote's marks of a group: a comma behind it, and two for the first one inside it.
    if text.endswith(",") or ",," in text:
        return group(text.replace(",,", ",").rstrip(", "))
    # People are "Last, First" in RIS, so that a name without comma is a group, as Zotero writes them.
    if "," not in text:
        return group(text)
    family, first, *suffix = (part.strip() for part in text.split(","))
    words = family.split()
    particles = list(takewhile(lambda word: word[0].islower(), words[:-1]))
    return whole(
        last=" ".join(words[len(particles) :]), first=first, von=" ".join(particles), suffix=" ".join(suffix).strip()
    )


def direct(text: str) -> Name | None:
    """A name written "First Last"."""
    return parse_name(text) if any(map(str.isalnum, text)) else None


def group(text: str) -> Name | None:
    """A group, which is not taken apart."""
    return Name(last=_bare(text), group=True) if any(map(str.isalnum, text)) else None


def whole(*, last: str, first: str, von: str, suffix: str) -> Name | None:
    """A name in its parts; one that has only a last name is a group, as a name of one word is everywhere here."""
    last, first, von, suffix = map(_bare, (last, first, von, suffix))
    if not last:
        last, von = von, ""
    if not last:
        last, first = first, ""
    if not first:
        return group(" ".join(part for part in (von, last, suffix) if part))
    return Name(last=last, first=first, von=von, suffix=suffix)


def as_text(name: Name) -> str:
    """A name as a note writes it, so that it is read back the same wherever a note can say it."""
    braced = "{" + name.last + "}"
    forms = (name.direct, f"{name.family}, {name.first}", f"{name.family}, {name.suffix}, {name.first}")
    return braced if name.group else next((form for form in forms if parse_name(form) == name), forms[1])


def _bare(text: str) -> str:
    return plain(text.replace("{", "").replace("}", "")).strip(" ,")


def _distinct(names: Iterable[Name | None]) -> tuple[Name, ...]:
    """The names there are, each once: a note refuses an author who comes twice."""
    return tuple(dict.fromkeys(name for name in names if name))
