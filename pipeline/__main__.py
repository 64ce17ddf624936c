"""The command line; the only module that knows paths.

Messages go to stderr, results to stdout. Exit codes: 0 done, 1 problems in the data or a partial fetch, 2 wrong usage.
"""

import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from .arguments import parser
from .problems import DataError, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is wrong with the data.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except DataError as error:
        return _refuse(error.problems)
    except KeyboardInterrupt:
        print("lineage: stopped", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"lineage: {error.filename or 'disk'}: {error.strerror}", file=sys.stderr)
        return 1


def _build(options: Namespace) -> int:
    from .curated import freeze, render_lock
    from .export import OUTPUTS, render
    from .files import replace_files
    from .loading import examine

    bibliography, problems = examine(_data(options))
    if problems:
        return _refuse(problems)
    preprints = options.flavour == "preprint"
    texts = {options.output / name: render(name, bibliography, preprints=preprints) for name in OUTPUTS}
    lock = freeze(bibliography, bibliography.lock)
    # The lock goes first: make takes it for a prerequisite of the outputs, which must be younger.
    frozen = {} if lock == bibliography.lock else {options.data / "keys.lock": render_lock(lock)}
    changed = replace_files(frozen | texts)
    count = sum(changed[path] for path in texts)
    _tell(options, f"{len(bibliography)} works; {count} of {len(texts)} outputs changed")
    return 0


def _export(options: Namespace) -> int:
    from .export import render
    from .files import replace_file
    from .loading import examine
    from .selection import Selection, select

    bibliography, problems = examine(_data(options))
    if problems:
        return _refuse(problems)
    asked = Selection(
        only=tuple(options.only),
        topics=tuple(options.topic),
        branches=tuple(options.branch),
        years=tuple(options.year),
    )
    try:
        selected = select(bibliography, asked)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if not len(selected):
        print("no work is all of that; nothing was written", file=sys.stderr)
        return 1
    text = render(options.format, selected, preprints=options.flavour == "preprint")
    if options.file:
        replace_file(options.file, text)
        _tell(options, f"{len(selected)} work{'s' if len(selected) > 1 else ''} in {options.file}")
    else:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    return 0


def _check(options: Namespace) -> int:
    from .loading import examine

    bibliography, problems = examine(_data(options))
    if problems:
        return _refuse(problems)
    _tell(options, f"{len(bibliography)} works, no problems")
    return 0


def _fetch(options: Namespace) -> int:
    from .loading import examine
    from .metadata import load_metadata
    from .notes import load_notes
    from .sources.fetch import fetch_metadata, wanted

    data = _data(options)
    notes, _, problems = load_notes(data / "papers")
    cached, unreadable = load_metadata(data / "arxiv")
    if problems:
        # A note that cannot be read cannot be fetched for; say at once what else is wrong, so that one run tells all.
        return _refuse(examine(data)[1])
    if not re.fullmatch(r"(\d+(\.\d*)?)?", os.environ.get("LINEAGE_PACE", "")):
        print("lineage: LINEAGE_PACE is a number of seconds", file=sys.stderr)
        return 2
    asked = wanted(notes, cached, mode=options.mode)
    if asked:
        _tell(options, f"fetching {len(asked)} records")
        problems = fetch_metadata(asked, cached, data / "arxiv", lambda text: _tell(options, text))
    # A record that cannot be read counts as missing; if it could not be replaced, say what is wrong with it.
    return _refuse([*problems, *unreadable]) if problems else 0


def _import(options: Namespace) -> int:
    from .curated import load_lock, load_vocabulary
    from .files import replace_files
    from .importing import FORMATS, UNSORTED, Ours, plan, read_files, unknown_words
    from .metadata import load_metadata
    from .notes import load_notes

    data = _data(options)
    for path in options.files:
        if not path.is_file() or path.suffix.lower() not in FORMATS:
            fault = f"is no file that ends in {', '.join(FORMATS)}" if path.is_file() else "is no file"
            print(f"lineage: {path} {fault}; name an exported bibliography", file=sys.stderr)
            return 2
    notes, files, problems = load_notes(data / "papers")
    records, _ = load_metadata(data / "arxiv")
    vocabulary, faults_of_vocabulary = load_vocabulary(data / "vocabulary.yaml")
    lock, faults_of_lock = load_lock(data / "keys.lock")
    kind, branch = options.kind or UNSORTED, options.branch or UNSORTED
    problems += faults_of_vocabulary + faults_of_lock
    problems += unknown_words(vocabulary, data / "vocabulary.yaml", kind=kind, branch=branch)
    items, unread = read_files(options.files)
    if problems:
        return _refuse({*problems, *unread})
    ours = Ours(notes=notes, files=frozenset(files), records=records, vocabulary=vocabulary, lock=lock)
    found, problems = plan(items, ours, data, kind=kind, branch=branch, skip=options.skip)
    if problems or unread:
        return _refuse({*problems, *unread})
    if found.notes and not options.dry_run:
        replace_files({data / "papers" / f"{key}.md": text for key, text in found.notes.items()})
    for line in [*found.lines, *(f"skipped {problem}" for problem in found.skipped)]:
        print(line)
    done = "would be written" if options.dry_run else "written"
    _tell(options, f"new notes {done}: {len(found.notes)}; known: {found.known}; merged into others: {found.merged}")
    if found.left_out:
        _tell(options, "left out: " + ", ".join(f"{name} ({count})" for name, count in found.left_out.most_common()))
    if found.without_record:
        _tell(options, f"arXiv records that 'make' will fetch: {found.without_record}")
    return 0


def _data(options: Namespace) -> Path:
    data: Path = options.data
    if not (data / "papers").is_dir():
        print(f"lineage: {data / 'papers'} is no directory; name the data directory with --data", file=sys.stderr)
        raise SystemExit(2)
    return data


def _refuse(problems: Iterable[Problem]) -> int:
    listed = sorted(problems)
    print(*listed, sep="\n", file=sys.stderr)
    print(f"{len(listed)} problem{'s' if len(listed) > 1 else ''}", file=sys.stderr)
    return 1


def _tell(options: Namespace, text: str) -> None:
    if not options.quiet:
        print(text, file=sys.stderr)


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "build": _build,
    "check": _check,
    "export": _export,
    "fetch": _fetch,
    "import": _import,
}


if __name__ == "__main__":
    sys.exit(main())
