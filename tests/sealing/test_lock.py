"""`lock.json` and its slots: what is not exactly right is refused before anything is derived from it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from intouch.sealing import slots
from intouch.sealing.keys import derived
from intouch.sealing.lockfile import FEWEST_ITERATIONS, Lock, lock_text, read_lock
from intouch.sealing.refusals import SealError

KEYS = derived(bytes(range(32)))
WORDS = "isolation ranked situation baffle magma accent"
SLOT = slots.filled(KEYS, WORDS, iterations=FEWEST_ITERATIONS)
LOCK = Lock(KEYS.site, (SLOT,))


def test_a_slot_opens_for_its_passphrase_only() -> None:
    assert slots.unwrapped(SLOT, KEYS.site, WORDS) == KEYS.read
    assert slots.unwrapped(SLOT, KEYS.site, f"{WORDS} ") is None
    assert slots.unwrapped(SLOT, KEYS.site, WORDS.title()) is None
    assert slots.unwrapped(SLOT, "0" * 32, WORDS) is None


def test_a_passphrase_may_be_typed_in_any_unicode_form() -> None:
    slot = slots.filled(KEYS, "caf\u00e9 \ufb01ve", iterations=FEWEST_ITERATIONS)
    assert slots.unwrapped(slot, KEYS.site, "cafe\u0301 five") == KEYS.read


def test_two_slots_of_one_passphrase_have_nothing_in_common() -> None:
    again = slots.filled(KEYS, WORDS, iterations=FEWEST_ITERATIONS)
    assert again.salt != SLOT.salt
    assert again.nonce != SLOT.nonce
    assert again.wrapped != SLOT.wrapped


def test_no_tampered_slot_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    stretched = slots._stretched
    known: dict[tuple[bytes, int], bytes] = {}

    def once(passphrase: str, salt: bytes, iterations: int) -> bytes:
        """The slow derivation, done once for each salt."""
        if (salt, iterations) not in known:
            known[salt, iterations] = stretched(passphrase, salt, iterations)
        return known[salt, iterations]

    monkeypatch.setattr(slots, "_stretched", once)
    dice = random.Random(20261123)
    for _ in range(2_000):
        part = dice.choice(("nonce", "wrapped"))
        data = bytearray(getattr(SLOT, part))
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        assert slots.unwrapped(replace(SLOT, **{part: bytes(data)}), KEYS.site, WORDS) is None  # type: ignore[arg-type]
    for _ in range(20):
        salt = bytearray(SLOT.salt)
        salt[dice.randrange(len(salt))] ^= 1 << dice.randrange(8)
        assert slots.unwrapped(replace(SLOT, salt=bytes(salt)), KEYS.site, WORDS) is None
    assert slots.unwrapped(replace(SLOT, iterations=FEWEST_ITERATIONS + 1), KEYS.site, WORDS) is None


def test_a_lock_is_read_as_it_was_written() -> None:
    assert read_lock(lock_text(LOCK)) == LOCK
    many = Lock(KEYS.site, (SLOT,) * 8)
    assert read_lock(lock_text(many)) == many


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(value: dict[str, Any]) -> None:
        at: Any = value
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = to

    return change


def _without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(value: dict[str, Any]) -> None:
        at: Any = value
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]

    return change


WRONG: tuple[tuple[Callable[[dict[str, Any]], None], str], ...] = (
    (_set("version", to=2), "its version is unknown"),
    (_set("version", to=0), "its version is unknown"),
    (_set("version", to="1"), "its version is unknown"),
    (_set("version", to=True), "its version is unknown"),
    (_set("version", to=1.0), "its version is unknown"),
    (_set("version", to=None), "its version is unknown"),
    (_without("version"), "it must have exactly"),
    (_set("extra", to=1), "it must have exactly"),
    (_set("site", to="F" * 32), "its 'site'"),
    (_set("site", to="f" * 31), "its 'site'"),
    (_set("site", to="f" * 32 + "\n"), "its 'site'"),
    (_set("site", to=None), "its 'site'"),
    (_set("slots", to=[]), "1 to 8 slots"),
    (_set("slots", to={}), "1 to 8 slots"),
    (_set("slots", 0, to=[]), "slot 1 must have exactly"),
    (_without("slots", 0, "salt"), "slot 1 must have exactly"),
    (_set("slots", 0, "hint", to="my dog"), "slot 1 must have exactly"),
    (_set("slots", 0, "kdf", to="PBKDF2-HMAC-SHA1"), "another key derivation"),
    (_set("slots", 0, "kdf", to="scrypt"), "another key derivation"),
    (_set("slots", 0, "iterations", to=99_999), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=1), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=0), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=-600_000), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=10_000_001), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=10**30), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=600_000.0), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to="600000"), "iterations of slot 1"),
    (_set("slots", 0, "iterations", to=True), "iterations of slot 1"),
    (_set("slots", 0, "salt", to="AAAA"), "the salt of slot 1"),
    (_set("slots", 0, "salt", to="A" * 24), "the salt of slot 1"),
    (_set("slots", 0, "salt", to=16), "the salt of slot 1"),
    (_set("slots", 0, "salt", to="AAAAAAAAAAAAAAAAAAAAAB=="), "the salt of slot 1"),
    (_set("slots", 0, "salt", to="AAAAAAAAAAAAAAAAAAAAAA== "), "the salt of slot 1"),
    (_set("slots", 0, "nonce", to="A" * 20), "the nonce of slot 1"),
    (_set("slots", 0, "nonce", to="é" * 16), "the nonce of slot 1"),
    (_set("slots", 0, "wrapped", to="A" * 60), "the wrapped key of slot 1"),
    (_set("slots", 0, "wrapped", to=""), "the wrapped key of slot 1"),
)


@pytest.mark.parametrize(("change", "said"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_lock_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    value = json.loads(lock_text(LOCK))
    change(value)
    with pytest.raises(SealError, match=said):
        read_lock(json.dumps(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 100_000,
        "[" * 5_000,
        lock_text(LOCK).replace('"version": 1', '"version": 1, "version": 1'),
        lock_text(LOCK).replace('"iterations": 100000', '"iterations": Infinity'),
        lock_text(LOCK) + " " * 9_000,
        lock_text(Lock(KEYS.site, (SLOT,) * 9)),
    ],
    ids=range(10),
)
def test_what_is_no_lock_is_refused(text: str) -> None:
    with pytest.raises(SealError, match=r"lock\.json cannot be used"):
        read_lock(text)
