"""Which arXiv identifier an entry has, whether it is more than a preprint, and of which type it then is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..identifiers import ARXIV, FLAGS, find_arxiv, parse_arxiv, read_arxiv
from ..model import NEEDED, REFERENCE_TYPES, Reference
from . import cleaning

_WITHIN = re.compile(rf"(?<![\w.]){ARXIV}(?![\w.])", FLAGS)
# What stands where an identifier would, misspelt or not.
_NUMBER = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z-]+)?/[0-9]{7})(?:v[0-9]+)?"
# A venue that is nothing but arXiv: "arXiv preprint arXiv:1706.03762", "CoRR", "arXiv:1706.03762 [cs, stat]",
# "Cornell University - arXiv"; all words of it must be such words.
_ARXIV_WORDS = re.compile(
    rf"(?:{_NUMBER}|\[[^\]]*\]|\(?\b(?:19|20)[0-9]{2}\b\)?|\b(?:arxiv(?:\.org)?|corr|abs|e-?prints?|pre-?prints?|cornell|university"
    r"|computing|research|repository|the|server|article|art|no|id|ithaca|ny|available|at|on|in)\b|[\s:;,./()-])",
    re.IGNORECASE,
)
_NAMES_ARXIV = re.compile(r"\barxiv\b|\bcorr\b|computing research repository", re.IGNORECASE)
_VENUES = ("journal", "booktitle", "publisher", "institution", "howpublished")


def is_arxiv(text: str) -> bool:
    """Whether a venue is arXiv and nothing else."""
    return bool(_NAMES_ARXIV.search(text)) and not _ARXIV_WORDS.sub("", text)


def arxiv_ids(fields: Mapping[str, str]) -> Iterator[str]:
    """Every identifier that an entry gives, the surest first; never one from inside a sentence."""
    return filter(None, _ids(fields))


def _ids(fields: Mapping[str, str]) -> Iterator[str | None]:
    archive = fields.get("archive", "")
    if not archive or is_arxiv(archive):
        yield _whole(fields.get("eprint", ""))
        yield find_arxiv(fields.get("eprint", ""))
    yield find_arxiv(fields.get("doi", ""))
    yield find_arxiv(fields.get("url", ""))
    venue = " ".join(fields.get(name, "") for name in (*_VENUES, "archive"))
    for name in ("number", "volume", "journal", "howpublished", "publisher", "booktitle", "archive"):
        text = fields.get(name, "")
        if _NAMES_ARXIV.search(text) and is_arxiv(text):
            yield _within(text)
        elif _NAMES_ARXIV.search(venue):
            yield _whole(text)
        yield find_arxiv(text)
    for line in fields.get("note", "").splitlines():
        text = line.strip().rstrip(".")
        if is_arxiv(text) or (find_arxiv(text) and _whole(text)):
            yield _whole(re.sub(r"^.*?(?=arxiv[:\s]\s*[0-9a-z-]+[./])", "", text, flags=FLAGS))
            yield find_arxiv(text)


def _whole(text: str) -> str | None:
    """The identifier that a value is, in whichever spelling."""
    found = parse_arxiv(text)
    return found[0] if found else None


def _within(venue: str) -> str | None:
    match = _WITHIN.search(venue)
    return read_arxiv(match)[0] if match else None


def venue_of(fields: Mapping[str, str], *, arxiv: str | None, doi: str | None) -> Reference | None:
    """The version of record that an entry describes; None for a plain preprint.

    Args:
        fields: plain values by our names.
        arxiv: the identifier, if it has one.
        doi: of the version of record, without arXiv's own.
    """
    values: dict[str, Any] = {name: cleaning.plain(fields.get(name, "")) for name in (*_VENUES, "volume", "number")}
    values["pages"] = cleaning.pages(fields.get("pages", ""))
    values["isbn"] = cleaning.isbn(fields.get("isbn", ""))
    values["accessed"] = cleaning.date(fields.get("accessed", ""))
    address = cleaning.url(fields.get("url", ""))
    for found in filter(None, (address, cleaning.url(values["howpublished"]))):
        values["howpublished"] = _without_address(values["howpublished"], found)
    for name in (*_VENUES, "volume", "number"):
        if is_arxiv(values[name]) or (arxiv and _whole(values[name]) == arxiv):
            values[name] = ""
    # Scholar has "arXiv--1706" for the pages of "arXiv e-prints".
    if values["pages"].casefold().startswith("arxiv"):
        values["pages"] = ""
    if arxiv and address and find_arxiv(address):
        address = None
    values["url"] = address
    if arxiv and not any(values[name] for name in _VENUES) and not (doi and fields.get("type") not in (None, "misc")):
        # Where else a preprint may be read, as in an index, is nothing of a version of record.
        return None
    kind, values = _typed(fields.get("type", "misc"), fields.get("thesis", ""), values)
    return Reference(type=kind, **{name: value for name, value in values.items() if value})


def _without_address(text: str, address: str) -> str:
    """`Blog, https://…` without the address that the entry has in a field of its own."""
    return re.sub(r"[\s,;:(]*(?:available at|url)?[\s:]*$", "", text.replace(address, "").strip(), flags=re.IGNORECASE)


def _typed(kind: str, thesis: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """One of our types with the fields that it needs; an entry that lacks one of them becomes `misc`."""
    if kind == "thesis":
        is_doctoral = re.search(r"ph\.?\s?-?d|doctor|dissertation", thesis, re.IGNORECASE)
        kind = "phdthesis" if is_doctoral else "misc"
        if not is_doctoral:
            values["howpublished"] = ", ".join(part for part in (thesis or "Thesis", values["institution"]) if part)
            values["institution"] = ""
    if kind not in REFERENCE_TYPES:
        kind = "misc"
    if kind in ("phdthesis", "techreport") and not values["institution"]:
        values["institution"], values["publisher"] = values["publisher"], ""
    if kind in ("inproceedings", "incollection") and not values["booktitle"]:
        values["booktitle"], values["journal"] = values["journal"], ""
    if kind == "article" and not values["journal"] and values["booktitle"]:
        kind = "inproceedings"
    if kind == "incollection" and values["booktitle"] and not values["publisher"]:
        kind = "inproceedings"
    if all(values[name] for name in NEEDED[kind]):
        return kind, values
    for name in ("booktitle", "journal", "institution"):
        # What a style prints of such an entry is `howpublished`.
        if values[name] and not values["howpublished"]:
            values["howpublished"], values[name] = values[name], ""
    return "misc", values
