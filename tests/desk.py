"""A data directory with the fake services around it, and the command line in this process."""

import json
from contextlib import contextmanager

from fake import write_data
from runs import led

from pipeline.__main__ import main
from pipeline.metadata import load_citations, render_record
from pipeline.model import Citation


class Desk:
    """What a test of fetching works with; `fake` has the services, `data` is the directory."""

    def __init__(self, folder, fake):
        self.folder, self.data, self.fake, self.shelf = folder, folder / "data", fake, fake.shelf

    def run(self, command, *arguments):
        """Run a command and give its exit code."""
        return self.run_aloud(command, "--quiet", *arguments)

    def run_aloud(self, command, *arguments):
        """Run a command that says what it does."""
        return main([command, "--data", str(self.data), *map(str, arguments)])

    def write_notes(self):
        """A note for every work on the shelf."""
        return write_data(self.shelf, self.data)

    def note(self, key):
        """The text of a note."""
        return (self.data / f"papers/{key}.md").read_text(encoding="utf-8")

    def edit(self, key, old, new):
        """Change the text of a note."""
        text = self.note(key)
        assert old in text
        (self.data / f"papers/{key}.md").write_text(text.replace(old, new, 1), encoding="utf-8")

    def record(self, path):
        """A record as it stands on disk."""
        return json.loads((self.data / path).read_text(encoding="utf-8"))

    def lists(self, key):
        """The reference lists of a work, by source."""
        found, problems = load_citations(self.data / "citations")
        assert problems == []
        return {one.source: one for one in found.get(key, ())}

    def write_by_hand(self, key, **values):
        """A reference list that somebody compiled, and its bytes."""
        path = self.data / f"citations/{key}.json"
        path.parent.mkdir(exist_ok=True)
        fields = {"source": "bundled", "complete": False, "references": 30, "cites": ()} | values
        path.write_text(render_record(Citation(key=key, **fields)), encoding="utf-8")
        return path.read_bytes()

    def files(self, folder=""):
        """The bytes of all files below a folder, by path."""
        base = self.data / folder
        return {path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()}


@contextmanager
def at_a_desk(folder, monkeypatch, shelf=None):
    """A desk that nothing but the fake services can be reached from."""
    with led(monkeypatch, folder / "cache", shelf) as fake:
        (folder / "data/papers").mkdir(parents=True, exist_ok=True)
        yield Desk(folder, fake)
