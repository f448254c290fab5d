"""`lock.json`: the site's public name and its slots, committed with the notebook and read with suspicion."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from intouch.sealing.refusals import SealError
from intouch.sealing.slots import NONCE_SIZE, SALT_SIZE, WRAPPED_SIZE, Slot

LOCK_FILE = "lock.json"
VERSION = 1
MOST_SLOTS = 8
FEWEST_ITERATIONS = 100_000
MOST_ITERATIONS = 10_000_000
LARGEST = 8_192
"""Bytes; a whole lock of eight slots has 2,200."""

_KDF = "PBKDF2-HMAC-SHA256"
_SITE = re.compile(r"[0-9a-f]{32}")
_REMEDY = "Take the file back from git; if it never was right, `intouch seal rotate` makes a new one."


@dataclass(frozen=True, slots=True)
class Lock:
    """What `lock.json` says.

    Attributes:
        site: public name of the site, made from its root.
        slots: one a passphrase, at least one.
    """

    site: str
    slots: tuple[Slot, ...]


def lock_text(lock: Lock) -> str:
    """The file, ready to be written and committed."""
    return json.dumps(lock_value(lock), indent=2) + "\n"


def lock_value(lock: Lock) -> dict[str, object]:
    """What the file holds, as JSON has it."""
    slots = [
        {
            "kdf": _KDF,
            "iterations": slot.iterations,
            "salt": _encoded(slot.salt),
            "nonce": _encoded(slot.nonce),
            "wrapped": _encoded(slot.wrapped),
        }
        for slot in lock.slots
    ]
    return {"version": VERSION, "site": lock.site, "slots": slots}


def read_lock(text: str) -> Lock:
    """Read a lock; nothing is derived from what is not exactly as it should be.

    Raises:
        SealError: naming the first thing that is wrong.
    """
    if len(text) > LARGEST:
        raise _wrong(f"it is larger than {LARGEST:,} bytes")
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _wrong("it is not JSON") from None
    table = _table(value, {"version", "site", "slots"}, "it")
    if table["version"] != VERSION or isinstance(table["version"], bool | float):
        raise _wrong("its version is unknown", "A newer intouch may read it.")
    site, slots = table["site"], table["slots"]
    if not isinstance(site, str) or not _SITE.fullmatch(site):
        raise _wrong("its 'site' is no name of a site")
    if not isinstance(slots, list) or not 1 <= len(slots) <= MOST_SLOTS:
        raise _wrong(f"it must have 1 to {MOST_SLOTS} slots")
    return Lock(site, tuple(_slot(slot, f"slot {number}") for number, slot in enumerate(slots, 1)))


def _slot(value: Any, what: str) -> Slot:
    table = _table(value, {"kdf", "iterations", "salt", "nonce", "wrapped"}, what)
    if table["kdf"] != _KDF:
        raise _wrong(f"{what} has another key derivation than {_KDF}")
    iterations = table["iterations"]
    if not isinstance(iterations, int) or isinstance(iterations, bool):
        raise _wrong(f"the iterations of {what} are no number")
    if not FEWEST_ITERATIONS <= iterations <= MOST_ITERATIONS:
        raise _wrong(f"the iterations of {what} are not {FEWEST_ITERATIONS:,} to {MOST_ITERATIONS:,}")
    return Slot(
        iterations,
        _decoded(table["salt"], SALT_SIZE, f"the salt of {what}"),
        _decoded(table["nonce"], NONCE_SIZE, f"the nonce of {what}"),
        _decoded(table["wrapped"], WRAPPED_SIZE, f"the wrapped key of {what}"),
    )


def _table(value: Any, keys: set[str], what: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != keys:
        raise _wrong(f"{what} must have exactly: {', '.join(sorted(keys))}")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key twice")
    return table


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(value: Any, size: int, what: str) -> bytes:
    try:
        data = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != size or _encoded(data) != value:
        raise _wrong(f"{what} is not {size} bytes in base64")
    return data


def _wrong(what: str, remedy: str = _REMEDY) -> SealError:
    return SealError(f"{LOCK_FILE} cannot be used: {what}", remedy)
