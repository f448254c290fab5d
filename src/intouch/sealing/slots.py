"""Slots: the key that opens envelopes, wrapped by a passphrase each."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from intouch.sealing.keys import KEY_SIZE, Keys

ITERATIONS = 600_000
"""What OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256; a browser has nothing stronger."""

SALT_SIZE = 16
NONCE_SIZE = 12
WRAPPED_SIZE = KEY_SIZE + 16


@dataclass(frozen=True, slots=True)
class Slot:
    """What one passphrase opens; every value is public.

    Attributes:
        iterations: of PBKDF2-HMAC-SHA256.
        salt: 16 bytes.
        nonce: 12 bytes.
        wrapped: the key `read` under AES-256-GCM, 48 bytes.
    """

    iterations: int
    salt: bytes
    nonce: bytes
    wrapped: bytes


def filled(keys: Keys, passphrase: str, *, iterations: int = ITERATIONS) -> Slot:
    """Wrap `read` for a passphrase, with a new salt and a new nonce."""
    salt, nonce = secrets.token_bytes(SALT_SIZE), secrets.token_bytes(NONCE_SIZE)
    cipher = AESGCM(_stretched(passphrase, salt, iterations))
    return Slot(iterations, salt, nonce, cipher.encrypt(nonce, keys.read, _associated(keys.site)))


def unwrapped(slot: Slot, site: str, passphrase: str) -> bytes | None:
    """The key `read`; None where the slot is not of this passphrase, or not of this site."""
    cipher = AESGCM(_stretched(passphrase, slot.salt, slot.iterations))
    try:
        read = cipher.decrypt(slot.nonce, slot.wrapped, _associated(site))
    except InvalidTag:
        return None
    return read if len(read) == KEY_SIZE else None


def _associated(site: str) -> bytes:
    return f"intouch 1 slot\0{site}".encode()


def _stretched(passphrase: str, salt: bytes, iterations: int) -> bytes:
    # NFKC: the same passphrase typed on another keyboard may come in other code points.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return PBKDF2HMAC(SHA256(), KEY_SIZE, salt, iterations).derive(typed)
