"""`intouch build`: write the dashboard and the calendar feed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from intouch.build import render
from intouch.cli import clock, report
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, stop
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.progress import shown
from intouch.disk import DiskError, write_site

_OUTPUT = "_site"

_LONG = 2.0
"""Seconds after which one wonders how long it took."""


@click.command("build")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"Where to write (default: {_OUTPUT} in the notebook's folder).",
)
@notebook_options
def command(output: Path | None, directory: Path | None, on_day: date | None) -> None:
    """Write the dashboard and the calendar feed.

    Errors in the notebook stop the build and leave what was built before as it was.

    \b
    intouch build
    intouch build --output public
    """  # noqa: D301 - click's own mark for a block that must not be re-wrapped
    taken = clock.stopwatch()
    opened = open_project(directory, on_day)
    loaded = opened.load()
    if loaded.has_errors:
        show_problems(loaded.diagnostics)
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
    built = render(loaded, opened.memo, shown)
    show_problems(built.diagnostics)
    if built.has_errors:
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
    target = output if output is not None else opened.root / _OUTPUT
    try:
        written = write_site(built.site, target, notebook=opened.root, memo=opened.memo)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    opened.memo.settle()
    people, open_items = len(loaded.book.contacts), len(built.agenda.check_ins)
    click.echo(
        f"{target}: {len(built.site)} files, {written.created + written.changed} of them new or changed; "
        f"{report.count(people, 'person', 'people')}, {report.count(open_items, 'check-in')} to come"
        f"{_in_seconds(taken())}."
    )
    raise SystemExit(FINE)


def _in_seconds(taken: float) -> str:
    return f", in {taken:.1f} s" if taken >= _LONG else ""
