"""What somebody sees of a fetch: a bar on a terminal, lines in a pipe, a log; and how Ctrl-C ends it."""

import fcntl
import io
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time

import pytest
from fake import Shelf, faults, write_data
from runs import led
from support import REPOSITORY

from pipeline.__main__ import main
from pipeline.sources import progress as module
from pipeline.sources.pace import Pace
from pipeline.sources.progress import Progress

COUNT = 4
REQUESTS = 1 + 1 + COUNT
"""A batch of records, a batch of papers, the list of each."""


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The services with some works that cite one another."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    shelf = Shelf()
    for number in range(COUNT):
        shelf.add(f"1706.0001{number}", f"Trunk {number}", cites=[f"1706.0001{place}" for place in range(number)])
    with led(monkeypatch, tmp_path / "cache", shelf) as services:
        yield services


@pytest.fixture
def data(fake, tmp_path):
    """A data directory with notes of the works."""
    write_data(fake.shelf, tmp_path / "data")
    return tmp_path / "data"


def files(folder):
    """Bytes by name."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fetch(data, *options):
    """The command in this process."""
    return main(["fetch", "--data", str(data), *options])


def command(data, *options):
    """The command for a process of its own."""
    return [sys.executable, "-m", "pipeline", "fetch", "--data", str(data), *options]


class Terminal:
    """A fetch on a terminal, which a test reads."""

    def __init__(self, data, *options, **variables):
        self.shown = ""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 160, 0, 0))
        self.process = subprocess.Popen(
            command(data, *options), env=os.environ | variables, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)

    def until(self, pattern, seconds=15):
        """Read until something is there; None where the end comes first."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.shown)):
            if time.monotonic() > end or not select.select([self._ours], [], [], end - time.monotonic())[0]:
                pytest.fail(f"no {pattern!r} in {self.shown!r}")
            try:
                piece = os.read(self._ours, 65536)
            except OSError:
                # So Linux says that nobody writes any more.
                piece = b""
            if not piece:
                return None
            self.shown += piece.decode(errors="replace")
        return found

    def end(self):
        """Read to the end; the exit code."""
        self.until(r"(?!)")
        os.close(self._ours)
        return self.process.wait(5)

    def screen(self):
        """The lines that stay, as a terminal shows them where no line is too long."""
        lines = []
        for line in self.shown.replace("\r\n", "\n").split("\n"):
            shown = ""
            for part in line.split("\r"):
                shown = part + shown[len(part) :]
            lines.append(shown.rstrip())
        return [line for line in lines if line]


def test_bar_on_a_terminal(fake, data):
    """Count, rate and what is waited for; at the end the bar is gone and the summary stays."""
    fake.faults["s2"] = [faults.status(429)]
    fake.shelf.works["1706.00010"].doi = "10.5555/meeting"
    fake.shelf.works["1706.00010"].journal_ref = "Journal of Kettles 3 (2018) 10-20"
    fetched = Terminal(data, LINEAGE_PACE="0.6")

    assert fetched.end() == 0
    for pattern in (
        r"arXiv: +0%\|.*\| 0/4 \[",
        r"Semantic Scholar: +50%\|.*\| 2/4 \[00:0[0-9]<00:0[0-9], +[0-9.]+(s/ works| works/s)",
        r"0/4 \[[^\r]*, waiting 1 s for our turn\]",
        r"0/4 \[[^\r]*, waiting 1 s for Semantic Scholar\]",
        r"0/4 \[[^\r]*, waiting for 127\.0\.0\.1-[0-9]+\]",
    ):
        assert re.search(pattern, fetched.shown), pattern
    assert [line.partition(":")[0] for line in fetched.screen()] == [
        "proposed work-1706-00010",
        "arXiv",
        "Semantic Scholar",
    ]


def test_quiet_terminal(fake, data):
    """On a terminal too `--quiet` shows nothing."""
    fetched = Terminal(data, "--quiet")

    assert (fetched.end(), fetched.shown) == (0, "")
    assert len(fake.asked()) == REQUESTS


def test_lines_in_a_pipe(fake, data):
    """Elsewhere what begins and what came of it, a line each, and no bar."""
    done = subprocess.run(command(data), capture_output=True, check=False)

    assert len(fake.asked()) == REQUESTS
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == (
        "arXiv: 4 works\nSemantic Scholar: 4 works\narXiv: 4 new\nSemantic Scholar: 4 new\n"
    )


def test_quiet_says_only_what_is_wrong(fake, data, capsys):
    """Nothing where all is well; problems and their number else."""
    assert fetch(data, "--quiet", "--only", "metadata") == 0
    assert capsys.readouterr() == ("", "")

    fake.shelf.works["1706.00012"].title = "Quite Another Work"
    assert fetch(data, "--quiet", "--only", "metadata", "--refresh") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.partition(": ")[0].rpartition("/")[2] for line in told.err.splitlines()] == [
        "work-1706-00012.md:3",
        "1 problem",
    ]


class Clock:
    """The module `time` with a clock that moves by sleeping."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        """The time."""
        return self.now

    def sleep(self, seconds):
        """Move it."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    """A clock for what is shown."""
    monkeypatch.setattr(module, "time", Clock())
    return module.time


def test_lines_come_seldom(clock):
    """In a pipe a line tells the count every ten seconds, not for every work."""
    stream = io.StringIO()
    with Progress(stream=stream) as progress:
        progress.start("records", 100)
        for _ in range(100):
            clock.now += 0.5
            progress.advance()

    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["records: 100 works", "records: 21 of 100"]
    assert 4 <= len(lines) <= 6


def test_long_pause_is_told_in_a_pipe(clock):
    """A pause of ten seconds and more is a line that says how long and for what; a short one is none."""
    stream = io.StringIO()
    with Progress(stream=stream) as progress:
        progress.start("records", 5)
        progress.advance()
        before = clock.now
        progress.wait(9, "for our turn")
        progress.wait(30, "for arXiv")

    assert clock.now - before == pytest.approx(39)
    assert stream.getvalue() == "records: 5 works\nrecords: 1 of 5; waiting 30 s for arXiv\n"


def test_line_stands_above_the_bar(monkeypatch):
    """What is told on a terminal has a line for itself."""
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    with Progress(stream=stream) as progress:
        progress.start("records", 2)
        progress.advance()
        progress.tell("limb: arXiv:1801.00020 is withdrawn")

    lines = [line.rpartition("\r")[2] for line in stream.getvalue().split("\n")]
    assert "limb: arXiv:1801.00020 is withdrawn" in lines


def test_log(fake, data, tmp_path, monkeypatch):
    """A line for every request with its outcome; no key; a second run goes on behind the first."""
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", fake.key)
    fake.faults["s2"] = [faults.status(429), faults.rst()]
    log = tmp_path / "log.txt"
    assert fetch(data, "--quiet", "--log", str(log)) == 0
    first = log.read_text(encoding="utf-8")
    requests = re.findall(r"^[0-9-]+ [0-9:,]+ (GET|POST) http://127\S+: (.*), [0-9.]+ s$", first, re.MULTILINE)

    assert [method for method, _ in requests] == [request.method for request in fake.asked()]
    assert [outcome for _, outcome in requests][1:3] == ["429, 114 bytes", "connection reset by peer"]
    assert {request.headers["x-api-key"] for request in fake.asked("s2")} == {fake.key}
    assert fake.key not in first
    assert "arXiv: 4 works\n" in first

    assert fetch(data, "--quiet", "--refresh", "--log", str(log)) == 0
    second = log.read_text(encoding="utf-8")
    assert second.startswith(first)
    assert len(re.findall(" (?:GET|POST) ", second)) == len(fake.asked()) == 2 * REQUESTS + 2

    assert fetch(data, "--quiet", "--refresh") == 0
    assert log.read_text(encoding="utf-8") == second


def test_log_has_every_pause(clock, tmp_path):
    """Short ones too, each once; none where there is nothing to wait for."""
    log = tmp_path / "log.txt"
    with Progress(quiet=True, log=log) as progress:
        for seconds in (0, 2.5, 20):
            progress.wait(seconds, "for arXiv")

    assert clock.now == pytest.approx(122.5)
    assert [line[24:] for line in log.read_text(encoding="utf-8").splitlines()] == [
        "waiting 2.5 s, for arXiv",
        "waiting 20.0 s, for arXiv",
    ]


@pytest.mark.parametrize(("name", "reason"), [("nowhere/log.txt", "No such file or directory"), ("", "Is a directory")])
def test_log_that_cannot_be_written(fake, data, capsys, name, reason):
    """The message names the file, and nothing is asked; the data directory is free again."""
    log = data.parent / name
    assert fetch(data, "--log", str(log)) == 1
    assert capsys.readouterr().err == f"lineage: {log}: {reason}\n"
    assert fake.asked() == []

    assert fetch(data, "--quiet") == 0


def until(condition, seconds=15):
    """Wait for something."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def stop(process):
    """Press Ctrl-C; the exit code, and what was said."""
    pressed = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert time.monotonic() - pressed < 1
    return process.returncode, said


def nothing(_):
    """All is well."""


def stall(fake):
    """Semantic Scholar is silent from the second list on."""
    fake.faults["s2"] = [None, None]
    fake.for_ever["s2"] = faults.hang()


def drip(fake):
    """The feed never ends."""
    fake.for_ever["arxiv"] = faults.drip(0.2)


def throttle(fake):
    """Somebody is told to come later."""
    fake.for_ever["s2"] = faults.status(429, {"Retry-After": "500"})


MOMENTS = {
    "no answer": (stall, "0", 4),
    "a dripping answer": (drip, "0", 1),
    "the pause between two requests": (nothing, "60", 1),
    "the pause that a service asks for": (throttle, "0.05", 2),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_ctrl_c(fake, data, tmp_path, moment):
    """It stops within a second, without traceback; what was verified is kept, and the next run does the rest."""
    disturb, pace, asked = moment
    disturb(fake)
    environment = os.environ | {"LINEAGE_PACE": pace}
    process = subprocess.Popen(command(data), env=environment, stderr=subprocess.PIPE, text=True)
    until(lambda: len(fake.asked()) == asked)
    time.sleep(0.15)
    code, said = stop(process)

    assert code == 130
    assert said.splitlines()[-1] == "lineage: stopped"
    assert "Traceback" not in said
    assert len(list(data.glob("arxiv/*.json"))) == (0 if disturb is drip else COUNT)
    assert len(list(data.glob("citations/*.json"))) == (1 if disturb is stall else 0)

    fake.faults.clear()
    fake.for_ever.clear()
    assert fetch(data, "--quiet") == 0
    write_data(fake.shelf, tmp_path / "undisturbed")
    assert fetch(tmp_path / "undisturbed", "--quiet") == 0
    assert files(data) == files(tmp_path / "undisturbed")


def test_ctrl_c_on_a_terminal(fake, data):
    """There the bar goes away too, before the message."""
    fake.for_ever["arxiv"] = faults.hang()
    fetched = Terminal(data)
    fetched.until(r"waiting for 127")
    until(fake.asked)
    fetched.process.send_signal(signal.SIGINT)

    assert fetched.end() == 130
    assert fetched.screen() == ["lineage: stopped"]


def test_ctrl_c_while_another_process_has_the_turn(fake, data):
    """Who waits for a turn says so, and can be stopped; the turn stays with who has it."""
    with Pace(fake.environment["ARXIV_API_URL"], 0, Progress(quiet=True)).turn():
        fetched = Terminal(data)
        fetched.until(r"arXiv:[^\r]*0/4 \[[^\r]*, waiting for another process\]")
        pressed = time.monotonic()
        fetched.process.send_signal(signal.SIGINT)
        assert fetched.end() == 130
        assert time.monotonic() - pressed < 1
    assert fetched.screen() == ["lineage: stopped"]
    assert fake.asked() == []


def test_ctrl_c_while_the_snapshot_is_read(data, tmp_path):
    """Reading a snapshot stops as well, and nothing is written."""
    path = tmp_path / "snapshot.json"
    with path.open("wb") as file:
        # Takes no place on the disk, and long enough.
        file.truncate(60 << 30)
    fetched = Terminal(data, "--from-dump", str(path))
    fetched.until(r"reading snapshot\.json:[^\r]*\| [1-9][0-9]*/61440 \[")
    pressed = time.monotonic()
    fetched.process.send_signal(signal.SIGINT)

    assert fetched.end() == 130
    assert time.monotonic() - pressed < 1
    assert "Traceback" not in fetched.shown
    assert fetched.screen()[-1] == "lineage: stopped"
    assert not (data / "arxiv").exists()


def test_second_fetch_into_the_same_directory(fake, data, capsys):
    """It says that somebody else is at it, and asks nothing; the first one is not disturbed."""
    fake.faults["arxiv"] = [faults.delay(1)]
    codes = []
    first = threading.Thread(
        target=lambda: codes.append(subprocess.run(command(data, "--quiet"), check=False).returncode)
    )
    first.start()
    until(fake.asked)

    assert fetch(data) == 1
    told = f"lineage: another process is writing into {data}; wait for it, or stop it\n"
    assert capsys.readouterr().err == told
    assert fetch(data / "../data", "--missing") == 1
    assert len(fake.asked()) == 1

    first.join()
    assert codes == [0]
    assert fetch(data, "--quiet", "--missing") == 0
