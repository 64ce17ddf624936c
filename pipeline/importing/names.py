"""Names of authors in BibTeX, CSL and RIS, and as a note writes them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..people import OTHERS, Name, parse_name, split_family
from .cleaning import from_html, from_tex, plain

# biblatex's extended name format, which Better BibTeX writes for particles: "family=Linde, given=Jo, prefix=van der".
_EXTENDED = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix|useprefix|given-i|family-i)\s*=\s*([^,]*)")
# DBLP numbers people of one name: "Yang Liu 0001".
_HOMONYM = re.compile(r"(?<=\S) 0\d{3}$")
_ET_AL = re.compile(r"[,;]?\s+et\s+al\.?$", re.IGNORECASE)
_BRACED_END = re.compile(r"([^{}]*(?:\{\\[^{}]*(?:\{[^{}]*\})?\}[^{}]*)*)\s\{([^\\{}][^{}]*)\}")
_INITIAL = re.compile(r"[A-Z]\.")
_OTHERS = (OTHERS, "et al", "et al.", "and others")


def from_bibtex(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of an `author` field, and whether it ends in "and others" (Patashnik, BibTeXing, 1988, p. 15)."""
    people = _people(text)
    parts = [_HOMONYM.sub("", _ET_AL.sub("", part)) for part in people]
    more = any(_ET_AL.search(part) or part.casefold() in _OTHERS for part in people)
    return _distinct(_bibtex_name(part) for part in parts if part and part.casefold() not in _OTHERS), more


def cannot_be_told_apart(text: str) -> bool:
    """Whether commas join the people of an `author` field, as in "Jo Moss, Ann Fern, Li Ivy"."""
    split = [_at_commas(part) for part in _people(text) if not _EXTENDED.match(part)]
    return any(len(parts) > 3 or (len(parts) == 3 and " " in parts[1].strip()) for parts in split)


def _people(text: str) -> list[str]:
    """The text between the words "and" outside braces; semicolons, which no name has, count as such without any."""
    if ";" in text and not re.search(r"[{}]|\band\b", text):
        text = text.replace(";", " and ")
    people: list[list[str]] = [[]]
    depth = 0
    for word in text.split():
        if depth == 0 and word.casefold() == "and":
            people.append([])
        else:
            people[-1].append(word)
            depth += word.count("{") - word.count("}")
    return [" ".join(words) for words in people if words]


def _at_commas(text: str) -> list[str]:
    """The parts of a name between commas outside braces."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _bibtex_name(text: str) -> Name | None:
    if _is_braced(text):
        return group(from_tex(text[1:-1]))
    if _EXTENDED.match(text):
        said = {name.strip(): from_tex(value.strip(' "')) for name, value in _EXTENDED.findall(text)}
        last, first, von, suffix = (said.get(name, "") for name in ("family", "given", "prefix", "suffix"))
        return whole(last=last, first=first, von=von, suffix=suffix)
    family, *given = _at_commas(text)
    if given:
        von, last = ("", family) if _is_braced(family) else split_family(from_tex(family))
        suffix, first = (given[0], " ".join(given[1:])) if len(given) > 1 else ("", given[0])
        return whole(last=from_tex(last), first=from_tex(first), von=von, suffix=from_tex(suffix))
    # Braces at the end hold a last name of several words together.
    if match := _BRACED_END.fullmatch(text):
        return whole(last=from_tex(match[2]), first=from_tex(match[1]), von="", suffix="")
    return direct(from_tex(text))


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds all of the text."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return place == len(text) - 1 and text.startswith("{")
    return False


def from_csl(values: Iterable[Any]) -> tuple[tuple[Name, ...], bool]:
    """The names of a CSL `author` list, and whether one is "others".

    Format: https://docs.citationstyles.org/en/stable/specification.html#names
    """
    listed = _distinct(_csl_name(value) for value in values if isinstance(value, Mapping))
    known = tuple(name for name in listed if name.last.casefold() not in _OTHERS)
    return known, len(known) < len(listed)


def _csl_name(value: Mapping[str, Any]) -> Name | None:
    names = ("literal", "family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    literal, family, given, dropping, kept, suffix = (from_html(str(value.get(name) or "")) for name in names)
    if literal:
        return group(literal)
    particle, last = split_family(family)
    von = " ".join(filter(None, (dropping, kept, particle)))
    return whole(last=last, first=given, von=von, suffix=suffix)


def from_ris(values: Iterable[str]) -> tuple[tuple[Name, ...], bool]:
    """The names of the AU lines, and whether the last one is "others"."""
    listed = [from_html(value) for value in values]
    more = any(value.casefold() in _OTHERS for value in listed)
    return _distinct(_ris_name(value) for value in listed if value.casefold() not in _OTHERS), more


def _ris_name(text: str) -> Name | None:
    # EndNote's marks of a group: a comma behind it, and two for the first one inside it.
    if text.endswith(",") or ",," in text:
        return group(text.replace(",,", ",").rstrip(", "))
    # People are "Last, First" in RIS, so that a name without comma is a group, as Zotero writes them; but IEEE writes
    # "J. Moss".
    if "," not in text:
        return direct(text) if _INITIAL.match(text) else group(text)
    family, first, *suffix = (part.strip() for part in text.split(","))
    von, last = split_family(family)
    return whole(last=last, first=first, von=von, suffix=" ".join(suffix).strip())


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
    return (
        braced
        if name.group
        else next((form for form in forms if parse_name(form) == name), forms[2 if name.suffix else 1])
    )


def _bare(text: str) -> str:
    return plain(text.replace("{", "").replace("}", "")).strip(" ,")


def _distinct(names: Iterable[Name | None]) -> tuple[Name, ...]:
    """The names there are, each once: a note refuses an author who comes twice."""
    return tuple(dict.fromkeys(name for name in names if name))
