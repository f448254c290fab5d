"""What is printed in columns for people: as wide as the terminal, and in a pipe as wide as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 100_000
"""Columns of what goes into a pipe, where nothing is wrapped."""


def show(draw: Callable[[Console], None]) -> None:
    """Print on stdout what `draw` prints on a console."""
    # The library is imported only where something is to be drawn: it takes a while.
    from rich.console import Console

    if sys.stdout.isatty():
        draw(Console(highlight=False, emoji=False))
        return
    written = StringIO()
    draw(Console(file=written, width=_WIDE, highlight=False, emoji=False))
    # A table fills its columns with spaces, which nobody wants in a file.
    click.echo("\n".join(line.rstrip() for line in written.getvalue().splitlines()))
