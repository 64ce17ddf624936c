"""Keeping `data/arxiv` filled: which records are wanted, and which answers are to be believed."""

from collections.abc import Collection, Iterable
from pathlib import Path

from ..metadata import faults_of, title_fault
from ..model import Metadata, Note
from ..problems import Problem
from .journal import Journal
from .outcome import Answer, Outcome
from .progress import Progress
from .snapshot import BadLine
from .store import Store

_WHOLE = ("arxiv-api", "arxiv-oai")
"""Sources of arXiv's own, whose records need not be asked for again."""
MANY = 5000
"""Records from which on the snapshot is the better way."""


def wanted(notes: Iterable[Note], store: Store, *, mode: str, abstracts: bool, journal: Journal | None) -> list[Note]:
    """The notes whose record is to be fetched.

    Args:
        notes: the notes that parse.
        store: what is there.
        mode: "missing" only what has no record, "bundled" also what arXiv itself has not confirmed, "all" everything.
        abstracts: also what has no abstract.
        journal: what a refresh has done already.
    """

    def is_wanted(arxiv_id: str) -> bool:
        record = store.records.get(arxiv_id)
        lacks = record is None or (mode != "missing" and is_provisional(record))
        again = mode == "all" and not (journal and journal.has(f"arXiv:{arxiv_id}"))
        return lacks or again or (abstracts and not store.has_abstract(arxiv_id))

    return [note for note in notes if note.arxiv and is_wanted(note.arxiv)]


def is_provisional(record: Metadata) -> bool:
    """Whether a record is to be had better: compiled by hand, or from a service that does not know all."""
    return record.source not in _WHOLE or bool(record.unverified)


class Records:
    """Fetches records and writes each as soon as it is verified."""

    def __init__(self, store: Store, progress: Progress, *, day: str, abstracts: bool, journal: Journal | None) -> None:
        self._store, self._progress, self._journal = store, progress, journal
        self._day, self._abstracts = day, abstracts

    def from_services(self, notes: Iterable[Note]) -> Outcome:
        """Ask arXiv, and who else knows its works."""
        from .lookup import Lookup

        by_id = {note.arxiv: note for note in notes if note.arxiv}
        outcome, records = Outcome("arXiv"), self._store.records
        if len(by_id) > MANY:
            self._progress.tell(
                f"{len(by_id)} records are many for arXiv's API; 'fetch --from-dump FILE' reads them from its metadata "
                "snapshot (https://www.kaggle.com/datasets/Cornell-University/arxiv) in minutes"
            )
        self._progress.start("arXiv", len(by_id))
        withdrawn = {arxiv_id for arxiv_id in by_id if arxiv_id in records and records[arxiv_id].withdrawn}
        for answer in Lookup(self._progress, self._day, withdrawn=withdrawn).records(by_id):
            self._take(by_id[answer.arxiv], answer, outcome)
            self._progress.advance()
        self._progress.finish()
        return outcome

    def from_dump(self, notes: Iterable[Note], dump: Path) -> Outcome:
        """Look the records up in arXiv's metadata snapshot."""
        by_id = {note.arxiv: note for note in notes if note.arxiv}
        outcome = Outcome("arXiv")
        found, bad = self._in_dump(dump, by_id)
        outcome.problems += [Problem(dump.as_posix(), 1, f"byte {line.offset}: {line.what}") for line in bad]
        if any(line.is_end for line in bad):
            outcome.words["unusable"] = len(by_id)
            return outcome
        spoiled = {line.arxiv for line in bad}
        for arxiv_id, note in by_id.items():
            word, why = "missing", f"{dump.name} does not have it, it may be older"
            if arxiv_id in spoiled:
                word, why = "unusable", f"its line in {dump.name} cannot be read"
            answer = Answer(arxiv_id, found[arxiv_id]) if arxiv_id in found else Answer(arxiv_id, None, word, why)
            self._take(note, answer, outcome)
        return outcome

    def _in_dump(self, dump: Path, ids: Collection[str]) -> tuple[dict[str, Metadata], list[BadLine]]:
        """The records wanted, of several of one work the last one, and the lines that cannot be read."""
        from .dump import read_dump

        self._progress.start(f"reading {dump.name}", dump.stat().st_size // 2**20, "MB")
        seen = 0

        def tell(done: int, _: int) -> None:
            nonlocal seen
            self._progress.advance(done // 2**20 - seen)
            seen = done // 2**20

        records: dict[str, Metadata] = {}
        bad: list[BadLine] = []
        for found in read_dump(dump, ids, day=self._day, tell=tell):
            if isinstance(found, BadLine):
                bad.append(found)
                # A record from a line before is an older one.
                records.pop(found.arxiv or "", None)
            else:
                records[found.arxiv] = found
        self._progress.finish()
        return records, bad

    def _take(self, note: Note, answer: Answer, outcome: Outcome) -> None:
        """Judge an answer and write what it holds."""
        record, old = answer.record, self._store.records.get(answer.arxiv)
        if record is None:
            advice = "check the identifier" if answer.word == "missing" else "run it again later"
            outcome.add(answer.word, _problem(note, f"is {answer.word} ({answer.why}); {advice}"))
        elif fault := title_fault(note, record):
            outcome.add("mismatch", fault)
        elif faults := faults_of(record):
            outcome.add("unusable", _problem(note, f"is unusable: the record of {record.source} {'; '.join(faults)}"))
        elif old and old.source in _WHOLE and record.source not in _WHOLE:
            message = f"is {answer.word} ({answer.why}); the record stays, as {record.source} knows less"
            outcome.add(answer.word, _problem(note, message))
        elif old and (record.version or 0) < (old.version or 0) and old.source in _WHOLE:
            outcome.add("older")
            self._progress.tell(f"{note.key}: the record of version {old.version} stays, {record.version} is older")
        else:
            outcome.add("new" if self._store.keep_record(record, abstract=self._abstracts) else "unchanged")
            self._remark(note, record, outcome)
            if self._journal:
                self._journal.add(f"arXiv:{record.arxiv}")

    def _remark(self, note: Note, record: Metadata, outcome: Outcome) -> None:
        if is_provisional(record):
            outcome.add("provisional")
        if record.withdrawn:
            outcome.add("withdrawn")
            self._progress.tell(f"{note.key}: arXiv:{record.arxiv} is withdrawn")


def _problem(note: Note, message: str) -> Problem:
    return Problem(note.path, note.line("arxiv"), f"arXiv:{note.arxiv} {message}")
