"""Grammars of the identifiers that notes and services use."""

import re

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CITEKEY = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
DOI = re.compile(r"10\.\d{4,9}/\S+")
URL = re.compile(r"https?://[^\s<>\"]+")

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from April 2007, five digits from
# January 2015, archive/YYMMNNN before.
_NEW = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})")
_OLD = re.compile(r"[a-z]+(?:-[a-z]+)?/(\d{2})(0[1-9]|1[0-2])\d{3}")


def is_arxiv_id(text: str) -> bool:
    """Whether `text` is a bare arXiv identifier: no prefix, no version, no subject class."""
    if new := _NEW.fullmatch(text):
        month = int(new[1] + new[2])
        return month >= 704 and len(new[3]) == (5 if month >= 1501 else 4)
    return _OLD.fullmatch(text) is not None


def arxiv_month(arxiv_id: str) -> str | None:
    """The month in which a new-style identifier was given, as `YYYY-MM`; None for an old-style one."""
    new = _NEW.fullmatch(arxiv_id)
    return f"20{new[1]}-{new[2]}" if new else None


def arxiv_file(arxiv_id: str) -> str:
    """File name of the record of an arXiv identifier; the "/" of old-style ones becomes "__"."""
    return arxiv_id.replace("/", "__") + ".json"
