"""The English of the page and of the pictures, all in `pipeline/explorer/words.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words() -> Mapping[str, str]:
    """What readers are told, by key; names in braces stand for values."""
    found: dict[str, str] = json.loads((files("pipeline") / "explorer" / "words.json").read_text("utf-8"))
    return found
