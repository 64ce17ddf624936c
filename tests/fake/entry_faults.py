"""Faults of the entries: some missing, double, foreign or spoilt, in a text that is whole."""

import re
from dataclasses import replace

from .fault import Fault
from .shelf import FOREIGN, digest


def _of_items(name, change, total=None):
    """A fault of the list of entries: `change` takes items and reply and gives items, `total` the number said."""

    def say(reply, _):
        items = tuple(change(reply.items, reply))
        return replace(reply, items=items, total=reply.total if total is None else total(reply.total))

    return Fault(name=name, say=say)


def well_formed_but_cut(missing=1):
    """The last entries left out of a text that is whole otherwise; totals are as before."""
    return _of_items(f"last {missing} left out", lambda items, _: items[: max(0, len(items) - missing)])


def empty_feed(total=0):
    """A valid answer without entries; `total` is the number it says it has found."""
    return _of_items(f"no entries of {total}", lambda *_: (), lambda _: total)


def drop(*identifiers):
    """Entries of these identifiers are left out, and not counted."""

    def change(items, _):
        return (item for item in items if item[0] not in identifiers)

    return _of_items(f"without {' '.join(identifiers)}", change, lambda total: max(0, total - len(identifiers)))


def inflate_total(more=1):
    """The number said is larger than that of the entries."""
    return _of_items(f"total inflated by {more}", lambda items, _: items, lambda total: total + more)


def reorder():
    """Entries in some other order."""
    return _of_items("reordered", lambda items, _: sorted(items, key=lambda item: digest(f"order {item[0]}")))


def duplicate():
    """Every entry twice."""
    return _of_items("duplicated", lambda items, reply: items if reply.is_single else [i for i in items for _ in "12"])


def foreign():
    """An entry that nobody asked for, in place of the answer where that is a single one."""

    def change(items, reply):
        ours = (reply.make(FOREIGN),) if reply.make and items else ()
        return ours if reply.is_single else (*items, *ours)

    return _of_items("foreign", change)


def markup_in_title():
    """A title with an element inside, as `<i>`, where the text of the title should stand alone."""
    return _of_titles("markup in title", lambda title: re.sub(r"(\S+)$", r"<i>\1</i>", title))


def undefined_entity():
    """A title with an entity that XML does not know; JSON has it as it stands."""
    return _of_titles("undefined entity", lambda title: re.sub(r"(\S+)$", r"&nbsp;\1", title))


def _of_titles(name, change):
    def of_item(entry):
        if isinstance(entry, str):
            return re.sub(r"(?<=<title>)[^<]*(?=</title>)", lambda match: change(match[0]), entry)
        return _changed(entry, "title", change)

    return _of_items(name, lambda items, _: ((name, of_item(entry)) for name, entry in items))


def _changed(value, field, change):
    """JSON with a field changed wherever it stands in it."""
    if isinstance(value, list):
        return [_changed(part, field, change) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: change(part) if name == field and isinstance(part, str) else _changed(part, field, change)
        for name, part in value.items()
    }


def without(*fields):
    """Entries without some of their fields: elements of XML, members of JSON objects at any depth."""

    def of_item(entry):
        if isinstance(entry, str):
            for field in fields:
                entry = re.sub(rf"\s*<((?:\w+:)?{field})\b[^>]*?(?:/>|>.*?</\1>)", "", entry, flags=re.DOTALL)
            return entry
        return _bare(entry, fields)

    return _of_items(f"no {' '.join(fields)}", lambda items, _: ((name, of_item(entry)) for name, entry in items))


def _bare(value, fields):
    if isinstance(value, list):
        return [_bare(part, fields) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: _bare(part, fields) for name, part in value.items() if name not in fields}


def no_authors():
    """Entries without authors, by whichever name the service calls them."""
    return replace(without("author", "authors", "creators"), name="no authors")
