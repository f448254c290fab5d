"""`intouch schema`: prints a schema, or writes it where it is told to."""

from __future__ import annotations

import json
from pathlib import Path

from intouch.reading.files import FileKind
from intouch.reading.schema import as_json, schema_of, schema_of_both
from program import run


def test_a_schema_is_printed_and_nothing_is_written(tmp_path: Path) -> None:
    for kind in FileKind:
        done = run("schema", kind, cwd=tmp_path)
        assert (done.code, done.out, done.err) == (0, as_json(schema_of(kind)), "")
    assert json.loads(run("schema", cwd=tmp_path).out) == schema_of_both()
    assert list(tmp_path.iterdir()) == []


def test_a_schema_is_written_over_an_old_one(tmp_path: Path) -> None:
    for _ in range(2):
        done = run("schema", "note", "--output", ".vscode/note.json", cwd=tmp_path)
        assert (done.code, done.out) == (0, f"  written  {Path('.vscode/note.json')}\n")
    assert (tmp_path / ".vscode" / "note.json").read_text(encoding="utf-8") == as_json(
        schema_of(FileKind.NOTE)
    )


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("schema", "card", "--output", "file/schema.json", cwd=tmp_path)
    assert done.code == 3
    assert "cannot be written" in done.err


def test_there_are_cards_and_notes(tmp_path: Path) -> None:
    assert run("schema", "log", cwd=tmp_path).code == 2
