"""A notebook from Windows: every command keeps its line ends, and the site is byte for byte the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from intouch import project
from intouch.build import load, render
from program import run, write_files

NOTEBOOK = """
=== contacts/ann.md
---
name: Ann Bell
organization: Acme   # a comment
title:
cadence: every 3 months
tags: [a, b]
---
About **her**,
in two lines.

## Log
- 2026-11-02 call: a
  and more
=== contacts/ann/2026-11-03-interview.md
---
role: Trainer
hook: "the night class"
---
- one

```
two
```
=== site_templates/messages/follow-up.txt
Subject: Hello

Dear {{ contact.greeting }},

{{ me.name }}
=== site_templates/404.html
{% extends "base.html" %}
{% block main %}<h1>Gone fishing</h1>{% endblock %}
=== intouch.toml
timezone = "UTC"
[me]
name = "Me Too"
[demo]
today = 2026-11-23
=== people.csv
Name,Company,Title,E-mail
Ann Bell,Acme,Head,ann@acme.example
"""
SYSTEMS = {"unix": (b"", b"\n"), "windows": (b"\xef\xbb\xbf", b"\r\n")}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def notebook(folder: Path, system: str) -> Path:
    """The notebook as a system writes it: with its line ends, and with a mark in front or without."""
    root = write_files(folder, NOTEBOOK)
    mark, end = SYSTEMS[system]
    for path in root.rglob("*.*"):
        content = path.read_bytes().replace(b"\n", end)
        path.write_bytes(mark + content if path.suffix in {".md", ".toml"} else content)
    return root


def site(root: Path) -> dict[str, bytes]:
    loaded = load(root, project.read_settings(root), date(2026, 11, 23))
    assert loaded.diagnostics == ()
    return dict(render(loaded).site)


def test_both_are_one_site(tmp_path: Path) -> None:
    unix, windows = (site(notebook(tmp_path / system, system)) for system in SYSTEMS)
    assert unix == windows
    assert b"Gone fishing" in unix["404.html"]


def test_what_is_written_has_the_line_ends_that_were_there(tmp_path: Path, system: str) -> None:
    root = notebook(tmp_path, system)
    mark, end = SYSTEMS[system]
    before = (root / "contacts" / "ann.md").read_bytes()
    assert run("log", "ann", "call", "b", cwd=root).code == 0
    assert run("import", "people.csv", "--write", cwd=root).code == 0
    after = (root / "contacts" / "ann.md").read_bytes()
    expected = before.replace(b"title:", b"title: Head", 1)
    expected = expected.replace(
        end + b"---" + end + b"About", end + b"email: ann@acme.example" + end + b"---" + end + b"About"
    )
    assert after == expected + b"- 2026-11-23 call: b" + end
    assert after.startswith(mark + b"---")
    shutil.rmtree(root / "contacts" / "ann")
    assert site(root)
