"""What a text leaves in base64, whatever stands before and after it."""

from __future__ import annotations

import base64
from collections.abc import Iterator

_SHORTEST = 6


def base64_parts(text: str) -> Iterator[str]:
    """The characters that are sure to be there, at each of three alignments, in both alphabets.

    Too short a part would be found by chance, and is left out.
    """
    data = text.encode("utf-8", "surrogatepass")
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data).decode().rstrip("=")
        # The first characters mix with what stands before, the last one with what comes after.
        first = (0, 2, 3)[before]
        last = len(encoded) if (before + len(data)) % 3 == 0 else len(encoded) - 1
        part = encoded[first:last]
        if len(part) >= _SHORTEST:
            yield part
            if "+" in part or "/" in part:
                yield part.translate(str.maketrans("+/", "-_"))
