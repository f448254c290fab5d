"""The manual's page of the commands and the man page say what the commands themselves say."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from command_line import (
    ENVIRONMENT,
    EXITS,
    FILES,
    commands,
    contents,
    man_page,
    markdown,
    options,
    said,
)
from generated import hold
from intouch.cli import exits
from needs import needs_program

ROOT = Path(__file__).parent.parent
MAN = ROOT / "docs" / "man" / "man1" / "intouch.1"
COMMANDS = dict(commands())


def test_the_manual_has_every_command_and_option() -> None:
    hold("commands.md", "list", contents())
    hold("commands.md", "commands", markdown())
    hold("commands.md", "exits", table("exit code", {f"{code}": says for code, says in EXITS.items()}))
    hold("commands.md", "environment", table("variable", {f"`{n}`": says for n, says in ENVIRONMENT.items()}))
    hold("commands.md", "files", table("where", {f"`{name}`": says for name, says in FILES.items()}))


def table(head: str, rows: dict[str, str]) -> str:
    lines = (f"| {name} | {says} |" for name, says in rows.items())
    return "\n".join((f"| {head} | |", "| --- | --- |", *lines)) + "\n"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_argument_and_option_is_told(path: str) -> None:
    command = COMMANDS[path]
    context = click.Context(command)
    for argument in command.params:
        if isinstance(argument, click.Argument):
            word = re.sub(r"[\[\]….]", "", argument.make_metavar(context))
            assert all(part in "\n".join(said(command)) for part in re.split(r"\|", word)), word
    assert not [form for form, does, _ in options(command) if not does]


def test_every_exit_code_is_told() -> None:
    assert set(EXITS) == {value for name, value in vars(exits).items() if name.isupper()}


def test_every_environment_variable_is_told() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    asked = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', source))
    named = {ast.literal_eval(word) for word in re.findall(r'"INTOUCH_\w+"', source)}
    assert asked
    assert named
    assert asked | named <= set(ENVIRONMENT)


def test_the_man_page_is_current() -> None:
    written = MAN.read_text(encoding="utf-8") if MAN.exists() else ""
    dated = re.search(r'^\.TH INTOUCH 1 "(\d{4}-\d\d-\d\d)"', written, re.MULTILINE)
    today = datetime.now(tz=UTC).date()
    meant = man_page(datetime.fromisoformat(dated[1]).date() if dated else today)
    if "RECORD" in os.environ and written != meant:
        MAN.parent.mkdir(parents=True, exist_ok=True)
        MAN.write_text(man_page(today), encoding="utf-8")
        return
    assert written == meant, "run the tests once with RECORD=1"


def test_the_man_page_is_well_made() -> None:
    mandoc = needs_program("mandoc")
    done = subprocess.run(
        [mandoc, "-T", "lint", "-W", "warning", MAN], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("program", ["mandoc", "groff"])
def test_the_man_page_can_be_read(program: str) -> None:
    """As `man` shows it: every command, every option, and no line that is wider than the screen."""
    needs_program(program)
    command = ["mandoc", "-T", "utf8"] if program == "mandoc" else ["groff", "-man", "-Tutf8", "-ww", "-P-c"]
    done = subprocess.run([*command, MAN], capture_output=True, check=True)
    assert done.stderr == b""
    shown = re.sub(".\b", "", done.stdout.decode())
    flat = re.sub(r"-?\s+", " ", shown)
    for path, command_ in COMMANDS.items():
        assert f"{path} " in flat
        for form, _, _ in options(command_):
            for name in re.findall(r"--[a-z-]+", form):
                assert name in shown, f"{path} {name}"
