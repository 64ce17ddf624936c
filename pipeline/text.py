"""Plain text from Markdown and TeX."""

import re
import unicodedata

_CODE_OR_LINK = re.compile(r"`+([^`]*)`+|!?\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def fold_title(title: str) -> str:
    """A title reduced to what makes two spellings of it equal: TeX decoded, case folded, letters and digits only."""
    if any(mark in title for mark in "\\${"):
        from pylatexenc.latex2text import LatexNodes2Text

        title = LatexNodes2Text(math_mode="text").latex_to_text(title)
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def first_paragraph(markdown: str) -> str:
    """The first paragraph of Markdown, on one line."""
    return " ".join(markdown.strip().split("\n\n", 1)[0].split())


def plain(markdown: str) -> str:
    """One paragraph of Markdown as plain text: code, links and emphasis keep their words only."""
    text = _CODE_OR_LINK.sub(lambda match: match[1] or match[2] or match[3] or "", " ".join(markdown.split()))
    for _ in range(2):  # emphasis within emphasis
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)
