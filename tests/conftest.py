"""A small invented corpus, a guard against the network, and what browser and LaTeX tests need."""

import json
import os
import shutil
import socket
from pathlib import Path

import pytest
from hard import bibliography
from hypothesis import settings
from support import CORPUS, REPOSITORY

from pipeline.export import REFERENCES, renderer

LOOPBACK = ("127.0.0.1", "::1", "localhost")
# A law does not fail because the machine is busy, and a run finds what the last one found.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser):
    """`--update-golden` rewrites the golden files, to be read in review."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing but loopback can be reached."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            pytest.fail(f"a test reached for {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def corpus(tmp_path):
    """A copy of the invented corpus, to be spoiled."""
    return Path(shutil.copytree(CORPUS, tmp_path / "data"))


def skip(reason):
    """Skip a test for want of a program, unless REQUIRE_ALL_TESTS says that nothing may be wanting."""
    (pytest.fail if os.environ.get("REQUIRE_ALL_TESTS") else pytest.skip)(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Programs that a test names by the marker `needs` are there, before any fixture calls them."""
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            if not shutil.which(program):
                skip(f"no {program} on this machine")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """A folder with the committed references, each file with the hard cases behind its own."""
    folder = tmp_path_factory.mktemp("shelf")
    for name in REFERENCES:
        ours, hard = (REPOSITORY / "output" / name).read_text(encoding="utf-8"), renderer(name)(bibliography())
        joined = json.dumps(json.loads(ours) + json.loads(hard)) if name.endswith(".json") else ours + "\n" + hard
        (folder / name).write_text(joined, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def browser():
    """Chromium of the system, one for the session."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not executable:
        skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()
