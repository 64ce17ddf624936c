"""Runs of `fetch` against the stand-in: how the pipeline is led there, and what a run leaves behind."""

import re
from contextlib import contextmanager

from fake import serve

from pipeline.__main__ import main

FETCHED = ("arxiv", "citations", "abstracts")
_DAY = re.compile(rb'"retrieved": "[0-9]{4}-[0-9]{2}-[0-9]{2}"')


def lead(monkeypatch, fake, cache):
    """Lead this process to the fake, with its locks and journals in a folder of the test's own."""
    for name, value in fake.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in ("LINEAGE_CONTACT", "SEMANTIC_SCHOLAR_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@contextmanager
def led(monkeypatch, cache, shelf=None):
    """The fake running, with this process led to it."""
    with serve(shelf) as fake:
        lead(monkeypatch, fake, cache)
        yield fake


def hurry(monkeypatch, *, read=0.25, patience=5.0):
    """Have stalls, drips and floods over in fractions of a second."""
    monkeypatch.setattr("pipeline.sources.exchange.CONNECT", 1.0)
    monkeypatch.setattr("pipeline.sources.exchange.READ", read)
    monkeypatch.setattr("pipeline.sources.exchange.DEADLINE", 1.5 * read)
    monkeypatch.setattr("pipeline.sources.exchange.MOST", 2**20)
    monkeypatch.setattr("pipeline.sources.service.PATIENCE", patience)


def fetch(data, *options):
    """Run the command on a data directory and return its exit code."""
    return main(["fetch", "--data", str(data), "--quiet", *options])


def fetched(data):
    """The bytes of all files that services gave, by path; the day of retrieval, which passes at midnight, left out."""
    paths = (path for name in FETCHED for path in (data / name).rglob("*") if path.is_file())
    return {path.relative_to(data).as_posix(): _DAY.sub(b'"retrieved": ""', path.read_bytes()) for path in paths}


def by_hand(data):
    """The bytes of all other files."""
    paths = (path for path in data.rglob("*") if path.is_file() and path.relative_to(data).parts[0] not in FETCHED)
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in paths}
