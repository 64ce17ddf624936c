"""Grammars of the identifiers that notes and services use."""

import re

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MISSING = frozenset(("na", "n-a", "nan", "none", "null"))
"""Words that pandas and R take for no value at all when they read a table, so that no key may be one."""
CITEKEY = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]*)?")
# Printable ASCII without braces and backslash: BibTeX takes both as they are, escaping would break the links.
DOI = re.compile(r"10\.\d{4,9}/[!-\[\]-z|~]+")
URL = re.compile(r"https?://[!#-;=?-\[\]-z|~]+")
# Characters that no text file of ours should hold: XML 1.0 refuses them, or YAML counts a line where editors see none.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from April 2007, five digits from
# January 2015, archive/YYMMNNN before.
_NEW = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})")
_OLD = re.compile(r"[a-z]+(?:-[a-z]+)?/(\d{2})(0[1-9]|1[0-2])\d{3}")


def is_key(text: str) -> bool:
    """Whether `text` may be the key of a work."""
    return KEY.fullmatch(text) is not None and text not in MISSING


def is_arxiv_id(text: str) -> bool:
    """Whether `text` is a bare arXiv identifier: no prefix, no version, no subject class."""
    if new := _NEW.fullmatch(text):
        month = int(new[1] + new[2])
        return month >= 704 and len(new[3]) == (5 if month >= 1501 else 4)
    return _OLD.fullmatch(text) is not None


def is_arxiv_doi(doi: str) -> bool:
    """Whether a DOI is one that arXiv itself gives, which says no more than the identifier."""
    return doi.lower().startswith("10.48550/arxiv.")


def arxiv_month(arxiv_id: str) -> str | None:
    """The month in which an identifier was given, as `YYYY-MM`; None for what is none."""
    if new := _NEW.fullmatch(arxiv_id):
        return f"20{new[1]}-{new[2]}"
    # arXiv began in August 1991.
    old = _OLD.fullmatch(arxiv_id)
    return f"{'19' if old[1] >= '91' else '20'}{old[1]}-{old[2]}" if old else None


def arxiv_file(arxiv_id: str) -> str:
    """File name of the record of an arXiv identifier; the "/" of old-style ones becomes "__"."""
    return arxiv_id.replace("/", "__") + ".json"
