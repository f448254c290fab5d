"""`intouch verify URL|DIR`: hold what is published against a rebuild, byte for byte."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project
from intouch.cli.policy import tell_problems
from intouch.cli.sealed import seal, unlocked
from intouch.disk import MARKER
from intouch.sealing.refusals import SealError
from intouch.sealing.verifying import compare, from_folder, from_host, more_in

_SHOWN = 5


@click.command(
    "verify",
    cls=Command,
    examples=(
        Example("The folder that was built", "intouch verify _sealed"),
        Example("What a host serves of it", "intouch verify https://people.example --today 2026-11-23"),
    ),
)
@click.argument("where", metavar="URL|DIR")
@notebook_options
def command(where: str, directory: Path | None, on_day: date | None) -> None:
    """Compare a published sealed dashboard with a rebuild of this notebook.

    URL is where it is published, DIR a folder that was built.

    A host could serve other code, which sends the passphrase elsewhere. This shows whether it does, to you
    and now. Compare the same notebook on the same day: --today names the day of the published build.
    """
    opened = open_project(directory, on_day)
    folder = None if "://" in where else Path(where)
    if folder is not None and not folder.is_dir():
        stop(
            USAGE, f"there is no folder '{where}'", "Name a folder, or an address that begins with https://."
        )
    try:
        lock, keys = unlocked(opened.root)
    except SealError as problem:
        stop(USAGE, problem.message, problem.remedy)
    loaded = opened.load()
    sealed = seal(loaded, lock, keys, opened.memo)
    if sealed.built.has_errors:
        tell_problems(sealed.built.diagnostics, loaded.settings)
        stop(PROBLEMS, "nothing can be compared: mend the errors above")
    try:
        if folder is None:
            compared = compare(sealed.site, from_host(where, sealed.site))
        else:
            compared = compare(sealed.site, from_folder(folder), more_in(folder, sealed.site, MARKER))
    except SealError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    if compared.code:
        message = f"the code at {where} is another: {_listed(compared.code, sealed.secret)}"
        remedy = (
            "Enter no passphrase there. It may be another version of intouch or an old build: publish again "
            "and look again.\n  If it still differs, somebody changed it: intouch seal rotate, another host."
        )
        stop(PROBLEMS, message, remedy)
    if compared.content or compared.more:
        differing = _listed((*compared.content, *compared.more), sealed.secret)
        count = len(compared.content) + len(compared.more)
        message = f"the code is the same; {count:,} of {len(sealed.site):,} files differ: {differing}"
        stop(
            PROBLEMS,
            message,
            "Is it a build of another day or of another notebook? --today DATE names the day.",
        )
    click.echo(f"{where}: all {compared.same:,} files are those of a rebuild, byte for byte.")
    raise SystemExit(FINE)


def _listed(paths: tuple[str, ...], secret: Collection[str]) -> str:
    """Some of the paths; a feed's address is told nowhere but by `intouch feed-url`."""
    # A feed's former address is one as well.
    shown = ["f/….ics" if path in secret or path.startswith("f/") else path for path in paths[:_SHOWN]]
    return ", ".join(shown) + (f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else "")
