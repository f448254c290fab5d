"""`intouch build`: write the dashboard and the calendar feed, plain or sealed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from intouch.build import Loaded, render
from intouch.cli import report
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import Opened, notebook_options, open_project
from intouch.cli.policy import in_ci, may_be_plain, tell_problems
from intouch.disk import DiskError, foreign_to, remove_site, write_site

_OUTPUT = "_site"
_SEALED_OUTPUT = "_sealed"
_SHOWN = 5


@click.command("build")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"Where to write (default: {_OUTPUT}, sealed {_SEALED_OUTPUT}, in the notebook's folder).",
)
@click.option("--sealed", is_flag=True, help="Write it so that only a passphrase opens it.")
@notebook_options
def command(output: Path | None, directory: Path | None, on_day: date | None, *, sealed: bool) -> None:
    """Write the dashboard and the calendar feed.

    Errors in the notebook stop the build and leave what was built before as it was. With --sealed, everything
    but the feed can be read with a passphrase only, and may be published anywhere; `intouch seal init` first.

    \b
    intouch build
    intouch build --output public
    intouch build --sealed
    """  # noqa: D301 - click's own mark for a block that must not be re-wrapped
    opened = open_project(directory, on_day)
    target = output if output is not None else opened.root / (_SEALED_OUTPUT if sealed else _OUTPUT)
    if sealed:
        _build_sealed(opened, target)
    else:
        may_be_plain(opened.settings.settings, target)
        _build_plain(opened, target)
    raise SystemExit(FINE)


def _loaded(opened: Opened) -> Loaded:
    loaded = opened.load()
    if loaded.has_errors:
        tell_problems(loaded.diagnostics, loaded.settings)
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
    return loaded


def _build_plain(opened: Opened, target: Path) -> None:
    loaded = _loaded(opened)
    built = render(loaded)
    tell_problems(built.diagnostics, loaded.settings)
    if built.has_errors:
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
    try:
        written = write_site(built.site, target, notebook=opened.root)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    people, open_items = len(loaded.book.contacts), len(built.agenda.check_ins)
    click.echo(
        f"{target}: {len(built.site)} files, {written.created + written.changed} of them new or changed; "
        f"{report.count(people, 'person', 'people')}, {report.count(open_items, 'check-in')} to come."
    )


def _build_sealed(opened: Opened, target: Path) -> None:
    from intouch.cli.sealed import seal, unlocked
    from intouch.sealing.refusals import SealError

    try:
        lock, keys = unlocked(opened.root)
    except SealError as problem:
        stop(USAGE, f"nothing was written: {problem.message}", problem.remedy)
    loaded = _loaded(opened)
    sealed = seal(loaded, lock, keys)
    tell_problems(sealed.built.diagnostics, loaded.settings)
    if sealed.built.has_errors:
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")
    if sealed.leaks:
        found = [f"{leak.place} {leak.what}" for leak in sealed.leaks[:_SHOWN]]
        stop(
            PROBLEMS,
            f"nothing was written: {report.count(len(sealed.leaks), 'leak')} found",
            "\n  ".join(found),
        )
    try:
        written = write_site(sealed.site, target, notebook=opened.root, secret=sealed.secret)
        foreign = foreign_to(sealed.site, target, sealed.secret)
        if foreign:
            remove_site(target)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    if foreign:
        # A feed's name may be among them, and a log is no place for it.
        shown = [name if name not in sealed.secret else "f/….ics" for name in foreign[:_SHOWN]]
        stop(PROBLEMS, f"'{target}' was removed: not what was sealed: {', '.join(shown)}", "Build again.")
    click.echo(
        f"{target}: {len(sealed.site)} files, {written.created + written.changed} of them new or changed; "
        "sealed, and searched for leaks: none."
    )
    feeds = sealed.publication.feeds
    if feeds and not in_ci():
        levels = ", ".join(feed.level for feed in feeds)
        click.echo(f"Whoever has a feed's address reads it without a passphrase ({levels}): intouch feed-url")
