"""The files of references as programs read them: no complaint, no work lost, every one understood.

What is committed and the hard cases go through each program in one file. What pip and npm bring stands in
`.consumers/`, apart from what the pipeline needs: `make consumers` puts it there.
"""

import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import citerra
import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from conftest import skip
from printed import fold, works, wrong
from pybtex import PybtexEngine
from support import CONSUMERS, HERE, REPOSITORY, snippet

from pipeline.export.titles import plain_title

CLASSIC = ("bibliography.bib", "bibliography-classic.bib", "bibliography-annotated.bib")
BIBLATEX = "bibliography-biblatex.bib"
FILES = (*CLASSIC, BIBLATEX)
MODULES = ("citation-js", "bibtex-tidy", "biblatex-csl-converter", "@retorquere/bibtex-parser")
TITLED = ("citation-js", "@retorquere/bibtex-parser")
# Citation.js takes five seconds a file, so it reads those that hold what the others do.
READ = [
    (module, name) for module in MODULES for name in FILES if module != "citation-js" or name in (CLASSIC[2], BIBLATEX)
]
# What programs complain of that is theirs. The converter knows eprints but not on biblatex's own type @online; Better
# BibTeX's parser keeps the commands of formulas as they are, and says so.
THEIRS = {
    ("biblatex-csl-converter", BIBLATEX): r"unexpected_field eprint(?:type|class)? \w+",
    ("@retorquere/bibtex-parser", None): r"unhandled macro \\(?:[mtl]\w+|exp|hat\{m\}|\|)",
}


@pytest.fixture(scope="session")
def keys():
    """The citation keys that every file must give, in order."""
    return sorted(work.citekey for work in works())


def call(*command, cwd):
    """Run a program; what it printed, or its complaint if it failed."""
    result = subprocess.run(command, check=False, capture_output=True, cwd=cwd)
    assert result.returncode == 0, result.stderr.decode("utf-8", "replace")[-2000:]
    return result.stdout.decode("utf-8"), result.stderr.decode("utf-8", "replace")


@pytest.fixture(scope="session")
def environment():
    """The Python of `.consumers/`."""
    python = CONSUMERS / "python/bin/python"
    if not python.exists():
        skip("run `make consumers` first")
    return python


@pytest.fixture(scope="session")
def modules(shelf):
    """What each module of npm reads from each file, by (module, file)."""
    if not (CONSUMERS / "node_modules").exists() or not shutil.which("node"):
        skip("run `make consumers` first")
    asked = [*READ, ("citation-js", "bibliography.csl.json")]
    shutil.copy(HERE / "consumers/read.mjs", CONSUMERS)

    def read(pair):
        return json.loads(call("node", "read.mjs", pair[0], str(shelf / pair[1]), cwd=CONSUMERS)[0])

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(asked, pool.map(read, asked), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_bibtexparser(shelf, keys, name):
    """Version 2, which says nothing of what it loses."""
    library = parse_string((shelf / name).read_text(encoding="utf-8"))

    assert not library.failed_blocks
    assert sorted(entry.key for entry in library.entries) == keys


@pytest.mark.parametrize("name", FILES)
def test_citerra(shelf, keys, name):
    """The strict reader."""
    library = citerra.loads((shelf / name).read_text(encoding="utf-8"))

    assert sorted(entry.key for entry in library.entries) == keys


@pytest.mark.parametrize("name", FILES)
def test_pybtex(shelf, keys, name):
    """Strictly parsed, with every name taken apart; `filterwarnings` makes an error of a warning."""
    database = pybtex.database.parse_file(shelf / name, bib_format="bibtex")
    authors = {key: entry.persons["author"] for key, entry in database.entries.items()}

    assert sorted(database.entries) == keys
    assert authors["hardparticles"][0].last_names == ["Le", "Scao"]
    assert authors["hardparticles"][1].prelast_names == ["van", "den"]
    assert len(authors["hardgroups"]) == 7
    assert len(authors["hardfifty"]) == 50


def test_pybtex_prints(shelf):
    """Its own plain style prints all of the classic file, right."""
    text = PybtexEngine().format_from_files(
        [str(shelf / "bibliography-classic.bib")], style="plain", citations=["*"], output_backend="plaintext"
    )

    # What it has no letters for: its decoder leaves these commands as they are.
    unknown = ["hardsymbols: title", "hardformulas: title", "hardspecials: title", "hardjournal: venue"]
    assert set(wrong(text, by_letter=False)) <= {*unknown, "rabe2021selfattention: title"}


def test_rispy(shelf, keys):
    """RIS reads back with all names whole and in their own scripts."""
    records = {record["id"]: record for record in rispy.loads((shelf / "bibliography.ris").read_text("utf-8"))}

    assert sorted(records) == keys
    for work in works():
        record = records[work.citekey]
        assert record["title"] == " ".join(plain_title(work).split())
        assert len(record["authors"]) == len(work.authors)
        assert record["year"] == work.year
    assert records["hardscripts"]["authors"][:3] == ["王, 伟", "田中, 太郎", "김, 철수"]
    assert records["hardvietnamese"]["authors"][0] == "Nguyễn, Thị"
    assert len(records["hardcrowd"]["authors"]) == 1350


# CSL 1.0.2, appendices III and IV: those of its types and variables that we use, with what stands in them.
CSL_TYPES = {"article", "article-journal", "book", "chapter", "paper-conference", "report", "thesis", "webpage"}
CSL_DATES = {"issued", "accessed"}
CSL_TEXTS = {
    *("id", "type", "title", "container-title", "publisher", "genre", "number", "volume", "issue", "page", "DOI"),
    *("URL", "ISBN", "note", "keyword", "abstract", "annote"),
}
CSL_NAME = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def test_csl_json_is_what_csl_allows(shelf, keys):
    """Every item has a known type, known variables, names of known parts and dates of numbers."""
    items = json.loads((shelf / "bibliography.csl.json").read_text(encoding="utf-8"))

    assert sorted(item["id"] for item in items) == keys
    for item in items:
        assert item["type"] in CSL_TYPES
        assert item.keys() <= CSL_TEXTS | CSL_DATES | {"author"}
        assert all(isinstance(item[name], str) and item[name] for name in item.keys() & CSL_TEXTS)
        for name in item["author"]:
            assert name.keys() <= CSL_NAME
            assert ("literal" in name) != ("family" in name)
        for name in item.keys() & CSL_DATES:
            ((*parts,),) = item[name]["date-parts"]
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)


@pytest.mark.needs("bibtool")
@pytest.mark.parametrize("name", FILES)
def test_bibtool(shelf, keys, name):
    """BibTool drops what it does not know; it knows biblatex's types only if it is told to."""
    types = ("-r", "biblatex") if name == BIBLATEX else ()
    out, err = call("bibtool", "-q", "-d", "-r", "/dev/null", *types, "-i", name, cwd=shelf)

    assert "***" not in out + err
    assert sorted(re.findall(r"(?m)^@\w+\s*\{\s*([^,\s]+)", out)) == keys


@pytest.mark.needs("jabref")
@pytest.mark.parametrize("name", ["bibliography-annotated.bib", BIBLATEX])
def test_jabref(shelf, keys, name, tmp_path):
    """JabRef writes as many entries as it was given, with their titles."""
    target = tmp_path / "jabref.bib"
    call("jabref", "-n", "-i", str(shelf / name), "-o", str(target), cwd=tmp_path)
    entries = parse_string(target.read_text(encoding="utf-8")).entries
    given = {entry.key: entry for entry in parse_string((shelf / name).read_text(encoding="utf-8")).entries}

    assert sorted(entry.key for entry in entries) == keys
    for entry in entries:
        assert fold(entry["title"]) == fold(given[entry.key]["title"])
        assert fold(entry["author"]) == fold(given[entry.key]["author"])


@pytest.mark.needs("pandoc")
@pytest.mark.parametrize("name", ["bibliography.bib", BIBLATEX, "bibliography.csl.json"])
def test_pandoc(shelf, name):
    """Pandoc's citeproc prints every reference, without a word of complaint, names and titles whole."""
    (shelf / "all.md").write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    bib = f"--bibliography={name}"
    text, err = call("pandoc", "--citeproc", bib, "--wrap=none", "--to=plain", "all.md", cwd=shelf)

    # Pandoc 2.17 leaves out commands of T1 fonts that it does not know, as that of the Icelandic eth.
    unknown = {"bibliography.bib": {"hardnordic: author", "hardsymbols: title"}}
    assert not err
    assert set(wrong(text, by_letter=False)) <= unknown.get(name, set())


@pytest.mark.needs("pandoc")
def test_pandoc_as_in_the_readme(shelf):
    """The README's command prints the work that a paper cites."""
    (shelf / "paper.md").write_text("As in [@vaswani2017attention].\n", encoding="utf-8")
    text, err = call("sh", "-c", snippet("Pandoc", "sh"), cwd=shelf)

    assert not err
    assert "(Vaswani et al. 2017)" in text
    assert "Attention Is All You Need" in " ".join(text.split())


@pytest.mark.parametrize(("module", "name"), READ)
def test_npm_modules(modules, keys, module, name):
    """Each reads every entry and complains of nothing but what is its own affair."""
    found = modules[module, name]
    theirs = THEIRS.get((module, name)) or THEIRS.get((module, None), "(?!)")

    assert sorted(found["entries"]) == keys
    assert [complaint for complaint in found["complaints"] if not re.fullmatch(theirs, complaint)] == []


@pytest.mark.parametrize(("module", "name"), [pair for pair in READ if pair[0] in TITLED])
def test_npm_modules_read_titles(modules, module, name):
    """Titles come through with every letter, formulas apart."""
    titles = modules[module, name]["entries"]
    plain = [work for work in works() if work.key not in ("formulas", "symbols", "scripts", "chinese", "faces")]

    strange = {
        work.citekey: titles[work.citekey] for work in plain if fold(titles[work.citekey]) != fold(plain_title(work))
    }
    assert strange == {}


def test_citation_js_prints(modules):
    """Citation.js prints all of the CSL-JSON in APA's style."""
    assert wrong(modules["citation-js", "bibliography.csl.json"]["printed"], by_letter=False) == []


@pytest.mark.parametrize("name", FILES)
def test_bibtexparser_1(environment, shelf, keys, name):
    """Version 1, which most people still have."""
    out, _ = call(str(environment), str(HERE / "consumers/bibtexparser1.py"), str(shelf / name), cwd=shelf)

    assert sorted(json.loads(out)[name]) == keys


def test_frictionless(environment):
    """The data package describes the CSVs as they are."""
    command = (str(environment.parent / "frictionless"), "validate", "output/datapackage.json", "--json")
    report = json.loads(call(*command, cwd=REPOSITORY)[0])

    assert report["valid"]
    assert {task["name"] for task in report["tasks"]} == {"papers", "lineage", "citations", "models"}
