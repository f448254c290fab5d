"""Saying something while the program goes on, also where nobody listens any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import click


def announce(line: str) -> None:
    """Say something on the standard output."""
    say(lambda: click.echo(line), sys.stdout)


def complain(line: str) -> None:
    """Say on the error output what did not work."""
    say(lambda: click.echo(f"intouch: {line}", err=True), sys.stderr)


def say(show: Callable[[], None], stream: TextIO) -> None:
    """Show something; where nobody listens any more (`intouch serve | head`), the program goes on."""
    try:
        show()
    except OSError:
        leave_unsaid(stream)


def leave_unsaid(stream: TextIO) -> None:
    """Drop what could not be printed, else it fails again when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
