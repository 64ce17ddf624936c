"""What services know of the works: records, reference lists, versions of record."""

from argparse import Namespace
from collections.abc import Sequence

from ..applying import apply, proposals
from ..model import Note
from ..notes import load_notes
from ..problems import Problem, StopError
from ..published import describe
from ..sources.fetch import Wish, fetch
from ..sources.store import Store
from .common import data_of, fetching, refuse, tell


def run(options: Namespace) -> int:
    """Run the command and return its exit code."""
    from ..loading import examine

    data = data_of(options)
    if options.from_dump and options.only == "citations":
        raise StopError("--from-dump has no citations; leave --only out", code=2)
    if options.from_dump and (not options.from_dump.exists() or options.from_dump.is_dir()):
        raise StopError(f"{options.from_dump} is no file; name arXiv's metadata snapshot", code=2)
    notes, _, problems = load_notes(data / "papers")
    if problems:
        # A note that cannot be read cannot be fetched for; say at once what else is wrong, so that one run tells all.
        return refuse(examine(data)[1])
    wish = Wish(
        mode=options.mode,
        only=options.only,
        abstracts=options.abstracts,
        dump=options.from_dump,
        opencitations=options.opencitations,
    )
    with fetching(options) as progress:
        store = Store(data)
        outcomes, problems = fetch(wish, notes, store, progress)
        if options.mode != "missing" or options.apply:
            problems += _propose(notes, store, is_applied=options.apply)
    for outcome in outcomes:
        tell(options, str(outcome))
    return refuse(problems) if problems else 0


def _propose(notes: Sequence[Note], store: Store, *, is_applied: bool) -> list[Problem]:
    """Print what services know of publication, and write it if that is wanted."""
    found = proposals(notes, store.records, store.lists)
    written, problems = apply(found, notes) if is_applied else ([], [])
    done = {proposal.key for proposal in written}
    for proposal in found:
        print("written" if proposal.key in done else "proposed", describe(proposal))
    return problems
