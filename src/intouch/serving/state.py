"""What is kept of a notebook's server: its secret paths, and where it runs now; readable by its user only."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from socket import gethostname
from typing import BinaryIO

from platformdirs import user_state_path

from intouch.locking import hold, replace_private

_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz234567")
_LENGTH = 26
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Secrets:
    """Two paths that nobody can guess: 130 bits each.

    Attributes:
        pages: the first part of every path of the dashboard.
        feed: the name of the feed on the local network, which tells nothing about `pages`.
    """

    pages: str
    feed: str


def new_secrets() -> Secrets:
    """Two secrets that nobody has seen."""
    return Secrets(_secret(), _secret())


def _secret() -> str:
    return b32encode(secrets.token_bytes(17)).decode().lower()[:_LENGTH]


class Desk:
    """The private files of one notebook's server, in the user's own folder of states."""

    def __init__(self, root: Path) -> None:
        folder = user_state_path("intouch", appauthor=False) / "serve"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = blake2b(os.fsencode(root.resolve()), digest_size=10).hexdigest()
        self._secrets = folder / f"{name}.json"
        # Homes are shared between computers, locks and addresses are not.
        here = blake2b(gethostname().encode(), digest_size=4).hexdigest()
        self._running = folder / f"{name}.{here}.running"
        self._opening = folder / f"{name}.html"

    def secrets(self) -> Secrets:
        """The secrets of the notebook, made once; whatever else stands in their place is replaced."""
        with suppress(OSError, ValueError, TypeError):
            told = json.loads(_read(self._secrets))
            found = Secrets(**told)
            if all(len(each) == _LENGTH and set(each) <= _ALPHABET for each in (found.pages, found.feed)):
                return found
        made = new_secrets()
        replace_private(self._secrets, json.dumps(asdict(made)).encode())
        return made

    @contextmanager
    def alone(self) -> Iterator[Running]:
        """Be the one that serves this notebook, as long as the block lasts and nobody else is."""
        with _opened(self._running) as file:
            yield Running(file, ours=hold(file.fileno()))

    def way_in(self, address: str) -> str:
        """A page of this user's that leads to an address, as a `file:` address.

        A browser is told by its command line what to open, and every user of a computer may read that.
        """
        page = '<!DOCTYPE html>\n<meta charset="utf-8">\n<meta name="referrer" content="no-referrer">\n'
        page += f'<meta http-equiv="refresh" content="0; url={address}">\n<title>intouch</title>\n'
        page += f'<a href="{address}">Open the dashboard</a>\n'
        replace_private(self._opening, page.encode())
        return self._opening.as_uri()


@dataclass(frozen=True, slots=True)
class Running:
    """Who serves the notebook.

    Attributes:
        file: where its address stands.
        ours: whether it is this program.
    """

    file: BinaryIO
    ours: bool

    def tell(self, address: str) -> None:
        """Write down where it is served, for the next that would."""
        self.file.seek(0)
        self.file.write(address.encode())
        self.file.truncate()
        self.file.flush()

    @property
    def address(self) -> str:
        """Where it is served; empty while that is not known yet."""
        self.file.seek(0)
        return self.file.read(_LONGEST).decode("utf-8", "replace")


def _opened(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "r+b")


def _read(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read(_LONGEST)
