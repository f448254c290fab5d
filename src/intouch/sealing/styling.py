"""Fonts and pictures that a theme's stylesheet names: sealed as all files are, and put in once unlocked."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

_FOLDER = "assets"
_URL = re.compile(r"""url\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([^\s"'()\\]*))\s*\)""", re.IGNORECASE)
_NOTHING = 'url("data:,")'


def without_files(style: bytes, site: Collection[str]) -> bytes:
    """A stylesheet as anybody may see it: no file of the site is named in it, and none is asked for.

    Args:
        style: the theme's `style.css`.
        site: the paths of the site.

    Returns:
        The same bytes where it names none.
    """
    text = style.decode("utf-8", "surrogateescape")
    told = _URL.sub(lambda match: _NOTHING if _meant(match) in site else match[0], text)
    return told.encode("utf-8", "surrogateescape")


def _meant(match: re.Match[str]) -> str:
    """The path in the site that an address in the stylesheet means."""
    address = match[1] or match[2] or match[3] or ""
    path = unquote(re.split("[?#]", address, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(_FOLDER, path)) if path else ""
