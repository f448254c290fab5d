"""What editors are told of a notebook: the schemas of its front matter, and how to check it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from intouch.card_folder import FOLDER
from intouch.reading.files import FileKind
from intouch.reading.schema import as_json, schema_of

_WORKSPACE = ".vscode"

_WHERE = MappingProxyType({FileKind.CARD: f"{FOLDER}/*.md", FileKind.NOTE: f"{FOLDER}/*/*.md"})

_HEADLINE = r"^(.+):(\d+):(\d+): (error|warning): (.*?)  \[([a-z0-9-]+)\]$"
"""The first line of each problem that `intouch check` prints."""


def schema_file(kind: FileKind) -> str:
    """Where a notebook keeps the schema of its cards or notes."""
    return f"{_WORKSPACE}/intouch-{kind}.schema.json"


def editor_files() -> Mapping[str, str]:
    """The files that make editors understand a notebook, by path."""
    settings = {"yaml.schemas": {f"./{schema_file(kind)}": where for kind, where in _WHERE.items()}}
    schemas = {schema_file(kind): as_json(schema_of(kind)) for kind in FileKind}
    files = {f"{_WORKSPACE}/settings.json": _text(settings), f"{_WORKSPACE}/tasks.json": _text(_tasks())}
    return MappingProxyType(files | schemas)


def _tasks() -> dict[str, Any]:
    """The task that lists every problem of the notebook in the editor, at its line."""
    groups = ("file", "line", "column", "severity", "message", "code")
    task = {
        "label": "intouch check",
        "type": "process",
        "command": "intouch",
        "args": ["check"],
        "options": {"cwd": "${workspaceFolder}", "env": {"NO_COLOR": "1"}},
        "group": {"kind": "build", "isDefault": True},
        "presentation": {"reveal": "silent"},
        "problemMatcher": {
            "owner": "intouch",
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": {"regexp": _HEADLINE} | {name: at for at, name in enumerate(groups, 1)},
        },
    }
    return {"version": "2.0.0", "tasks": [task]}


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2) + "\n"
