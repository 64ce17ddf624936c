"""YAML as a tree of texts that know their line.

PyYAML's own constructors would read `2001.10310` as a number, keep the last of two equal keys without a
word and forget where anything stood; this reads the composed nodes, so that every value stays as written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from ..problems import Report


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar; empty where nothing is written, as in `field:`."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: tuple["Value", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; `lines` are those of the field names."""

    fields: Mapping[str, "Value"]
    lines: Mapping[str, int]
    line: int


Value = Text | Items | Fields

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str, first_line: int, report: Report) -> Value | None:
    """Read one YAML document.

    Args:
        text: the document.
        first_line: line of the file on which it starts.
        report: called for each fault: broken syntax, a field given twice, an alias.

    Returns:
        The tree, or None where the syntax is broken or the document empty.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
        return None if node is None else _Reader(first_line, report).value(node)
    except yaml.YAMLError as error:
        report(first_line + _line_of(error), f"YAML cannot be read: {_reason(error)}")
    except RecursionError:
        report(first_line, "YAML is nested too deeply to be read; a note needs three levels at most")
    return None


def _line_of(error: yaml.YAMLError) -> int:
    # Where a quote or a bracket was opened says more than where the reader gave up on it.
    mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
    return mark.line if mark else 0


def _reason(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unexpected text"
    return f"{reason}; quote values that hold ': ', '#', quotes or brackets"


class _Reader:
    """Turns nodes into values; an alias of a list or mapping is refused, as it could repeat or contain itself."""

    def __init__(self, first_line: int, report: Report) -> None:
        self.first_line = first_line
        self.report = report
        self.seen: set[int] = set()

    def value(self, node: yaml.Node) -> Value:
        line = self.first_line + node.start_mark.line
        if isinstance(node, yaml.ScalarNode):
            # `null` and `~` say that there is no value, in YAML's words.
            return Text("" if node.tag == "tag:yaml.org,2002:null" else node.value.strip(), line)
        if id(node) in self.seen:
            self.report(line, "YAML aliases are not supported; write the value out")
            return Text("", line)
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.value(item) for item in node.value), line)
        return self.mapping(node, line)

    def mapping(self, node: yaml.Node, line: int) -> Fields:
        fields: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for name_node, value_node in node.value:
            name_line = self.first_line + name_node.start_mark.line
            name = name_node.value
            if not isinstance(name, str):
                self.report(name_line, "a field name must be a text")
            elif name in fields:
                self.report(name_line, f"field {name!r} is given twice (first on line {lines[name]}); keep one")
            else:
                lines[name] = name_line
                fields[name] = self.value(value_node)
        return Fields(fields, lines, line)
