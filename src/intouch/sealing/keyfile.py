"""The root's file in the user's own settings folder: for its owner's eyes only, and never in the notebook."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from intouch.locking import alone_in
from intouch.sealing.keys import derived, key_text, root_in
from intouch.sealing.lockfile import LOCK_FILE, Lock
from intouch.sealing.refusals import SealError

SECRET = "INTOUCH_SITE_KEY"  # noqa: S105 - the name of an environment variable
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 1_024


def key_path(site: str) -> Path:
    """Where the root of a site lies; the file bears the site's public name.

    `INTOUCH_CONFIG_DIR` names another folder than the system's own for settings.
    """
    from platformdirs import user_config_path

    elsewhere = os.environ.get("INTOUCH_CONFIG_DIR", "")
    folder = Path(elsewhere) if elsewhere else user_config_path("intouch", appauthor=False)
    return folder / "keys" / f"{site}.key"


def store(root: bytes, notebook: Path) -> Path:
    """Write a root for its owner only, whole and on the disk before anything depends on it.

    Args:
        root: the 32 bytes.
        notebook: whose it is; the key never lies in it, because what is there is committed and pushed.

    Raises:
        SealError: when the machine refuses, or the user's settings folder is inside the notebook.
    """
    path = key_path(derived(root).site)
    if path.resolve().is_relative_to(notebook.resolve()):
        raise SealError(
            f"the key would lie in the notebook itself, in '{path.parent}'",
            "Let INTOUCH_CONFIG_DIR name a folder outside of it.",
        )
    staged = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone_in(path.parent):
            for left in path.parent.glob("*.new"):  # by whoever was killed
                left.unlink(missing_ok=True)
            opened = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="ascii") as file:
                file.write(f"{key_text(root)}\n")
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
    except OSError as problem:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise SealError(f"the key cannot be stored in '{path}': {problem.strerror or problem}") from problem
    return path


def drop(site: str) -> None:
    """Remove the root of a site that is sealed anew."""
    with suppress(OSError):
        key_path(site).unlink(missing_ok=True)


def find(lock: Lock, secret: str) -> bytes:
    """The root that belongs to a lock.

    Args:
        lock: of the notebook.
        secret: what `INTOUCH_SITE_KEY` holds, or empty; it goes first.

    Raises:
        SealError: when there is none, or it is another site's.
    """
    root = root_in(secret) if secret.strip() else _stored(key_path(lock.site))
    if derived(root).site != lock.site:
        where = SECRET if secret.strip() else "the key file"
        remedy = (
            f"It belongs to another site, or `intouch seal rotate` has made a new key since: renew {where}."
        )
        raise SealError(f"the key in {where} does not match {LOCK_FILE}", remedy)
    return root


def _stored(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if sys.platform != "win32" and mode & _OTHERS:
            raise SealError(f"others can read the site's key: '{path}'", f"chmod 600 '{path}'")
        text = path.read_text(encoding="ascii", errors="replace")[:_LARGEST]
    except FileNotFoundError:
        remedy = (
            f"Copy '{path}' from the computer that sealed it, or set {SECRET}. "
            "If the key is lost, `intouch seal rotate` makes a new one."
        )
        raise SealError("the site's key is not on this computer", remedy) from None
    except OSError as problem:
        raise SealError(f"the site's key cannot be read: {problem.strerror or problem}") from problem
    return root_in(text)
