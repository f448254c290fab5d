"""The catalogue of errors: each code has an input that provokes it, its exact message, and a paragraph."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from intouch import project
from intouch.build import load, render
from intouch.cli.report import headline
from intouch.diagnostics import Code, Diagnostic
from intouch.importers.formats import read_listing
from intouch.importers.source import open_source

HERE = Path(__file__).parent / "errors"
MANUAL = Path(__file__).parent.parent / "docs" / "errors.md"
TODAY = date(2026, 11, 23)

ELSEWHERE = {
    Code.FILE_TOO_LARGE,  # below: too large for a repository
    Code.UNREADABLE_FILE,  # below: git keeps no such file
    Code.SYMLINK_OUTSIDE,  # below: not every git can make it
    Code.SLUG_CLASH,  # below: not every file system can hold it
    Code.FEED_CLIPPED,  # tests of the feed: about what is written, not read
    Code.SLOW_MARKDOWN,  # tests of the site: likewise
    Code.PICTURE_NOT_SHOWN,  # tests of the site: likewise
    Code.BAD_TEMPLATE,  # tests of the site: likewise
}

OF_IMPORTS = {Code.IMPORT_ROW, Code.IMPORT_CELL, Code.IMPORT_COLUMN}
"""About a file to import from, which lies beside the message."""


def told(root: Path) -> list[str]:
    """What a notebook's problems look like, without excerpts."""
    loaded = load(root, project.read_settings(root), TODAY)
    return [line for d in loaded.diagnostics for line in _lines(d)]


def _lines(diagnostic: Diagnostic) -> list[str]:
    return [headline(diagnostic), *([f"    {diagnostic.remedy}"] if diagnostic.remedy else [])]


def told_of_import(folder: Path) -> list[str]:
    """What the problems of a file to import from look like."""
    (path,) = (path for path in folder.iterdir() if path.name != "expected.txt")
    problems = read_listing(open_source(path), {}).diagnostics
    return [line.removeprefix(f"{folder.as_posix()}/") for d in problems for line in _lines(d)]


@pytest.mark.parametrize("code", sorted(set(Code) - ELSEWHERE))
def test_the_input_provokes_exactly_the_message(code: Code) -> None:
    expected = HERE / code / "expected.txt"
    found = "\n".join((told_of_import if code in OF_IMPORTS else told)(HERE / code)) + "\n"
    if "RECORD" in os.environ:
        expected.write_text(found, encoding="utf-8")
    assert f"[{code}]" in found
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(set(Code) - ELSEWHERE - OF_IMPORTS))
def test_whatever_is_wrong_the_rest_is_looked_at_as_well(code: Code) -> None:
    loaded = load(HERE / code, project.read_settings(HERE / code), TODAY)
    found = render(loaded, later=True).diagnostics
    assert set(loaded.diagnostics) <= set(found)


def test_there_is_no_case_without_a_code() -> None:
    assert {folder.name for folder in HERE.iterdir()} == {str(code) for code in set(Code) - ELSEWHERE}


def test_every_code_has_its_paragraph_in_the_manual() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    headings = re.findall(r"^## `(.+)`$", text, flags=re.MULTILINE)
    assert headings == sorted(Code)
    explained = re.sub(r"^```text\n.*?```\n", "", text, flags=re.MULTILINE | re.DOTALL)
    paragraphs = re.split(r"^## `.+`$", explained, flags=re.MULTILINE)[1:]
    assert [h for h, p in zip(headings, paragraphs, strict=True) if len(p.split()) < 12] == []


def test_the_manual_shows_every_message_as_it_is_printed() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    shown = re.compile(r"^(## `([a-z0-9-]+)`\n\n)(?:```text\n.*?```\n\n)?", re.MULTILINE | re.DOTALL)
    meant = shown.sub(lambda match: match[1] + _example(Code(match[2])), text)
    if "RECORD" in os.environ:
        MANUAL.write_text(meant, encoding="utf-8")
    assert MANUAL.read_text(encoding="utf-8") == meant, "run the tests once with RECORD=1"


def _example(code: Code) -> str:
    """The first message of a code's case, with its remedy, as a block of the manual."""
    if code in ELSEWHERE:
        return ""
    lines = (HERE / code / "expected.txt").read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.endswith(f"[{code}]"))
    remedy = [line for line in lines[first + 1 : first + 2] if line.startswith(" ")]
    return "\n".join(("```text", lines[first], *remedy, "```", "", ""))


def _notebook(tmp_path: Path) -> Path:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / "bob.md").write_text("---\nname: Bob\n---\n")
    return tmp_path


def test_a_file_too_large(tmp_path: Path) -> None:
    root = _notebook(tmp_path)
    (root / "contacts" / "priya.md").write_bytes(b"---\nname: Priya\n---\n" + b"x" * 256 * 1024)
    assert told(root) == [
        "contacts/priya.md:1:1: error: this file has 262,164 bytes; the most is 262,144  [file-too-large]",
        "    Split it into notes, and keep attachments in files of their own.",
    ]


def test_a_link_out_of_the_notebook(tmp_path: Path) -> None:
    root = _notebook(tmp_path)
    (root / "contacts" / "passwd.md").symlink_to("/etc/passwd")
    (root / "contacts" / "bob").symlink_to("/etc")
    assert [line for line in told(root) if not line.startswith(" ")] == [
        "contacts/bob:1:1: error: this link leads out of the notebook  [symlink-outside]",
        "contacts/passwd.md:1:1: error: this link leads out of the notebook  [symlink-outside]",
    ]


def test_a_link_within_the_notebook_is_fine(tmp_path: Path) -> None:
    root = _notebook(tmp_path)
    (root / "people.md").write_text("---\nname: Priya\n---\n")
    (root / "contacts" / "priya.md").symlink_to("../people.md")
    assert told(root) == []


def test_an_unreadable_file(tmp_path: Path) -> None:
    root = _notebook(tmp_path)
    (root / "contacts" / "dangling.md").symlink_to(root / "nothing.md")
    message = "this file cannot be read: No such file or directory"
    assert told(root) == [
        f"contacts/dangling.md:1:1: error: {message}  [unreadable-file]",
        "    Check its permissions.",
    ]


def test_two_names_that_are_one_elsewhere(tmp_path: Path) -> None:
    root = _notebook(tmp_path)
    (root / "contacts" / "BOB.md").write_text("---\nname: Bob\n---\n")
    if len(list((root / "contacts").iterdir())) == 1:
        shutil.rmtree(root / "contacts")
        pytest.skip("this file system takes the two names for one")
    lines = told(root)
    assert [line.rpartition("[")[2] for line in lines if not line.startswith(" ")] == [
        "bad-slug]",
        "slug-clash]",
    ]
