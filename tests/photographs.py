"""Pictures for tests, made by Pillow, with everything in them that a picture should not tell."""

from __future__ import annotations

import io
from typing import Any
from zlib import crc32

from PIL import Image, PngImagePlugin

CANARY = "only-the-camera-knows"
"""What stands in every piece of metadata, and must not be left anywhere."""

_GPS, _ORIENTATION, _ARTIST, _COMMENT = 0x8825, 0x0112, 0x013B, 0x9286
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- {CANARY} --></x:xmpmeta>'.encode()


def drawn(width: int = 32, height: int = 20, mode: str = "RGB") -> Image.Image:
    """A picture in which every corner looks different."""
    made = Image.new("RGB", (width, height))
    made.putdata(
        [(x * 7 % 256, y * 11 % 256, (x + y) * 5 % 256) for y in range(height) for x in range(width)]
    )
    return made.convert(mode)


def exif(turned: int = 1) -> bytes:
    """EXIF data of a talkative camera, with the place."""
    made = Image.Exif()
    made[_ORIENTATION] = turned
    made[_ARTIST] = CANARY
    made[_COMMENT] = CANARY.encode()
    made[_GPS] = {1: "S", 2: (33.0, 51.0, 31.0), 3: "E", 4: (151.0, 12.0, 51.0), 29: CANARY}
    return made.tobytes()


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """An image as a file."""
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def jpeg(turned: int = 1, **options: Any) -> bytes:
    """A JPEG with EXIF, XMP, a comment, Photoshop's data, a thumbnail, and a second file behind its end."""
    told = {"exif": exif(turned), "comment": CANARY.encode(), "xmp": XMP, **options}
    whole = saved(drawn(), "JPEG", quality=90, **told)
    photoshop = b"Photoshop 3.0\x008BIM" + CANARY.encode()
    thumbnail = b"JFXX\0\x10" + CANARY.encode()
    more = b"".join(
        b"\xff" + bytes((marker,)) + (len(data) + 2).to_bytes(2, "big") + data
        for marker, data in ((0xED, photoshop), (0xE0, thumbnail), (0xE2, b"FPXR\0" + CANARY.encode()))
    )
    return whole[:2] + more + whole[2:] + b"\xff\xd8" + CANARY.encode() + b"PK\x03\x04<script>"


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")


def png(turned: int = 1, mode: str = "RGB", **options: Any) -> bytes:
    """A PNG with EXIF, three kinds of text, a time, a chunk of its own, and something behind its end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", CANARY)
    texts.add_text("Zipped", CANARY, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    whole = saved(drawn(mode=mode), "PNG", pnginfo=texts, exif=exif(turned), **options)
    more = chunk(b"tIME", b"\x07\xea\x0b\x17\x0a\x1e\0") + chunk(b"prVt", CANARY.encode())
    return whole[:33] + more + whole[33:] + CANARY.encode()


def gif(frames: int = 3) -> bytes:
    """A GIF that moves, with a comment, XMP, a plain text, and something behind its end."""
    images = [drawn(width=20 + n, height=16).resize((20, 16)).convert("P") for n in range(frames)]
    whole = saved(
        images[0],
        "GIF",
        save_all=True,
        append_images=images[1:],
        duration=90,
        loop=0,
        comment=CANARY.encode(),
    )
    start = 13 + (3 << ((whole[10] & 7) + 1) if whole[10] & 0x80 else 0)
    plain = b"\x21\x01\x0c" + bytes(12) + bytes((len(CANARY),)) + CANARY.encode() + b"\0"
    own = b"\x21\xff\x0b" + CANARY[:11].encode() + b"\x03\x01ab\0"
    own += b"\x21\xff\x0bXMP DataXMP" + bytes((len(CANARY),)) + CANARY.encode() + b"\0"
    return whole[:start] + own + plain + whole[start:] + CANARY.encode()


def webp(turned: int = 1, frames: int = 1, **options: Any) -> bytes:
    """A WebP with EXIF and XMP, and something behind its end."""
    images = [drawn(mode="RGBA").rotate(40 * n) for n in range(frames)]
    more = {"save_all": True, "append_images": images[1:], "duration": 90} if frames > 1 else {}
    return saved(images[0], "WEBP", exif=exif(turned), xmp=XMP, **more, **options) + CANARY.encode()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be of any size."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    parts = ((b"IHDR", head), (b"IDAT", b"\x78\x9c\x63\0\0\0\x01\0\x01"), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in parts)
