"""Every command that the manual, the README or a help text shows is typed, and prints what they show."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import commands
from intouch.drafts.messages import MessageKind
from intouch.model import Kind
from program import write_files
from reader import Part, Reader, has_a_shell, parts, shows

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FROM_NOTHING = {"README", "tutorial", "computers"}
"""Pages that are followed in an empty folder; for all others there is a notebook."""

NOTEBOOK = """
=== intouch.toml
[me]
name = "Ailsa Moore"
headline = "trainer for adults"
=== contacts/priya-nair.md
---
name: Priya Nair
organization: Brightpath College
email: priya.nair@brightpath.example
fit: 5
---

## Log
- 2026-11-20 interview (Senior Literacy Trainer): panel of two
=== contacts/john-smith.md
---
name: John Smith
organization: Brightpath College
cadence: every 3 months
---

## Log
- 2026-09-24 call: knows the night class
=== contacts/sam-lee.md
---
name: Sam Lee
organization: Quillon Recruitment
contact_type: agency
---

## Log
- 2026-09-10 meeting: registered with them
- 2026-09-11 thank-you
=== Connections.csv
First Name,Last Name,Company,Position,Connected On
Ann,Ray,Acme,Head,12 Mar 2024
=== table.csv
Name,Firm,Score
Bo Li,Acme,7
=== jobs.csv
company,role,url,Hiring manager
Acme,Trainer,https://jobs.example/1,Cy Day
"""


def begin(home: Path, page: str = "") -> Reader:
    """A reader in an empty folder, or in a small notebook."""
    reader = Reader(home)
    if page not in FROM_NOTHING:
        reader.here /= "network"
        write_files(reader.here, NOTEBOOK)
    return reader


def follow(reader: Reader, part: Part) -> str:
    """Do what a part of a page says; tells the part as it should be."""
    match part.what:
        case "today":
            reader.today = part.value
        case "exits":
            reader.exits = int(part.value)
        case "write" | "append" | "change":
            name, _, line = part.value.partition(": ")
            path = reader.here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            before = "" if part.what == "write" else path.read_text(encoding="utf-8")
            path.write_text(put(part.text, before, line), encoding="utf-8")
        case _:
            return "".join(typed(reader, part))
    return part.text


def put(text: str, before: str, line: str) -> str:
    """A file's text with a block of the manual in it, at the end or in place of a line that begins so."""
    if not line:
        return before + text
    changed, found = re.subn(rf"^{re.escape(line)}.*\n", lambda _: text, before, flags=re.MULTILINE)
    assert found == 1, f"{found} lines begin with '{line}'"
    return changed


def typed(reader: Reader, part: Part) -> Iterator[str]:
    """Type a block's lines, one by one, and hold what is printed against what is shown."""
    transcript = part.value == "console"
    blocks = re.split(r"^\$ ", part.text, flags=re.MULTILINE)[1:] if transcript else part.text.splitlines()
    for block in blocks:
        line, _, expected = block.partition("\n")
        if not line or line.startswith("#"):
            continue
        code, printed = reader.types(line)
        assert code == reader.exits, f"{line}\n{printed}"
        if transcript:
            yield f"$ {line}\n{expected if shows(expected, printed) else printed}"
    reader.exits = 0
    if not transcript:
        yield part.text


@has_a_shell
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_comes_of_it(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reader, meant, at = begin(tmp_path, page.stem), "", 0
    for part in parts(text):
        first, last = part.at
        meant += text[at:first] + (follow(reader, part) if part.text else text[first:last])
        if not part.text:
            follow(reader, part)
        at = last
    meant += text[at:]
    if "RECORD" in os.environ:
        page.write_text(meant, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == meant, "run the tests once with RECORD=1"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_command_escapes_the_reader(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"^ +```(?:sh|console)", text, re.MULTILINE), "a block in a list is not typed"
    typed_elsewhere = {"bash"} if page.stem == "commands" else set()
    languages = {*re.findall(r"^ *```(\w+)", text, re.MULTILINE)}
    assert not languages & ({"bash", "shell", "shellsession", "zsh"} - typed_elsewhere)


COMMANDS = dict(commands())


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of someone with a sealed notebook, and a folder that was built."""
    home = tmp_path_factory.mktemp("sealed")
    reader = begin(home)
    for line in ("intouch seal init", "intouch build --sealed"):
        code, printed = reader.types(line)
        assert code == 0, printed
    return home


@has_a_shell
@pytest.mark.parametrize("path", COMMANDS)
def test_the_help_ends_with_examples_that_can_be_typed(path: str, sealed: Path, tmp_path: Path) -> None:
    command = COMMANDS[path]
    assert 1 <= len(command.examples) <= 2
    _, told = Reader(tmp_path / "help").types(f"{path} --help")
    assert told.rstrip("\n").endswith(f":\n    {command.examples[-1].line}")
    for number, example in enumerate(command.examples):
        assert path in example.line, "an example is one of the command itself"
        assert f"    {example.line}\n" in told
        home = tmp_path / str(number)
        shutil.copytree(sealed, home)
        if "seal init" in example.line:
            (home / "ailsa" / "network" / "lock.json").unlink()
        reader = Reader(home)
        reader.here /= "network"
        code, printed = reader.types(example.line)
        assert code == 0, f"{example.line}\n{printed}"


def test_help_names_every_kind_and_every_message() -> None:
    for path, words in (("intouch log", Kind), ("intouch draft", MessageKind)):
        told = (COMMANDS[path].help or "").replace(",", " ").split()
        assert {str(word) for word in words} <= {*told}, path
