"""`intouch check`: read everything, print all problems at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from intouch.cli import report
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, PROBLEMS
from intouch.cli.opening import notebook_options, open_project
from intouch.cli.progress import shown
from intouch.diagnostics import Code, has_errors
from intouch.english import count


@click.command(
    "check",
    cls=Command,
    examples=(
        Example("What is wrong in the notebook, if anything", "intouch check"),
        Example("The same for a program", "intouch check --format json"),
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="text for people, json for programs, github for annotations of a pull request.",
)
@notebook_options
def command(form: str, directory: Path | None, on_day: date | None) -> None:
    """Read everything and print all problems at once.

    It tells all that a build would tell, and writes nothing. Exits with 1 when there are errors; warnings
    alone exit with 0.
    """
    from intouch.build import render

    opened = open_project(directory, on_day, any_format=True)
    loaded = opened.load()
    if opened.settings.too_new is None:
        # Templates, pictures and texts have problems of their own; no page is printed to find them.
        found = render(loaded, opened.memo, shown, later=True).diagnostics
    else:
        # Of a later format nothing is known, not even what would be wrong in it.
        found = tuple(d for d in loaded.diagnostics if d.code is Code.NEWER_FORMAT)
    if form == "json":
        click.echo(report.as_json(found))
    elif form == "github":
        click.echo(report.as_github(found), nl=bool(found))
    elif found:
        click.echo(report.as_text(found, color=report.wants_color("stdout")))
    else:
        people, entries = len(loaded.book.contacts), len(loaded.book.interactions)
        counted = f"{count(people, 'person', 'people')}, {count(entries, 'interaction')}"
        click.echo(f"No problems: {counted}.")
    raise SystemExit(PROBLEMS if has_errors(found) else FINE)
