"""`init`, `new` and `log`: as a newcomer runs them, in an empty folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from program import run, write_files

TODAY = ("--today", "2026-11-23")


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    card = "---\nname: Priya Nair\nfit: 5\n---\n\n## Log\n- 2026-11-20 interview (Trainer)\n"
    return write_files(tmp_path, f"=== contacts/priya-nair.md\n{card}")


def test_a_notebook_is_started_checked_and_built(tmp_path: Path) -> None:
    done = run("init", "network", *TODAY, cwd=tmp_path)
    assert done.code == 0
    files = (
        *("contacts/example-person.md", "intouch.toml", ".gitignore", ".vscode/settings.json"),
        *(".vscode/tasks.json", ".vscode/intouch-card.schema.json", ".vscode/intouch-note.schema.json"),
    )
    assert done.out.startswith("".join(f"  written  {name}\n" for name in files) + "\nNext:\n")
    root = tmp_path / "network"
    assert run("check", cwd=root).out == "No problems: 1 person, 1 interaction.\n"
    assert "Example Person" in run("due", *TODAY, cwd=root).out
    assert run("build", *TODAY, cwd=root).code == 0


def test_what_is_there_stays_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "intouch.toml").write_text("# mine\n", encoding="utf-8")
    assert "kept     intouch.toml" in run("init", *TODAY, cwd=tmp_path).out
    assert (tmp_path / "intouch.toml").read_text(encoding="utf-8") == "# mine\n"
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert run("init", cwd=tmp_path).code == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_an_example_is_not_put_among_ones_own_people(notebook: Path) -> None:
    run("init", cwd=notebook)
    assert [p.name for p in (notebook / "contacts").iterdir()] == ["priya-nair.md"]


def test_a_notebook_may_begin_under_git(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("NOT TESTED: git is not installed")
    assert "written  .git" in run("init", "network", "--git", cwd=tmp_path).out
    assert (tmp_path / "network" / ".git").is_dir()
    assert "kept     the git repository" in run("init", "network", "--git", cwd=tmp_path).out


def test_a_file_is_no_folder_to_start_in(tmp_path: Path) -> None:
    (tmp_path / "network").write_text("", encoding="utf-8")
    assert run("init", "network", cwd=tmp_path).code == 3


def test_a_card_is_written_with_what_was_given(notebook: Path) -> None:
    done = run(
        "new",
        "Łucja O'Brien: no",
        *("--org", "Acme, Inc.", "--email", "l@acme.example", "--phone", "+61 2 5550", "--tag", "a, b"),
        *("--tag", "yes", "--fit", "4", "--cadence", "3 months", "--met", "yesterday"),
        *("--introduced-by", "priya", "--type", "recruiter"),
        *TODAY,
        cwd=notebook,
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("contacts/lucja-o-brien-no.md is written.")
    assert (notebook / "contacts" / "lucja-o-brien-no.md").read_text(encoding="utf-8") == (
        '---\nname: "Łucja O\'Brien: no"\norganization: Acme, Inc.\ncontact_type: recruiter\n'
        'email: l@acme.example\nphone: +61 2 5550\ntags: ["a, b", "yes"]\nfit: 4\ncadence: 3 months\n'
        "met: 2026-11-22\nintroduced_by: priya-nair\n---\n\n## Log\n"
    )
    assert run("check", cwd=notebook).code == 0


def test_a_card_that_is_there_is_not_written_again(notebook: Path) -> None:
    before = (notebook / "contacts" / "priya-nair.md").read_bytes()
    done = run("new", "Priya Nair", cwd=notebook)
    assert done.code == 2
    assert "--slug priya-nair-2" in done.err
    assert (notebook / "contacts" / "priya-nair.md").read_bytes() == before
    assert run("new", "Priya Nair", "--slug", "priya-nair-2", cwd=notebook).code == 0


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("../other", "'../other' is no slug"),
        ("ann/", "--slug ann\n"),
        ("Ann", "'Ann' is no slug"),
        ("con", "'con' is reserved on Windows"),
        ("zoe", "contacts/Zoe.md is there already"),
    ],
)
def test_a_slug_that_would_be_no_card_is_refused(notebook: Path, slug: str, said: str) -> None:
    (notebook / "contacts" / "Zoe.md").write_text("---\nname: Zoe\n---\n", encoding="utf-8")
    before = sorted(notebook.rglob("*"))
    done = run("new", "Somebody", "--slug", slug, cwd=notebook)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(notebook.rglob("*")) == before


def test_a_wrong_value_is_told_at_its_line(notebook: Path) -> None:
    done = run("new", "Ann Bell", "--cadence", "sometimes", cwd=notebook)
    assert done.code == 1
    assert "contacts/ann-bell.md:3:10: error" in done.err


def test_a_line_is_logged_and_the_next_date_told(notebook: Path) -> None:
    card = notebook / "contacts" / "priya-nair.md"
    before = card.read_bytes()
    done = run("log", "priya", "thank-you", "by e-mail", *TODAY, cwd=notebook)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Priya Nair: thank-you on Mon 23 Nov 2026  [contacts/priya-nair.md]\n"
        "Next: follow up on Fri 27 Nov 2026\n"
    )
    assert card.read_bytes() == before + b"- 2026-11-23 thank-you: by e-mail\n"


def test_what_is_wrong_with_others_does_not_stand_in_the_way_of_a_log(notebook: Path) -> None:
    for slug in ("ben", "priya-nair-too"):
        broken = notebook / "contacts" / f"{slug}.md"
        broken.write_text("---\nname: Ben\nemial: x\n---\n", encoding="utf-8")
    done = run("log", "priya-nair", "thank-you", *TODAY, cwd=notebook)
    assert (done.code, done.err) == (0, "")
    (notebook / "contacts" / "priya-nair").mkdir()
    (notebook / "contacts" / "priya-nair" / "2026-11-21-cal.md").touch()
    done = run("log", "priya-nair", "call", *TODAY, cwd=notebook)
    assert (done.code, done.err.count("error:")) == (1, 1)
    assert done.err.startswith("contacts/priya-nair/2026-11-21-cal.md:1:1: error: ")


def test_words_need_no_quotes_and_days_are_said_as_one_says_them(notebook: Path) -> None:
    done = run(
        "log",
        "priya",
        "email",
        "--date",
        "fri",
        "--role",
        "Trainer",
        "my",
        "references",
        *TODAY,
        cwd=notebook,
    )
    assert done.out.startswith("Priya Nair: message on Fri 20 Nov 2026")
    text = (notebook / "contacts" / "priya-nair.md").read_text(encoding="utf-8")
    assert text.endswith("- 2026-11-20 email (Trainer): my references\n")


def test_with_others_it_is_a_note(notebook: Path) -> None:
    run("new", "John Smith", cwd=notebook)
    command = ("log", "priya", "interview", "second round", "--with", "john", "--date", "-1d", *TODAY)
    for name in ("2026-11-22-interview.md", "2026-11-22-interview-2.md"):
        done = run(*command, cwd=notebook)
        assert f"[contacts/priya-nair/{name}]" in done.out
    note = notebook / "contacts" / "priya-nair" / "2026-11-22-interview.md"
    assert note.read_text(encoding="utf-8") == "---\npeople: john-smith\n---\nsecond round\n"
    assert run("check", cwd=notebook).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script as the editor")
def test_a_note_is_opened_in_the_editor(notebook: Path) -> None:
    editor = notebook / "editor.sh"
    editor.write_text('#!/bin/sh\necho "they asked about $(basename "$1")" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    done = run("log", "priya", "call", "--note", *TODAY, cwd=notebook, EDITOR=str(editor), VISUAL="")
    assert done.code == 0
    note = notebook / "contacts" / "priya-nair" / "2026-11-23-call.md"
    assert note.read_text(encoding="utf-8") == "they asked about 2026-11-23-call.md\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("priya", "cal"), "Did you mean 'call'?"),
        (("nobody", "call"), "nobody is called 'nobody'"),
        (("priya", "call", "--date", "soon"), "'soon' is no date\n  Write it as 2026-11-23, today"),
        (("priya", "rejection", "--date", "+5d"), "which lies ahead"),
        (("priya", "call", "--with", "nobody"), "nobody is called 'nobody'"),
        (("priya",), "Missing argument 'KIND'"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    notebook: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = {p: p.read_bytes() for p in notebook.rglob("*.md")}
    done = run("log", *arguments, *TODAY, cwd=notebook)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert {p: p.read_bytes() for p in notebook.rglob("*.md")} == before


def test_somebody_ambiguous_is_not_guessed(notebook: Path) -> None:
    run("new", "Priya Patel", cwd=notebook)
    done = run("log", "priya", "call", cwd=notebook)
    assert done.code == 2
    assert "Choose one: priya-nair, priya-patel" in done.err


def test_a_name_without_latin_letters_asks_for_a_slug(notebook: Path) -> None:
    done = run("new", "林 美咲", cwd=notebook)
    assert (done.code, done.out) == (2, "")
    assert "--slug" in done.err
    assert run("new", "林 美咲", "--slug", "misaki", cwd=notebook).code == 0
