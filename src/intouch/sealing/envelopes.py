"""Envelopes: a file as one sealed blob under a name that tells nothing, the same for the same content."""

from __future__ import annotations

import base64
import hmac
import re
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intouch.sealing.keys import Keys, expand
from intouch.sealing.refusals import SealError

SMALLEST_BODY = 4096
"""Bytes: whatever is smaller looks alike."""

_LENGTH_SIZE = 8
_SID_SIZE = 32
_ONE_USE = bytes(12)
"""The nonce. Each envelope has a key of its own, made from its content, and that key is used once."""

_CARRIER = re.compile(r'intouchEnvelope\("([0-9a-f]{32})","([A-Za-z0-9+/]+={0,2})"\);\n')


def envelope_name(keys: Keys, path: str) -> str:
    """The public name of a path of the site: 32 hex digits."""
    return hmac.digest(keys.names, path.encode("utf-8", "surrogatepass"), sha256).hex()[:32]


def padded_size(size: int) -> int:
    """Padmé of a size in bytes, and never less than `SMALLEST_BODY`.

    At most 12 % more, and of all sizes up to `n` only O(log log n) bits remain to be seen (Nikitin et al.,
    "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019).
    """
    if size <= SMALLEST_BODY:
        return SMALLEST_BODY
    exponent = size.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-size // step) * step


def _associated(site: str, name: str) -> bytes:
    """What an envelope is bound to: public values only, each of a fixed length."""
    return f"intouch 1\0{site}\0{name}".encode()


def sealed(keys: Keys, name: str, content: bytes) -> bytes:
    """Seal a content under a name.

    The same content under the same name gives the same bytes, so that a rebuild changes nothing; another
    content has another key (a synthetic initialisation vector, as in RFC 5297, widened to a key).
    """
    size = padded_size(_LENGTH_SIZE + len(content))
    body = (len(content).to_bytes(_LENGTH_SIZE) + content).ljust(size, b"\0")
    associated = _associated(keys.site, name)
    sid = hmac.digest(keys.siv, associated + body, sha256)
    return sid + _cipher(keys.read, sid).encrypt(_ONE_USE, body, associated)


def opened(keys: Keys, name: str, blob: bytes) -> bytes:
    """Open an envelope.

    Raises:
        SealError: when a single bit of it, of its name or of its site is another.
    """
    sid, encrypted = blob[:_SID_SIZE], blob[_SID_SIZE:]
    associated = _associated(keys.site, name)
    try:
        body = _cipher(keys.read, sid).decrypt(_ONE_USE, encrypted, associated)
    except (InvalidTag, ValueError):
        raise SealError(f"the envelope {name} does not open") from None
    length = int.from_bytes(body[:_LENGTH_SIZE])
    content = body[_LENGTH_SIZE : _LENGTH_SIZE + length]
    # Whoever holds `read` alone could make another envelope; only one that we made has this identity.
    honest = hmac.compare_digest(sid, hmac.digest(keys.siv, associated + body, sha256))
    if not honest or len(content) != length or len(body) != padded_size(_LENGTH_SIZE + length):
        raise SealError(f"the envelope {name} was not made by this notebook")
    return content


def _cipher(read: bytes, sid: bytes) -> AESGCM:
    return AESGCM(expand(read, b"envelope", salt=sid))


def carrier(name: str, blob: bytes) -> bytes:
    """The file that carries an envelope: a script, as a page opened from a disk loads nothing else."""
    return f'intouchEnvelope("{name}","{base64.b64encode(blob).decode()}");\n'.encode()


def carried(name: str, file: bytes) -> bytes:
    """The blob in a carrier; only what `carrier` would write is read.

    Raises:
        SealError: when a byte of the file is another.
    """
    match = _CARRIER.fullmatch(file.decode("ascii", "replace"))
    blob = base64.b64decode(match[2]) if match and len(match[2]) % 4 == 0 else b""
    if not blob or carrier(name, blob) != file:
        raise SealError(f"e/{name}.js is not an envelope")
    return blob
