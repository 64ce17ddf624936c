"""A fetch that is killed at any moment: the next one goes on, and in the end nothing tells that it happened."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from random import Random

import pytest
from fake import invented, serve, write_data
from runs import by_hand, fetched
from support import REPOSITORY

KILLS = int(os.environ.get("KILLS", "25"))
"""How many processes are killed; those that come to their end before are not counted."""


@dataclass
class Runs:
    """Runs of the program as processes of their own, against one stand-in.

    Attributes:
        killed: how many did not come to their end.
    """

    fake: object
    cache: object
    random: Random = field(default_factory=lambda: Random(7))
    killed: int = 0

    def start(self, data, *options):
        """A process that fetches."""
        command = [sys.executable, "-m", "pipeline", "fetch", "--quiet", "--data", str(data), *options]
        cache = {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(REPOSITORY)}
        return subprocess.Popen(
            command, env=os.environ | self.fake.environment | cache, stdout=subprocess.DEVNULL, cwd=self.cache.parent
        )

    def whole(self, data, *options):
        """The files that an undisturbed run leaves, and how many requests it makes."""
        before = len(self.fake.requests)
        assert self.start(data, *options).wait() == 0
        return fetched(data), len(self.fake.requests) - before

    def kill_until_done(self, data, whole, *options):
        """Kill processes shortly after one request or another, until the work is done."""
        old, hand = fetched(data), by_hand(data)
        for _ in range(60):
            process = self.start(data, *options)
            if self._ends_before(process, len(self.fake.requests) + self.random.randint(0, 30)):
                assert process.returncode == 0
                return
            process.kill()
            process.wait()
            self.killed += 1
            written = {name: text for name, text in fetched(data).items() if not name.endswith(".part")}
            assert old.keys() <= written.keys() <= whole.keys()
            assert [name for name, text in written.items() if text not in (whole[name], old.get(name))] == []
            assert by_hand(data) == hand
            if fetched(data) == whole and not list(self.cache.glob("**/*.refresh")):
                # It was killed when all was done; a refresh would begin anew.
                return
        pytest.fail("no run gets on")

    def _ends_before(self, process, requests):
        while len(self.fake.requests) < requests:
            if process.poll() is not None:
                return True
            time.sleep(0.001)
        time.sleep(self.random.uniform(0, 0.02))
        return process.poll() is not None


@pytest.fixture
def runs(tmp_path):
    """The services with works of which all can be had."""
    shelf = invented(30)
    for work in shelf:
        # Of a work that was merged with another one nothing is written.
        work.same_as = None
    (tmp_path / "cache").mkdir()
    with serve(shelf) as fake:
        write_data(shelf, tmp_path / "data")
        yield Runs(fake, tmp_path / "cache")


def test_killed(runs, tmp_path):
    """Nothing is lost, nothing half written stays, and the bytes are those of an undisturbed run."""
    data = shutil.copytree(tmp_path / "data", tmp_path / "undisturbed")
    whole, _ = runs.whole(data, "--abstracts")
    assert len(whole) == 30 + 30 + 29

    while runs.killed < KILLS // 2:
        data = shutil.copytree(tmp_path / "data", tmp_path / f"after {runs.killed}")
        runs.kill_until_done(data, whole, "--abstracts")
        assert fetched(data) == whole


def test_killed_refresh(runs, tmp_path):
    """A refresh goes on where it was, asks again for next to nothing, and forgets in the end that it was stopped."""
    runs.whole(tmp_path / "data")
    for number, work in enumerate(runs.fake.shelf):
        work.journal_ref = f"Journal of Kettles {number}"
        work.cites = [*work.cites, {"title": "One More", "paperId": None}] if number % 2 else work.cites
    data = shutil.copytree(tmp_path / "data", tmp_path / "undisturbed")
    whole, requests = runs.whole(data, "--refresh")

    killed, before = runs.killed, len(runs.fake.requests)
    while runs.killed < KILLS - KILLS // 2:
        data = shutil.copytree(tmp_path / "data", tmp_path / f"after {runs.killed}")
        runs.kill_until_done(data, whole, "--refresh")
        assert fetched(data) == whole
        assert list(runs.cache.glob("**/*.refresh")) == []
        # A process that starts anew asks for what batches are left, and for what was on its way.
        assert len(runs.fake.requests) - before <= requests + 6 * (runs.killed - killed)
        killed, before = runs.killed, len(runs.fake.requests)
