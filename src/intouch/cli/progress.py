"""A bar on the terminal while long work goes on; none in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

Made = TypeVar("Made")

LONG = 1_000
"""How much work is worth a bar."""


def shown(made: Iterable[Made], /, *, total: int, what: str) -> Iterable[Made]:
    """Show how much of something is made (see `intouch.progress`)."""
    return _with_bar(made, total, what) if _worth(total) else made


@contextmanager
def reaching(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """The same for work that is not one thing after another; gives what is told how far one has come."""
    with click.progressbar(length=length, label=label, hidden=not _worth(length), file=sys.stderr) as bar:
        yield lambda position: bar.update(position - bar.pos)


def _worth(total: int) -> bool:
    return total >= LONG and sys.stderr.isatty()


def _with_bar(made: Iterable[Made], total: int, what: str) -> Iterator[Made]:
    with click.progressbar(made, length=total, label=f"{what:<9}", file=sys.stderr) as bar:
        yield from bar
