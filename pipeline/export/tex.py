r"""Text as ASCII TeX that pdflatex and biber both take.

The rules and what they were measured on: unicode first, then escapes, then braces, field by field. Accents are braced
as a whole and take no dotless i, as biber turns `{\"\i}` into an error and `{\"i}` not.
"""

import re
import unicodedata

_SPECIAL = {
    "\\": "{\\textbackslash}",
    "&": "\\&",
    "%": "\\%",
    "$": "\\$",
    "#": "\\#",
    "_": "\\_",
    "{": "\\{",
    "}": "\\}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
}
_LETTERS = {
    "ß": "{\\ss}", "ø": "{\\o}", "Ø": "{\\O}", "ł": "{\\l}", "Ł": "{\\L}", "æ": "{\\ae}", "Æ": "{\\AE}",
    "œ": "{\\oe}", "Œ": "{\\OE}", "đ": "{\\dj}", "Đ": "{\\DJ}", "ð": "{\\dh}", "Ð": "{\\DH}", "þ": "{\\th}",
    "Þ": "{\\TH}", "ı": "{\\i}", "å": "{\\aa}", "Å": "{\\AA}",
    "–": "--", "—": "---", "‐": "-", "‑": "-", "−": "-", "‘": "`", "’": "'", "“": "``", "”": "''", "…": "{\\ldots}",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "²": "$^2$", "³": "$^3$",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
_MATH = re.compile(r"\$(?!\s)([^$]+?)(?<!\s)\$(?!\d)")

# Names that start with a capital in the middle of a title and have no other one to give them away.
PROPER = frozenset(
    (
        "Adam Arena Bayesian Bradley Chatbot Chinchilla Chinese Claude English Gaussian Gemini Gemma German Gopher "
        "Haiku Jamba Kimi Llama Longformer Mamba Markov Megatron Mistral Mixtral Opus Pathways Performers Pixtral "
        "Python Pythia Qwen Reformer Sonnet Terry Transformer Transformers Tulu Turing Voyager Wikipedia Winograd"
    ).split()
)


def encode(text: str) -> str:
    """Text as ASCII TeX, specials escaped; well-formed `$math$` is kept and braced, so that no style changes it."""
    parts, end = [], 0
    for match in _MATH.finditer(text):
        parts += [_plain(text[end : match.start()]), "{" + _ascii(match[0]) + "}"]
        end = match.end()
    return "".join(parts) + _plain(text[end:])


def encode_title(title: str, names: frozenset[str] = PROPER) -> str:
    """A title as TeX, with each word braced that holds a capital beyond its first letter or is one of `names`."""
    return " ".join(_protect(word, names) for word in title.split())


def _protect(word: str, names: frozenset[str]) -> str:
    if "$" in word:
        return encode(word)
    parts = re.split(r"([\w'’.+*]*\w[+*]?)", word)
    return "".join("{" + encode(part) + "}" if _keeps_case(part, names) else encode(part) for part in parts)


def _keeps_case(word: str, names: frozenset[str]) -> bool:
    return word in names or any(letter.isupper() for letter in word[1:])


def _plain(text: str) -> str:
    escaped = "".join(_SPECIAL.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
    return _ascii(escaped)


def _ascii(text: str) -> str:
    return text if text.isascii() else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    """One character in ASCII TeX; of two accents the first stays, what has no form at all is dropped."""
    if letter.isascii():
        return letter
    if letter in _LETTERS:
        return _LETTERS[letter]
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    accent = next((_ACCENTS[mark] for mark in marks if mark in _ACCENTS), None)
    if accent and base.isascii():
        return f"{{\\{accent}{{{base}}}}}" if accent.isalpha() else f"{{\\{accent}{base}}}"
    if base.isascii():
        return base
    return _symbol(letter)


def _symbol(letter: str) -> str:
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    known: str | None = get_builtin_uni2latex_dict().get(ord(letter))
    if known:
        return "{" + known + "}"
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
