"""WebP: the chunks that draw it, moving or not, are copied; EXIF, XMP and unknown ones stay behind.

Source: RFC 9649; RFC 6386, 9.1, for the size of a lossy picture.
"""

from __future__ import annotations

from intouch.pictures.orientation import as_seen, exif_of, orientation
from intouch.pictures.parts import Parts, Picture, damaged

_DRAWN = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"})
_EXTENDED, _FRAME, _EXIF = b"VP8X", b"ANMF", b"EXIF"
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_FRAME_HEAD = 16
_LOSSY_START = b"\x9d\x01\x2a"
_OLD_EXIF = b"Exif\0\0"
"""Before the data where a program wrote them as JPEG has them."""

_Chunk = tuple[bytes, bytes]


def is_webp(content: bytes) -> bool:
    """Whether a file begins as WebP does."""
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def clean_webp(content: bytes) -> Picture:
    """The picture without its metadata.

    Raises:
        BadPictureError: where the file is damaged.
    """
    whole = Parts(content, at=4)
    found = _chunks(whole.take(whole.little(4))[4:])
    exif = exif_of(next((orientation(d.removeprefix(_OLD_EXIF)) for n, d in found if n == _EXIF), 1))
    kept = [one for one in map(_kept, found) if one is not None]
    extended = [data for name, data in kept if name == _EXTENDED]
    if exif and extended:
        kept = [(n, bytes((d[0] | _HAS_EXIF,)) + d[1:] if n == _EXTENDED else d) for n, d in kept]
        kept.append((_EXIF, exif))
    width, height = _size(kept)
    if not width or not height:
        raise damaged("there is no picture in it")
    body = b"WEBP" + b"".join(_written(*one) for one in kept)
    return Picture(
        b"RIFF" + len(body).to_bytes(4, "little") + body,
        "webp",
        *as_seen(width, height, orientation(exif) if extended else 1),
    )


def _chunks(data: bytes) -> list[_Chunk]:
    parts = Parts(data)
    found: list[_Chunk] = []
    while not parts.done:
        name, size = parts.take(4), parts.little(4)
        found.append((name, parts.take(size)))
        if size % 2 and not parts.done:
            parts.take(1)
    return found


def _kept(chunk: _Chunk) -> _Chunk | None:
    """What is kept of a chunk; None for nothing."""
    name, data = chunk
    if name in _DRAWN:
        return chunk
    if name == _EXTENDED:
        if len(data) < 10:  # noqa: PLR2004 - its flags and the size of the canvas
            raise damaged("its head is cut short")
        return name, bytes((data[0] & ~(_HAS_EXIF | _HAS_XMP),)) + data[1:10]
    if name == _FRAME:
        inside = [one for one in map(_kept, _chunks(data[_FRAME_HEAD:])) if one and one[0] in _DRAWN]
        return name, data[:_FRAME_HEAD] + b"".join(_written(*one) for one in inside)
    return None


def _written(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def _size(chunks: list[_Chunk]) -> tuple[int, int]:
    """Width and height in pixels."""
    if not any(name in {b"VP8 ", b"VP8L", _FRAME} for name, _ in chunks):
        raise damaged("there is no picture in it")
    name, data = chunks[0]
    parts = Parts(data)
    if name == _EXTENDED:
        parts.take(4)
        return parts.little(3) + 1, parts.little(3) + 1
    if name == b"VP8L":
        parts.take(1)
        bits = parts.little(4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    parts.take(3)
    if name != b"VP8 " or parts.take(3) != _LOSSY_START:
        raise damaged("its head is missing")
    return parts.little(2) & 0x3FFF, parts.little(2) & 0x3FFF
