"""Text as TeX: what each hard character becomes, and that all of it is ASCII."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.bibtex import authors
from pipeline.export.tex import encode
from pipeline.export.texmath import read_out
from pipeline.export.titles import encode_title
from pipeline.people import parse_name


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("~ ^ \\ {x}", r"{\textasciitilde} {\textasciicircum} {\textbackslash} {\textbraceleft}x{\textbraceright}"),
        ("Gül, naïve, Łukasz, ß, Ångström", r"G{\"u}l, na{\"i}ve, {\L}ukasz, {\ss}, {\r{A}}ngstr{\"o}m"),
        ("Müller–Lüdenscheidt’s “x”", r"M{\"u}ller--L{\"u}denscheidt's ``x''"),
        ("Kępa Šaško Çelebi", r"K{\k{e}}pa {\v{S}}a{\v{s}}ko {\c{C}}elebi"),
        ("Nguyễn Thị Đặng", r"Nguy{\^e}n Thi {\DJ}{\u{a}}ng"),
        ("Ṭāhā Ḥasan", r"T{\=a}h{\=a} Hasan"),
        ("cost $O(n^2)$ now", "cost {$O(n^2)$} now"),
        ("$5 and $6", r"\$5 and \$6"),
        ("a ≤ b", r"a {\ensuremath{\leq}} b"),
        ("Ștefan", r"{\c{S}}tefan"),
        ("$}$ and ${$", r"\${\textbraceright}\$ and \${\textbraceleft}\$"),
        ("$50%$", r"\$50\%\$"),
        ("王伟", "WangWei"),
        ("gives $$ x^2 \\% $$ of it", r"gives {$x^2 \%$} of it"),
        (
            r"$\operatorname{SiLU}(x) = \mathbb{E}[\lVert x \rVert]$",
            r"{$\mathop{\mathrm{SiLU}}(x) = \mathbf{E}[\| x \|]$}",
        ),
        (r"$\binom{n}{k} \text{if } a$", r"{${{n}\choose{k}} \textrm{if } a$}"),
        (r"our $\ours^{2}$ and $x^2^3$", r"our {\textasciicircum}2 and x{\textasciicircum}2{\textasciicircum}3"),
        ("$a & b$ $é_1$", r"\$a \& b\$ {\'e}\_1"),
        ("Zero\u200bWidth, 🚀 Rocket", "ZeroWidth, Rocket"),
        ("10⁻³ and x⁺", r"10{\ensuremath{^{-}}}{\ensuremath{^{3}}} and x{\ensuremath{^{+}}}"),
        ("5‰ of №3", r"5{\textperthousand} of No.3"),
        ("a ⟶ b ↦ ∅", r"a {\ensuremath{\longrightarrow}} b {\ensuremath{\mapsto}} {\ensuremath{\emptyset}}"),
        ("p ∨ q ∧ ϕ ♥", r"p {\ensuremath{\vee}} q {\ensuremath{\wedge}} {\ensuremath{\phi}} {\ensuremath{\heartsuit}}"),
        ("a << b >> c ,, d", "a <{}< b >{}> c ,{}, d"),
        ("a\u2003b\u3000 c\nd\xa0\u2028e", "a b c d e"),
        (r"an $a\_b$ formula", r"an a\_b formula"),
        (r"$\begin{x} a \\ b\end{x}$", "a b"),
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
        ("A $O(n \\log n)$ Model", r"A {$O(n \log n)$} Model"),
        (r"The Erd\H{o}s Problem", r"The Erd{\H{o}}s Problem"),
        ("DeepSeek-V2.5 and Phi-3", "{DeepSeek}-{V2.5} and Phi-3"),
        ("An Open-Source Chatbot", "An Open-Source Chatbot"),
        ("word2vec explained", "{word2vec} explained"),
        ("Command R, U-Net and DALL-E 2", "Command {R}, {U}-Net and {DALL}-{E} 2"),
        ("Why Should I Trust It: A Survey of A-Mem", "Why Should {I} Trust It: A Survey of {A}-Mem"),
        ("Q&A with 100% (AI)", r"{Q}\&{A} with 100\% ({AI})"),
        ("Block Designs: I. The Method", "Block Designs: {I}. {The} Method"),
        ("Tuning? A Case Study! Yes... No", "Tuning? {A} Case Study! {Yes}... {No}"),
        ('"Why Not": “The Middle” and “Lost”', "\"{Why} Not\": ``{The} Middle'' and ``Lost''"),
        ("Judging with Chatbot Arena", "Judging with {Chatbot} {Arena}"),
        ("Natural Questions: A Benchmark", "{Natural} {Questions}: A Benchmark"),
        ("The A100 Tensor Core GPU", "The {A100} {Tensor} {Core} {GPU}"),
        ("Natural Language Questions", "Natural Language Questions"),
        ("On Turing’s Test and Shapley Values", "On {Turing's} Test and {Shapley} Values"),
        ("A Monte Carlo Study of French", "A {Monte} {Carlo} Study of {French}"),
        ("İstanbul Models", r"{{\.I}stanbul} Models"),
        (r"The Q&A of Erd\H{o}s", r"The {Q}\&{A} of Erd{\H{o}}s"),
        (r"A \(n^2\) Bound in \LaTeX", r"A {$n^2$} Bound in {LaTeX}"),
    ],
)
def test_titles(title, tex):
    """Whole words with inner capitals and proper names are braced, nothing else."""
    assert encode_title(title) == tex


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("An $O(n \\log n)$ Bound", "An O(n log n) Bound"),
        ("$\\beta$-VAE, $$\\infty$$", "β-VAE, ∞"),
        ("Between $5 and $6 a Day", "Between $5 and $6 a Day"),
        (r"$\mbox{GPT}$ and $\texttt{GPT}$", "GPT and GPT"),
        (r"$a\_b$", "a_b"),
        (r"$\begin{matrix} a \\ b\end{matrix}$", "a b"),
    ],
)
def test_formulas_are_read_out(text, plain):
    """Programs that know no TeX get words and signs, and lone dollars as they are."""
    assert read_out(text) == plain


@pytest.mark.parametrize(
    ("title", "names", "tex"),
    [
        ("Open Release of Grok-1", ["Grok-1"], "Open Release of {Grok}-1"),
        ("Qwen2.5-Omni Technical Report", ["Qwen2.5-Omni"], "{Qwen2.5}-{Omni} Technical Report"),
        ("DeepSpeed-Chat: Easy", ["DeepSpeed-Chat"], "{DeepSpeed}-{Chat}: Easy"),
        ("Scaling Laws for Models", ["Scaling Laws"], "Scaling Laws for Models"),
        ("Limbs of a Limb", ["Limb"], "Limbs of a {Limb}"),
    ],
)
def test_names_in_titles(title, names, tex):
    """The one-word names of the work keep their case, as a whole and only where they stand as a word."""
    assert encode_title(title, tuple(names)) == tex


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("محمد علي", "`Ly, Mhmd"),
        ("يوسف بن علي", "`Ly, Ywsf Bn"),
        ("王 伟", "Wei, Wang"),
        ("ван дер Вельде, Ян", "van der Vel'de, Yan"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("{OpenAI, and Friends}", "{OpenAI, and Friends}"),
        ("Research AND Development", "{Research AND Development}"),
        ("{van der Berg}, Ann", "{van der Berg}, Ann"),
    ],
)
def test_names(name, tex):
    """What has capitals keeps its small letters; a script without any is no list of particles."""
    assert authors([parse_name(name)]) == tex


@given(st.one_of(st.text(), st.text("$\\{}%&#_ abéB9王")))
def test_tex_cannot_break_an_entry(text):
    """Whatever comes in, braces are balanced as BibTeX counts them, and nothing is left that starts a comment."""
    for tex in (encode(text), encode_title(text), encode_title(text, (text,))):
        depth = 0
        for letter in tex:
            depth += (letter == "{") - (letter == "}")
            assert depth >= 0
        assert depth == 0
        assert not re.search(r"(?<!\\)[%#&]", tex)
        assert tex.isascii() or not any(map(str.isalnum, filter(str.isascii, text)))
