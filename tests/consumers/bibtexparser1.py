"""Keys and titles that bibtexparser 1 reads from the .bib files it is given, as JSON."""

import json
import sys
from pathlib import Path

from bibtexparser.bparser import BibTexParser

found = {}
for path in map(Path, sys.argv[1:]):
    # Left to itself it drops what is no type of BibTeX's own, as @online.
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = parser.parse(path.read_text(encoding="utf-8")).entries
    found[path.name] = {entry["ID"]: entry["title"] for entry in entries}
print(json.dumps(found))
