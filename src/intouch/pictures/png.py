"""PNG: the chunks that draw it, moving or not, are copied; texts, times and all others stay behind.

Source: PNG Specification (Third Edition), W3C, 5 and 11.
"""

from __future__ import annotations

from zlib import crc32

from intouch.pictures.orientation import as_seen, exif_of, orientation
from intouch.pictures.parts import Parts, Picture, damaged

MAGIC = b"\x89PNG\r\n\x1a\n"

_DRAWN = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"tRNS"),
        *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),  # the right colours
        *(b"acTL", b"fcTL", b"fdAT"),  # moving
    }
)


def clean_png(content: bytes) -> Picture:
    """The picture without its metadata.

    Raises:
        BadPictureError: where the file is damaged.
    """
    parts = Parts(content, at=len(MAGIC))
    kept: list[tuple[bytes, bytes]] = []
    exif = b""
    while not kept or kept[-1][0] != b"IEND":
        size, name = parts.big(4), parts.take(4)
        data = parts.take(size)
        if parts.big(4) != crc32(name + data):
            raise damaged("a part of it is not what its sum says")
        if not kept and name != b"IHDR":
            raise damaged("its head is missing")
        if name == b"eXIf":
            exif = exif_of(orientation(data))
        elif name in _DRAWN or name == b"IEND":
            kept.append((name, data))
    head = Parts(kept[0][1])
    width, height = head.big(4), head.big(4)
    if not any(name == b"IDAT" for name, _ in kept) or not width or not height:
        raise damaged("there is no picture in it")
    if exif:
        kept.insert(1, (b"eXIf", exif))
    return Picture(
        MAGIC + b"".join(_chunk(*one) for one in kept), "png", *as_seen(width, height, orientation(exif))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")
