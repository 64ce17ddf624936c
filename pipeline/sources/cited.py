"""References as services list them, matched with our works by identifier; a title alone makes no edge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Citation, Note, Published
from ..reference_lists import folded, index_of
from ..text import fold_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One reference of a list.

    Attributes:
        identifiers: "arXiv:…" and "doi:…", in that order; the DOI is not arXiv's own.
        resolved: the service knows which work it is.
        paper: its identifier at the service, by which one that comes twice is known.
    """

    identifiers: tuple[str, ...]
    title: str
    resolved: bool
    influential: bool = False
    intents: tuple[str, ...] = ()
    paper: str = ""


class Matcher:
    """Our works, to be found by identifier and by title.

    What the records of services know of identifiers is left out: the matches then do not depend on which records have
    come yet, and whoever reads the lists adds them.
    """

    def __init__(self, notes: Sequence[Note]) -> None:
        self._keys = index_of(notes, {})
        titles = ((fold_title(title), note.key) for note in notes for title in note.all_titles)
        # A reference may have no title, and a work one of signs alone.
        self._titles = {title: key for title, key in titles if title}

    def citation(
        self,
        note: Note,
        source: str,
        rows: Iterable[Cited] | None,
        *,
        day: str,
        counted: int | None = None,
        published: Published | None = None,
    ) -> Citation:
        """The reference list of a work.

        Args:
            note: the citing work.
            source: one of SERVICES.
            rows: its references; None where the publisher withholds them.
            day: on which they were fetched.
            counted: how many the source says that there are, if it does.
            published: where the source saw it appear.
        """
        listed = list(rows or ())
        cites: dict[str, list[Cited]] = {}
        by_title: set[str] = set()
        elsewhere: set[str] = set()
        for row in listed:
            if key := self._key(row):
                cites.setdefault(key, []).append(row)
            else:
                elsewhere.update(row.identifiers)
                if like := self._titles.get(fold_title(row.title)):
                    by_title.add(like)
        cites.pop(note.key, None)
        resolved = sum(row.resolved for row in listed)
        intents = {key: tuple(sorted({i for row in cites[key] for i in row.intents})) for key in sorted(cites)}
        return Citation(
            key=note.key,
            source=source,
            complete=bool(listed) and counted is not None and resolved == len(listed) >= counted,
            references=max(counted or 0, len(listed)),
            cites=tuple(sorted(cites)),
            retrieved=day,
            resolved=resolved,
            elided=rows is None,
            by_title=tuple(sorted(by_title - {note.key, *cites})),
            influential=tuple(key for key in sorted(cites) if any(row.influential for row in cites[key])),
            intents={key: found for key, found in intents.items() if found},
            elsewhere=tuple(sorted(elsewhere)),
            published=published,
        )

    def _key(self, row: Cited) -> str | None:
        return next((key for name in row.identifiers if (key := self._keys.get(folded(name)))), None)
