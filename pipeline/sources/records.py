"""What arXiv's services write in ways of their own, as a record of ours has it: names, dates, DOIs, withdrawals."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ..identifiers import publisher_doi
from ..text import decode_tex, one_line

_NOUN = (
    r"(?:this(?:\s+version)?"
    r"|(?<!old )(?<!first )(?<!older )(?<!other )(?<!former )(?<!earlier )(?<!related )(?<!previous )(?<!original )"
    r"(?<!companion )(?<!\ban )(?<!\ba )"
    r"(?:paper|article|submission|manuscript|pre-?print|e-?print|work|note|letter|report|thesis))"
)
_BEEN = r"(?:(?:has|have)\s+(?:now\s+)?been\s+|is\s+|was\s+)?(?:now\s+|being\s+|[a-z]+ly\s+)?"
_WITHDRAWN = re.compile(
    rf"(?:\A\W*|\b{_NOUN}(?:\s+\([^()]*\))?\s+{_BEEN}|(?:(?<![0-9])[,(]|[.;:])\s*(?=\w+\s+by\b))(?:withdrawn|retracted)\b"
    # From a conference or journal, which says nothing of arXiv.
    r"(?![-\w]|\s+from\s+(?!(?:the\s+)?arxiv)|\s+(?:article|paper|work|stud)|.*\b(?:re-?submit|reinstat|restor))",
    re.IGNORECASE,
)
# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7; arXiv writes days of one digit too.
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} (?:19|20)[0-9]{2} [0-9]{2}(?::[0-9]{2}){2} (?:GMT|UTC|[+-][0-9]{4})"
)
VERSION = re.compile(r"v([1-9][0-9]{0,3})")
"""A version of an arXiv work as services write it."""
_PARAGRAPH = re.compile(r"\n\s*\n|\n[ \t]+")

_BRACKET = re.compile(r"(?<!\\)([()])")
_FOR_A_GROUP = re.compile(r"\((?=\s*(?:on behalf of|for the)\b)([^()]*)\)", re.IGNORECASE)
# A sign behind a backslash is TeX's; what braces hold is one piece.
_TOKEN = re.compile(r"\\.|[{},;:]|(?:(?<=[\s,;:])|\A)(?:and|&)(?=\s)|[^\\{},;:\s]+|\s+", re.DOTALL)
_SEPARATORS = frozenset((",", ";", ":", "and", "&"))
_SUFFIX = re.compile(r"(?:[JS]n?r\.?|[IVX]+|[1-9](?:st|nd|rd|th)|Inc\.?|LLC|Ltd\.?|GmbH|Corp\.?)")
_DEGREE = re.compile(r"(?:Ph\.? ?D|M\.? ?D|D\.? ?Phil|M\.? ?Sc|Esq)\.?")
_BEHALF = re.compile(
    r"(?:(?P<who>.*\S)\s+)?(?:on\s+behalf\s+of\s+(?:the\s+)?(?P<group>.+)"
    r"|for\s+the\s+(?P<named>.+\s(?:Collaborations?|Consortium|Group|Team)))",
    re.IGNORECASE,
)
_MARK = re.compile(r"\$\s*\^[^$]*\$|\\(?:inst|thanks|textsuperscript|footnotemark)\s*(?:\{[^{}]*\}|\[[^\[\]]*\])")
_TIE = re.compile(r"(?<!\\)~|\\ ")
_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z])")


def line_or_none(text: str | None) -> str | None:
    """Text on one line; None for what is empty."""
    return one_line(text) or None


def abstract_of(text: str | None) -> str | None:
    """An abstract with one line a paragraph and a blank line between two; arXiv opens one by a line set in."""
    paragraphs = map(one_line, _PARAGRAPH.split((text or "").strip()))
    return "\n\n".join(filter(None, paragraphs)) or None


def utc(moment: datetime) -> str:
    """A moment as records have it, `2017-06-12T17:57:34Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> str:
    """An HTTP date ("Mon, 12 Jun 2017 17:57:34 GMT") as `2017-06-12T17:57:34Z`.

    Raises:
        ValueError: the text is no such date.
    """
    if not _DATE.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is no date of HTTP")
    return utc(parsedate_to_datetime(text.strip()))


def doi_of(text: str | None) -> str | None:
    """The first DOI of a field that may hold several, without address; None without one, or with arXiv's own."""
    words = (text or "").replace("\\_", "_").split()
    return next(filter(None, (publisher_doi(word.rstrip(",;.")) for word in words)), None)


def says_withdrawn(comment: str | None) -> bool:
    """Whether a comment says that the work it belongs to was withdrawn, and not that another one was."""
    return comment is not None and _WITHDRAWN.search(" ".join(comment.split())) is not None


def split_authors(text: str) -> tuple[str, ...]:
    r"""The names of arXiv's one line of authors, which is TeX: "A, B (Univ of X) and C" (arXivRaw, the snapshot).

    Names are parted as arXiv itself parts them (https://github.com/arXiv/arxiv-base, arxiv/authors): at commas, colons
    and "and" outside braces; what stands in parentheses are affiliations. "on behalf of the X Collaboration" is one
    more author. "et al." stays, as in arXiv's API.
    """
    return tuple(decoded for name in _whole(_pieces(_without_affiliations(text))) if (decoded := decode_name(name)))


def decode_name(name: str) -> str:
    """A name of TeX in Unicode, without the marks that lead to affiliations and without braces."""
    bare = decode_tex(_TIE.sub(" ", _MARK.sub("", name)), math="text")
    return one_line(_INITIALS.sub(". ", bare.replace("{", "").replace("}", "")))


def _without_affiliations(text: str) -> str:
    """The line without what parentheses hold, nested ones too; what is not closed goes to the end, as with arXiv."""
    parts: list[str] = []
    depth, before = 0, ""
    for bit in _BRACKET.split(_FOR_A_GROUP.sub(r", \1,", text)):
        if bit == "(":
            depth += 1
        elif bit == ")":
            # "Dmitry (Dima) Lepikhin" is one person, "Jo Moss (MIT) Ann Fern" are two.
            parts.append(" " if depth == 1 and _is_half(before) else ", ")
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(bit)
            before = bit
    return "".join(parts)


def _is_half(text: str) -> bool:
    """Whether the last name in a text is one word, which may be the first half of a person."""
    pieces = list(_pieces(text))
    return bool(pieces) and len(pieces[-1].split()) == 1


def _pieces(text: str) -> Iterator[str]:
    """The parts of a line between commas, semicolons, colons and "and" outside braces."""
    piece, depth = "", 0
    for bit in _TOKEN.findall(text):
        if depth <= 0 and bit in _SEPARATORS:
            yield piece.strip()
            piece = ""
        else:
            piece += bit
            depth += (bit == "{") - (bit == "}")
    yield piece.strip()


def _whole(pieces: Iterable[str]) -> list[str]:
    """Names of which a comma parted nothing: suffixes back at their names, degrees gone, groups by themselves."""
    names: list[str] = []
    for piece in pieces:
        if not piece or _DEGREE.fullmatch(piece):
            continue
        if names and _SUFFIX.fullmatch(piece):
            joint = ", " if piece[0] in "LGC" or piece.startswith("Inc") else " "
            names[-1] += joint + piece
        elif match := _BEHALF.fullmatch(piece):
            names += [name for name in (match["who"], match["group"] or match["named"]) if name]
        else:
            names.append(piece)
    return names
