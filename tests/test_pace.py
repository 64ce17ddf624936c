"""Turns at a service over all processes, growing pauses, and a breaker for services that do not answer."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from fake import Shelf, faults
from runs import led
from support import REPOSITORY

from pipeline.__main__ import main
from pipeline.sources import service as module
from pipeline.sources.pace import COURTESY, Pace, seconds
from pipeline.sources.progress import Progress
from pipeline.sources.service import COOLING, LONGEST, Service
from pipeline.sources.trouble import (
    TRIES,
    RefusedError,
    SettingError,
    ThrottledError,
    TroubleError,
    UnavailableError,
    UnreachableError,
    UnusableError,
)
from pipeline.state import state_folder

CLIENT = """
import sys
from pipeline.sources import exchange
from pipeline.sources.progress import Progress
from pipeline.sources.service import Service
from pipeline.sources.trouble import TroubleError

exchange.READ = 0.2
service = Service("X", variable=sys.argv[1], address="", pace=3, progress=Progress(quiet=True))
for _ in range(int(sys.argv[2])):
    try:
        service.get(id_list="1706.00010")
    except TroubleError:
        pass
"""
HOLDER = """
import sys, time
from pipeline.sources.pace import Pace
from pipeline.sources.progress import Progress

with Pace("https://held.example/", 0, Progress(quiet=True)).turn():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def places(monkeypatch, tmp_path):
    """Locks in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LINEAGE_PACE", raising=False)
    return tmp_path


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The services with one work."""
    shelf = Shelf()
    shelf.add("1706.00010", "Trunk")
    with led(monkeypatch, tmp_path / "cache", shelf) as services:
        yield services


class Waits(Progress):
    """Notes what would be waited for, and takes no time."""

    def __init__(self):
        super().__init__(quiet=True)
        self.seconds = []

    def wait(self, seconds, why):
        """Note a pause."""
        del why
        self.seconds.append(seconds)


class Clock:
    """The module `time` with a clock that only moves when somebody waits."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        """The time."""
        return self.now


def start(script, *arguments, **variables):
    """A process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | variables,
        stdout=subprocess.PIPE,
        text=True,
    )


def by_turns(fake, pause, variables, count):
    """The requests of processes that run at the same time, each with as many requests."""
    running = [
        start(CLIENT, variable, str(count), LINEAGE_PACE=str(pause), LINEAGE_CONTACT=f"{number}@x.example")
        for number, variable in enumerate(variables)
    ]
    assert [process.communicate() and process.returncode for process in running] == [0] * len(running)
    return fake.asked()


def test_processes_take_turns(fake):
    """Two processes at two interfaces of one host: a pause after each answer, however it ended, and no overlap."""
    fake.faults["arxiv"] = [None, faults.rst(), faults.hang(), faults.status(503)]
    fake.faults["oai"] = [faults.hang(), None, faults.rst()]
    asked = by_turns(fake, 0.3, ("ARXIV_API_URL", "ARXIV_OAI_URL"), 4)

    assert len(asked) == 8
    assert fake.most_at_once == 1
    assert all(second.began - first.ended >= 0.3 for first, second in pairwise(asked))


def test_no_process_is_starved(fake):
    """Two processes that want much alternate: neither waits until the other one is done."""
    asked = by_turns(fake, 0.1, ("ARXIV_API_URL", "ARXIV_API_URL"), 12)
    agents = [request.headers["User-Agent"] for request in asked]
    first, last = agents.index(agents[-1]), len(agents) - 1 - agents[::-1].index(agents[0])
    both = agents[first : last + 1]

    assert len(both) >= 4
    assert sum(one != other for one, other in pairwise(both)) >= 0.8 * (len(both) - 1)


def test_process_that_was_killed_holds_nothing():
    """The turn of a process that is gone is free at once."""
    holder = start(HOLDER)
    assert holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    began = time.monotonic()
    with Pace("https://held.example/", 0, Progress(quiet=True)).turn():
        assert time.monotonic() - began < 0.5


def test_second_process_waits_for_the_turn():
    """A turn is not taken while somebody has it."""
    taken = threading.Event()

    def take():
        with Pace("https://held.example/", 0, Progress(quiet=True)).turn():
            taken.set()

    with Pace("https://held.example/", 0, Progress(quiet=True)).turn():
        thread = threading.Thread(target=take)
        thread.start()
        assert not taken.wait(0.2)
    thread.join(2)
    assert taken.is_set()


def turn(address, pause):
    """Take a turn, and say how long that would have waited."""
    waits = Waits()
    pace = Pace(address, pause, waits)

    class EnoughError(Exception):
        pass

    def wait(seconds, _):
        waits.seconds.append(seconds)
        raise EnoughError

    waits.wait = wait
    try:
        with pace.turn():
            return 0.0
    except EnoughError:
        return waits.seconds[0]


SITES = [
    ("https://export.arxiv.org/api/query", "https://oaipmh.arxiv.org/oai", True),
    ("https://export.arxiv.org/api/query", "https://ARXIV.org:443/x", True),
    ("https://export.arxiv.org/api/query", "https://api.datacite.org/dois", False),
    ("https://export.arxiv.org/api/query", "https://api.semanticscholar.org/graph/v1", False),
    ("http://127.0.0.1:5001/arxiv", "http://127.0.0.1:5001/oai", True),
    ("http://127.0.0.1:5001/arxiv", "http://127.0.0.1:5002/arxiv", False),
    ("http://127.0.0.1:5001/arxiv", "http://10.0.0.1:5001/arxiv", False),
    ("http://localhost:5001/arxiv", "http://localhost:5002/arxiv", False),
    ("http://[::1]:5001/arxiv", "http://[::1]:5001/oai", True),
    ("http://[::1]:5001/arxiv", "http://[::2]:5001/arxiv", False),
]


@pytest.mark.parametrize(("first", "second", "shared"), SITES)
def test_interfaces_of_one_site_share_their_turns(first, second, shared):
    """After a request the pause holds for the whole site, and for no other one."""
    assert turn(first, 3) == 0
    assert (2.5 < turn(second, 3) <= 3) == shared


@pytest.mark.parametrize(("by", "least", "most"), [(1e6, 3, 3), (-1e6, 0, 0), (-1, 1.5, 2), (1, 3, 3)])
def test_clock_that_is_set(by, least, most):
    """A last request in the future makes us wait for one pause and no more, one long ago not at all."""
    turn("https://export.arxiv.org/", 3)
    (stamp,) = state_folder().glob("*.last")
    os.utime(stamp, (time.time() + by,) * 2)

    assert least <= turn("https://export.arxiv.org/", 3) <= most


def test_our_own_next_request_is_a_little_later():
    """Who made the last request lets others go first; without a pause nobody waits."""
    for pause, most in ((0.2, 0.2 + COURTESY), (0, 0)):
        pace = Pace("https://export.arxiv.org/", pause, Progress(quiet=True))
        with pace.turn():
            pass
        began = time.monotonic()
        with pace.turn():
            took = time.monotonic() - began
        assert most - 0.01 <= took <= most + 0.1


def test_folder_that_cannot_be_written(monkeypatch, places):
    """Without a folder for caches the system's one for temporary files will do."""
    (places / "cache").write_text("a file", encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(places / "temp"))

    folder = state_folder()
    assert (folder.parent, folder.is_dir()) == (places / "temp", True)
    assert turn("https://export.arxiv.org/", 3) == 0
    assert turn("https://export.arxiv.org/", 3) > 0


def test_folder_that_only_others_may_write(monkeypatch, places):
    """The same where the folder is there and not ours."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "cache" not in Path(path).parts and access(path, mode))
    monkeypatch.setattr(tempfile, "tempdir", str(places / "temp"))

    assert state_folder().parent == places / "temp"


def test_user_without_a_name(monkeypatch, places):
    """In a container a user may have no name; the folder for locks needs none."""

    def nobody():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)

    assert state_folder() == places / "cache/llm-lineage"


def test_no_folder_at_all(monkeypatch, places, corpus, capsys):
    """Without any folder for locks nothing is asked, and the message says what helps."""
    (places / "cache").write_text("a file", encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(places / "cache"))

    assert main(["fetch", "--data", str(corpus)]) == 2
    told = "lineage: no folder for locks can be made; set XDG_CACHE_HOME to one that can be written\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(("text", "expected"), [("", 3), ("0", 0), ("1.5", 1.5), ("2.", 2), ("007", 7)])
def test_pace_is_a_number_of_seconds(monkeypatch, text, expected):
    """`LINEAGE_PACE` replaces the service's own pace."""
    monkeypatch.setenv("LINEAGE_PACE", text)

    assert seconds(3) == expected


@pytest.mark.parametrize("text", ["-1", "x", "1e3", "inf", "nan", " 1", "1\n", "٣", ".5"])
def test_pace_that_is_none(monkeypatch, text):
    """Anything else is said, not guessed."""
    monkeypatch.setenv("LINEAGE_PACE", text)
    with pytest.raises(SettingError, match="LINEAGE_PACE is a number of seconds"):
        seconds(3)


def service(progress=None, *, pace=3, variable="NO_SUCH_VARIABLE"):
    """A service at an address where nothing is."""
    return Service(
        "X", variable=variable, address="http://127.0.0.1:9/", pace=pace, progress=progress or Progress(quiet=True)
    )


def failing(*troubles):
    """An attempt that fails with each of these, then succeeds; `calls` counts."""
    waiting = list(troubles)

    def attempt():
        attempt.calls += 1
        if waiting:
            raise waiting.pop(0)
        return "answer"

    attempt.calls = 0
    return attempt


KINDS = [
    (ThrottledError("HTTP 429"), TRIES),
    (ThrottledError("HTTP 429", wait=LONGEST / 5), TRIES),
    (ThrottledError("HTTP 429", wait=LONGEST / 2), 3),
    (ThrottledError("HTTP 429", wait=LONGEST), 2),
    (ThrottledError("HTTP 429", wait=LONGEST + 1), 1),
    (UnusableError("no JSON"), TRIES),
    (UnreachableError("reset"), TRIES),
    (UnreachableError("refused", tries=2), 2),
]


@pytest.mark.parametrize(("trouble", "tries"), KINDS, ids=repr)
def test_number_of_tries(trouble, tries):
    """Six tries, two where there is no network, fewer where the service wants to be left alone for long."""
    attempt = failing(*[trouble] * 99)
    with pytest.raises(UnavailableError) as caught:
        service(Waits()).ask(attempt)

    assert attempt.calls == tries
    assert (str(caught.value), caught.value.word) == (f"X: {trouble}", trouble.word)


def test_refusal_is_not_tried_again():
    """What a service finds fault with stays so, and is no fault of the service."""
    asked = service(Waits())
    for _ in range(5):
        with pytest.raises(RefusedError):
            asked.ask(failing(RefusedError(400, b"")))

    assert asked.ask(failing()) == "answer"


def test_pauses_grow():
    """5, 10, 20, 40, 80 seconds at arXiv's pace, and up to a quarter more; never less than was asked for."""
    for wait in (0, 30, LONGEST / 5):
        waits = Waits()
        assert service(waits).ask(failing(*[ThrottledError("HTTP 429", wait=wait)] * 5)) == "answer"
        least = [max(5.0 * 2**number, wait) for number in range(5)]
        most = [max(6.25 * 2**number, wait) for number in range(5)]
        assert len(waits.seconds) == 5
        assert all(low <= pause <= high for low, pause, high in zip(least, waits.seconds, most, strict=True))


def test_pauses_are_bounded_and_in_proportion():
    """At a slower pace they are longer, up to two minutes and a quarter more."""
    waits = Waits()
    service(waits, pace=60).ask(failing(*[UnreachableError("reset")] * 5))

    assert 100 <= waits.seconds[0] <= 125
    assert all(120 <= pause <= 150 for pause in waits.seconds[1:])


def test_pauses_differ():
    """Clients that were turned away together do not come back together."""
    pauses = []
    for _ in range(20):
        waits = Waits()
        service(waits).ask(failing(ThrottledError("HTTP 429")))
        pauses += waits.seconds

    assert len(set(pauses)) > 10


def test_without_a_pause_nothing_waits(monkeypatch):
    """`LINEAGE_PACE=0` takes all pauses away, those that a service asks for too, and still makes all tries."""
    monkeypatch.setenv("LINEAGE_PACE", "0")
    waits = Waits()
    attempt = failing(*[ThrottledError("HTTP 429", wait=10 * LONGEST)] * 5)

    assert service(waits).ask(attempt) == "answer"
    assert sum(waits.seconds) == 0


def test_service_that_only_stalls(fake, monkeypatch):
    """A service whose answers take their time to fail is given up before all tries are made, not before the second."""
    monkeypatch.setattr("pipeline.sources.exchange.READ", 0.15)
    fake.for_ever["arxiv"] = faults.hang()
    for patience, tries in ((0.1, 2), (0.4, 3), (9.0, TRIES)):
        monkeypatch.setattr(module, "PATIENCE", patience)
        fake.requests.clear()
        asked = service(variable="ARXIV_API_URL")
        with pytest.raises(UnavailableError, match=r"^X: silent for 0 s$"):
            asked.ask(asked.get)
        assert len(fake.requests) == tries


def test_breaker(monkeypatch):
    """A service that was given up is left alone for a quarter of an hour, then asked again."""
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    asked = service(Waits())
    with pytest.raises(UnavailableError):
        asked.ask(failing(*[ThrottledError("HTTP 429")] * 9))

    for moment in (0, COOLING / 2, COOLING / 2 - 1):
        clock.now += moment
        attempt = failing()
        with pytest.raises(UnavailableError, match=r"^X: HTTP 429$") as caught:
            asked.ask(attempt)
        assert (attempt.calls, caught.value.word) == (0, "throttled")
    clock.now += 2
    assert asked.ask(failing()) == "answer"


def test_breaker_of_unusable_answers():
    """An answer that cannot be used may be the fault of what was asked for; three in a row are the service's."""
    asked = service(Waits())
    flaw = [UnusableError("no JSON")] * TRIES
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(UnavailableError):
                asked.ask(failing(*flaw))
        assert asked.ask(failing()) == "answer"
    for calls in (TRIES, 2, 2, 0, 0):
        attempt = failing(*flaw)
        with pytest.raises(UnavailableError):
            asked.ask(attempt)
        assert attempt.calls == calls


def test_services_are_given_up_each_alone():
    """One that is down says nothing of another one."""
    down, up = service(Waits()), service(Waits())
    with pytest.raises(UnavailableError):
        down.ask(failing(*[UnreachableError("refused", tries=2)] * 2))

    assert up.ask(failing()) == "answer"


@pytest.mark.parametrize("said", ["{", "[1", "", "<html>", '{"a": 1}x'])
def test_no_json_is_a_trouble(fake, said):
    """An answer that is no JSON is tried again."""
    fake.faults["s2"] = [faults.body(said)] * 2
    asked = service(variable="SEMANTIC_SCHOLAR_API_URL")
    with pytest.raises(RefusedError):
        asked.ask(lambda: asked.get("/nowhere").json())

    assert len(fake.asked("s2")) == 3


def test_what_is_no_trouble_is_an_error_of_ours():
    """An exception that nobody meant is not tried again, and not hidden."""
    for error in (ValueError("ours"), KeyboardInterrupt()):
        attempt = failing(*[error] * 2)
        with pytest.raises(type(error)):
            service(Waits()).ask(attempt)
        assert attempt.calls == 1
    assert not issubclass(TroubleError, ValueError)
