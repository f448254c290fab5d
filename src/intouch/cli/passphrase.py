"""A passphrase for a sealed dashboard: asked for, taken from the environment, or made."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field

import click

from intouch.cli.opening import Opened, in_ci
from intouch.sealing import passphrases
from intouch.sealing.refusals import SealError

PASSPHRASE = "INTOUCH_PASSPHRASE"  # noqa: S105 - the name of an environment variable


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase.

    Attributes:
        is_new: whether it was made here, so that nobody has seen it yet.
    """

    text: str = field(repr=False)
    is_new: bool = False


def chosen(opened: Opened) -> Passphrase:
    """A passphrase: asked for on a terminal, else from the environment, else made.

    Raises:
        SealError: when the one in the environment is not good enough.
    """
    names = _names(opened)
    if sys.stdin.isatty():
        return _asked(names)
    given = os.environ.get(PASSPHRASE, "")
    if not given and in_ci():
        raise SealError(
            "a passphrase is not for a log", f"Set {PASSPHRASE}, or run this on your own computer."
        )
    if not given:
        return Passphrase(passphrases.made(), is_new=True)
    passphrases.judge(given, names)
    return Passphrase(given)


def _asked(names: tuple[str, ...]) -> Passphrase:
    while True:
        typed = str(
            click.prompt("Passphrase (empty: let intouch make one)", "", hide_input=True, show_default=False)
        )
        if not typed:
            return Passphrase(passphrases.made(), is_new=True)
        try:
            passphrases.judge(typed, names)
        except SealError as problem:
            click.echo(f"{problem.message}. {problem.remedy}", err=True)
            continue
        if typed == click.prompt("Again", "", hide_input=True, show_default=False):
            return Passphrase(typed)
        click.echo("The two differ.", err=True)


def _names(opened: Opened) -> tuple[str, ...]:
    """What no passphrase may contain: the parts of people's names, and the organizations."""
    book = opened.load().book
    people = [opened.settings.settings.me.name]
    people += [name for contact in book.contacts.values() for name in (contact.name, *contact.aliases)]
    organizations = [contact.organization or "" for contact in book.contacts.values()]
    return tuple(dict.fromkeys([*(word for name in people for word in name.split()), *organizations]))
