"""`intouch init`: a notebook of your own in one command."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import click

from intouch.cli import clock
from intouch.cli.exits import FINE, MACHINE, stop
from intouch.cli.opening import DAY
from intouch.writing.files import WriteError
from intouch.writing.starting import start

_NEXT = """
Next:
  {where}intouch due
  intouch new "Priya Nair" --organization "Brightpath College" --fit 5
  intouch log priya interview "panel of two" --role "Trainer"
  intouch serve"""


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
@click.option("--git", "with_git", is_flag=True, help="Put the notebook under git as well.")
@click.option("--today", "on_day", type=DAY, metavar="DATE", help="Pretend that it is this day (2026-11-23).")
def command(directory: Path, on_day: date | None, *, with_git: bool) -> None:
    """Start a notebook of your own.

    Writes an example card, settings with comments, .gitignore, and what lets editors check front matter
    (.vscode). What is there already stays as it is.

    \b
    intouch init network
    intouch init --git
    """  # noqa: D301 - click's own mark for a block that must not be re-wrapped
    if directory.exists() and not directory.is_dir():
        stop(MACHINE, f"'{directory}' is a file", "Name a folder.")
    try:
        written, kept = start(directory, on_day or clock.today(""))
    except WriteError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    for name in written:
        click.echo(f"  written  {name}")
    for name in kept:
        click.echo(f"  kept     {name}, which was there already")
    if with_git:
        _git(directory)
    where = "" if directory == Path() else f"cd {directory} && "
    click.echo(_NEXT.format(where=where))
    raise SystemExit(FINE)


def _git(directory: Path) -> None:
    """Make the folder a git repository, unless it lies in one."""
    git = shutil.which("git")
    if git is None:
        stop(MACHINE, "git is not installed", "Install it, or leave --git away.")
    if _run(git, "-C", str(directory), "rev-parse", "--git-dir").returncode == 0:
        click.echo("  kept     the git repository, which was there already")
        return
    made = _run(git, "init", "--quiet", str(directory))
    if made.returncode != 0:
        stop(MACHINE, f"git could not start a repository: {made.stderr.strip()}")
    click.echo("  written  .git")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git, by its path
