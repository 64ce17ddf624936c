"""What a program printed, read back: which works are missing from it, and what of them is wrong."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from hard import CASES
from hard import bibliography as hard_bibliography
from support import REPOSITORY

from pipeline import load
from pipeline.text import decode_tex
from pipeline.works import Work

# Marks that T1 fonts have in one form only, and quotes that TeX makes of straight ones.
# pdftotext has its own sign for the Delta of mathematics, and T1 one glyph for two letters with a bar.
_ALIKE = str.maketrans(
    {"∆": "Δ", "Ð": "Đ", "ș": "ş", "Ș": "Ş", "ț": "ţ", "Ț": "Ţ", "'": "’", "‐": "-", "¸": "", '"': "”"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a reference must hold: folded `title` and `author`, `year`, one of `identifiers`, and `kept` by letter."""

    citekey: str
    title: str
    author: str
    year: str
    venue: str
    identifiers: tuple[str, ...]
    prints: tuple[str, ...] = ()


# Works that people cite: what every style prints of them, small and capital letters as they stand here.
TELLING = (
    "BERT: Pre-training of",
    "idirectional Transformers",
    "Proceedings of the 2019 Conference of the North American Chapter",
    "LoRA:",
    "Mistral 7B",
    "GPT-4",
    "Gemini Team",
    "BigScience Workshop",
    "Le Scao",
    "OpenAI",
    "Kaiser",
    "Bubeck",
    "Rozière",
    "Command R:",
    "BERT and GPT-4o",
    "QLoRA: 1-bit LLMs, an iPhone, DALL-E 2, T5X",
    "English Wikipedia",
    "word2vec and fastText",
    "hould I ",
    "ATTENTION IS NOT ALL YOU NEED",
)


@lru_cache(maxsize=1)
def works() -> tuple[Work, ...]:
    """The real works that have an entry, and the hard ones."""
    return (*load(REPOSITORY / "data").citable(), *hard_bibliography().citable())


@lru_cache(maxsize=1)
def expected() -> tuple[Expected, ...]:
    """What is to be found of every work."""
    return tuple(_expected())


def _expected() -> Iterator[Expected]:
    for work in works():
        case = CASES.get(work.key)
        title = (case.plain or case.title) if case else work.published_title
        yield Expected(
            citekey=work.citekey,
            title=fold(decode_tex(title, math="text")),
            author=fold(work.names[0].last),
            year=work.year,
            venue=fold((work.reference and (work.reference.booktitle or work.reference.journal)) or ""),
            identifiers=tuple(filter(None, (work.note.arxiv, work.doi, work.address))),
            prints=case.prints if case else (),
        )


def wrong(text: str, *, with_identifier: Iterable[str] | None = None, by_letter: bool = True) -> list[str]:
    """What of the works a printed text does not hold, as `citekey: what`.

    Args:
        text: all of what a program printed.
        with_identifier: keys of the works whose identifier it prints; all unless told.
        by_letter: ask for what `Hard.prints` names too, which is how TeX prints it.
    """
    folded, letters, solid = fold(text), exact(text).casefold(), "".join(text.split())
    keys = None if with_identifier is None else set(with_identifier)
    found = []
    for work in expected():
        silent = not work.identifiers or (keys is not None and work.citekey not in keys)
        checks = {
            "title": work.title in folded,
            "author": work.author in folded,
            "year": work.year in text,
            "venue": work.venue in folded,
            "identifier": silent or any(identifier in solid for identifier in work.identifiers),
        }
        checks |= {part: exact(part).casefold() in letters for part in work.prints if by_letter}
        found += [f"{work.citekey}: {what}" for what, holds in checks.items() if not holds]
    return found


def fold(text: str) -> str:
    """Letters and digits only, in Latin small letters without marks, so that no layout matters; pictures count not."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "So")
    return "".join(letter for letter in anyascii(plain).casefold() if letter.isalnum())


def exact(text: str) -> str:
    """Text letter by letter, without blanks, which no two programs set alike, nor ligatures and fonts of formulas."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_ALIKE))
