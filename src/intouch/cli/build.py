"""`intouch build`: write the dashboard and the calendar feed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from intouch.cli import clock, report
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, stop
from intouch.cli.opening import Opened, notebook_options, open_project, show_problems
from intouch.cli.progress import LONG, shown
from intouch.diagnostics import Diagnostic, has_errors
from intouch.disk import DiskError, write_site
from intouch.reading.scan import scan
from intouch.unchanged import Outcome, inputs_key, known_or_built

_OUTPUT = "_site"


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
    outcome = _built(opened)
    show_problems(outcome.diagnostics)
    target = output if output is not None else opened.root / _OUTPUT
    try:
        written = write_site(outcome.site, target, notebook=opened.root, memo=opened.memo)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    took = f", in {taken():.1f} s" if outcome.people >= LONG else ""
    click.echo(
        f"{target}: {len(outcome.site)} files, {written.created + written.changed} of them new or changed; "
        f"{report.count(outcome.people, 'person', 'people')}, "
        f"{report.count(outcome.check_ins, 'check-in')} to come{took}."
    )
    raise SystemExit(FINE)


def _built(opened: Opened) -> Outcome:
    """The site of a notebook; errors end the command. What has not changed at all is not built again."""
    today = opened.today()
    scanned = scan(opened.root)
    settings = opened.settings.text + repr(opened.settings.diagnostics)

    def build() -> Outcome:
        from intouch.build import render

        loaded = opened.load(scanned)
        _stop_on_errors(loaded.diagnostics)
        built = render(loaded, opened.memo, shown)
        _stop_on_errors(built.diagnostics)
        return Outcome(built.site, len(loaded.book.contacts), len(built.agenda.check_ins), built.diagnostics)

    key = inputs_key(opened.root, scanned.key, settings, today)
    return known_or_built(key, opened.memo, build)


def _stop_on_errors(diagnostics: tuple[Diagnostic, ...]) -> None:
    if has_errors(diagnostics):
        show_problems(diagnostics)
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
