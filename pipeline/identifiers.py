"""Grammars of the identifiers that notes and services use, and the spellings that people paste."""

import re
from urllib.parse import unquote

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MISSING = frozenset(("na", "n-a", "nan", "none", "null"))
"""Words that pandas and R take for no value at all when they read a table, so that no key may be one."""
CITEKEY = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]*)?")
# Printable ASCII without braces and backslash: BibTeX takes both as they are, escaping would break the links.
DOI = re.compile(r"10\.[0-9]{4,9}/[!-\[\]-z|~]+")
URL = re.compile(r"https?://[!#-;=?-\[\]-z|~]+")
# Characters that no text file of ours should hold: XML 1.0 refuses them, or YAML counts a line where editors see none.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from April 2007, five digits from January 2015,
# archive/YYMMNNN before. arXiv began in the summer of 1991.
_NEW = (
    r"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.[0-9]{4}"
    r"|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
)
_OLD = r"(?:91(?:0[7-9]|1[0-2])|(?:9[2-9]|0[0-6])(?:0[1-9]|1[0-2])|070[1-3])[0-9]{3}"
# https://github.com/arXiv/arxiv-base, arxiv/taxonomy/definitions.py: those that gave identifiers before April 2007.
_ARCHIVES = "|".join(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
    funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
    q-alg q-bio quant-ph solv-int supr-con""".split()
)
_BARE = re.compile(rf"{_NEW}|(?:{_ARCHIVES})/{_OLD}")
# Old identifiers were also written with their subject class, math.GT/0309136, physics.soc-ph/0608123.
_CLASS = r"(?:\.[a-z]{2,6}(?:-[a-z]{2,4})?)?"
ARXIV = (
    rf"(?:(?P<new>{_NEW})|(?P<archive>{_ARCHIVES}){_CLASS}/(?P<old>{_OLD}))"
    r"(?![0-9])(?:v(?P<version>[1-9][0-9]{0,3})(?![0-9]))?"
)
"""Pattern of an arXiv identifier as people write it, with version and subject class, for `FLAGS`."""
FLAGS = re.IGNORECASE | re.ASCII

# arXiv, its mirrors, and those who show its papers under its identifiers.
_ADDRESS = (
    r"(?<![\w.-])(?:"
    r"(?:(?:[a-z0-9-]+\.){0,2}arxiv\.org|xxx\.lanl\.gov)/(?:abs|pdf|html|format|e-print|ps|src)/(?:arxiv:)?"
    r"|(?:www\.)?ar5iv\.org/(?:abs|pdf|html)/"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|html|overview)/"
    r"|(?:www\.)?arxiv-vanity\.com/papers/|(?:www\.)?scirate\.com/arxiv/"
    r"|(?:www\.)?(?:huggingface|hf)\.co/papers/"
    r"|api\.semanticscholar\.org/arxiv:"
    rf"){ARXIV}(?:\.(?:pdf|html|ps|ps\.gz|tar\.gz))?"
)
_DOI = rf"10\.48550/arxiv\.{ARXIV}"
_WITHIN = tuple(re.compile(rf"{pattern}(?!\w|/\w)", FLAGS) for pattern in (_ADDRESS, _DOI))
# "arXiv:1706.03762v5 [cs.CL] 6 Dec 2017" stands on the first page of a paper, "abs/1706.03762" in DBLP.
_LABEL = r"(?:(?:oai:)?arxiv(?:\.org)?(?: ?: ?| )|abs/)?"
_STAMP = r"(?: ?\[[^][]*\](?: [0-9]{1,2} [a-z]{3} [0-9]{4})?)?"
_SPELLINGS = (
    re.compile(rf"{_LABEL}{ARXIV}(?:\.pdf)?{_STAMP}", FLAGS),
    re.compile(rf"(?:(?:https?:)?//)?{_ADDRESS}/?(?:[?#][^ ]*)?", FLAGS),
)
_ARXIV_DOI = re.compile(_DOI, FLAGS)
_DOI_ADDRESS = re.compile(r"(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/(?:doi:)?", FLAGS)
_DOI_LABEL = re.compile(r"(?:info:doi/|(?:urn:)?doi(?: ?: ?| ))", FLAGS)


def is_key(text: str) -> bool:
    """Whether `text` may be the key of a work."""
    return KEY.fullmatch(text) is not None and text not in MISSING


def is_arxiv_id(text: str) -> bool:
    """Whether `text` is a bare arXiv identifier: no prefix, no version, no subject class."""
    return _BARE.fullmatch(text) is not None


def parse_arxiv(text: str) -> tuple[str, int | None] | None:
    """The bare arXiv identifier that a text is, and the version if it names one; None for what is none.

    It may have a prefix or be an address or a DOI. An identifier inside a sentence, or one that is misspelt, is none.
    """
    said = _one_line(text).replace("%2F", "/").replace("%2f", "/")
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(said):
            return read_arxiv(match)
    doi = parse_doi(text)
    match = _ARXIV_DOI.fullmatch(doi) if doi else None
    return read_arxiv(match) if match else None


def find_arxiv(text: str) -> str | None:
    """The bare identifier in the first address of arXiv, else DOI, that stands in a text."""
    matches = (pattern.search(text) for pattern in _WITHIN)
    return next((read_arxiv(match)[0] for match in matches if match), None)


def read_arxiv(match: re.Match[str]) -> tuple[str, int | None]:
    """Bare identifier and version of what `ARXIV` matched."""
    bare = match["new"] or f"{match['archive']}/{match['old']}".lower()
    return bare, int(match["version"]) if match["version"] else None


def parse_doi(text: str) -> str | None:
    """The DOI that a text is, as written, without prefix or address of the resolver; None for what is none."""
    said = _one_line(text)
    if address := _DOI_ADDRESS.match(said):
        # In an address these begin what is none of the DOI, unless they are percent-encoded.
        said = unquote(re.split(r"[?#]", said[address.end() :], maxsplit=1)[0].rstrip("/"))
    elif label := _DOI_LABEL.match(said):
        said = said[label.end() :]
    return said if DOI.fullmatch(said) else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def is_arxiv_doi(doi: str) -> bool:
    """Whether a DOI is one that arXiv itself gives, which says no more than the identifier."""
    return doi.lower().startswith("10.48550/arxiv.")


def publisher_doi(text: str | None) -> str | None:
    """The DOI that a text is, unless arXiv gave it; None for what is none."""
    doi = parse_doi(text or "")
    return None if doi is None or is_arxiv_doi(doi) else doi


def arxiv_month(arxiv_id: str) -> str | None:
    """The month in which an identifier was given, as `YYYY-MM`; None for what is none."""
    if not is_arxiv_id(arxiv_id):
        return None
    archive, _, number = arxiv_id.rpartition("/")
    return f"{'19' if archive and number[0] == '9' else '20'}{number[:2]}-{number[2:4]}"


def arxiv_file(arxiv_id: str) -> str:
    """File name of the record of an arXiv identifier; the "/" of old-style ones becomes "__"."""
    return arxiv_id.replace("/", "__") + ".json"
