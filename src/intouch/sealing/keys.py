"""Keys: one root of 32 random bytes, and the four keys and the public name that are made from it."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intouch.sealing.refusals import SealError

KEY_SIZE = 32
"""Bytes of the root and of every key made from it."""

SITE_SIZE = 16
_PREFIX = "intouch-site-key-1:"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one site.

    Attributes:
        site: public name of the site, 32 hex digits; it tells which root belongs to which `lock.json`.
        read: opens envelopes; all that a browser ever holds.
        siv: makes the identity of an envelope from its content.
        names: names the envelopes.
        feed: names the calendar feeds, and keys the UIDs in them.
    """

    site: str
    read: bytes = field(repr=False)
    siv: bytes = field(repr=False)
    names: bytes = field(repr=False)
    feed: bytes = field(repr=False)


def new_root() -> bytes:
    """A new root, from the system's source of randomness."""
    return secrets.token_bytes(KEY_SIZE)


def derived(root: bytes) -> Keys:
    """The keys of a root (RFC 5869, SHA-256, each for one purpose only)."""
    return Keys(
        site=expand(root, b"site", length=SITE_SIZE).hex(),
        read=expand(root, b"read"),
        siv=expand(root, b"siv"),
        names=expand(root, b"names"),
        feed=expand(root, b"feed"),
    )


def expand(secret: bytes, purpose: bytes, *, salt: bytes | None = None, length: int = KEY_SIZE) -> bytes:
    """HKDF-SHA256 of a secret, for one purpose."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=b"intouch 1 " + purpose).derive(secret)


def key_text(root: bytes) -> str:
    """The root as the key file and the secret `INTOUCH_SITE_KEY` hold it."""
    return _PREFIX + base64.b64encode(root).decode()


def root_in(text: str) -> bytes:
    """Read a root from its text.

    Raises:
        SealError: when it is none; the message does not repeat it.
    """
    remedy = "It is one line that begins with 'intouch-site-key-1:', as `intouch seal init` wrote it."
    prefix, _, encoded = text.strip().partition(":")
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if f"{prefix}:" != _PREFIX or len(root) != KEY_SIZE or key_text(root) != text.strip():
        raise SealError("the site's key cannot be read", remedy)
    return root
