"""Which way up a picture is: the one thing of its EXIF data that is kept, and all that is written back."""

from __future__ import annotations

from typing import Literal

UPRIGHT = 1

_TAG = 0x0112  # Exif 2.32, 4.6.4 A
_SHORT = 3
_TURNED = range(2, 9)
_ON_ITS_SIDE = range(5, 9)
_ENTRY = 12


def orientation(exif: bytes) -> int:
    """The orientation that EXIF data tell, 1 to 8; 1 where they tell none.

    Args:
        exif: a TIFF file, as EXIF data are, without what comes before it in each format.
    """
    order: Literal["little", "big"] = "little" if exif.startswith(b"II") else "big"
    start = int.from_bytes(exif[4:8], order)
    entries = exif[start + 2 : start + 2 + _ENTRY * int.from_bytes(exif[start : start + 2], order)]
    for at in range(0, len(entries), _ENTRY):
        tag, kind = (int.from_bytes(entries[at + n : at + n + 2], order) for n in (0, 2))
        if (tag, kind) == (_TAG, _SHORT):
            told = int.from_bytes(entries[at + 8 : at + 10], order)
            return told if told in _TURNED else UPRIGHT
    return UPRIGHT


def exif_of(turned: int) -> bytes:
    """EXIF data that tell an orientation and nothing else; empty where the picture stands upright."""
    if turned not in _TURNED:
        return b""
    entry = b"".join(n.to_bytes(size, "big") for n, size in ((_TAG, 2), (_SHORT, 2), (1, 4), (turned, 2)))
    return b"MM\0*\0\0\0\x08" + b"\0\x01" + entry + b"\0\0" + b"\0\0\0\0"


def as_seen(width: int, height: int, turned: int) -> tuple[int, int]:
    """Width and height as one sees them."""
    return (height, width) if turned in _ON_ITS_SIDE else (width, height)
