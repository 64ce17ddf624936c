"""The .bib as LaTeX's users meet it: no style warns, and every entry is printed."""

import re
import shutil
import subprocess

import pytest
from support import REPOSITORY

from pipeline import load

pytestmark = pytest.mark.needs("bibtex")

DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\begin{document}
\nocite{*}
\bibliographystyle{plain}
\bibliography{bibliography}
\end{document}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with the committed .bib and a document that cites all of it."""
    shutil.copy(REPOSITORY / "output/bibliography.bib", tmp_path)
    (tmp_path / "paper.tex").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def bibtex(folder, style):
    """Run BibTeX with a style over the whole file and return its log."""
    aux = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{bibliography}}\n"
    (folder / "paper.aux").write_text(aux, encoding="utf-8")
    subprocess.run(["bibtex", "paper"], check=False, capture_output=True, cwd=folder)
    return (folder / "paper.blg").read_text(encoding="latin-1")


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv", "unsrt"])
def test_no_style_warns(folder, style):
    """BibTeX's own styles take all entries without a warning or an error."""
    log = bibtex(folder, style)

    assert "Warning--" not in log
    assert "error" not in log
    items = (folder / "paper.bbl").read_text(encoding="ascii").count("\\bibitem")
    assert items == len([work for work in load(REPOSITORY / "data") if not work.note.introduced_in])


def test_titles_keep_their_capitals(folder):
    """The plain style lowers titles, but no name in them; ordinary words it may lower."""
    bibtex(folder, "plain")
    text = re.sub(r"[{}]", "", " ".join((folder / "paper.bbl").read_text(encoding="ascii").split()))

    for name in ("DeepSeek-R1", "DeepSeek-V2.5", "Grok-1", "Qwen2.5-Omni", "Big Bird", "DeepSpeed-Chat", "GPT-4"):
        assert name in text, name
    assert "An open-source chatbot impressing GPT-4" in text


@pytest.mark.needs("pdflatex")
def test_pdflatex_prints_it(folder):
    """A document that cites everything is set without an error, on a good many pages."""
    bibtex(folder, "plain")
    result = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper"],
        check=False,
        capture_output=True,
        cwd=folder,
    )

    assert result.returncode == 0, (folder / "paper.log").read_text(encoding="latin-1")[-2000:]
    pages = re.search(
        r"Output written on paper.pdf \((\d+) pages", (folder / "paper.log").read_text(encoding="latin-1")
    )
    assert int(pages[1]) >= 8
