"""Versions of record that services know of: printed by a fetch, and written into notes where they are sure."""

import pytest
from desk import at_a_desk
from fake import faults

from pipeline.export import FORMATS

# What is sure by arXiv's record, and by what Semantic Scholar says; what nothing confirms.
KETTLE, LANTERN, CHIMERA, TALK = "1810.00001", "1810.00002", "1810.00003", "1810.00004"
MEETING = {"id": "0a1b", "name": "Meeting of Lanterns", "type": "conference"}
PROPOSALS = """\
{written} work-1810-00001: Journal of Kettles, 2018, doi:10.1234/kettles.3 (arXiv)
{written} work-1810-00002: Meeting of Lanterns, 2019, doi:10.18653/v1/N19-1423 (Semantic Scholar)
proposed work-1810-00003: Meeting of Lanterns, 2018, doi:10.18653/v1/N19-1424 (Semantic Scholar; to be reviewed: \
ACL N19-1424 is not of 2018)
proposed work-1810-00004: NeurIPS 2018 (arXiv; to be reviewed: only the comment on arXiv says so)
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Four preprints of which something is said, and one of which nothing is."""
    with at_a_desk(tmp_path, monkeypatch) as desk:
        shelf = desk.shelf
        journal_ref = "Journal of Kettles 3 (2018) 10-20"
        shelf.add(KETTLE, "Kettles at Noon", authors=["Ann Fern"], doi="10.1234/kettles.3", journal_ref=journal_ref)
        for arxiv_id, acl, year in ((LANTERN, "N19-1423", 2019), (CHIMERA, "N19-1424", 2018)):
            shelf.add(arxiv_id, f"Lantern {acl}", publicationVenue=MEETING, year=year, external_ids={"ACL": acl})
        shelf.add(TALK, "A Talk", comment="Accepted at NeurIPS 2018. 9 pages")
        shelf.add("hep-th/9901001", "The Root")
        desk.write_notes()
        yield desk


def reference_of(desk, key):
    """The lines of the reference of a note."""
    text = desk.note(key)
    return text[text.index("reference:") : text.index("\n---\n", 4) + 1] if "reference:" in text else ""


@pytest.mark.parametrize("options", [[], ["--refresh"], ["--only", "metadata"]])
def test_a_fetch_prints_them(desk, capsys, options):
    """What is sure and what is not; no note is touched."""
    desk.run("fetch")
    capsys.readouterr()
    before = desk.files("papers")

    assert desk.run("fetch", *options) == 0
    assert capsys.readouterr().out == PROPOSALS.format(written="proposed")
    assert desk.files("papers") == before


def test_without_lists_there_is_what_arxiv_says(desk, capsys):
    """Nobody else has been asked."""
    assert desk.run("fetch", "--only", "metadata") == 0
    lines = PROPOSALS.format(written="proposed").splitlines(keepends=True)
    assert capsys.readouterr().out == "".join(line for line in lines if "(arXiv" in line)


def test_a_fetch_of_missing_ones_prints_none(desk, capsys):
    """That is what make does before each build."""
    assert desk.run("fetch", "--missing") == 0
    assert capsys.readouterr().out == ""


def test_those_that_are_sure_are_written(desk, capsys):
    """With the fields of the one record that names them; what mixes two versions is only proposed."""
    assert desk.run("fetch", "--apply") == 0
    assert capsys.readouterr().out == PROPOSALS.format(written="written")
    assert reference_of(desk, "work-1810-00001") == (
        "reference:\n  type: article\n  year: 2018\n  journal: Journal of Kettles\n  volume: 3\n  pages: 10-20\n"
        "  doi: 10.1234/kettles.3\n"
    )
    assert reference_of(desk, "work-1810-00002") == (
        "reference:\n  type: inproceedings\n  year: 2019\n  booktitle: Meeting of Lanterns\n"
        "  doi: 10.18653/v1/N19-1423\n"
    )
    for key in ("work-1810-00003", "work-1810-00004", "work-hep-th-9901001"):
        assert reference_of(desk, key) == ""


def test_with_missing_they_are_written_too(desk, capsys):
    """Who says --apply means it."""
    assert desk.run("fetch", "--missing", "--apply") == 0
    assert capsys.readouterr().out == PROPOSALS.format(written="written")


def test_a_second_time_writes_nothing(desk, capsys):
    """A note that names a version of record wants none; what is not sure is proposed still."""
    desk.run("fetch", "--apply")
    capsys.readouterr()
    before = desk.files()

    assert desk.run("fetch", "--apply") == 0
    printed = capsys.readouterr().out
    assert "written" not in printed
    assert printed == "".join(line for line in PROPOSALS.splitlines(keepends=True) if line.startswith("proposed"))
    assert desk.files() == before


SHAPES = {
    "as it is": lambda text: text,
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "comments": lambda text: text.replace("kind:", "# of the kind\nkind:  ").replace("---\n# ", "# last\n---\n# "),
    "odd spacing": lambda text: text.replace(": ", ":   ", 2).replace("\n---\n", "  \n--- \t\n") + "\n\n  \n",
    "no line end": lambda text: text.rstrip("\n"),
    "quotes": lambda text: text.replace("kind: method", "'kind': \"method\"").replace("branch", '"branch"'),
    "card and links": lambda text: text.replace("kind: method", "kind: model").replace(
        "\n---\n", "\n# of the card\ncard: {weights: open}\nlinks: {a: https://a.example}\n---\n"
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_no_other_byte_changes(desk, shape):
    """However somebody writes."""
    path = desk.data / "papers/work-1810-00001.md"
    path.write_bytes(shape(desk.note("work-1810-00001")).encode())
    before = path.read_bytes()

    assert desk.run("fetch", "--apply") == 0
    after = path.read_bytes()
    start, length = after.index(b"reference:"), len(after) - len(before)
    assert after[:start] + after[start + length :] == before
    assert b"kettles.3" in after[start : start + length]
    assert (b"\r\n" in before) is (after.count(b"\n") == after.count(b"\r\n"))
    assert desk.run("check") == 0


def test_a_note_that_cannot_take_a_block(desk, capsys):
    """It is named, stays as it is, and the others are written."""
    path = desk.data / "papers/work-1810-00001.md"
    fields = 'name: K, arxiv: "1810.00001", citekey: work-1810-00001, kind: method, branch: architecture'
    path.write_text(f"---\n{{{fields}}}\n---\n# Kettles at Noon\n\nA summary.\n", encoding="utf-8")
    before = path.read_bytes()

    assert desk.run("fetch", "--apply") == 1
    told = capsys.readouterr()
    assert path.read_bytes() == before
    assert "reference:" in desk.note("work-1810-00002")
    assert f"{path}:2: the front matter is written in a way that no block fits into; write the reference by hand" in (
        told.err
    )
    lines = PROPOSALS.format(written="written").splitlines()
    assert told.out.splitlines() == [lines[0].replace("written", "proposed"), *lines[1:]]


def test_what_was_applied_is_cited(desk):
    """Checks and build pass, and the entry has both identities: the DOI and the arXiv identifier."""
    assert desk.run("fetch", "--apply") == 0
    assert desk.run("check") == 0
    assert desk.run("build", "--output", desk.folder / "output") == 0

    bibtex = (desk.folder / "output" / FORMATS["bibtex"]).read_text(encoding="utf-8")
    entries = {entry.split(",")[0]: entry for entry in bibtex.split("\n@")}
    for start, arxiv_id, doi in (
        ("article{work-1810-00001", KETTLE, "10.1234/kettles.3"),
        ("inproceedings{work-1810-00002", LANTERN, "10.18653/v1/N19-1423"),
    ):
        assert f"{{{doi}}}" in entries[start]
        assert f"{{{arxiv_id}}}" in entries[start]


def test_hand_written_references_stay(desk):
    """Though a service says something else."""
    desk.edit("work-1810-00001", "\n---\n", "\nreference: {type: misc, howpublished: A Wall}\n---\n")
    before = desk.note("work-1810-00001")

    assert desk.run("fetch", "--apply") == 0
    assert desk.note("work-1810-00001") == before


def test_what_was_fetched_is_applied_though_a_service_is_shut(desk, capsys):
    """What arXiv says for sure needs nobody else; the exit code tells that lists are missing."""
    desk.fake.for_ever["s2"] = faults.status(429)

    assert desk.run("fetch", "--apply") == 1
    assert "written work-1810-00001" in capsys.readouterr().out
    assert "reference:" not in desk.note("work-1810-00002")


def test_what_a_killed_process_left_is_swept(desk):
    """A note that was half written is gone with the next run, whoever wrote it."""
    stray = desk.data / "papers/.work-1810-00001.md.abcdefgh.part"
    stray.write_text("---\nname: K", encoding="utf-8")

    desk.run("fetch", "--apply")
    assert not stray.exists()


@pytest.mark.parametrize(
    "changes", [{"withdrawn": True, "version": 2}, {"title": "Something Else"}], ids=["withdrawn", "another work"]
)
def test_records_that_are_not_to_be_trusted(desk, capsys, changes):
    """A withdrawn work has no version of record to cite, and another work's is not this one's."""
    desk.shelf.add(KETTLE, **{"title": "Kettles at Noon", "doi": "10.1234/kettles.3"} | changes)

    desk.run("fetch", "--apply")
    assert "work-1810-00001" not in capsys.readouterr().out
    assert "reference:" not in desk.note("work-1810-00001")
