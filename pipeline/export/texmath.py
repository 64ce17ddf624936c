r"""Formulas that LaTeX sets without a package, so that no document stops at one of ours.

Commands of amsmath are written in LaTeX's own; a formula that still has others, a macro of some paper or `\begin`, is
read out as text.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from ..text import decode_tex

_SIGN = r"(?:[^$%#&\\]|\\.)"
_MATH = re.compile(rf"\$\$\s*(?P<display>{_SIGN}+?)\s*\$\$|\$(?!\s)(?P<inline>{_SIGN}+?)(?<!\s)\$(?!\d)")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)")
# A raised or lowered nothing, or two of them on one letter.
_BADLY_RAISED = re.compile(
    r"(?<!\\)[_^]\s*(?:[}_^]|$)|\^(?:\w|\{[^{}]*\})\s*\^|(?<!\\)_(?:\w|\{[^{}]*\})\s*_", re.ASCII
)
_OWN = (
    (re.compile(r"\\operatorname\*?\{([^{}]*)\}"), r"\\mathop{\\mathrm{\1}}"),
    (re.compile(r"\\text(?![A-Za-z])"), r"\\textrm"),
    (re.compile(r"\\(?:mathbb|boldsymbol|bm|mathbbm)(?![A-Za-z])"), r"\\mathbf"),
    (re.compile(r"\\(?:mathfrak|mathscr)(?![A-Za-z])"), r"\\mathcal"),
    (re.compile(r"\\[dt]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"\\[lr]Vert(?![A-Za-z])"), r"\\|"),
    (re.compile(r"\\[lr]vert(?![A-Za-z])"), "|"),
    (re.compile(r"\\dots[cbmio](?![A-Za-z])"), r"\\ldots"),
    (re.compile(r"\\leqslant(?![A-Za-z])"), r"\\leq"),
    (re.compile(r"\\geqslant(?![A-Za-z])"), r"\\geq"),
    (re.compile(r"\\implies(?![A-Za-z])"), r"\\Rightarrow"),
    (re.compile(r"\\binom\{([^{}]*)\}\{([^{}]*)\}"), r"{{\1}\\choose{\2}}"),
)
# fontmath.ltx and the accents, fonts, spaces and roots of LaTeX's kernel.
_KERNEL = frozenset(
    (
        # No escaped underscore, which some readers lose whole files over.
        r", ; : ! > { } | # % & "
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
        "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi "
        "Psi Omega aleph hbar imath jmath ell wp Re Im partial infty prime emptyset nabla surd top bot angle triangle "
        "forall exists neg lnot flat natural sharp clubsuit diamondsuit heartsuit spadesuit "
        "coprod bigvee bigwedge biguplus bigcap bigcup int prod sum bigotimes bigoplus bigodot oint bigsqcup smallint "
        "triangleleft triangleright bigtriangleup bigtriangledown wedge land vee lor cap cup ddagger dagger sqcap "
        "sqcup uplus amalg diamond bullet wr div odot oslash otimes ominus oplus mp pm circ bigcirc setminus cdot ast "
        "times star propto sqsubseteq sqsupseteq parallel mid dashv vdash nearrow searrow nwarrow swarrow "
        "Leftrightarrow Leftarrow Rightarrow neq ne leq le geq ge succ prec approx succeq preceq supset subset "
        "supseteq subseteq in ni owns gg ll not leftrightarrow leftarrow gets rightarrow to mapsto sim simeq perp "
        "equiv asymp smile frown cong notin doteq hookrightarrow hookleftarrow bowtie models "
        "Longrightarrow longrightarrow longleftarrow Longleftarrow longmapsto longleftrightarrow iff ldotp cdotp "
        "colon dots ldots cdots vdots ddots acute grave ddot tilde bar breve check hat vec dot widetilde widehat "
        "mathring overline underline overbrace underbrace overrightarrow overleftarrow sqrt frac choose stackrel "
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log "
        "max min Pr sec sin sinh sup tan tanh bmod pmod lbrace rbrace lbrack rbrack langle rangle lceil rceil lfloor "
        "rfloor vert Vert backslash uparrow downarrow updownarrow Uparrow Downarrow left right big Big bigg Bigg bigl "
        "bigr Bigl Bigr mathrm mathbf mathit mathsf mathtt mathcal mathnormal textrm textbf textit textsf texttt "
        "mathop textnormal mbox quad qquad limits nolimits displaystyle textstyle scriptstyle"
    ).split()
) | {" ", "$"}


def settable(text: str) -> str:
    """The text with each formula between single dollar signs as LaTeX alone can set it, and others read out."""
    return _MATH.sub(lambda match: _settable(match["display"] or match["inline"]), text) if "$" in text else text


def read_out(text: str) -> str:
    """The text with its formulas as text, for programs that do not read TeX."""
    return _MATH.sub(lambda match: _read_out(match["display"] or match["inline"]), text) if "$" in text else text


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """The settable text in pieces, each with whether it is a formula; a formula with a brace too many is none."""
    end = 0
    for match in _MATH.finditer(text):
        if _can_be_set(match["display"] or match["inline"]):
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False


def _settable(tex: str) -> str:
    own = tex
    for theirs, ours in _OWN:
        own = theirs.sub(ours, own)
    if _can_be_set(own):
        return f"${own}$"
    return _read_out(tex)


def _read_out(tex: str) -> str:
    # What is unbalanced is no formula.
    return " ".join(decode_tex(f"${tex}$", math="text").split()) if _is_balanced(tex) else f"${tex}$"


def _can_be_set(tex: str) -> bool:
    commands = _COMMAND.findall(tex)
    return (
        _is_balanced(tex)
        and _KERNEL.issuperset(commands)
        and commands.count("left") == commands.count("right")
        and not _BADLY_RAISED.search(tex)
        # An accented letter or another script is no mathematics.
        and not any(letter.isalpha() for letter in tex if not letter.isascii())
    )


def _is_balanced(text: str) -> bool:
    """Whether the braces pair off, as TeX counts them and as BibTeX does, which knows no escaped ones."""
    for counted in (text, re.sub(r"\\.", "", text)):
        depths = list(accumulate(((letter == "{") - (letter == "}") for letter in counted), initial=0))
        if min(depths) < 0 or depths[-1]:
            return False
    return True
