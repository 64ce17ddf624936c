"""The command line; the only module that knows paths.

Messages go to stderr, results to stdout. Exit codes: 0 done, 1 problems in the data or a partial fetch, 2 wrong usage.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from . import __version__
from .problems import DataError, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lineage",
        description="Annotated bibliography and citation graph of the evolution of language models.",
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(data=Path("data"), output=Path("output"), quiet=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = commands.add_parser("build", parents=[_common()], help="check, then write all outputs")
    _add_flavour(build)
    build.set_defaults(run=_build)

    check = commands.add_parser("check", parents=[_common()], help="say everything that is wrong with the data")
    check.set_defaults(run=_check)

    fetch = commands.add_parser("fetch", parents=[_common()], help="get arXiv records that are missing or bundled")
    extent = fetch.add_mutually_exclusive_group()
    extent.add_argument("--missing", dest="mode", action="store_const", const="missing", help="only missing ones")
    extent.add_argument("--refresh", dest="mode", action="store_const", const="all", help="all of them again")
    fetch.set_defaults(run=_fetch, mode="bundled")

    imports = commands.add_parser("import", parents=[_common()], help="make notes of somebody's .bib, .json or .ris")
    imports.add_argument("files", type=Path, nargs="+", metavar="FILE", help="BibTeX, CSL JSON or RIS")
    imports.add_argument("--dry-run", action="store_true", help="only say what would be done")
    imports.add_argument("--kind", metavar="WORD", help="kind of the new notes (default: unsorted)")
    imports.add_argument("--branch", metavar="WORD", help="branch of the new notes (default: unsorted)")
    imports.set_defaults(run=_import)

    _add_export(commands)
    return parser


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from .export import FORMATS, output_of

    def output(text: str) -> str:
        if found := output_of(text):
            return found
        raise argparse.ArgumentTypeError(f"unknown format {text!r}; one of {', '.join(FORMATS)}")

    export = commands.add_parser("export", parents=[_common()], help="write one format, of all works or of a selection")
    export.add_argument("format", type=output, metavar="FORMAT", help=f"{', '.join(FORMATS)}, or a file in output/")
    export.add_argument("--file", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    select = export.add_argument_group("selection", "a work has to satisfy each option, and of one option any word")
    for name, text in {
        "only": "keys, citation keys or arXiv identifiers",
        "topic": "topics of the vocabulary",
        "branch": "branches of the vocabulary",
        "year": "years, or spans as in 2017-2019 or 2023-",
    }.items():
        select.add_argument(f"--{name}", metavar=name.upper(), nargs="+", action="extend", default=[], help=text)
    _add_flavour(export)
    export.set_defaults(run=_export)


def _add_flavour(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--flavour",
        choices=("published", "preprint"),
        default="published",
        help="references as published (default) or as on arXiv wherever it has the work",
    )


def _common() -> argparse.ArgumentParser:
    """The options that may stand before the command and after it: a new parser each, as defaults of one leak."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=Path, metavar="DIR", help="the data directory (default: data)")
    common.add_argument("--output", type=Path, metavar="DIR", help="where outputs go (default: output)")
    common.add_argument("--quiet", action="store_true", help="say nothing but problems")
    return common


def _build(options: argparse.Namespace) -> int:
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


def _export(options: argparse.Namespace) -> int:
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


def _check(options: argparse.Namespace) -> int:
    from .loading import examine

    bibliography, problems = examine(_data(options))
    if problems:
        return _refuse(problems)
    _tell(options, f"{len(bibliography)} works, no problems")
    return 0


def _fetch(options: argparse.Namespace) -> int:
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


def _import(options: argparse.Namespace) -> int:
    from .curated import load_lock, load_vocabulary
    from .files import replace_files
    from .importing import FORMATS, UNSORTED, Ours, plan, read_files
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
    for option, word, words in (("--kind", kind, vocabulary.kinds), ("--branch", branch, vocabulary.branches)):
        if words and word not in words:
            message = f"has no {option[2:]} {word!r}; name one of {', '.join(words)} with {option}"
            problems.append(Problem((data / "vocabulary.yaml").as_posix(), 1, message))
    items, unread = read_files(options.files)
    if problems or unread:
        return _refuse({*problems, *unread})
    ours = Ours(notes=notes, files=frozenset(files), records=records, vocabulary=vocabulary, lock=lock)
    found, problems = plan(items, ours, data, kind=kind, branch=branch)
    if problems:
        return _refuse(problems)
    if found.notes and not options.dry_run:
        replace_files({data / "papers" / f"{key}.md": text for key, text in found.notes.items()})
    for line in found.lines:
        print(line)
    done = "would be written" if options.dry_run else "written"
    _tell(options, f"new notes {done}: {len(found.notes)}; known: {found.known}; merged into others: {found.merged}")
    if found.left_out:
        _tell(options, "left out: " + ", ".join(f"{name} ({count})" for name, count in found.left_out.most_common()))
    if found.without_record:
        _tell(options, f"arXiv records that 'make' will fetch: {len(found.without_record)}")
    return 0


def _data(options: argparse.Namespace) -> Path:
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


def _tell(options: argparse.Namespace, text: str) -> None:
    if not options.quiet:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
