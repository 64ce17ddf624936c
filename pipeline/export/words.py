"""The English of the page and of the pictures, all in `pipeline/explorer/words.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def say(key: str, **values: object) -> str:
    """The words for a key, with values; of a number `n` that is one, those for one where they differ."""
    only = f"{key}.one"
    return words()[only if values.get("n") == 1 and only in words() else key].format(**values)


@cache
def words() -> Mapping[str, str]:
    """What readers are told, by key; names in braces stand for values."""
    found: dict[str, str] = json.loads((files("pipeline") / "explorer" / "words.json").read_text("utf-8"))
    return found
