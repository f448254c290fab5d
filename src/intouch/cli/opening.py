"""Opening a notebook for a command: which project, which day, and its problems."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from intouch import project
from intouch.cli import clock
from intouch.cli.exits import PROBLEMS, USAGE, stop
from intouch.cli.progress import shown
from intouch.cli.report import as_text, wants_color
from intouch.diagnostics import Diagnostic, has_errors, with_excerpts
from intouch.memo import Memo, memo_folder
from intouch.reading.words import DateError, parse_date

if TYPE_CHECKING:
    from intouch.build import Loaded
    from intouch.reading.scan import Scanned

_Command = TypeVar("_Command", bound=Callable[..., object])


class _Day(click.ParamType[date]):
    """A date on the command line, ISO form."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except DateError as problem:
            self.fail(f"{problem}. {problem.remedy}", param, ctx)


DAY = _Day()


@dataclass(frozen=True, slots=True)
class Opened:
    """A project, its settings, how it tells the date, and what is remembered of it."""

    root: Path
    settings: project.ReadSettings
    today: Callable[[], date]
    memo: Memo

    def load(self, scanned: Scanned | None = None) -> Loaded:
        """Read the notebook as of today.

        Args:
            scanned: its files, where they were looked for already.
        """
        # Imported only here: where nothing has changed, nothing is read.
        from intouch.build import load

        return load(self.root, self.settings, self.today(), self.memo, shown, scanned=scanned)


def notebook_options(command: _Command) -> _Command:
    """Give a command the options that every command takes."""
    command = click.option(
        "--today", "on_day", type=DAY, metavar="DATE", help="Pretend that it is this day (2026-11-23)."
    )(command)
    return click.option(
        "--project",
        "directory",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The notebook's folder, or one inside it (default: here).",
    )(command)


def open_project(directory: Path | None, on_day: date | None, *, any_format: bool = False) -> Opened:
    """Find the notebook and read its settings.

    Args:
        directory: where to look, or None for here.
        on_day: the day to pretend, or None for today.
        any_format: whether the caller itself tells of a notebook that only a later version can read.

    Raises:
        SystemExit: with code 2 when there is no notebook there, with 1 when its format is too new.
    """
    start = directory or Path()
    if not start.is_dir():
        stop(USAGE, f"there is no folder '{start}'")
    root = project.find(start)
    if root is None:
        where = "this folder" if directory is None else f"'{directory}'"
        stop(
            USAGE,
            f"no notebook in {where} or above: no 'contacts' folder was found",
            "Name its folder with --project, or make a 'contacts' folder and put a card in it:\n"
            "  contacts/priya-nair.md starting with the lines '---', 'name: Priya Nair', '---'.",
        )
    # A machine in CI is somebody else's: nothing of the notebook is left on its disk.
    memo = Memo(None if in_ci() else memo_folder(root))
    click.get_current_context().call_on_close(memo.settle)
    settings = project.read_settings(root, memo)
    if not any_format:
        refuse_later_format(settings)
    return Opened(root, settings, clock.calendar_of(settings.settings, on_day), memo)


def refuse_later_format(settings: project.ReadSettings) -> None:
    """Stop where a notebook is for a later version: nothing of it can be judged, and nothing may be written.

    Raises:
        SystemExit: with code 1.
    """
    if settings.too_new is not None:
        _stop_at(settings, (settings.too_new,))


def refuse_wrong_settings(settings: project.ReadSettings) -> None:
    """Stop where the settings hold an error, for what would silently be made of a default instead.

    Raises:
        SystemExit: with code 1.
    """
    if has_errors(settings.diagnostics):
        _stop_at(settings, settings.diagnostics)


def _stop_at(settings: project.ReadSettings, problems: tuple[Diagnostic, ...]) -> NoReturn:
    show_problems(with_excerpts(problems, {project.SETTINGS_FILE: settings.text}))
    raise SystemExit(PROBLEMS)


def in_ci() -> bool:
    """Whether this is a build whose log others may read, on a computer that others use."""
    return os.environ.get("CI", "").casefold() in {"true", "1"}


def show_problems(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print problems on stderr; nothing where there are none."""
    if diagnostics:
        click.echo(as_text(diagnostics, color=wants_color("stderr")), err=True)
