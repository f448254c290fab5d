"""Exit codes and how a command stops."""

from __future__ import annotations

from typing import NoReturn

import click

FINE = 0
PROBLEMS = 1
USAGE = 2
MACHINE = 3


def stop(code: int, message: str, remedy: str = "") -> NoReturn:
    """Say on stderr why the command cannot go on and what to do, and leave with `code`."""
    click.echo(f"intouch: {message}", err=True)
    if remedy:
        click.echo(f"  {remedy}", err=True)
    raise SystemExit(code)
