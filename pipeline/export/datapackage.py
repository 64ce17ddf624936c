"""`datapackage.json`: columns and types of the CSVs as a Frictionless data package.

Format: https://specs.frictionlessdata.io/tabular-data-package/, version 1.
"""

import json
from pathlib import PurePath
from typing import Any

from ..bibliography import Bibliography
from .columns import TABLES, Column, Table


def render(_bibliography: Bibliography) -> str:
    """The description, which is the same for all data."""
    package = {
        "profile": "tabular-data-package",
        "name": "llm-lineage",
        "title": "Lineage of language models",
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit"}],
        "resources": [_resource(path, table) for path, table in TABLES.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(path: str, table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": PurePath(path).stem,
        "title": table.title,
        "path": path,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_to_papers(name, path) for name in table.papers],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints = {"required": column.required or None, "pattern": column.pattern}
    known = {name: value for name, value in constraints.items() if value}
    field = {"name": column.name, "type": column.type, "description": column.text}
    return field | ({"constraints": known} if known else {})


def _to_papers(name: str, path: str) -> dict[str, Any]:
    """A foreign key; a table calls itself by the empty name."""
    return {"fields": [name], "reference": {"resource": "" if path == "papers.csv" else "papers", "fields": ["key"]}}
