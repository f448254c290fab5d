"""`intouch build`: write the dashboard and the calendar feed, plain or sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intouch.cli import clock
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import Opened, in_ci, notebook_options, open_project
from intouch.cli.policy import may_be_plain, tell_problems
from intouch.cli.progress import LONG, shown
from intouch.diagnostics import Diagnostic, has_errors
from intouch.disk import DiskError, Written, foreign_to, remove_site, write_site
from intouch.english import count
from intouch.memo import Key
from intouch.reading.scan import scan
from intouch.unchanged import Outcome, inputs_key, known_or_built

if TYPE_CHECKING:
    from intouch.cli.sealed import Sealed


_OUTPUT = "_site"
_SEALED_OUTPUT = "_sealed"
_SHOWN = 5


@click.command(
    "build",
    cls=Command,
    examples=(
        Example("The dashboard and the calendar, into the folder _site", "intouch build"),
        Example("Encrypted, for any host; `intouch seal init` comes before it", "intouch build --sealed"),
    ),
)
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
    """
    taken = clock.stopwatch()
    opened = open_project(directory, on_day)
    target = output if output is not None else opened.root / (_SEALED_OUTPUT if sealed else _OUTPUT)
    if sealed:
        _build_sealed(opened, target)
    else:
        may_be_plain(opened.settings.settings, target)
        _build_plain(opened, target, taken)
    raise SystemExit(FINE)


def _build_plain(opened: Opened, target: Path, taken: Callable[[], float]) -> None:
    outcome = _built(opened)
    tell_problems(outcome.diagnostics, opened.settings.settings)
    try:
        written = write_site(outcome.site, target, notebook=opened.root, memo=opened.memo)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    took = f", in {taken():.1f} s" if outcome.people >= LONG else ""
    click.echo(
        f"{_what_is_new(target, outcome.site, written)}; "
        f"{count(outcome.people, 'person', 'people')}, "
        f"{count(outcome.check_ins, 'check-in')} to come{took}."
    )


def _built(opened: Opened) -> Outcome:
    """The site of a notebook; errors end the command. What has not changed at all is not built again."""
    today = opened.today()
    # It may be another day before the build is done; what is remembered is that of this one.
    opened = replace(opened, today=lambda: today)
    files = [scan(opened.root)]
    of_files, settings = files[0].key, opened.settings.text + repr(opened.settings.diagnostics)

    def key() -> Key:
        return inputs_key(opened.root, of_files, settings, today)

    def build() -> Outcome:
        from intouch.build import render

        # Not held any longer than the reading takes: their bytes are most of the memory of a large build.
        loaded = opened.load(files.pop() if files else None)
        _stop_on_errors(opened, loaded.diagnostics)
        built = render(loaded, opened.memo, shown)
        _stop_on_errors(opened, built.diagnostics)
        return Outcome(built.site, len(loaded.book.contacts), len(built.agenda.check_ins), built.diagnostics)

    return known_or_built(key(), opened.memo, build, key)


def _stop_on_errors(opened: Opened, diagnostics: tuple[Diagnostic, ...]) -> None:
    if has_errors(diagnostics):
        tell_problems(diagnostics, opened.settings.settings)
        stop(PROBLEMS, "nothing was written: mend the errors above and build again")


def _build_sealed(opened: Opened, target: Path) -> None:
    from intouch.cli.sealed import seal, unlocked
    from intouch.sealing.refusals import SealError

    try:
        lock, keys = unlocked(opened.root)
    except SealError as problem:
        stop(USAGE, f"nothing was written: {problem.message}", problem.remedy)
    loaded = opened.load()
    _stop_on_errors(opened, loaded.diagnostics)
    sealed = seal(loaded, lock, keys, opened.memo)
    _stop_on_errors(opened, sealed.built.diagnostics)
    tell_problems(sealed.built.diagnostics, loaded.settings)
    if sealed.leaks:
        found = [f"{leak.place} {leak.what}" for leak in sealed.leaks[:_SHOWN]]
        stop(
            PROBLEMS,
            f"nothing was written: {count(len(sealed.leaks), 'leak')} found",
            "\n  ".join(found),
        )
    written = _put_sealed(sealed, target, opened.root)
    click.echo(f"{_what_is_new(target, sealed.site, written)}; sealed, and searched for leaks: none.")
    feeds = sealed.publication.feeds
    if feeds and not in_ci():
        levels = ", ".join(feed.level for feed in feeds)
        click.echo(f"Whoever has a feed's address reads it without a passphrase ({levels}): intouch feed-url")


def _what_is_new(target: Path, site: Mapping[str, bytes], written: Written) -> str:
    return f"{target}: {len(site):,} files, {written.created + written.changed:,} of them new or changed"


def _put_sealed(sealed: Sealed, target: Path, root: Path) -> Written:
    """Write a sealed site, and look at what was written; of secret names nothing is remembered."""
    try:
        written = write_site(sealed.site, target, notebook=root, secret=sealed.secret)
        foreign = foreign_to(sealed.site, target, sealed.secret)
        if foreign:
            remove_site(target)
    except DiskError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    if foreign:
        # A feed's name may be among them, and a log is no place for it.
        named = ["f/….ics" if name.startswith("f/") else name for name in foreign[:_SHOWN]]
        stop(PROBLEMS, f"'{target}' was removed: not what was sealed: {', '.join(named)}", "Build again.")
    return written
