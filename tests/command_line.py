"""The command line as it describes itself: its commands, and what the man page and the manual say of them."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from datetime import date

import click

from generated import cell
from intouch import __version__
from intouch.cli.examples import Command
from intouch.cli.main import intouch

COMMON = {"--project", "--today", "--help"}
ENVIRONMENT = {
    "NO_COLOR": "Colours are left out, on every terminal.",
    "VISUAL": "The editor that `intouch log --note` opens.",
    "EDITOR": "The same, where VISUAL is not set.",
    "INTOUCH_PASSPHRASE": "The passphrase for `intouch seal`, where there is no terminal to ask.",
    "INTOUCH_SITE_KEY": "The key of a sealed dashboard, where it is not in the settings folder: in CI.",
    "INTOUCH_CONFIG_DIR": "Another folder for that key than the system's own for settings.",
    "CI": "With `true`, a plain build is refused unless `[publish] access` is `host-auth` or the notebook is "
    "a demo; no names are told, and nothing is remembered on the disk.",
    "BROWSER": "The browser that `intouch serve --open` opens.",
}
FILES = {
    "contacts/": "The cards and notes: the notebook itself.",
    "intouch.toml": "Its settings, all optional.",
    "site_templates/": "Templates and messages of your own, optional.",
    "lock.json": "The public half of a sealed dashboard's key.",
    "_site/": "The dashboard and the calendar, as `intouch build` writes them; can always be made again.",
    "_sealed/": "The same, sealed.",
    "~/.config/intouch/": "The keys of sealed dashboards. Keep a copy.",
    "~/.local/state/intouch/": "The secret addresses of `intouch serve`.",
    "~/.cache/intouch/": "What builds remember. Delete it whenever you like.",
}
EXITS = {
    0: "Fine; there may have been warnings.",
    1: "Problems in your files, which are all printed.",
    2: "Wrong usage: an option that does not exist, a folder that is no notebook.",
    3: "The machine: the disk, the network, permissions.",
}


def commands(group: click.Group = intouch, path: str = "intouch") -> Iterator[tuple[str, Command]]:
    """Every command by the words that one types, the groups too."""
    assert isinstance(group, Command)
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            assert isinstance(command, Command), name
            yield f"{path} {name}", command


def usage(path: str, command: Command) -> str:
    """How a command is called."""
    return " ".join((path, *command.collect_usage_pieces(click.Context(command, info_name=path))))


def said(command: Command) -> list[str]:
    """What a command says of itself, by paragraphs; lines that must not be wrapped stay lines."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return [
        part.removeprefix("\b\n") if part.startswith("\b\n") else " ".join(part.split())
        for part in paragraphs
    ]


def options(command: Command) -> list[tuple[str, str, set[str]]]:
    """The options as one writes them, what they do, and their bare names."""
    context = click.Context(command)
    rows = []
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and isinstance(option, click.Option):
            rows.append((record[0], record[1], {*option.opts, *option.secondary_opts}))
    return rows


def markdown() -> str:
    """The manual's reference of the commands."""
    return "\n".join(line for path, command in commands() for line in _section(path, command))


def contents() -> str:
    """The commands in one line, each with a link to its section."""
    names = [path.removeprefix("intouch ") for path, _ in commands() if path != "intouch"]
    return " · ".join(f"[{name}](#intouch-{name.replace(' ', '-')})" for name in names) + "\n"


def _section(path: str, command: Command) -> Iterator[str]:
    if path == "intouch":
        return
    yield from (f"## `{path}`", "", "```text", usage(path, command), "```", "")
    for paragraph in said(command):
        if "\n" in paragraph:
            yield from ("```text", paragraph, "```", "")
        else:
            yield from (textwrap.fill(paragraph, 120, break_long_words=False, break_on_hyphens=False), "")
    own = [(form, does) for form, does, names in options(command) if not names & COMMON]
    if own:
        yield from ("| option | does |", "| --- | --- |")
        yield from (f"| `{cell(form)}` | {cell(does)} |" for form, does in own)
        yield ""
    shared = {name for _, _, names in options(command) for name in names & COMMON} - {"--help"}
    if shared:
        yield f"And {' and '.join(f'`{name}`' for name in sorted(shared))}, as above."
        yield ""
    yield from ("```bash", *(f"# {e.says}:\n{e.line}" for e in command.examples), "```", "")


def roff(text: str) -> str:
    """A text for a man page: nothing in it is taken for an instruction."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("'", "\\(aq")
    safe = safe.replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")
    assert safe.isascii(), text
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in safe.split("\n"))


def prose(text: str) -> str:
    """A sentence for a man page, with what stands in backquotes in bold."""
    pieces = re.split(r"`([^`]*)`", text)
    marked = "".join(f"\\fB{roff(piece)}\\fR" if n % 2 else roff(piece) for n, piece in enumerate(pieces))
    return textwrap.fill(marked, 78, break_long_words=False, break_on_hyphens=False)


def man_page(day: date) -> str:
    """The man page, intouch(1).

    Args:
        day: of its last change.
    """
    lines = [
        '.\\" Made from the commands themselves: RECORD=1 make test PYTEST=tests/test_command_pages.py',
        f'.TH INTOUCH 1 "{day}" "intouch {roff(__version__)}" "intouch"',
        ".SH NAME",
        "intouch \\- keep in touch with the people of your job search",
        ".SH SYNOPSIS",
        ".B intouch",
        "[\\fB\\-\\-version\\fR] [\\fB\\-\\-help\\fR] \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]",
        ".SH DESCRIPTION",
        "\n.PP\n".join(prose(paragraph) for paragraph in said(intouch)[1:]),
        ".PP",
        "Nothing derived is stored: write down what happened, and the dates move\nby themselves.",
        ".SH COMMANDS",
        *(line for path, command in commands() if path != "intouch" for line in _of_man(path, command)),
        ".SH FILES",
        *_listed(FILES),
        ".SH ENVIRONMENT",
        *_listed(ENVIRONMENT),
        ".SH EXIT STATUS",
        *_listed({str(code): says for code, says in EXITS.items()}),
        ".SH EXAMPLES",
        *_examples(intouch),
    ]
    return "\n".join(lines) + "\n"


def _of_man(path: str, command: Command) -> Iterator[str]:
    yield f".SS {roff(usage(path, command))}"
    for number, paragraph in enumerate(said(command)):
        if number:
            yield ".PP"
        yield from (".nf", roff(paragraph), ".fi") if "\n" in paragraph else (prose(paragraph),)
    for form, does, names in options(command):
        if "--help" not in names:
            yield from (".TP", f"\\fB{roff(form)}\\fR", prose(does))
    yield from (".PP", "Examples:")
    yield from _examples(command)


def _examples(command: Command) -> Iterator[str]:
    for example in command.examples:
        yield from (".TP", prose(f"{example.says}:"), f"\\fB{roff(example.line)}\\fR")


def _listed(rows: dict[str, str]) -> Iterator[str]:
    for name, says in rows.items():
        yield from (".TP", f"\\fB{roff(name)}\\fR", prose(says))
