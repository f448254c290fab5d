"""JPEG: what a browser needs to draw it is copied, and every other segment stays behind.

Source: ITU-T T.81, B.1 and B.2; JFIF 1.02; ICC.1:2010, B.4; the tables and scans are copied as they are.
"""

from __future__ import annotations

import re

from intouch.pictures.orientation import UPRIGHT, as_seen, exif_of, orientation
from intouch.pictures.parts import Parts, Picture, damaged

MAGIC = b"\xff\xd8\xff"

_END = 0xD9
_SCAN = 0xDA
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_JFIF = b"JFIF\0"
_JFIF_WITHOUT_THUMBNAIL = 12
_ADOBE = b"Adobe"
_ADOBE_WHOLE = 12
_ICC = b"ICC_PROFILE\0"
_EXIF = b"Exif\0\0"
_AFTER_A_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""A marker that ends the coded data: neither an escaped byte of them, nor one to start again from."""


def clean_jpeg(content: bytes) -> Picture:
    """The picture without its metadata; which way up it is, and its colours, are kept.

    Raises:
        BadPictureError: where the file is damaged.
    """
    parts = Parts(content, at=2)
    kept: list[bytes] = []
    size, turned, scans = (0, 0), UPRIGHT, 0
    while (marker := _marker(parts)) != _END:
        payload = parts.take(max(0, parts.big(2) - 2))
        if marker in _FRAMES:
            size = int.from_bytes(payload[3:5], "big"), int.from_bytes(payload[1:3], "big")
        elif marker == _APP1 and payload.startswith(_EXIF) and turned == UPRIGHT:
            turned = orientation(payload[len(_EXIF) :])
        kept.append(_kept(marker, payload))
        if marker == _SCAN:
            scans += 1
            kept.append(_coded(content, parts))
    if not scans or not all(size):
        raise damaged("there is no picture in it")
    exif = exif_of(turned)
    told = _segment(_APP1, _EXIF + exif) if exif else b""
    whole = b"".join((b"\xff\xd8", told, *kept, b"\xff\xd9"))
    return Picture(whole, "jpg", *as_seen(*size, turned))


def _marker(parts: Parts) -> int:
    if parts.byte() != 0xFF:  # noqa: PLR2004 - the byte that begins every marker
        raise damaged("something stands between its parts")
    marker = parts.byte()
    while marker == 0xFF:  # noqa: PLR2004 - it may be written several times
        marker = parts.byte()
    return marker


def _kept(marker: int, payload: bytes) -> bytes:
    """What is kept of a segment."""
    if marker in _FRAMES or marker in _TABLES or marker == _SCAN:
        return _segment(marker, payload)
    if marker == _APP0 and payload.startswith(_JFIF):
        return _segment(marker, payload[:_JFIF_WITHOUT_THUMBNAIL] + b"\0\0")
    if marker == _APP2 and payload.startswith(_ICC):
        return _segment(marker, payload)
    if marker == _APP14 and payload.startswith(_ADOBE):  # how its colours are coded
        return _segment(marker, payload[:_ADOBE_WHOLE])
    return b""


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def _coded(content: bytes, parts: Parts) -> bytes:
    """The coded data that follow a scan's header."""
    found = _AFTER_A_SCAN.search(content, parts.at)
    if found is None:
        raise damaged("it ends too early")
    return parts.take(found.start() - parts.at)
