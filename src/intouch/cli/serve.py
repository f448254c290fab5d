"""`intouch serve`: show the dashboard on this computer, rebuilt on every save."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from intouch import project
from intouch.build import FEED, load, render
from intouch.cli import clock
from intouch.cli.exits import MACHINE, stop
from intouch.cli.opening import Opened, notebook_options, open_project, show_problems
from intouch.cli.report import count
from intouch.diagnostics import Diagnostic

_PORT = 8765


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="0 takes any free one.",
)
@notebook_options
def command(port: int, directory: Path | None, on_day: date | None) -> None:
    """Show the dashboard on this computer, rebuilt on every save.

    The page in the browser reloads by itself. Nobody else can reach it.

    \b
    intouch serve
    intouch serve --port 8080
    """  # noqa: D301 - click's own mark for a block that must not be re-wrapped
    from intouch.serving import PortTakenError, serve

    notebook = _Notebook(open_project(directory, on_day), on_day)
    try:
        serve(notebook.build, root=notebook.root, port=port, today=notebook.today, announce=_announce)
    except PortTakenError:
        stop(
            MACHINE,
            f"port {port} is taken, perhaps by another `intouch serve`",
            "Choose another with --port, or let --port 0 take any free one.",
        )


def _announce(line: str) -> None:
    _say(lambda: click.echo(line), sys.stdout)


def _say(show: Callable[[], None], stream: TextIO) -> None:
    """Show something; where nobody listens any more (`intouch serve | head`), the site is served on."""
    try:
        show()
    except OSError:
        with suppress(OSError):  # else the rest of the line fails again when Python ends
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class _Notebook:
    """A notebook whose settings, too, may change between two builds."""

    def __init__(self, opened: Opened, on_day: date | None) -> None:
        self.root = opened.root
        self._settings = opened.settings
        self._on_day = on_day
        self._told: tuple[Diagnostic, ...] = ()
        self._feed: dict[str, bytes] = {}
        self._builds = 0

    def today(self) -> date:
        """The date, as the settings of the last build tell it."""
        return clock.calendar_of(self._settings.settings, self._on_day)()

    def build(self) -> Mapping[str, bytes]:
        """Build the site as of now, and say what is wrong when that has changed."""
        self._settings = project.read_settings(self.root)
        built = render(load(self.root, self._settings, self.today()))
        if built.diagnostics != self._told:
            _say(lambda: show_problems(built.diagnostics), sys.stderr)
        self._told = built.diagnostics
        if self._builds:
            people, open_items = len(built.agenda.standings), len(built.agenda.check_ins)
            _announce(f"Rebuilt: {count(people, 'person', 'people')}, {count(open_items, 'check-in')}.")
        self._builds += 1
        if not built.has_errors:
            self._feed = {FEED: built.site[FEED]}
        # Pages show what they can, with a banner; the feed stays the last whole one, so that nobody
        # disappears from a calendar because of a typo.
        return {**{path: data for path, data in built.site.items() if path != FEED}, **self._feed}
