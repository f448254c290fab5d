"""`intouch feed-url`: the addresses of the published feeds, which stand nowhere else in clear."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, USAGE, stop
from intouch.cli.opening import in_ci, notebook_options, open_project, refuse_wrong_settings
from intouch.cli.sealed import lock_of, unlocked
from intouch.publication import plain
from intouch.sealing.feeds import publication
from intouch.sealing.refusals import SealError


@click.command(
    "feed-url",
    cls=Command,
    examples=(Example("The address to subscribe to", "intouch feed-url"),),
)
@notebook_options
def command(directory: Path | None, on_day: date | None) -> None:
    """Print where the calendar feeds are published.

    Of a sealed dashboard they are at addresses that nobody guesses: whoever has one reads that feed. To give
    them new ones, raise [feed] epoch and set [feed] moved to today; the old feeds stay for 30 days, emptied.
    """
    opened = open_project(directory, on_day)
    settings = opened.settings.settings
    if in_ci():
        stop(USAGE, "a feed's address is not for a log", "Run this on your own computer.")
    refuse_wrong_settings(opened.settings)
    try:
        if lock_of(opened.root) is None:
            published = plain(settings)
        else:
            _, keys = unlocked(opened.root)
            published = publication(keys, settings, opened.today())
    except SealError as problem:
        stop(USAGE, problem.message, problem.remedy)
    if not published.feeds:
        stop(USAGE, "no feed is published", "[publish] feed is false in intouch.toml.")
    base = settings.site.base_url
    for feed in published.feeds:
        click.echo(f"{feed.level:<8}  {f'{base}/' if base else ''}{feed.path}")
    if not base:
        click.echo(
            "These are paths below the dashboard's address: set [site] base_url for the whole.", err=True
        )
    raise SystemExit(FINE)
