"""Text as TeX: what each hard character becomes, and that all of it is ASCII."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.tex import encode, encode_title


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("~ ^ \\ {x}", r"{\textasciitilde} {\textasciicircum} {\textbackslash} \{x\}"),
        ("Gül, naïve, Łukasz, ß, Ångström", r"G{\"u}l, na{\"i}ve, {\L}ukasz, {\ss}, {\AA}ngstr{\"o}m"),
        ("Müller–Lüdenscheidt’s “x”", r"M{\"u}ller--L{\"u}denscheidt's ``x''"),
        ("Kępa Šaško Çelebi", r"K{\k{e}}pa {\v{S}}a{\v{s}}ko {\c{C}}elebi"),
        ("Nguyễn", r"Nguy{\^e}n"),
        ("cost $O(n^2)$ now", "cost {$O(n^2)$} now"),
        ("$5 and $6", r"\$5 and \$6"),
        ("a ≤ b", r"a {\ensuremath{\leq}} b"),
    ],
)
def test_encode(text, tex):
    """Specials are escaped, accents braced as a whole, math kept, lone dollars escaped."""
    assert encode(text) == tex


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("BERT: Pre-training of Deep Models", "{BERT}: Pre-training of Deep Models"),
        ("GPT-4 Technical Report", "{GPT}-4 Technical Report"),
        ("LoRA: Low-Rank Adaptation", "{LoRA}: Low-Rank Adaptation"),
        ("The Era of 1-bit LLMs", "The Era of 1-bit {LLMs}"),
        ("Text-to-Text Transfer", "Text-to-Text Transfer"),
        ("Efficient Transformers", "Efficient {Transformers}"),
        ("A $O(n)$ Model", "A {$O(n)$} Model"),
        ("Q&A with 100% (AI)", r"Q\&A with 100\% ({AI})"),
    ],
)
def test_titles(title, tex):
    """Whole words with inner capitals and proper names are braced, nothing else."""
    assert encode_title(title) == tex


@given(st.text())
def test_tex_is_ascii_with_balanced_braces(text):
    """Whatever comes in, what goes out cannot break an entry."""
    tex = encode_title(text)
    depth = 0
    for before, letter in zip(" " + tex, tex, strict=False):
        depth += (letter == "{" and before != "\\") - (letter == "}" and before != "\\")
        assert depth >= 0

    assert tex.isascii()
    assert depth == 0
