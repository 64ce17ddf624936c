"""One fetch: arXiv records, then reference lists, then what they say of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model import OPENCITATIONS, SEMANTIC_SCHOLAR, Note
from ..problems import Problem
from . import arxiv_records, citation_lists
from .journal import Journal
from .outcome import Outcome
from .progress import Progress
from .store import Store, today


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to have fetched.

    Attributes:
        mode: "missing", "bundled" (also what was compiled by hand) or "all".
        only: "metadata" or "citations"; both where it is None.
        abstracts: of arXiv works too.
        dump: arXiv's metadata snapshot, instead of its services.
        opencitations: also the lists of that service.
    """

    mode: str
    only: str | None = None
    abstracts: bool = False
    dump: Path | None = None
    opencitations: bool = False


def fetch(wish: Wish, notes: Sequence[Note], store: Store, progress: Progress) -> tuple[list[Outcome], list[Problem]]:
    """Fetch what is wanted into a data directory.

    Returns:
        What came of it, and every problem: what could not be had, and files that cannot be read and were not replaced.

    Raises:
        SettingError: a variable of the environment cannot be read.
    """
    journal = Journal(store.data, wish.only or "all") if wish.mode == "all" else None
    day = today()
    outcomes = []
    if wish.only != "citations":
        asked = arxiv_records.wanted(notes, store, mode=wish.mode, abstracts=wish.abstracts, journal=journal)
        records = arxiv_records.Records(store, progress, day=day, abstracts=wish.abstracts, journal=journal)
        if asked:
            outcomes.append(records.from_dump(asked, wish.dump) if wish.dump else records.from_services(asked))
    if wish.only != "metadata" and not wish.dump:
        lists = citation_lists.Lists(notes, store, progress, day=day, journal=journal)
        sources = {SEMANTIC_SCHOLAR: lists.from_semantic_scholar}
        if wish.opencitations:
            sources[OPENCITATIONS] = lists.from_opencitations
        for source, fetch_lists in sources.items():
            asked = citation_lists.wanted(notes, store, source, mode=wish.mode, journal=journal)
            outcomes += [fetch_lists(asked)] if asked else []
    progress.finish()
    if journal and not any(outcome.pending for outcome in outcomes):
        journal.clear()
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    return outcomes, problems + (Store(store.data).unreadable if store.unreadable else [])
