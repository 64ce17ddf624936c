"""Keeping `data/citations` filled: which lists are wanted, and which answers are to be believed."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..identifiers import publisher_doi
from ..metadata import faults_of
from ..model import OPENCITATIONS, SEMANTIC_SCHOLAR, Citation, Note
from ..problems import Problem
from ..reference_lists import identifiers_of
from ..text import fold_title
from .cited import Cited, Matcher
from .journal import Journal
from .outcome import Outcome
from .progress import Progress
from .store import Store
from .trouble import UnavailableError

if TYPE_CHECKING:
    from .papers import Paper
from .semantic_scholar import SemanticScholar

SAME_TITLE = 0.8
"""Likeness of folded titles below which a paper that another identifier led to is another work."""


def wanted(notes: Iterable[Note], store: Store, source: str, *, mode: str, journal: Journal | None) -> list[Note]:
    """The notes whose reference list is to be fetched from a source.

    Args:
        notes: the notes that parse.
        store: what is there.
        source: one of SERVICES.
        mode: "missing" only what has no list at all, "bundled" what has none of the source, "all" everything.
        journal: what a refresh has done already.
    """

    def is_wanted(note: Note) -> bool:
        if mode == "all":
            return not (journal and journal.has(f"{source}:{note.key}"))
        return not (store.lists.get(note.key) if mode == "missing" else store.list_of(note.key, source))

    return [note for note in notes if any(identifiers_of(note)) and is_wanted(note)]


class Lists:
    """Fetches reference lists and writes each as soon as it is verified.

    Args:
        notes: all notes, whose works lists are matched with.
        store: where lists are kept.
        progress: shows what is done.
        day: that lists name as `retrieved`.
        journal: of a refresh.
    """

    def __init__(
        self, notes: Sequence[Note], store: Store, progress: Progress, *, day: str, journal: Journal | None
    ) -> None:
        self._matcher = Matcher(notes)
        self._store, self._progress, self._day, self._journal = store, progress, day, journal

    def from_semantic_scholar(self, notes: Sequence[Note]) -> Outcome:
        """Ask which papers the service has, then for the list of each."""
        from .semantic_scholar import BATCH, SemanticScholar

        outcome = self._begin("Semantic Scholar", notes)
        service = SemanticScholar(self._progress)
        absent: list[Note] = []
        for start in range(0, len(notes), BATCH):
            batch = notes[start : start + BATCH]
            try:
                papers = service.papers([_name(note) for note in batch])
            except UnavailableError as trouble:
                for note in batch:
                    self._is_pending(note, trouble, outcome)
                continue
            for note in batch:
                if paper := papers.get(_name(note)):
                    self._ask(service, note, paper, outcome)
                else:
                    absent.append(note)
        for note in absent:
            self._ask_alone(service, note, outcome)
        return outcome

    def from_opencitations(self, notes: Sequence[Note]) -> Outcome:
        """Ask for the lists of works that have a DOI of a publisher."""
        from .opencitations import OpenCitations

        dois = {note.key: doi for note in notes if (doi := _doi(note))}
        with_doi = [note for note in notes if note.key in dois]
        outcome = self._begin("OpenCitations", with_doi)
        service = OpenCitations(self._progress)
        for note in with_doi:
            try:
                rows = service.references(dois[note.key])
            except UnavailableError as trouble:
                self._is_pending(note, trouble, outcome)
            else:
                if rows:
                    self._keep(note, self._matcher.citation(note, OPENCITATIONS, rows, day=self._day), outcome)
                else:
                    self._count(outcome, "missing")
        return outcome

    def _begin(self, title: str, notes: Sequence[Note]) -> Outcome:
        self._progress.start(title, len(notes))
        return Outcome(title)

    def _ask_alone(self, service: "SemanticScholar", note: Note, outcome: Outcome) -> None:
        try:
            paper = service.papers([_name(note)]).get(_name(note))
        except UnavailableError as trouble:
            self._is_pending(note, trouble, outcome)
            return
        if paper:
            self._ask(service, note, paper, outcome)
        else:
            self._progress.tell(f"{note.key}: missing, Semantic Scholar does not know {_name(note)}")
            self._count(outcome, "missing")

    def _ask(self, service: "SemanticScholar", note: Note, paper: "Paper", outcome: Outcome) -> None:
        if not _is_same(note, paper):
            message = f"{_name(note)} is {paper.title!r} at Semantic Scholar, the heading says {note.heading!r}"
            advice = "if it is the same work, add the title to 'titles'"
            self._count(outcome, "mismatch", _problem(note, f"{message}; {advice}"))
            return
        try:
            rows = _likeliest(service, paper)
        except UnavailableError as trouble:
            self._is_pending(note, trouble, outcome)
            return
        if rows is not None and not rows and paper.references:
            # Nothing is kept, so that it is asked for again.
            message = f"the reference list is thin (none came, {paper.references} are counted)"
            self._count(outcome, "thin", _problem(note, f"{message}; run it again later"))
            return
        # Where a record goes by another title, a venue may be that of another work.
        published = paper.published if _is_alike(note, paper) else None
        citation = self._matcher.citation(
            note, SEMANTIC_SCHOLAR, rows, day=self._day, counted=paper.references, published=published
        )
        if rows is None:
            outcome.add("elided")
        self._keep(note, citation, outcome)

    def _keep(self, note: Note, citation: Citation, outcome: Outcome) -> None:
        if faults := faults_of(citation):
            self._count(
                outcome, "unusable", _problem(note, f"the reference list of {citation.source} {'; '.join(faults)}")
            )
            return
        self._count(outcome, "new" if self._store.keep_list(citation) else "unchanged")
        if self._journal:
            self._journal.add(f"{citation.source}:{note.key}")

    def _is_pending(self, note: Note, trouble: UnavailableError, outcome: Outcome) -> None:
        message = f"the reference list is {trouble.word} ({trouble}); run it again later"
        self._count(outcome, trouble.word, _problem(note, message))

    def _count(self, outcome: Outcome, word: str, problem: Problem | None = None) -> None:
        outcome.add(word, problem)
        self._progress.advance()


def _problem(note: Note, message: str) -> Problem:
    return Problem(note.path, note.line("arxiv", "reference"), message)


def _is_same(note: Note, paper: "Paper") -> bool:
    """Whether a paper is the work of a note: by its arXiv identifier, which arXiv has confirmed, else by the title.

    A paper may go by a former title, and a DOI may have been written down wrongly.
    """
    return (note.arxiv is not None and note.arxiv == paper.arxiv) or _is_alike(note, paper)


def _is_alike(note: Note, paper: "Paper") -> bool:
    title = fold_title(paper.title)
    return max(_likeness(fold_title(known), title) for known in note.all_titles) >= SAME_TITLE


def _likeness(one: str, other: str) -> float:
    # Beyond 200 letters all of them count as junk by default.
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _likeliest(service: "SemanticScholar", paper: "Paper") -> list[Cited] | None:
    """The references, asked for twice where other than are counted come; counts may be stale, and answers wrong."""
    from .semantic_scholar import MOST

    rows = service.references(paper)
    if rows is None or paper.references is None or len(rows) == min(paper.references, MOST):
        return rows
    again = service.references(paper)
    if again is None:
        return rows
    return again if len(again) == paper.references else max(rows, again, key=len)


def _name(note: Note) -> str:
    """What Semantic Scholar is asked for: the bare arXiv identifier, else the DOI."""
    kind, _, value = next(identifiers_of(note)).partition(":")
    return f"{'ARXIV' if kind == 'arXiv' else 'DOI'}:{value}"


def _doi(note: Note) -> str | None:
    """What OpenCitations is asked for: the DOI of a publisher."""
    return next(filter(None, map(publisher_doi, identifiers_of(note))), None)
