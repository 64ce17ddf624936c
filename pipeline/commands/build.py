"""Check, then write all outputs."""

from argparse import Namespace

from ..curated import freeze, render_lock
from ..export import OUTPUTS, render
from ..files import replace_files
from ..loading import examine
from .common import data_of, refuse, tell


def run(options: Namespace) -> int:
    """Run the command and return its exit code."""
    bibliography, problems = examine(data_of(options))
    if problems:
        return refuse(problems)
    preprints = options.flavour == "preprint"
    texts = {options.output / name: render(name, bibliography, preprints=preprints) for name in OUTPUTS}
    lock = freeze(bibliography, bibliography.lock)
    # The lock goes first: make takes it for a prerequisite of the outputs, which must be younger.
    frozen = {} if lock == bibliography.lock else {options.data / "keys.lock": render_lock(lock)}
    changed = replace_files(frozen | texts)
    count = sum(changed[path] for path in texts)
    tell(options, f"{len(bibliography)} works; {count} of {len(texts)} outputs changed")
    return 0
