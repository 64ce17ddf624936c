"""Values of exchange formats as plain text: TeX, HTML, dates, pages, addresses."""

import re
import unicodedata
from urllib.parse import unquote

from ..dates import MONTH_NAMES, is_date
from ..identifiers import CONTROL, DOI, URL
from ..text import clean, decode_tex

# What our own encoder writes for signs that TeX gives a meaning, and what pylatexenc reads as something else.
_SIGNS = {
    r"\textbraceleft": "\ue000", r"\textbraceright": "\ue001", r"\textasciicircum": "\ue002",
    r"\textasciitilde": "\ue004", r"\textless": "<", r"\textgreater": ">", r"\textquotedbl": '"', r"\slash": "/",
    r"\textbar": "|", r"\textunderscore": "_",
    r"\textperiodcentered": "·", r"\S": "§", r"\P": "¶", r"\ddag": "‡", r"\copyright": "©", r"\pounds": "£",
    r"\{": "\ue000", r"\}": "\ue001", r"\$": "\ue003",
}  # fmt: skip
_SIGN = re.compile("(?:" + "|".join(map(re.escape, _SIGNS)) + r")(?![A-Za-z])(?:\{\})?")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_BACK = str.maketrans({"\ue000": "{", "\ue001": "}", "\ue002": "^", "\ue003": "$", "\ue004": "~"})
_FORMULA = re.compile(r"\$(?![\s$])[^$]+?(?<![\s\\])\$(?!\d)")
# A number alone that is raised or lowered, in a formula of its own or as we write it: "10$^{-3}$" is no formula in
# Markdown, where a digit before the dollar sign means money.
_RAISED = re.compile(r"\$\s*([\^_])\{?([-+=()\dn]+)\}?\s*\$|\\ensuremath\s*\{([\^_])\{(.)\}\}")
_SMALL = {
    ("^" if kind == "<super>" else "_", chr(int(base, 16)).replace("−", "-")): letter
    for letter in "ªº⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ"
    for kind, base in [unicodedata.decomposition(letter).split()]
}
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6]|jats:p)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Tags of notes; those of titles are cleaned away for all.
_NOTE_TAG = re.compile(r"</?(?:a|li|[ou]l)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_IN_ADDRESSES = {"textasciitilde": "~", "textless": "<", "textgreater": ">", "textunderscore": "_", "sim": "~"}
_DOI_PREFIX = re.compile(r"(?:\\url)?(?:https?://(?:dx\.|www\.)?doi\.org/|doi[:\s]\s*)?", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def plain(text: str) -> str:
    """Text on one line without control characters, in composed Unicode."""
    kept = CONTROL.sub(" ", text).replace("\ufeff", "").replace("\ufffd", "")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def from_tex(text: str) -> str:
    """A BibTeX value as plain text: accents and commands decoded, case braces dropped, `$formulas$` kept as TeX."""
    text = _RAISED.sub(_small, _URL.sub(r"\1", text))
    text = _SIGN.sub(lambda match: _SIGNS[match[0].removesuffix("{}")], " ".join(text.split()))
    parts, end = [], 0
    for match in _FORMULA.finditer(text):
        # Braces that only keep a formula from a style's change of case stand around it.
        parts += [_words(text[end : match.start()]), match[0].translate(_ESCAPED)]
        end = match.end()
    # A brace that a formula sits in is cut in two by the split above, so that braces go last.
    joined = "".join([*parts, _words(text[end:])])
    return plain(clean(joined.translate(_BACK)))


def _small(match: re.Match[str]) -> str:
    """Raised or lowered signs as Unicode has them; what it lacks stays TeX."""
    place, signs = match[1] or match[3], match[2] or match[4]
    small = [_SMALL.get((place, sign)) for sign in signs]
    return "".join(filter(None, small)) if all(small) else match[0]


_ESCAPED = {0xE000: r"\{", 0xE001: r"\}", 0xE003: r"\$"}


def _words(text: str) -> str:
    """TeX outside formulas."""
    if "\\" in text:
        text = decode_tex(text, math="verbatim")
    for tex, letter in _LIGATURES:
        text = text.replace(tex, letter)
    return text.replace("{", "").replace("}", "").replace("~", " ")


def from_html(text: str) -> str:
    """A title or a name of a program that marks up with HTML."""
    return plain(clean(_NOTE_TAG.sub("", _BREAK.sub(" ", text))))


def paragraphs(text: str) -> str:
    """Notes and annotations as plain paragraphs with a blank line between them."""
    blocks = re.split(r"\n\s*\n", _BREAK.sub("\n\n", text))
    return "\n\n".join(block for block in map(from_html, blocks) if block)


def date(text: str) -> str | None:
    """The date in a value such as `2017-06-12`, `2017/06/12/`, `12 June 2017` or `c2017`: as exact as it is sound."""
    if match := _DAY.search(text):
        parts = [match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)]
    elif match := _YEAR.search(text):
        named = month(text)
        parts = [match[1], named] if named else [match[1]]
    else:
        return None
    return exact(*parts)


def exact(*parts: str) -> str | None:
    """The longest start of (year, month, day) that is a date."""
    for count in range(len(parts), 0, -1):
        if is_date(found := "-".join(parts[:count])):
            return found
    return None


def month(text: str) -> str | None:
    """The month that a text is, or begins a word of: `jun`, `June`, `6`; two digits."""
    if text.strip().isdecimal():
        return f"{int(text):02}" if 1 <= int(text) <= 12 else None
    words = re.findall(r"[a-z]{3,}", text.casefold())
    named = (number for word in words for number, name in enumerate(MONTH_NAMES, 1) if name.startswith(word))
    return next((f"{number:02}" for number in named), None)


def pages(text: str) -> str:
    """Pages with single hyphens between first and last."""
    return re.sub(r"\s*(?:-+|[‐‑‒–—])\s*", "-", plain(text))


def doi(text: str) -> str | None:
    """The DOI in a value that may be an address; None for what is none."""
    found = unquote(_DOI_PREFIX.sub("", _unescaped(text), count=1)).rstrip(".,;")
    return found if DOI.fullmatch(found) else None


def url(text: str) -> str | None:
    """The first address in a value, other than ASCII percent-encoded; None without any."""
    said = re.sub(r"(?i)\bhttp(s?)(?=://)", lambda match: f"http{match[1].lower()}", _unescaped(text))
    match = re.search(r"https?://[^\s<>\"]+", re.sub(r"^www\.", "http://www.", said))
    if not match:
        return None
    found = "".join(
        letter if URL.fullmatch(f"https://{letter}") else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in match[0].rstrip("},.;")
    )
    return found if URL.fullmatch(found) else None


def _unescaped(text: str) -> str:
    """An address without what programs escape in it for TeX, though it should stand there as it is."""
    text = re.sub(r"\{?\\([_%&#$~])(?:\{\})?\}?", r"\1", text.strip())
    for command, sign in _IN_ADDRESSES.items():
        text = re.sub(rf"\$?\{{?\\{command}(?![A-Za-z])(?:\{{\}})?\}}?\$?", sign, text)
    return text.replace("{", "").replace("}", "")


def isbn(text: str) -> str | None:
    """A value that is an ISBN, as written; None for an ISSN and all else (ISO 2108: ten or thirteen digits)."""
    first = re.split(r"[;,]|\s{1,}(?=97[89])", plain(text))[0].strip()
    return first if re.fullmatch(r"(?:97[89])?\d{9}[\dXx]", re.sub(r"[\s-]", "", first)) else None
