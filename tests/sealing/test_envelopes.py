"""Envelopes: they give back what was put in, are the same for the same, and refuse whatever is another."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.sealing.envelopes import (
    SMALLEST_BODY,
    carried,
    carrier,
    envelope_name,
    opened,
    padded_size,
    sealed,
)
from intouch.sealing.keys import Keys, derived, key_text, root_in
from intouch.sealing.refusals import SealError

ROOT = bytes(range(32))
KEYS = derived(ROOT)
NAME = envelope_name(KEYS, "people/priya-nair/index.html")

contents = st.binary(max_size=2_000) | st.integers(0, 60_000).map(lambda n: b"\x07" * n)
paths = st.text(max_size=60)


def test_the_keys_of_a_root_never_change() -> None:
    # Whoever changes one of these loses every published site.
    assert KEYS.site == "9ac8ce9debac0ee1560eb74a7a0156f8"
    assert NAME == "7631eada3ebdd6c16f39316168f9f513"
    assert sealed(KEYS, NAME, b"hello")[:8].hex() == "65082c083d452bc2"


def test_keys_are_for_one_purpose_each_and_show_themselves_to_nobody() -> None:
    secrets = {KEYS.read, KEYS.siv, KEYS.names, KEYS.feed, ROOT}
    assert len(secrets) == 5
    assert repr(KEYS) == f"Keys(site='{KEYS.site}')"


@given(contents, paths)
def test_an_envelope_gives_back_what_was_put_in(content: bytes, path: str) -> None:
    name = envelope_name(KEYS, path)
    blob = sealed(KEYS, name, content)
    assert opened(KEYS, name, blob) == content
    assert carried(name, carrier(name, blob)) == blob


@given(contents, paths)
def test_the_same_content_gives_the_same_bytes_and_another_one_others(content: bytes, path: str) -> None:
    name = envelope_name(KEYS, path)
    blob = sealed(KEYS, name, content)
    assert sealed(derived(ROOT), name, content) == blob
    changed = sealed(KEYS, name, content + b"!")
    assert changed[:32] != blob[:32]
    assert changed[32:64] != blob[32:64]
    assert sealed(KEYS, envelope_name(KEYS, f"{path}!"), content)[:32] != blob[:32]
    assert sealed(derived(bytes(32)), name, content) != blob


@given(st.integers(0, 1 << 40))
def test_padding_is_little_and_tells_little(size: int) -> None:
    padded = padded_size(size)
    assert padded >= max(size, SMALLEST_BODY)
    assert padded <= max(SMALLEST_BODY, size * 1.12)
    assert padded_size(padded) == padded
    # Padmé: the last bits are zero, and ever more of them.
    exponent = padded.bit_length() - 1
    assert padded % (1 << (exponent - exponent.bit_length())) == 0


@pytest.mark.parametrize(
    ("size", "padded"), [(0, 4096), (4096, 4096), (4097, 4352), (9_000, 9_216), (70_000, 71_680)]
)
def test_padding_by_example(size: int, padded: int) -> None:
    assert padded_size(size) == padded


def test_small_pages_look_alike() -> None:
    assert {len(sealed(KEYS, NAME, b"x" * n)) for n in (0, 1, 100, 4088)} == {32 + 4096 + 16}


def tampered(blob: bytes, dice: random.Random) -> bytes:
    """A blob that differs: a flipped bit, a cut, an addition, a piece moved."""
    place = dice.randrange(len(blob))
    match dice.randrange(6):
        case 0:
            return blob[:place]
        case 1:
            return blob + dice.randbytes(dice.randrange(1, 40))
        case 2:
            return blob[place:] + blob[:place] if place else blob[1:]
        case 3:
            return blob[:place] + dice.randbytes(1) + blob[place:]
        case _:
            return blob[:place] + bytes([blob[place] ^ (1 << dice.randrange(8))]) + blob[place + 1 :]


def accepted(keys: Keys, name: str, blob: bytes) -> bool:
    try:
        opened(keys, name, blob)
    except SealError:
        return False
    return True


def test_no_tampered_envelope_is_opened() -> None:
    dice = random.Random(20261123)
    blob = sealed(KEYS, NAME, b"candid thoughts" * 9)
    tries = [changed for _ in range(8_000) if (changed := tampered(blob, dice)) != blob]
    assert len(tries) > 7_900
    assert not [changed for changed in tries if accepted(KEYS, NAME, changed)]


def test_no_envelope_opens_under_another_name_site_or_key() -> None:
    dice = random.Random(20261124)
    blob = sealed(KEYS, NAME, b"candid thoughts")
    for _ in range(500):
        other = derived(dice.randbytes(32))
        assert not accepted(other, NAME, blob)
        assert not accepted(KEYS, dice.randbytes(16).hex(), blob)
        assert not accepted(replace(KEYS, site=dice.randbytes(16).hex()), NAME, blob)
        assert not accepted(replace(KEYS, read=other.read), NAME, blob)
    # With `read` alone one can encrypt, and it is still not ours.
    assert not accepted(KEYS, NAME, sealed(replace(KEYS, siv=bytes(32)), NAME, b"forged"))
    assert accepted(KEYS, NAME, blob)


def test_no_tampered_carrier_is_read() -> None:
    dice = random.Random(20261125)
    file = carrier(NAME, sealed(KEYS, NAME, b"candid thoughts"))
    refused = 0
    for _ in range(2_000):
        changed = tampered(file, dice)
        if changed == file:
            continue
        try:
            blob = carried(NAME, changed)
        except SealError:
            refused += 1
            continue
        assert not accepted(KEYS, NAME, blob)
    assert refused > 500


def test_a_key_is_read_from_its_text_or_refused() -> None:
    text = key_text(ROOT)
    assert root_in(f" {text}\n") == ROOT
    for wrong in (
        "",
        "intouch-site-key-1:",
        text[:-1],
        text + "A",
        text.replace("-1:", "-2:"),
        text[:-2] + "B=",
    ):
        with pytest.raises(SealError) as refused:
            root_in(wrong)
        assert text[20:] not in f"{refused.value.message}{refused.value.remedy}"
