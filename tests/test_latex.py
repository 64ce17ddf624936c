"""The .bib files as LaTeX's users meet them: no program complains, no work is lost, and each is printed right.

All that is committed and all hard cases go through each style in one document. Pages are wide, so that no line breaks
hide what is asked for.
"""

import re
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from printed import TELLING, exact, works, wrong
from support import README, snippet

pytestmark = pytest.mark.needs("pdflatex", "bibtex", "pdftotext")

# Springer's and ACM's classes set a title; every other document is only references.
DOCUMENT = r"""\documentclass%s
\usepackage[T1]{fontenc}
\usepackage{lmodern}
%s
\begin{document}
%s
\hyphenpenalty=10000 \exhyphenpenalty=10000
\hsize=3000pt \linewidth=\hsize \columnwidth=\hsize \textwidth=\hsize \pdfpagewidth=3300pt
\nocite{*}
%s
\end{document}
"""
ACM_FRONT = r"\title{T}\author{A}\affiliation{\institution{I}\city{C}\country{D}}\maketitle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How people use a style of BibTeX, and which warnings of its are about what no source gives."""

    documentclass: str = "{article}"
    preamble: str = r"\usepackage{hyperref}"
    front: str = ""
    bib: str = "bibliography"
    warnings: str = "(?!)"


NO_PAGES = r"empty pages in \w+|page numbers missing in both pages and numpages fields in \w+"
STYLES: Mapping[str, Style] = {
    "plain": Style(preamble="", bib="bibliography-classic"),
    "alpha": Style(preamble="", bib="bibliography-classic"),
    "apalike": Style(preamble=r"\usepackage{apalike}", bib="bibliography-classic"),
    "plainnat": Style(preamble=r"\usepackage{natbib,hyperref}"),
    "IEEEtran": Style(documentclass="[onecolumn]{IEEEtran}"),
    # Its own \doi sets an underscore as text; the README tells of this line.
    "splncs04": Style(
        documentclass="{llncs}",
        preamble=r"\usepackage{hyperref}" + re.search(r"`(\\newcommand\{\\doi\}.*?)`", README)[1],
    ),
    # Its "no volume" is that of journals which have none; that of pages, of works for which no source gives any.
    "elsarticle-num": Style(documentclass="{elsarticle}", warnings=rf"no number and no volume in \w+|{NO_PAGES}"),
    # ACM asks for the publisher's town, which nobody needs, and for publishers that proceedings online do not have.
    "ACM-Reference-Format": Style(
        documentclass="[nonacm]{acmart}",
        preamble="",
        front=ACM_FRONT,
        warnings=rf"empty (?:address|publisher) in \w+|no number and no volume in \w+|{NO_PAGES}",
    ),
}
BIBLATEX = ("numeric", "authoryear", "apa", "ieee")
# What biblatex and biber say of entries, all of it about what the works themselves lack.
BIBER_ALLOWED = re.compile(r"Entry 'hardchapter' .*Missing mandatory field 'editor'|INFO - WARNINGS: \d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a document: faults and warnings that the programs logged, keys in order, and the printed text."""

    faults: list[str]
    warnings: list[str]
    keys: list[str]
    text: str


def call(folder, *command):
    """Run a program in a folder and return what it said."""
    result = subprocess.run(command, check=False, capture_output=True, cwd=folder)
    return (result.stdout + result.stderr).decode("utf-8", "replace")


def latex(folder, name, *options):
    """Run pdflatex and return what its log complains of."""
    call(folder, "pdflatex", "-interaction=nonstopmode", "-file-line-error", *options, name)
    log = (folder / f"{name}.log").read_text(encoding="latin-1")
    return re.findall(r"(?m)^(?:!.*|\S*:\d+: .*|Missing character: .*|.* multiply defined.*)$", log)


def text_of(folder, name):
    """The printed text."""
    return call(folder, "pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", f"{name}.pdf", "-")


def bibtex_run(folder, name, style):
    """Set all references of a .bib in a style of BibTeX."""
    end = f"\\bibliographystyle{{{name}}}\n\\bibliography{{{style.bib}}}"
    document = DOCUMENT % (style.documentclass, style.preamble, style.front, end)
    (folder / f"{name}.tex").write_text(document, encoding="utf-8")
    aux = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{name}}}\n\\bibdata{{{style.bib}}}\n"
    (folder / f"{name}.aux").write_text(aux, encoding="utf-8")
    call(folder, "bibtex", name)
    log = (folder / f"{name}.blg").read_text(encoding="latin-1")
    items = (folder / f"{name}.bbl").read_text(encoding="latin-1")
    return Run(
        faults=[*re.findall(r"(?m)^.*(?:---line|error message).*$", log), *latex(folder, name)],
        warnings=re.findall(r"(?m)^Warning--(.*)$", log),
        keys=re.findall(
            r"\\bibitem(?:\[(?:[^]{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\])?\s*%?\s*\{(\w+)\}", items
        ),
        text=text_of(folder, name),
    )


def biblatex_run(folder, style):
    """Set all references in a style of biblatex, with their annotations where the style prints none of itself."""
    preamble = f"\\usepackage[style={style},maxbibnames=99]{{biblatex}}\n\\addbibresource{{bibliography-biblatex.bib}}"
    if style == "numeric":
        preamble += "\n\\renewbibmacro*{finentry}{\\finentry\\par\\printfield{annotation}}"
    name = f"biblatex-{style}"
    document = DOCUMENT % ("{article}", preamble, "", r"\printbibliography")
    (folder / f"{name}.tex").write_text(document, encoding="utf-8")
    latex(folder, name, "-draftmode")
    call(folder, "biber", name)
    log = (folder / f"{name}.blg").read_text(encoding="utf-8")
    return Run(
        faults=[*re.findall(r"(?m)^.*ERROR - .*$", log), *latex(folder, name)],
        warnings=re.findall(r"(?m)^.*WARN - .*$", log),
        # The apa style sorts twice, for two lists.
        keys=list(dict.fromkeys(re.findall(r"(?m)^    \\entry\{(\w+)\}", (folder / f"{name}.bbl").read_text("utf-8")))),
        text=text_of(folder, name),
    )


@pytest.fixture(scope="session")
def runs(shelf):
    """Every style's run, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        slow = {name: pool.submit(biblatex_run, shelf, name) for name in BIBLATEX}
        quick = {name: pool.submit(bibtex_run, shelf, name, style) for name, style in STYLES.items()}
        return {name: run.result() for name, run in (slow | quick).items()}


@pytest.fixture
def run(request, runs):
    """The run of the style that the test is about."""
    return runs[request.param]


every_style = pytest.mark.parametrize("run", [*STYLES, *BIBLATEX], indirect=True)
needs_biber = pytest.mark.needs("biber")


@needs_biber
@every_style
def test_no_error(run):
    """Neither BibTeX or biber nor LaTeX stumbles, and no letter is missing from the fonts."""
    assert not run.faults


@needs_biber
@pytest.mark.parametrize(
    ("run", "allowed"),
    [*((name, style.warnings) for name, style in STYLES.items()), *((name, "(?!)") for name in BIBLATEX)],
    indirect=["run"],
)
def test_no_warning_of_ours(run, allowed):
    """What is warned of is what no source gives."""
    assert [warning for warning in run.warnings if not re.fullmatch(allowed, warning)] == []


@needs_biber
@every_style
def test_no_work_is_lost(run):
    """Each work is printed, once."""
    assert sorted(run.keys) == sorted(work.citekey for work in works())


@needs_biber
@pytest.mark.parametrize(("run", "name"), [(name, name) for name in [*STYLES, *BIBLATEX]], indirect=["run"])
def test_every_reference_is_right(run, name):
    """Each work is printed with its title, first author, year, venue and an identifier; hard ones letter by letter.

    IEEEtran prints no DOI, so there only works with an address have an identifier.
    """
    addressed = [work.citekey for work in works() if work.address]

    assert wrong(run.text, with_identifier=addressed if name == "IEEEtran" else None) == []


@needs_biber
@every_style
def test_capitals_and_names(run):
    """Styles that lower titles lower no name, and groups and names of several words stay whole."""
    text = exact(run.text)

    assert [part for part in TELLING if exact(part) not in text] == []


@pytest.mark.parametrize("bib", ["bibliography", "bibliography-classic", "bibliography-annotated"])
def test_t1_fonts_suffice(shelf, tmp_path, bib):
    """The plain style needs no package but fontenc; annotations are printed too."""
    style = "annotated" if bib.endswith("annotated") else "plain"
    preamble = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{{shelf / bib}}}\n"
    (tmp_path / "t.aux").write_text(preamble, encoding="utf-8")
    (tmp_path / "annotated.bst").write_text(ANNOTATED, encoding="ascii")
    said = call(tmp_path, "bibtex", "t")
    document = "\\documentclass{article}\\usepackage[T1]{fontenc}\\begin{document}\\input{t.bbl}\\end{document}"
    (tmp_path / "t.tex").write_text(document, encoding="utf-8")

    assert "Warning--" not in said
    assert latex(tmp_path, "t", "-draftmode") == []
    assert (tmp_path / "t.bbl").read_text(encoding="ascii").count("\\bibitem") == len(works())


# A style that prints title and annotation, as small as BibTeX allows.
ANNOTATED = r"""ENTRY { annote title abstract keywords } { } { }
FUNCTION {entry}
{ "\bibitem{" cite$ * "} " * write$ title write$ ". " write$ newline$
  annote empty$ { "no annotation of " cite$ * warning$ } { annote write$ } if$ newline$
  abstract empty$ { } { abstract write$ } if$ newline$
  keywords empty$ { } { keywords write$ } if$ newline$
}
FUNCTION {misc} { entry } FUNCTION {article} { entry } FUNCTION {inproceedings} { entry } FUNCTION {book} { entry }
FUNCTION {incollection} { entry } FUNCTION {phdthesis} { entry } FUNCTION {techreport} { entry }
READ
FUNCTION {begin} { "\begin{thebibliography}{99}" write$ newline$ }
FUNCTION {end} { "\end{thebibliography}" write$ newline$ }
EXECUTE {begin} ITERATE {call.type$} EXECUTE {end}
"""


@needs_biber
@pytest.mark.parametrize("bib", ["bibliography-annotated", "bibliography-biblatex"])
def test_fits_the_data_model(shelf, bib):
    """Biber's data model knows all types and fields and their values."""
    said = call(shelf, "biber", "--tool", "--validate-datamodel", "--nolog", "-O", f"{bib}.checked", f"{bib}.bib")

    complaints = [line for line in said.splitlines() if re.search("WARN|ERROR", line)]
    assert [line for line in complaints if not BIBER_ALLOWED.search(line)] == []
    assert len(re.findall(r"(?m)^@", (shelf / f"{bib}.checked").read_text(encoding="utf-8"))) == len(works())


@needs_biber
@pytest.mark.parametrize(("name", "engine"), [("BibTeX", "bibtex"), ("biblatex", "biber")])
def test_readme_snippets(shelf, name, engine):
    """A paper with the README's lines prints the work that it cites."""
    lines = snippet(name, "latex").splitlines()
    preamble = [line for line in lines if line.startswith(("\\usepackage", "\\addbibresource"))]
    body = ["\\cite{devlin2019bert}", *(line for line in lines if line not in preamble)]
    document = ["\\documentclass{article}", *preamble, "\\begin{document}", *body, "\\end{document}"]
    (shelf / f"paper-{engine}.tex").write_text("\n".join(document), encoding="utf-8")
    latex(shelf, f"paper-{engine}")
    call(shelf, engine, f"paper-{engine}")
    latex(shelf, f"paper-{engine}")

    assert latex(shelf, f"paper-{engine}") == []
    assert "Pre-training" in text_of(shelf, f"paper-{engine}")
