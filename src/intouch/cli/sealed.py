"""Sealing for commands: the notebook's lock and key, and its sealed site, audited before it is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intouch.build import Built, Loaded, render
from intouch.cli.progress import shown
from intouch.memo import Memo
from intouch.publication import Publication
from intouch.sealing.audit import Audit, Leak
from intouch.sealing.feeds import publication
from intouch.sealing.keyfile import SECRET, find
from intouch.sealing.keys import Keys, derived
from intouch.sealing.lockfile import LARGEST, LOCK_FILE, Lock, read_lock
from intouch.sealing.needles import files_of, needles
from intouch.sealing.refusals import SealError
from intouch.sealing.site import sealed_site


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed site, ready to be written.

    Attributes:
        built: the plain site it was made from; it never leaves memory.
        leaks: what the audit found; with one of them nothing may be written.
    """

    site: Mapping[str, bytes]
    built: Built
    publication: Publication
    leaks: tuple[Leak, ...]

    @property
    def secret(self) -> frozenset[str]:
        """The files whose very names are secrets."""
        return frozenset((*(feed.path for feed in self.publication.feeds), *self.publication.emptied))


def lock_of(root: Path) -> Lock | None:
    """The notebook's lock; None where it was never sealed.

    Raises:
        SealError: when it is there and cannot be used.
    """
    path = root / LOCK_FILE
    if not path.exists() and not path.is_symlink():
        return None
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            raise SealError(f"{LOCK_FILE} cannot be used: it is a link, or far too large")
        return read_lock(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as problem:
        raise SealError(f"{LOCK_FILE} cannot be read: {problem.strerror or problem}") from problem


def unlocked(root: Path) -> tuple[Lock, Keys]:
    """The notebook's lock and its keys.

    Raises:
        SealError: when one of them is missing, or they do not belong together.
    """
    lock = lock_of(root)
    if lock is None:
        raise SealError(f"there is no {LOCK_FILE}: this notebook is not sealed yet", "Run: intouch seal init")
    return lock, derived(find(lock, os.environ.get(SECRET, "")))


def seal(loaded: Loaded, lock: Lock, keys: Keys, memo: Memo) -> Sealed:
    """Render a notebook, seal it, and look for leaks; nothing that was made with a key is remembered."""
    published = publication(keys, loaded.settings, loaded.today)
    built = render(loaded, memo, shown, published)
    site = sealed_site(built.site, keys, lock, published)
    wanted = needles(loaded.book, loaded.settings, files_of(loaded.root))
    names = frozenset(contact.name for contact in loaded.book.contacts.values())
    audit = Audit(keys, lock, published, wanted, names, loaded.settings)
    return Sealed(site, built, published, tuple(dict.fromkeys(audit.leaks(site))))
