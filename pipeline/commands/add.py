"""Works fetched by identifier, a note of each."""

import sys
from argparse import Namespace
from collections.abc import Mapping

from ..model import Word
from .common import data_of, fetching, ours_of, refuse


def run(options: Namespace) -> int:
    """Run the command and return its exit code."""
    from ..importing import unknown_words
    from ..importing.adding import Addition
    from ..sources.adding import add

    data = data_of(options)
    ours, problems = ours_of(data)
    words = ours.vocabulary
    kind = options.kind or _unsorted(words.kinds)
    branch = options.branch or _unsorted(words.branches)
    problems += unknown_words(words, data / "vocabulary.yaml", kind=kind, branch=branch)
    if problems:
        return refuse(problems)
    with fetching(options) as progress:
        results = list(add(options.ids, ours, data, progress, kind=kind, branch=branch))
    for result in results:
        if isinstance(result, Addition):
            print(f"new {(data / 'papers' / result.key).as_posix()}.md")
            print(*(f"  - {line}" for line in (*result.remarks, *result.left)), sep="\n")
        else:
            print(result, file=sys.stderr)
    return 0 if all(isinstance(result, Addition) for result in results) else 1


def _unsorted(words: Mapping[str, Word]) -> str:
    """The word for what nobody has sorted yet, else the first one, as a note needs one."""
    from ..importing import UNSORTED

    return UNSORTED if UNSORTED in words else next(iter(words), UNSORTED)
