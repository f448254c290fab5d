"""`intouch seal`: the key of a sealed dashboard and the passphrases that open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from intouch.cli.examples import Command, Example, Group
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project
from intouch.cli.passphrase import Passphrase, chosen
from intouch.cli.sealed import lock_of, unlocked
from intouch.sealing import keyfile, slots
from intouch.sealing.keys import derived, new_root
from intouch.sealing.lockfile import LOCK_FILE, MOST_SLOTS, Lock, lock_text
from intouch.sealing.refusals import SealError
from intouch.writing.files import WriteError, create, rewrite

_GIVEN = "INTOUCH_PASSPHRASE='stapler ocean quilt seven' intouch seal init"
_FETCHED = (
    "Copies that were fetched before stay readable with what opened them then; nothing can take them back."
)


_Change = ParamSpec("_Change")


def _or_refused(change: Callable[_Change, None]) -> Callable[_Change, None]:
    """Let a change to the lock say why, where it cannot be made; then nothing was changed."""

    @wraps(change)
    def told(*args: _Change.args, **kwargs: _Change.kwargs) -> None:
        try:
            change(*args, **kwargs)
        except SealError as problem:
            stop(USAGE, f"nothing was changed: {problem.message}", problem.remedy)

    return told


@click.group(
    "seal",
    cls=Group,
    examples=(
        Example("Once, before the first sealed build", "intouch seal init"),
        Example("How many passphrases there are, and where the key is", "intouch seal status"),
    ),
)
def command() -> None:
    """Make, change and look at the key of a sealed dashboard."""


@command.command(
    "init",
    cls=Command,
    examples=(
        Example("A key, and a passphrase", "intouch seal init"),
        Example("With a passphrase of your own, where there is no terminal", _GIVEN),
    ),
)
@notebook_options
@_or_refused
def init(directory: Path | None, on_day: date | None) -> None:
    """Make the site's key and a first passphrase, and write lock.json.

    The passphrase is asked for on a terminal, else read from INTOUCH_PASSPHRASE, else made of six words and
    printed this once.
    """
    opened = open_project(directory, on_day)
    if lock_of(opened.root) is not None:
        stop(USAGE, f"{LOCK_FILE} is there already", "Use `intouch seal passwd`, `add` or `rotate`.")
    passphrase = chosen(opened)
    path = _make_key(opened.root, passphrase, was=None)
    click.echo(f"  written  {LOCK_FILE}: commit it; it is public, and tells nothing")
    _tell_key(path)
    _tell_passphrase(passphrase)
    click.echo("\nNext:\n  intouch build --sealed")
    raise SystemExit(FINE)


@command.command(
    "add", cls=Command, examples=(Example("Another passphrase, for another person", "intouch seal add"),)
)
@notebook_options
@_or_refused
def add(directory: Path | None, on_day: date | None) -> None:
    """Add a passphrase; those that are there still open everything."""
    opened = open_project(directory, on_day)
    lock, keys = unlocked(opened.root)
    if len(lock.slots) == MOST_SLOTS:
        stop(
            USAGE,
            f"there are {MOST_SLOTS} passphrases, and no room for another",
            "See: intouch seal rotate",
        )
    passphrase = chosen(opened)
    more = replace(lock, slots=(*lock.slots, slots.filled(keys, passphrase.text)))
    _write(opened.root, more, was=lock)
    click.echo(f"  changed  {LOCK_FILE}: {len(lock.slots) + 1} passphrases; commit it, build and publish")
    _tell_passphrase(passphrase)
    raise SystemExit(FINE)


@command.command(
    "passwd",
    cls=Command,
    examples=(
        Example("Another passphrase instead of the only one", "intouch seal passwd"),
        Example("Instead of the first of several", "intouch seal passwd --slot 1"),
    ),
)
@click.option(
    "--slot",
    type=click.IntRange(1, MOST_SLOTS),
    metavar="N",
    help="Which passphrase, where there are several.",
)
@notebook_options
@_or_refused
def passwd(directory: Path | None, on_day: date | None, slot: int | None) -> None:
    """Change a passphrase.

    This does not revoke: whoever knows the old one and has an old copy, or kept the key, still reads it. For
    that there is `intouch seal rotate`.
    """
    opened = open_project(directory, on_day)
    lock, keys = unlocked(opened.root)
    if slot is None and len(lock.slots) > 1:
        stop(
            USAGE,
            f"there are {len(lock.slots)} passphrases",
            f"Say which: --slot 1 to {len(lock.slots)}.",
        )
    place = (slot or 1) - 1
    if place >= len(lock.slots):
        stop(USAGE, f"there is no slot {slot}", f"There are {len(lock.slots)}: intouch seal status")
    passphrase = chosen(opened)
    changed = (*lock.slots[:place], slots.filled(keys, passphrase.text), *lock.slots[place + 1 :])
    _write(opened.root, replace(lock, slots=changed), was=lock)
    click.echo(f"  changed  {LOCK_FILE}: commit it, build and publish")
    _tell_passphrase(passphrase)
    click.echo(
        "\nThis does not revoke the old passphrase: the key is the same, and an old copy of the site or of "
        f"{LOCK_FILE}\n(git keeps one) opens with it. `intouch seal rotate` makes a new key. {_FETCHED}"
    )
    raise SystemExit(FINE)


@command.command(
    "rotate", cls=Command, examples=(Example("When somebody may have seen it", "intouch seal rotate"),)
)
@notebook_options
@_or_refused
def rotate(directory: Path | None, on_day: date | None) -> None:
    """Start over with a new key and one new passphrase.

    All files get new names, and the feeds new addresses. Do it when a passphrase or the key may have been
    seen. What was fetched before stays readable with what opened it then.
    """
    opened = open_project(directory, on_day)
    if not os.path.lexists(opened.root / LOCK_FILE):
        stop(USAGE, f"there is no {LOCK_FILE}: this notebook is not sealed yet", "Run: intouch seal init")
    lock = _readable_lock(opened.root)  # rotating mends one that cannot be read
    passphrase = chosen(opened)
    path = _make_key(opened.root, passphrase, was=lock)
    if lock is not None:
        keyfile.drop(lock.site)
    click.echo(f"  changed  {LOCK_FILE}: one passphrase, a new key; commit it, build and publish")
    _tell_key(path)
    _tell_passphrase(passphrase)
    click.echo(
        "\nThe feed has a new address (intouch feed-url): subscribe anew, and remove the old subscription, "
        f"which keeps what it last fetched.\n{_FETCHED}"
    )
    raise SystemExit(FINE)


@command.command(
    "status", cls=Command, examples=(Example("Is the key on this computer?", "intouch seal status"),)
)
@notebook_options
def status(directory: Path | None, on_day: date | None) -> None:
    """Tell whether this notebook can be sealed here."""
    opened = open_project(directory, on_day)
    try:
        lock = lock_of(opened.root)
        if lock is None:
            stop(PROBLEMS, f"there is no {LOCK_FILE}: this notebook is not sealed", "Run: intouch seal init")
        click.echo(f"site         {lock.site}")
        click.echo(f"passphrases  {len(lock.slots)}")
        for number, slot in enumerate(lock.slots, 1):
            weak = "" if slot.iterations >= slots.ITERATIONS else "; renew it: intouch seal passwd --slot"
            click.echo(
                f"  slot {number}     {slot.iterations:,} iterations{f'{weak} {number}' if weak else ''}"
            )
        secret = os.environ.get(keyfile.SECRET, "")
        keyfile.find(lock, secret)
        where = keyfile.SECRET if secret.strip() else keyfile.key_path(lock.site)
        click.echo(f"key          matches, in {where}")
    except SealError as problem:
        stop(PROBLEMS, problem.message, problem.remedy)
    raise SystemExit(FINE)


def _make_key(root: Path, passphrase: Passphrase, *, was: Lock | None) -> Path:
    """Store a new key, and write the lock that one passphrase opens; where the key was put."""
    key = new_root()
    keys = derived(key)
    path = keyfile.store(key, root)
    _write(root, Lock(keys.site, (slots.filled(keys, passphrase.text),)), was=was, is_new=True)
    return path


def _readable_lock(root: Path) -> Lock | None:
    """The lock; None where there is none, or it cannot be read."""
    with suppress(SealError):
        return lock_of(root)
    return None


def _write(root: Path, lock: Lock, *, was: Lock | None, is_new: bool = False) -> None:
    """Write a lock in place of the one it was made from; where that cannot be, no new key is left behind."""
    path, content = root / LOCK_FILE, lock_text(lock).encode()

    def instead(_before: bytes) -> bytes:
        # Somebody who was just told a passphrase must not find it gone.
        if _readable_lock(root) != was:
            raise WriteError(f"{LOCK_FILE} was changed meanwhile", "Nothing was changed now. Try again.")
        return content

    try:
        if path.exists():
            rewrite(path, instead)
        else:
            create(path, content)
    except WriteError as problem:
        if is_new:
            keyfile.drop(lock.site)
        stop(MACHINE, problem.message, problem.remedy)


def _tell_key(path: Path) -> None:
    click.echo(f"  written  {path}: the site's key; keep a copy where you keep your passwords")
    click.echo(f"           For CI, make its one line the secret {keyfile.SECRET}.")


def _tell_passphrase(passphrase: Passphrase) -> None:
    if passphrase.is_new:
        click.echo(
            f"\nPassphrase:  {passphrase.text}\nIt is shown this once. Keep it in your password manager."
        )
