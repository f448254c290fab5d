"""`intouch init`: a notebook of your own in one command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intouch import project
from intouch.cli import clock
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, USAGE, stop
from intouch.cli.opening import DAY, refuse_later_format, refuse_wrong_settings
from intouch.writing.files import WriteError
from intouch.writing.starting import start

if TYPE_CHECKING:
    from intouch.writing.publishing import Publishing

_NEXT = """
Next:
  {where}intouch due
  intouch new "Priya Nair" --organization "Brightpath College" --fit 5
  intouch log priya interview "panel of two" --role "Trainer"
  intouch serve"""

_TO_PUBLISH = """
Next, once; the manual's page "Publishing" tells each step at length:
  1. {where}intouch seal init
  2. a private repository for the notebook
  3. {secret}
     secret INTOUCH_SITE_KEY, the one line of the key's file (`intouch seal status` says where it is)
  4. {morning}
  5. git push"""
_STEPS = {
    "github": (
        "Settings, Environments: one called `sealing`, for the branch {branch} only; in it the",
        "Settings, Pages: GitHub Actions as the source",
    ),
    "gitlab": (
        "Settings, CI/CD, Variables: masked, protected, for the environment `sealing`: the",
        "Build, Pipeline schedules: `17 5 * * *` in the time zone of {zone}, for {branch}",
    ),
}
_SAFE_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@click.command(
    "init",
    cls=Command,
    examples=(
        Example("A notebook in the new folder 'network', under git", "intouch init network --git"),
        Example("In the folder where you are; what is there stays as it is", "intouch init"),
    ),
)
@click.argument("directory", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
@click.option("--git", "with_git", is_flag=True, help="Put the notebook under git as well.")
@click.option(
    "--publish",
    "host",
    type=click.Choice(sorted(_STEPS)),
    help="Also write what this host needs to publish it, sealed, every morning.",
)
@click.option(
    "--install-from",
    "source",
    default="",
    metavar="REQUIREMENT",
    help="What pip installs there (default: the intouch that is running).",
)
@click.option("--today", "on_day", type=DAY, metavar="DATE", help="Pretend that it is this day (2026-11-23).")
def command(directory: Path, on_day: date | None, host: str | None, source: str, *, with_git: bool) -> None:
    """Start a notebook of your own.

    Makes the folder DIR where it is not there (default: here), and writes an example card, settings with
    comments, .gitignore, and what lets editors check front matter (.vscode). What is there already stays as
    it is.
    """
    if directory.exists() and not directory.is_dir():
        stop(MACHINE, f"'{directory}' is a file", "Name a folder.")
    settings = project.read_settings(directory)
    refuse_later_format(settings)
    git = shutil.which("git")
    if with_git and git is None:
        stop(MACHINE, "nothing was written: git is not installed", "Install it, or leave --git away.")
    today = clock.calendar_of(settings.settings, on_day)()
    told = None if host is None else _told(directory, settings, source)
    try:
        written, kept = start(directory, today, told.zone if told else "", _workflows(host, told, today))
    except WriteError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    for name in written:
        click.echo(f"  written  {name}")
    for name in kept:
        click.echo(f"  kept     {name}, which was there already")
    if with_git and git:
        _put_under_git(directory, git)
    where = "" if directory == Path() else f"cd {shlex.quote(directory.as_posix())} && "
    if host and told:
        secret, morning = (step.format(branch=told.branch, zone=told.zone) for step in _STEPS[host])
        click.echo(_TO_PUBLISH.format(where=where, secret=secret, morning=morning))
    else:
        click.echo(_NEXT.format(where=where))
    raise SystemExit(FINE)


def _told(directory: Path, read: project.ReadSettings, source: str) -> Publishing:
    """What the workflows are told, from the notebook's settings, this machine, and this program."""
    from intouch.cli.installed import requirement
    from intouch.writing.publishing import Publishing

    _refuse_inner_folder(directory)
    refuse_wrong_settings(read)
    settings = read.settings
    zone = settings.timezone or clock.timezone_here()
    if not zone:
        remedy = 'Say in intouch.toml where your mornings are: timezone = "Europe/Berlin"'
        stop(USAGE, "nothing was written: the time zone is not known", remedy)
    if _SAFE_BRANCH.fullmatch(settings.site.branch) is None:
        remedy = "Name a branch of letters, digits, and . _ / -"
        stop(USAGE, "nothing was written: [site] branch cannot stand in a workflow", remedy)
    wanted = source or requirement()
    if not wanted:
        remedy = 'Name what pip can: --install-from "intouch @ git+https://git.example/you/intouch@COMMIT"'
        stop(USAGE, "nothing was written: intouch was installed here from a folder that no host sees", remedy)
    return Publishing(settings.site.branch, zone, wanted)


def _refuse_inner_folder(directory: Path) -> None:
    """A git host looks for workflows at the top of a repository only."""
    git, here = shutil.which("git"), directory.resolve()
    there = next(folder for folder in (here, *here.parents) if folder.is_dir())
    found = _run(git, "-C", str(there), "rev-parse", "--show-toplevel") if git else None
    if found is not None and found.returncode == 0 and Path(found.stdout.strip()).resolve() != here:
        remedy = "Give the notebook a repository of its own; it has to be a private one anyway."
        stop(USAGE, "nothing was written: a git host does not look into a folder of a repository", remedy)


def _workflows(host: str | None, told: Publishing | None, today: date) -> Mapping[str, str]:
    from intouch.writing.publishing import Host, publishing_files

    return publishing_files(Host(host), told, today) if host and told else {}


def _put_under_git(directory: Path, git: str) -> None:
    """Make the folder a git repository, unless it lies in one."""
    if _run(git, "-C", str(directory), "rev-parse", "--git-dir").returncode == 0:
        click.echo("  kept     the git repository, which was there already")
        return
    made = _run(git, "init", "--quiet", str(directory))
    if made.returncode != 0:
        stop(MACHINE, f"git could not start a repository: {made.stderr.strip()}")
    click.echo("  written  .git")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git, by its path
