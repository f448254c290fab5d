"""A bar on the terminal while long work goes on; none in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

Made = TypeVar("Made")

LONG = 1_000
"""How much work is worth a bar."""


def shown(made: Iterable[Made], /, *, total: int, what: str) -> Iterable[Made]:
    """Show how much of something is made (see `intouch.progress`)."""
    if total < LONG or not sys.stderr.isatty():
        return made
    return _with_bar(made, total, what)


def _with_bar(made: Iterable[Made], total: int, what: str) -> Iterator[Made]:
    with click.progressbar(made, length=total, label=f"{what:<9}", file=sys.stderr) as bar:
        yield from bar
