"""What may be published, and what a log that others read may say."""

from __future__ import annotations

import os
from pathlib import Path

import click

from intouch.cli.exits import USAGE, stop
from intouch.cli.opening import in_ci, show_problems
from intouch.diagnostics import Diagnostic, Severity
from intouch.english import count
from intouch.publication import LOCK_SCRIPT
from intouch.settings import Settings


def may_be_plain(settings: Settings, target: Path) -> None:
    """Refuse a plain build that would be published by mistake.

    Raises:
        SystemExit: with code 2, in CI without a policy, or over a sealed site.
    """
    if in_ci() and settings.access != "host-auth" and settings.demo_today is None:
        remedy = (
            "Build with --sealed. Where the host asks every visitor for a login, say so in intouch.toml:\n"
            '  [publish]\n  access = "host-auth"'
        )
        stop(
            USAGE, "nothing was written: in CI, a plain dashboard would be published for all to read", remedy
        )
    if os.path.isfile(target / LOCK_SCRIPT):  # noqa: PTH113 - False also where one may not look
        remedy = "Build with --sealed, or name another --output."
        stop(USAGE, f"nothing was written: '{target}' holds a sealed site, and a plain one shows all", remedy)


def tell_problems(diagnostics: tuple[Diagnostic, ...], settings: Settings) -> None:
    """Print problems; only how many there are where the log may be read by others."""
    if not in_ci() or settings.demo_today is not None:
        show_problems(diagnostics)
    elif diagnostics:
        errors = sum(problem.severity is Severity.ERROR for problem in diagnostics)
        told = f"{count(errors, 'error')} and {count(len(diagnostics) - errors, 'warning')}"
        click.echo(f"intouch: {told}; run `intouch check` at home to see them", err=True)
