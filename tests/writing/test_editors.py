"""What `init` tells editors of a notebook: held by the programs that editors run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intouch.model import ContactType
from language_server import LanguageServer, yaml_language_server
from needs import needs_node_package, needs_program
from program import run, write_files

MANUAL = Path(__file__).parent.parent.parent / "docs" / "editors.md"

CARD = """\
---
name: Priya Nair
fit: 7
emial: priya@brightpath.example
met: 2026-02-30
contact_type: recruter
phone: 0123
archived: yes
org: Brightpath College
company: Brightpath
"""
NOTE = """\
---
kind: intervew
people: [[John Smith]]
fit: 5
"""
"""Front matter alone, as an extension that finds it in Markdown hands it to the server."""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    assert run("init", "--today", "2026-11-23", cwd=tmp_path).code == 0
    return tmp_path


def workspace_settings(root: Path) -> dict[str, Any]:
    """The settings as VS Code hands them out: by the first part of their names."""
    written = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert list(written) == ["yaml.schemas"]
    on = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
    return {"yaml": {"schemas": written["yaml.schemas"], **on}}


def completions(server: LanguageServer, name: str, line: int, column: int) -> dict[str, str]:
    listed = server.at("completion", name, line, column)["items"]
    return {item["label"]: item["insertText"] for item in listed}


def test_the_yaml_language_server_finds_the_mistakes_in_front_matter(notebook: Path) -> None:
    with yaml_language_server(notebook, workspace_settings(notebook)) as server:
        assert server.problems("contacts/priya-nair.md", CARD) == [
            (3, "Value is above the maximum of 5."),
            (4, "Property emial is not allowed."),
            (5, "Write a date as 2026-11-23: year, month, day."),
            (6, f"One of: {', '.join(ContactType)}."),
            (9, "This key is given already."),
        ]
        note = server.problems("contacts/priya-nair/2026-10-14.md", NOTE)
        assert [line for line, _ in note] == [2, 4]
        assert note[0][1].startswith("One of: applied, thank-you, follow-up")
        example = (notebook / "contacts" / "example-person.md").read_text(encoding="utf-8")
        front, _, _ = example.removeprefix("---\n").partition("---\n")
        assert server.problems("contacts/example-person.md", front) == []
        assert server.problems("notes.yaml", "fit: many\n") == []


def test_the_yaml_language_server_explains_and_proposes(notebook: Path) -> None:
    name = "contacts/ann.md"
    with yaml_language_server(notebook, workspace_settings(notebook)) as server:
        assert server.problems(name, "name: Ann\nfit: 4\ncontact_type: \n\nmet: \n") == []
        assert (
            "how well the organization would suit you" in server.at("hover", name, 2, 2)["contents"]["value"]
        )
        assert completions(server, name, 3, 15)["hiring-manager"] == "hiring-manager"
        keys = completions(server, name, 4, 1)
        assert keys["birthday"] == "birthday: "
        assert not keys.keys() & {"org", "company", "organisation", "name", "fit", "null"}
        assert completions(server, name, 5, 6) == {}, "nothing, rather than `null`"


def test_remark_finds_them_in_the_markdown_itself(notebook: Path) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    (config,) = re.findall(r"```json\n(\{\n  \"plugins\".*?)```", manual, re.DOTALL)
    (notebook / ".remarkrc.json").write_text(config, encoding="utf-8")
    needs_node_package("remark-lint-frontmatter-schema")
    (notebook / "node_modules").symlink_to(needs_node_package("remark-frontmatter").parent)
    write_files(notebook, f"=== contacts/priya-nair.md\n{CARD}---\nHello: you [x]: *\n")
    write_files(notebook, f"=== contacts/priya-nair/2026-10-14.md\n{NOTE}---\n")
    command = [needs_program("remark"), "contacts", "--no-color", "--no-stdout"]
    said = subprocess.run(command, cwd=notebook, capture_output=True, text=True, check=False).stderr
    of_the_card = said.partition("2026-10-14.md")[0]
    found = re.findall(r"^(\d+):.*frontmatter-schema", of_the_card, re.MULTILINE)
    lines = {int(line) for line in found}
    assert {3, 5, 6, 9} <= lines, said
    assert "example-person.md: no issues found" in said
    assert re.search(r"2026-10-14\.md\n.*^2:7", said, re.DOTALL | re.MULTILINE), said


def test_the_task_lists_every_problem_at_its_place(notebook: Path) -> None:
    write_files(notebook, f"=== contacts/priya-nair.md\n{CARD}---\n## Log\n- 2026-13-01 call: [x]\n")
    (task,) = json.loads((notebook / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    assert task["command"] == "intouch"
    said = run(*task["args"], cwd=notebook, **task["options"]["env"]).out
    pattern = task["problemMatcher"]["pattern"]
    found = [m for line in said.splitlines() if (m := re.search(pattern["regexp"], line))]
    assert said.splitlines()[-1] == f"{len(found)} errors in 1 file"
    names = ("file", "line", "column", "severity", "code")
    assert [tuple(m[pattern[name]] for name in names) for m in found] == [
        ("contacts/priya-nair.md", "3", "6", "error", "bad-fit"),
        ("contacts/priya-nair.md", "4", "1", "error", "unknown-key"),
        ("contacts/priya-nair.md", "5", "6", "error", "bad-date"),
        ("contacts/priya-nair.md", "6", "15", "error", "bad-choice"),
        ("contacts/priya-nair.md", "10", "1", "error", "clashing-keys"),
        ("contacts/priya-nair.md", "13", "3", "error", "bad-date"),
    ]
    assert found[0][pattern["message"]] == "'fit' is a whole number from 1 to 5, not '7'"


def test_vim_lists_every_problem_with_the_manuals_two_lines(notebook: Path) -> None:
    write_files(notebook, f"=== contacts/priya-nair.md\n{CARD}---\n## Log\n- 2026-13-01 call\n")
    (lines,) = re.findall(r"```vim\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    script = notebook / "script.vim"
    row = "bufname(v:val.bufnr) .. ' ' .. v:val.lnum .. ' ' .. v:val.col .. v:val.type"
    write = f"call writefile(map(getqflist(), {json.dumps(row)}), 'listed')"
    script.write_text(f"{lines}\nsilent make!\n{write}\nquitall!\n", encoding="utf-8")
    command = [needs_program("vim"), "-Nu", "NONE", "-es", "-S", str(script)]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(command, cwd=notebook, env={**os.environ, "PATH": path}, check=True, timeout=60)
    card = "contacts/priya-nair.md"
    assert (notebook / "listed").read_text(encoding="utf-8").splitlines() == [
        f"{card} {place}" for place in ("3 6e", "4 1e", "5 6e", "6 15e", "10 1e", "13 3e")
    ]
