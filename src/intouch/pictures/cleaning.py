"""A picture as it may be published: of one of four formats, whole, not too large, and without metadata."""

from __future__ import annotations

from intouch.pictures import gif, jpeg, png, webp
from intouch.pictures.gif import clean_gif
from intouch.pictures.jpeg import clean_jpeg
from intouch.pictures.parts import BadPictureError, Picture
from intouch.pictures.png import clean_png
from intouch.pictures.webp import clean_webp

MOST_PIXELS = 100_000_000
"""A small file may claim a huge picture. It is never unpacked here, but a browser would try."""


def cleaned(content: bytes) -> Picture:
    """Rid a picture of all that is not needed to draw it; what it is, is told by its content.

    Every part is copied because it is known and needed, and none because nothing is known against it: what
    stands behind the picture's end, or in a part that nobody knows, is gone as well.

    Raises:
        BadPictureError: for anything that is none, damaged, or too large to be drawn.
    """
    picture = _by_content(content)
    if picture.width * picture.height > MOST_PIXELS:
        raise BadPictureError(
            f"it has {picture.width:,} × {picture.height:,} pixels; the most is {MOST_PIXELS:,} in all",
            "Make it smaller.",
        )
    return picture


def _by_content(content: bytes) -> Picture:
    if content.startswith(jpeg.MAGIC):
        return clean_jpeg(content)
    if content.startswith(png.MAGIC):
        return clean_png(content)
    if content.startswith(gif.MAGICS):
        return clean_gif(content)
    if webp.is_webp(content):
        return clean_webp(content)
    message = "it is no JPEG, PNG, GIF or WebP, whatever its name says"
    raise BadPictureError(message, "Save it as one of these.")
