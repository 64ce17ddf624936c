"""One `add`: works fetched by identifier, and a note and a record of each written."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..files import replace_file
from ..importing import Ours
from ..importing.adding import Adder, Addition, Found, Refusal
from ..metadata import faults_of
from .finding import Wanted, find, identify
from .progress import Progress
from .store import Store


def add(
    asked: Sequence[str], ours: Ours, data: Path, progress: Progress, *, kind: str, branch: str
) -> Iterator[Addition | Refusal]:
    """What became of each identifier, address or DOI; a work is written before the next one is looked at.

    Args:
        asked: as somebody gave them.
        ours: the data directory as it is.
        data: that directory.
        progress: shows what is done.
        kind: word of the vocabulary for the new notes.
        branch: likewise.

    Raises:
        SettingError: a variable of the environment cannot be read.
    """
    template = data / "TEMPLATE.md"
    adder = Adder(ours, template.read_text(encoding="utf-8") if template.is_file() else "", kind=kind, branch=branch)
    wanted: dict[str, Wanted] = {}
    for text in asked:
        want = identify(text)
        if want is None:
            yield Refusal(asked=text, reason="is no arXiv identifier, no address of one, and no DOI; correct it")
        elif key := adder.known(want.identifier):
            yield adder.refuse(text, key)
        else:
            wanted.setdefault(want.identifier.casefold(), want)
    if not wanted:
        return
    store = Store(data)
    progress.start("works", len(wanted))
    for want, found in find(list(wanted.values()), progress, datetime.now(UTC).date().isoformat()):
        progress.advance()
        yield _added(want, found, adder, store, data)


def _added(want: Wanted, found: Found | str, adder: Adder, store: Store, data: Path) -> Addition | Refusal:
    if isinstance(found, str):
        return Refusal(asked=want.asked, reason=found)
    if found.record and (faults := faults_of(found.record)):
        return Refusal(asked=want.asked, reason=f"is unusable (its record {'; '.join(faults)})")
    result = adder.add(found)
    if isinstance(result, Addition):
        if found.record:
            store.keep_record(found.record, abstract=False)
        replace_file(data / "papers" / f"{result.key}.md", result.text)
    return result
