"""GIF: frames, colours and times are copied; comments, plain texts and what programs add stay behind.

Source: GIF89a, and Netscape's extension that says how often to repeat.
"""

from __future__ import annotations

from intouch.pictures.parts import Parts, Picture, damaged

MAGICS = (b"GIF87a", b"GIF89a")

_END, _FRAME, _EXTENSION = 0x3B, 0x2C, 0x21
_CONTROL, _APPLICATION = 0xF9, 0xFF
_REPEATING = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_REPEAT = 3
"""Bytes of the block that says how often."""


def clean_gif(content: bytes) -> Picture:
    """The picture without its metadata.

    Raises:
        BadPictureError: where the file is damaged.
    """
    parts = Parts(content)
    head = parts.take(13)
    kept = [head, parts.take(_colours(head[10]))]
    frames = 0
    while (mark := parts.byte()) != _END:
        if mark == _FRAME:
            frames += 1
            described = parts.take(9)
            kept += [b"\x2c", described, parts.take(_colours(described[8])), parts.take(1), *_blocks(parts)]
            kept.append(b"\0")
        elif mark == _EXTENSION:
            kept.append(_extension(parts.byte(), _blocks(parts)))
        else:
            raise damaged("something stands between its parts")
    width, height = (int.from_bytes(head[at : at + 2], "little") for at in (6, 8))
    if not frames or not width or not height:
        raise damaged("there is no picture in it")
    return Picture(b"".join((*kept, b"\x3b")), "gif", width, height)


def _colours(flags: int) -> int:
    """Bytes of the table of colours that follows."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(parts: Parts) -> list[bytes]:
    """The blocks that follow, each with its length before it."""
    blocks: list[bytes] = []
    while size := parts.byte():
        blocks.append(bytes((size,)) + parts.take(size))
    return blocks


def _extension(kind: int, blocks: list[bytes]) -> bytes:
    """What is kept of an extension."""
    if kind == _CONTROL:
        return b"\x21\xf9" + b"".join(blocks[:1]) + b"\0"
    if kind == _APPLICATION and len(blocks) > 1 and blocks[0][1:] in _REPEATING:
        often = next((b for b in blocks[1:] if len(b) == _REPEAT + 1 and b[1] == 1), None)
        return b"" if often is None else b"\x21\xff" + blocks[0] + often + b"\0"
    return b""
