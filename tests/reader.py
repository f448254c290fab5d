"""A reader of the manual: types what a page shows, in a folder of their own, and gets what it prints."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from intouch.cli.main import intouch

TODAY = "2026-11-23"
ELSEWHERE = {
    "npx": "publishes to a host",
    "rsync": "copies to a host",
    "pipx": "installs from an index",
    "npm": "installs from an index",
    "make": "held by a test of its own",
    "man": "not every system has it",
}
"""Programs that a reader of the manual starts and no test does."""

has_a_shell = pytest.mark.skipif(
    sys.platform != "linux", reason="a reader of the manual has a shell, and 127.0.0.2"
)
"""For tests in which a reader types."""

_DAYLESS = {"completions", "schema", "--help", "-h", "--version"}
_OF_THE_SHELL = re.compile(r"[|>&;$`*~]|^[A-Z_]+=")
_PART = re.compile(
    r"^<!-- (?P<what>today|exits|write|append|change): (?P<value>.+?) -->$"
    r"|^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_NEVER_THE_SAME = (
    (re.compile(r"127\.0\.0\.1:\d+/[a-z2-7]{26}/"), "127.0.0.1:8765/k3vq6…/"),
    (re.compile(r"127\.0\.0\.2:\d+/[a-z2-7]{26}\.ics"), "192.168.1.20:8765/w7ax4….ics"),
    (re.compile(r"Passphrase: .*"), "Passphrase:  stapler ocean quilt seven marble finch"),
    (re.compile(r"/\S*/([0-9a-f]{4})[0-9a-f]+(\.\w+)"), r"~/.config/intouch/3f9c…\2"),
    (re.compile(r"\bf/[a-z2-7]{26}\.ics"), "f/m2kq7….ics"),
)
"""What is drawn by chance, and what stands in the manual for it."""


@dataclass(frozen=True)
class Part:
    """A part of a page that a reader acts on.

    Attributes:
        what: `today`, `exits`, `write`, `append`, `change`, or `type`.
        value: the day, the exit code, the file's name, or the language of the block.
        text: the block's content.
        at: where in the page that stands.
    """

    what: str
    value: str
    text: str
    at: tuple[int, int]


def parts(page: str) -> Iterator[Part]:
    """What a page asks of its reader, in order.

    Comments that no reader sees say which day it is (`<!-- today: 2026-12-01 -->`), with which exit code the
    next commands end (`exits: 1`), and into which file the next block goes: as all of it
    (`write: contacts/sam-lee.md`), at its end (`append`), or in place of a line that begins so
    (`change: intouch.toml: # name`).
    """
    into = ("", "")
    for match in _PART.finditer(page):
        if match["what"] in {"today", "exits"}:
            yield Part(match["what"], match["value"], "", match.span())
        elif match["what"]:
            into = (match["what"], match["value"])
        elif into[0]:
            yield Part(*into, match["text"], match.span("text"))
            into = ("", "")
        elif match["language"] in {"sh", "console"}:
            yield Part("type", match["language"], match["text"], match.span("text"))


@dataclass
class Reader:
    """Somebody at a shell.

    Attributes:
        home: everything of theirs, and where they begin.
        here: the folder in which they are.
        today: the day that it is.
        exits: the code with which the next commands are to end.
    """

    home: Path
    here: Path = field(init=False)
    today: str = TODAY
    exits: int = 0

    def __post_init__(self) -> None:
        self.here = self.home / "ailsa"
        self.here.mkdir(parents=True, exist_ok=True)
        programs = self.home / "programs"
        programs.mkdir(exist_ok=True)
        shim = programs / "intouch"
        dayless = "|".join(_DAYLESS)
        shim.write_text(
            "#!/bin/sh\n"
            f'case "$1" in {dayless}) exec "{sys.executable}" -m intouch "$@";; esac\n'
            f'exec "{sys.executable}" -m intouch "$@" --today "$TODAY_IN_THE_MANUAL"\n',
            encoding="utf-8",
        )
        shim.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        """What their programs are told."""
        kept = {key: value for key, value in os.environ.items() if key not in {"EDITOR", "VISUAL"}}
        return (
            kept
            | {
                "PATH": f"{self.home / 'programs'}{os.pathsep}{os.environ.get('PATH', '')}",
                "HOME": str(self.home),
                "XDG_STATE_HOME": str(self.home / "state"),
                "INTOUCH_CONFIG_DIR": str(self.home / "config"),
                "TODAY_IN_THE_MANUAL": self.today,
                "BROWSER": "true",
                "PYTHONUTF8": "1",
                "CI": "",
                "GIT_CONFIG_NOSYSTEM": "1",
            }
            | {
                f"GIT_{who}_{what}": "me@me.example"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            }
        )

    def types(self, line: str) -> tuple[int, str]:
        """Type one line; tells the exit code, and what is printed, both streams together."""
        if _OF_THE_SHELL.search(line) and not line.startswith("intouch serve"):
            return self._shell(line)
        program, *arguments = shlex.split(line, comments=True)
        if program == "cd":
            self.here = (self.here / arguments[0]).resolve(strict=True)
            return 0, ""
        if program in ELSEWHERE or "https://" in line:
            understood(line)
            return 0, ""
        if program != "intouch":
            return self._shell(line)
        if arguments[:1] == ["serve"] and not _DAYLESS & {*arguments}:
            return self._serves(arguments)
        if not _DAYLESS & {*arguments}:
            arguments += ["--today", self.today]
        with chdir(self.here), pytest.MonkeyPatch.context() as settings:
            for name, value in self.environment.items():
                settings.setenv(name, value)
            settings.delenv("EDITOR", raising=False)
            settings.delenv("VISUAL", raising=False)
            done = CliRunner().invoke(intouch, arguments, prog_name="intouch")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, self._settled(done.output)

    def _shell(self, line: str) -> tuple[int, str]:
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return done.returncode, self._settled(done.stdout)

    def _settled(self, printed: str) -> str:
        """What is printed, with something constant for what is drawn by chance."""
        printed = printed.replace(str(self.home / "ailsa"), "/home/ailsa")
        for pattern, word in _NEVER_THE_SAME:
            printed = pattern.sub(word, printed)
        return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())

    def _serves(self, arguments: list[str]) -> tuple[int, str]:
        """Start the server, let it say what it has to, and press Ctrl-C."""
        if "--lan-feed" in arguments:
            # Nothing of a test is open to the network: on Linux this address is the computer's own, too.
            arguments = ["serve", "--lan-feed", "127.0.0.2"]
        until = "decides how much" if "--lan-feed" in arguments else "Calendar feed: "
        port = [] if "--port" in arguments else ["--port", "0"]
        command = [sys.executable, "-u", "-m", "intouch", *arguments, *port, "--today", self.today]
        with subprocess.Popen(
            command, cwd=self.here, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            said = ""
            while until not in said:
                line = process.stdout.readline()
                assert line, said
                said += line
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            return process.wait(), self._settled(said)


def understood(line: str) -> None:
    """Hold a command line against the commands and options that there are, without running it."""
    name, *arguments = shlex.split(line, comments=True)
    if name != "intouch":
        return
    command: click.Command = intouch
    context = click.Context(intouch, info_name="intouch")
    while isinstance(command, click.Group):
        _, found, arguments = command.resolve_command(context, arguments)
        assert found is not None, line
        command = found
    command.make_context(line, arguments)


def known(words: str) -> bool:
    """Whether there are the command and the options that a text speaks of, whatever else it leaves out."""
    name, *rest = words.split()
    if name != "intouch":
        return True
    command: click.Command = intouch
    while (
        isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z-]+", rest[0]) and rest[0][0] != "-"
    ):
        found = command.get_command(click.Context(command), rest.pop(0))
        if found is None:
            return False
        command = found
    named = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word) and word != "-3d"}
    return named <= {name for option in command.get_params(click.Context(command)) for name in option.opts}


def shows(expected: str, printed: str) -> bool:
    """Whether a page shows what was printed; a line `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in expected.splitlines()
    )
    return re.fullmatch(pattern, printed) is not None
