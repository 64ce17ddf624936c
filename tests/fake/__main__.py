"""The services as a process of their own, for runs of the whole program.

    cd tests
    python -m fake --works 50 --data /tmp/data --fault s2=status:429 --always oai=rst -- \
        lineage fetch --data /tmp/data

runs a command with the services' addresses in its environment and ends with its exit code. Without a command the
addresses are printed as lines for a shell, and the services run until standard input ends or Ctrl-C.
"""

import argparse
import ast
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from . import faults, invented, serve, write_data
from .server import SERVICES


def main(arguments=None):
    """Run it; the exit code is that of the command."""
    options = _options(arguments)
    shelf = invented(options.works, options.seed)
    if options.data:
        write_data(shelf, options.data)
    with serve(shelf) as fake:
        for service, fault in options.fault:
            fake.faults[service].append(fault)
        fake.for_ever.update(options.always)
        code = _run(options.command, fake) if options.command else _wait(fake)
        if options.log:
            lines = (
                json.dumps([request.service, request.method, request.target, request.fault]) for request in fake.asked()
            )
            options.log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return code


def _options(arguments):
    parser = argparse.ArgumentParser(prog="fake", description="arXiv, DataCite and others on loopback")
    parser.add_argument("--works", type=int, default=30, help="how many works are invented (30)")
    parser.add_argument("--seed", type=int, default=0, help="of the invention (0)")
    parser.add_argument("--data", type=Path, help="a data directory to write notes of the works to")
    parser.add_argument("--log", type=Path, help="a file for the requests, a line each, at the end")
    how = "SERVICE=FAULT or SERVICE=FAULT:ARGUMENT,…"
    parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="F", help=f"once: {how}")
    parser.add_argument("--always", type=_fault, action="append", default=[], metavar="F", help=f"for ever: {how}")
    parser.add_argument("command", nargs="*", help="what to run")
    return parser.parse_args(arguments)


def _fault(text):
    """A service and a fault of it, from `s2=status:429`; "none" lets a request through."""
    service, _, rest = text.partition("=")
    name, _, given = rest.partition(":")
    if service not in SERVICES or name not in {*faults.__all__, "none"} - {"Fault"}:
        raise argparse.ArgumentTypeError(f"{text!r} is no SERVICE=FAULT; services are {', '.join(SERVICES)}")
    if name == "none":
        return service, None
    return service, getattr(faults, name)(*(_value(part) for part in given.split(",") if part))


def _value(text):
    """A number where it is one; identifiers stay texts."""
    with contextlib.suppress(ValueError, SyntaxError):
        if len(text) < 7:
            return ast.literal_eval(text)
    return text


def _run(command, fake):
    return subprocess.run(command, env=os.environ | fake.environment, check=False).returncode


def _wait(fake):
    for name, value in fake.environment.items():
        print(f"export {name}={value}")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
