"""ArXiv's metadata snapshot: every record once, whatever the cut, the packing and the number of processes."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from support import REPOSITORY

from pipeline.metadata import load_metadata, render_record
from pipeline.model import Metadata
from pipeline.sources import dump
from pipeline.sources.dump import BadLine, read_dump

DAY = "2026-11-21"
FIRST = {"version": "v1", "created": "Mon, 12 Jun 2017 17:57:34 GMT"}
FULL = {
    "id": "1706.03762",
    "submitter": None,
    "authors": r"Jo Moss, {\'E}lan Fern III",
    "title": 'On $\\alpha$ leaves\n  of M\\"uller',
    "comments": "15 pages,\n  5 figures",
    "journal-ref": None,
    "doi": "10.1000/one 10.1000/two",
    "report-no": None,
    "categories": "cs.CL cs.LG",
    "license": None,
    "abstract": "  We count\nleaves.\n  Then we rest.\n",
    "versions": [FIRST, {"version": "v2", "created": "Wed, 2 Aug 2023 00:41:18 GMT"}],
    "update_date": "2023-08-03",
    "authors_parsed": [["Moss", "Jo", ""], ["Fern", r"{\'E}lan", "III"]],
}
RECORD = Metadata(
    arxiv="1706.03762",
    version=2,
    title='On $\\alpha$ leaves of M\\"uller',
    authors=("Jo Moss", "Élan Fern III"),
    published="2017-06-12T17:57:34Z",
    updated="2023-08-02T00:41:18Z",
    primary_category="cs.CL",
    categories=("cs.CL", "cs.LG"),
    comment="15 pages, 5 figures",
    doi="10.1000/one",
    abstract="We count leaves.\n\nThen we rest.",
    retrieved=DAY,
    source="arxiv-oai",
)


def line(number, **other):
    """A short line of the snapshot, as compact as Kaggle's."""
    fields = {
        "id": f"{20 + number // 120_000:02}{1 + number // 10_000 % 12:02}.{number % 10_000:05}",
        "authors": "Jo Moss",
        "title": f"Leaf {number}",
        "categories": "cs.CL",
        "abstract": "word " * (number % 7 * 5),
        "versions": [FIRST],
        "authors_parsed": [["Moss", "Jo", ""]],
    }
    return json.dumps(fields | other, separators=(",", ":"))


def id_of(text):
    """The identifier of a line."""
    return json.loads(text)["id"]


def write(path, *texts, end="\n"):
    """A file of lines."""
    path.write_bytes("".join(text + end for text in texts).encode())
    return path


def read(path, *wanted, **options):
    """All that a snapshot gives."""
    return list(read_dump(path, wanted, day=DAY, **options))


def test_a_line_becomes_a_record_that_the_cache_takes(tmp_path):
    """Every field in our form, and the file of it reads back the same."""
    (record,) = read(write(tmp_path / "dump", json.dumps(FULL)), "1706.03762")
    (tmp_path / "arxiv").mkdir()
    (tmp_path / "arxiv" / "1706.03762.json").write_text(render_record(record), encoding="utf-8")

    assert record == RECORD
    assert load_metadata(tmp_path / "arxiv") == ({"1706.03762": record}, [])


FORMS = {
    "id stands last": ({**{k: v for k, v in FULL.items() if k != "id"}, "id": FULL["id"]}, {}),
    "no names taken apart": ({**FULL, "authors_parsed": None}, {}),
    "several spaces": ({**FULL, "title": ' On  $\\alpha$\tleaves of M\\"uller '}, {}),
    "no comment": ({**FULL, "comments": None}, {"comment": None}),
    "arXiv's own DOI": ({**FULL, "doi": "10.48550/arXiv.1706.03762"}, {"doi": None}),
    "withdrawn": (
        {**FULL, "comments": "This paper has been withdrawn by the author"},
        {"comment": "This paper has been withdrawn by the author", "withdrawn": True},
    ),
    "journal": ({**FULL, "journal-ref": "J. of Leaves\n  1 (2019)"}, {"journal_ref": "J. of Leaves 1 (2019)"}),
    "versions out of order": ({**FULL, "versions": FULL["versions"][::-1]}, {}),
    "first version lost": ({**FULL, "versions": FULL["versions"][1:]}, {"published": None}),
    "control characters": ({**FULL, "comments": "15\x00 pages,\ud800 5 figures\x85"}, {}),
    "no categories": ({**FULL, "categories": None}, {"categories": None, "primary_category": None}),
    "title of one digit": ({**FULL, "title": "0"}, {"title": "0"}),
    "affiliations": ({**FULL, "authors_parsed": [["Moss", "Jo", "", "MIT"], ["Fern", "Élan", "III"]]}, {}),
}


@pytest.mark.parametrize(("data", "other"), FORMS.values(), ids=FORMS)
def test_fields_may_be_written_otherwise(tmp_path, data, other):
    """The record is the same but for what the line says otherwise."""
    (record,) = read(write(tmp_path / "dump", json.dumps(data)), "1706.03762")

    assert {name: getattr(record, name) for name in RECORD.__slots__} == {
        name: other.get(name, getattr(RECORD, name)) for name in RECORD.__slots__
    }


def test_old_identifiers_are_found_however_the_slash_is_written(tmp_path):
    """JSON may escape it."""
    text = json.dumps({**FULL, "id": "hep-th/9901001"})
    path = write(tmp_path / "dump", text.replace("/9901001", r"\/9901001"))

    assert [record.arxiv for record in read(path, "hep-th/9901001")] == ["hep-th/9901001"]


BAD = {
    "cut": (json.dumps(FULL)[:200], "broken JSON", True),
    "cut behind a bracket": (json.dumps(FULL)[: json.dumps(FULL).index("}") + 1], "broken JSON", True),
    "two on one line": (json.dumps(FULL)[:90] + line(1), "broken JSON", True),
    "no JSON": ("<html>Rate exceeded</html>", "broken JSON", False),
    "no mapping": ("[1, 2]", "no record with an 'id'", False),
    "no id": (json.dumps({"title": "Leaf"}), "no record with an 'id'", False),
    "id is a number": (json.dumps({**FULL, "id": 1706.03762}), "no record with an 'id'", False),
    "no title": (json.dumps({**FULL, "title": " "}), "has no title", True),
    "title is a list": (json.dumps({**FULL, "title": ["On leaves"]}), "title is no text", True),
    "no authors": (json.dumps({**FULL, "authors": None, "authors_parsed": []}), "has no authors", True),
    "authors are a text": (json.dumps({**FULL, "authors_parsed": "Moss"}), "authors_parsed is no list", True),
    "an author is a number": (json.dumps({**FULL, "authors_parsed": [[1, 2]]}), "authors_parsed is no list", True),
    "no versions": (json.dumps({**FULL, "versions": []}), "has no versions", True),
    "versions are a text": (json.dumps({**FULL, "versions": "v1"}), "has no versions", True),
    "a version without date": (json.dumps({**FULL, "versions": [{"version": "v1"}]}), "no date", True),
    "a version v0": (json.dumps({**FULL, "versions": [{"version": "v0"}]}), "versions holds", True),
    "deep": ('{"id":"1706.03762","title":' + "[" * 100_000, "nested too deeply", True),
    "huge number": ('{"id":"1706.03762","title":' + "9" * 10_000 + "}", "limit", True),
}


@pytest.mark.parametrize(("text", "what", "is_known"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named_and_gives_no_record(tmp_path, text, what, is_known):
    """With its place, and with the identifier that it starts with; its neighbours are read."""
    path = write(tmp_path / "dump", line(1), text, line(2))

    before, bad, after = read(path, "1706.03762", id_of(line(1)), id_of(line(2)))

    assert (before.title, after.title) == ("Leaf 1", "Leaf 2")
    assert isinstance(bad, BadLine)
    assert what in bad.what
    assert bad.offset == len(line(1)) + 1
    assert bad.arxiv == ("1706.03762" if is_known else None)


def test_bytes_that_are_no_utf8_are_a_bad_line(tmp_path):
    """And not a crash."""
    path = tmp_path / "dump"
    path.write_bytes(json.dumps(FULL).encode().replace(b"leaves", b"le\xe4ves") + b"\n")

    assert read(path, "1706.03762") == [BadLine(0, "is not UTF-8 text", "1706.03762")]


@pytest.mark.parametrize("keep", [-1, -20, -150])
def test_a_file_cut_in_its_last_line_says_so(tmp_path, keep):
    """Whoever was asked for, so that nobody takes the file for whole; wanted or not, no record is made of it."""
    path = write(tmp_path / "dump", line(1), line(2))
    path.write_bytes(path.read_bytes()[: keep - 1])

    for wanted in (id_of(line(1)), id_of(line(2))):
        assert [found.offset for found in read(path, wanted) if isinstance(found, BadLine)] == [len(line(1)) + 1]


def test_a_last_line_may_lack_its_end(tmp_path):
    """As long as it is whole."""
    path = tmp_path / "dump"
    path.write_text(line(1) + "\n" + line(2), encoding="utf-8")

    assert [record.title for record in read(path, id_of(line(2)))] == ["Leaf 2"]


def test_of_several_lines_for_one_work_the_later_comes_later(tmp_path, monkeypatch):
    """With several processes too, so that whoever keeps the last one keeps the newer one."""
    monkeypatch.setattr(dump, "RANGE", 64)
    texts = [line(5, title=f"Version {number}", abstract="word " * 50 * (9 - number)) for number in range(9)]
    path = write(tmp_path / "dump", *texts)

    for processes in (1, 3):
        titles = [record.title for record in read(path, id_of(line(5)), processes=processes)]
        assert titles == [f"Version {number}" for number in range(9)]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """(file, wanted identifiers, titles) of 30,000 lines, some of them bad, with all sorts of line ends."""
    chance = random.Random(5)
    path = tmp_path_factory.mktemp("large") / "arxiv-metadata-oai-snapshot.json"
    numbers = sorted(chance.sample(range(30_000), 700))
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(30_000):
            file.write(line(number) + chance.choice(("\n", "\n", "\r\n", "\n\n", "\n \r\n")))
            if number % 5_000 == 7:
                file.write(line(number)[:50] + "\n")
    return path, [id_of(line(number)) for number in numbers], [f"Leaf {number}" for number in numbers]


@pytest.mark.parametrize(("size", "processes"), [(1 << 24, 1), (100_000, 1), (997, 1), (100_000, 2), (9_973, 3)])
def test_every_record_comes_once_wherever_the_ranges_cut(large, monkeypatch, size, processes):
    """Ranges end anywhere, and one process or several read them."""
    path, wanted, titles = large
    monkeypatch.setattr(dump, "RANGE", size)
    told = []

    found = read(path, *wanted, processes=processes, tell=lambda done, size: told.append((done, size)))

    assert [record.title for record in found if isinstance(record, Metadata)] == titles
    assert len([bad for bad in found if isinstance(bad, BadLine)]) == 6
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


@pytest.mark.parametrize("size", range(1, 40))
def test_ranges_smaller_than_a_line_lose_nothing(tmp_path, monkeypatch, size):
    """Nor do they read one twice."""
    monkeypatch.setattr(dump, "RANGE", size)
    path = write(tmp_path / "dump", line(1), "", line(2), line(3), end="\r\n")

    found = read(path, *(id_of(line(number)) for number in (1, 2, 3)), processes=1)

    assert [record.title for record in found] == ["Leaf 1", "Leaf 2", "Leaf 3"]


def pack_gzip(source, target):
    """A .gz of a file."""
    target.write_bytes(gzip.compress(source.read_bytes()))


def pack_zip(source, target):
    """A .zip as Kaggle gives it, with something else before the data."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README", "none")
        archive.write(source, source.name)


@pytest.mark.parametrize("pack", [pack_gzip, pack_zip])
@pytest.mark.parametrize("name", ["dump.zip", "dump.gz", "dump.json"])
def test_packed_files_are_read_as_they_are(large, tmp_path, monkeypatch, pack, name):
    """Whatever they are called."""
    path, wanted, titles = large
    monkeypatch.setattr(dump, "RANGE", 1 << 20)
    pack(path, tmp_path / name)
    told = []

    found = read(tmp_path / name, *wanted, tell=lambda done, size: told.append((done, size)))

    assert [record.title for record in found if isinstance(record, Metadata)] == titles
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == (tmp_path / name).stat().st_size


@pytest.mark.parametrize("pack", [pack_gzip, pack_zip])
def test_a_packed_file_that_is_damaged_says_so(large, tmp_path, pack):
    """What came before a cut is good; a file that is not whole is never taken for whole."""
    path, wanted, titles = large
    target = tmp_path / "packed"
    pack(path, target)
    whole = target.read_bytes()
    half = len(whole) // 2
    target.write_bytes(whole[:half])

    *found, last = read(target, *wanted)

    got = [record.title for record in found if isinstance(record, Metadata)]
    assert "download it again" in last.what
    assert got == titles[: len(got)]

    target.write_bytes(whole[:half] + b"\0" * 999 + whole[half + 999 :])

    assert "download it again" in read(target, *wanted)[-1].what


def test_an_archive_without_json_says_so(tmp_path):
    """Nothing is invented."""
    with zipfile.ZipFile(tmp_path / "dump.zip", "w") as archive:
        archive.writestr("README", "none")

    (bad,) = read(tmp_path / "dump.zip", "1706.03762")

    assert "holds no .json file" in bad.what


def test_a_pipe_is_read(tmp_path):
    """As from a shell's `<(...)`."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with subprocess.Popen(["tee", path], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as writer:
        writer.stdin.write((line(1) + "\n" + line(2) + "\n").encode())
        writer.stdin.close()
        assert [record.title for record in read(path, id_of(line(2)))] == ["Leaf 2"]


def test_an_empty_file_has_no_record(tmp_path):
    """And no bad line."""
    assert read(write(tmp_path / "dump"), "1706.03762") == []


def test_a_line_without_end_is_not_kept_whole(tmp_path, monkeypatch):
    """What no snapshot has must not fill the memory; what comes behind it is read."""
    monkeypatch.setattr(dump, "LONGEST", 1000)
    path = write(tmp_path / "dump", line(1), '{"id":"1706.03762","title":"' + "x" * 50_000, line(2))

    before, bad, after = read(path, id_of(line(1)), "1706.03762", id_of(line(2)))

    assert (before.title, bad.arxiv, after.title) == ("Leaf 1", "1706.03762", "Leaf 2")


def test_what_cannot_be_opened_is_an_error_of_the_system(tmp_path):
    """With the file's name."""
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(OSError, match=path.name):
            read(path, "1706.03762")


class Deadly(type(Path())):
    """A path at which a process ends that gets it from another one."""

    def __reduce__(self):
        """End whoever unpickles it."""
        return os._exit, (1,)


def test_a_process_that_is_ended_is_an_error_and_no_endless_wait(large, monkeypatch):
    """As where the system runs out of memory."""
    monkeypatch.setattr(dump, "RANGE", 1 << 20)

    with pytest.raises(OSError, match="run it again"):
        read(Deadly(large[0]), "1706.03762", processes=2)


NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what processes do is read in /proc")
SCRIPT = """
import multiprocessing, resource, sys
from pathlib import Path
from pipeline.sources import dump
if __name__ == "__main__":
    dump.RANGE = 1 << 20
    path, processes, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    def tell(done, size):
        if mode == "wait":
            print(*(child.pid for child in multiprocessing.active_children()), flush=True)
            multiprocessing.Event().wait()
    count = sum(1 for _ in dump.read_dump(path, ["2001.00001"], day="2026-11-21", processes=processes, tell=tell))
    # The one of getrusage is inherited from whoever started this.
    own = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(count, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.fixture
def script(tmp_path):
    """Start a program of its own that reads a snapshot."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")

    def start(path, processes, mode):
        command = [sys.executable, tmp_path / "script.py", path, str(processes), mode]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )

    return start


@NEEDS_PROC
@pytest.mark.parametrize("processes", [1, 2])
def test_memory_does_not_grow_with_the_file(tmp_path, script, processes):
    """Ten times the lines, the same memory (in KB, of the process and of the largest of those that help it)."""
    text = "\n".join(map(line, range(20_000))) + "\n"
    used = []
    for times in (1, 10):
        path = tmp_path / f"dump{times}"
        path.write_text(text * times, encoding="utf-8")
        with script(path, processes, "count") as process:
            count, *memory = map(int, process.communicate()[0].split())
        assert count == times
        used.append(max(memory))

    assert used[1] < used[0] + 8_000


@NEEDS_PROC
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(large, script, how):
    """Killed, it leaves none behind."""
    with script(large[0], 2, "wait") as process:
        children = process.stdout.readline().split()
        process.send_signal(how)
        process.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path("/proc", child).exists() for child in children):
        time.sleep(0.05)

    assert len(children) == 2
    assert not any(Path("/proc", child).exists() for child in children)


def test_ctrl_c_stops_all_within_a_second(large, script):
    """The terminal sends it to every process; only the first one has something to say."""
    with script(large[0], 2, "wait") as process:
        process.stdout.readline()
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate()

    assert time.monotonic() - start < 1
    assert errors.count("Traceback") == 1
    assert "KeyboardInterrupt" in errors
