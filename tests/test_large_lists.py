"""Many works: in bounded memory from the services, in one pass from arXiv's metadata snapshot."""

import gzip
import json
import os
import subprocess
import sys
import zipfile

import pytest
from fake import Shelf, write_data
from runs import led
from support import REPOSITORY

from pipeline.__main__ import main
from pipeline.metadata import load_metadata

MANY = 10_000
LOOKUP = """
import sys, tracemalloc
from pipeline.sources.lookup import Lookup
from pipeline.sources.progress import Progress

def ids(start, count):
    for number in range(start, start + count):
        yield f"{2000 + number // 10_000:04}.{number % 10_000:05}"

lookup = Lookup(Progress(quiet=True), "2026-11-21")
found = sum(answer.record is not None for answer in lookup.records(ids(10_000, 500)))
for count in (1_000, 10_000):
    tracemalloc.start()
    found += sum(answer.record is not None for answer in lookup.records(ids(10_000, count)))
    print(count, found, tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
"""


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The services, empty."""
    with led(monkeypatch, tmp_path / "cache", Shelf()) as services:
        yield services


def test_ten_thousand_identifiers_take_no_more_memory_than_one_thousand(fake):
    """What Lookup holds at its peak does not grow with the list; identifiers go out once, fifty at a time."""
    for number in range(10_000, 10_000 + MANY):
        fake.shelf.add(f"{2000 + number // 10_000:04}.{number % 10_000:05}", f"Leaf {number}")
    done = subprocess.run(
        [sys.executable, "-c", LOOKUP],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=True,
        text=True,
    )
    (_, _, few), (_, found, many) = [map(int, line.split()) for line in done.stdout.splitlines()]

    assert found == 500 + 1_000 + MANY
    assert len(fake.asked()) == found // 50
    assert many < few + 1_000_000
    assert many < 10e6


def test_many_records_are_work_for_the_snapshot(fake, corpus, monkeypatch, capsys):
    """From a number on the message names the other way, once, and the records are fetched all the same."""
    monkeypatch.setattr("pipeline.sources.arxiv_records.MANY", 3)
    for path in corpus.glob("arxiv/*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        fake.shelf.add(record["arxiv"], record["title"])
    command = ["fetch", "--data", str(corpus), "--only", "metadata", "--refresh"]
    assert main(command) == 0
    told = capsys.readouterr().err
    count = len(fake.shelf)
    assert told.count(f"{count} records are many for arXiv's API; 'fetch --from-dump FILE' reads them from") == 1
    assert "https://www.kaggle.com/datasets/Cornell-University/arxiv" in told

    monkeypatch.setattr("pipeline.sources.arxiv_records.MANY", count)
    assert main(command) == 0
    assert "--from-dump" not in capsys.readouterr().err


WORKS = {"1706.00010": "Trunk", "1801.00020": "Limb", "hep-th/9901001": "The Root"}


def line(arxiv_id, title, *, version=1, abstract="  We count leaves.\n"):
    """A line of the snapshot."""
    fields = {
        "id": arxiv_id,
        "authors": "Jo Moss",
        "title": title,
        "comments": None,
        "categories": "cs.CL",
        "abstract": abstract,
        "versions": [
            {"version": f"v{number + 1}", "created": f"Mon, {12 + number} Jun 2017 17:57:34 GMT"}
            for number in range(version)
        ],
        "authors_parsed": [["Moss", "Jo", ""]],
    }
    return json.dumps(fields) + "\n"


ALL = "".join(line(arxiv_id, title) for arxiv_id, title in WORKS.items())
OTHERS = [line(f"2101.{number:05}", f"Leaf {number}") for number in range(200)]
WHOLE = "".join(OTHERS[:100]) + ALL + "".join(OTHERS[100:])


@pytest.fixture
def data(fake, tmp_path):
    """A data directory with notes of three works, of which nothing is fetched."""
    shelf = Shelf()
    for arxiv_id, title in WORKS.items():
        shelf.add(arxiv_id, title)
    write_data(shelf, tmp_path / "data")
    assert fake.asked() == []
    return tmp_path / "data"


def from_dump(data, content, *options, name="snapshot.json"):
    """Fetch from a snapshot with this content, a text or bytes; the exit code."""
    path = data.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return main(["fetch", "--data", str(data), "--from-dump", str(path), *options])


def written(data):
    """The titles and versions of the records, by identifier."""
    records, problems = load_metadata(data / "arxiv")
    assert problems == []
    return {arxiv_id: (record.title, record.version) for arxiv_id, record in records.items()}


def zipped(folder, content, name="arxiv-metadata-oai-snapshot.json"):
    """An archive with one file."""
    with zipfile.ZipFile(folder / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr(name, content)
    return (folder / "made.zip").read_bytes()


FORMS = {
    "snapshot.json": lambda _: WHOLE,
    "snapshot": lambda _: WHOLE.rstrip("\n"),
    "windows.json": lambda _: WHOLE.replace("\n", "\r\n"),
    "snapshot.json.gz": lambda _: gzip.compress(WHOLE.encode()),
    "members.gz": lambda _: gzip.compress(WHOLE[:999].encode()) + gzip.compress(WHOLE[999:].encode()),
    "archive.zip": lambda folder: zipped(folder, WHOLE),
}


@pytest.mark.parametrize(("name", "make"), FORMS.items(), ids=FORMS)
def test_snapshot(fake, data, name, make, capsys):
    """Plain or packed, it gives every record, and no service is asked; a second time there is nothing to do."""
    assert from_dump(data, make(data.parent), name=name) == 0
    assert written(data) == {arxiv_id: (title, 1) for arxiv_id, title in WORKS.items()}
    assert capsys.readouterr().err.endswith("arXiv: 3 new\n")
    assert not (data / "abstracts").exists()

    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert from_dump(data, make(data.parent), name=name) == 0
    assert from_dump(data, make(data.parent), "--refresh", name=name) == 0
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert capsys.readouterr().err.endswith("arXiv: 3 unchanged\n")
    assert fake.asked() == []


DAMAGES = {
    "gz cut": lambda _: gzip.compress(WHOLE.encode())[:-30],
    "gz without its last bytes": lambda _: gzip.compress(WHOLE.encode())[:-4],
    "gz with a wrong sum": lambda _: gzip.compress(WHOLE.encode())[:-8] + b"12345678",
    "gz with a hole": lambda _: gzip.compress(WHOLE.encode())[:400] + gzip.compress(WHOLE.encode())[440:],
    "zip cut": lambda folder: zipped(folder, WHOLE)[:-100],
    "zip without json": lambda folder: zipped(folder, WHOLE, "other.txt"),
}


@pytest.mark.parametrize("make", DAMAGES.values(), ids=DAMAGES)
def test_nothing_of_a_damaged_archive_is_believed(fake, data, make, capsys):
    """No record is written, every work stays pending, and the message says what to do."""
    assert from_dump(data, make(data.parent), name="snapshot") == 1
    assert written(data) == {}
    told = capsys.readouterr().err
    assert "download it again" in told
    assert "arXiv: 3 unusable\n" in told
    assert fake.asked() == []

    assert from_dump(data, WHOLE) == 0


def test_refresh_from_a_damaged_archive_goes_on(data, capsys):
    """What a refresh has done already is not forgotten for a damaged file."""
    assert from_dump(data, WHOLE) == 0
    (record,) = data.glob("arxiv/1706*.json")
    part = "".join(line(arxiv_id, title, version=2) for arxiv_id, title in WORKS.items() if title != "Trunk")
    assert from_dump(data, part + '{"id": "1706.00010", "title"', "--refresh") == 1
    assert from_dump(data, gzip.compress(WHOLE.encode())[:-9], "--refresh") == 1
    capsys.readouterr()

    assert from_dump(data, ALL.replace("Limb", "Another"), "--refresh") == 0
    assert "arXiv: 1 unchanged\n" in capsys.readouterr().err
    assert {version for _, version in written(data).values()} == {1, 2}
    assert record.exists()


@pytest.mark.parametrize("keep", [5, 20, 60, -2])
def test_last_line_that_is_cut(data, capsys, keep):
    """The line of a file that was not downloaded whole gives nothing; the lines before it are whole."""
    last = line("1801.00020", "Limb")
    before = line("1706.00010", "Trunk") + line("hep-th/9901001", "The Root")
    assert from_dump(data, before + last.rstrip("\n")[:keep]) == 1
    assert set(written(data)) == {"1706.00010", "hep-th/9901001"}
    told = capsys.readouterr().err
    assert f"snapshot.json:1: byte {len(before)}: is broken JSON" in told
    assert "work-1801-00020.md:3: arXiv:1801.00020 is " in told

    assert from_dump(data, WHOLE) == 0
    assert len(written(data)) == 3


def test_work_that_the_snapshot_lacks(data, capsys):
    """A snapshot is a week old or more: the message says so, the others are written."""
    assert from_dump(data, ALL.replace("1801.00020", "1801.00021"), name="old.json") == 1
    assert set(written(data)) == {"1706.00010", "hep-th/9901001"}
    told = capsys.readouterr().err
    assert "work-1801-00020.md:3: arXiv:1801.00020 is missing (old.json does not have it, it may be older); " in told
    assert "arXiv: 2 new, 1 missing\n" in told


def test_work_of_another_title(data, capsys):
    """The heading is compared as with any other source."""
    assert from_dump(data, ALL.replace("Limb", "Quite Another Paper")) == 1
    assert set(written(data)) == {"1706.00010", "hep-th/9901001"}
    told = capsys.readouterr().err
    assert "work-1801-00020.md:3: arXiv:1801.00020 is 'Quite Another Paper', the heading says 'Limb'" in told
    assert "arXiv: 2 new, 1 mismatch\n" in told


def test_later_line_wins(data, monkeypatch):
    """Of several lines of a work the last one counts, in whichever range of the file it stands."""
    monkeypatch.setattr("pipeline.sources.dump.RANGE", 700)
    lines = ALL + line("1801.00020", "Limb", version=3) + "".join(OTHERS[:9]) + line("1801.00020", "Limb", version=2)

    assert from_dump(data, lines) == 0
    assert written(data)["1801.00020"] == ("Limb", 2)


@pytest.mark.parametrize(("bad_is_last", "version"), [(True, None), (False, 1)])
def test_line_that_cannot_be_read(data, capsys, bad_is_last, version):
    """A broken line takes what an earlier line said of the work with it; a whole one after it counts."""
    bad = '{"id": "1801.00020", "title": }\n'
    assert from_dump(data, ALL + bad if bad_is_last else bad + ALL) == 1
    assert written(data).get("1801.00020", (None, None))[1] == version
    told = capsys.readouterr().err
    assert ("arXiv:1801.00020 is unusable (its line in snapshot.json cannot be read)" in told) == bad_is_last
    assert "is broken JSON" in told


def test_bundled_records_are_replaced(corpus, tmp_path, monkeypatch, capsys):
    """As from the services: `--missing` leaves bundled records alone, plain `fetch` replaces them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    records, _ = load_metadata(corpus / "arxiv")
    lines = "".join(line(record.arxiv, record.title) for record in records.values())
    assert from_dump(corpus, lines, "--missing") == 0
    assert {record.source for record in load_metadata(corpus / "arxiv")[0].values()} == {"bundled"}
    assert "arXiv" not in capsys.readouterr().err

    assert from_dump(corpus, lines) == 0
    assert {record.source for record in load_metadata(corpus / "arxiv")[0].values()} == {"arxiv-oai"}


def test_abstracts(data):
    """`--abstracts` keeps them beside the records, and fetches them where only they are missing."""
    assert from_dump(data, WHOLE) == 0
    assert from_dump(data, WHOLE, "--abstracts") == 0
    assert sorted(path.read_text(encoding="utf-8") for path in (data / "abstracts").iterdir()) == [
        "We count leaves.\n"
    ] * len(WORKS)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["nowhere.json"], "nowhere.json is no file; name arXiv's metadata snapshot"),
        ([""], " is no file; name arXiv's metadata snapshot"),
        (["snapshot.json", "--only", "citations"], "lineage: --from-dump has no citations; leave --only out"),
    ],
)
def test_wrong_usage(fake, data, capsys, asked, said):
    """No file, a directory, or citations from where there are none: exit code 2 and a reason."""
    (data.parent / "snapshot.json").write_text(WHOLE, encoding="utf-8")

    file, *options = asked
    assert main(["fetch", "--data", str(data), "--from-dump", str(data.parent / file), *options]) == 2
    assert capsys.readouterr().err.endswith(f"{said}\n")
    assert fake.asked() == []
    assert not (data / "arxiv").exists()
