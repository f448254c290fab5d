"""Pages as they are served: with the reload script, and a token of all that a browser shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

OWN = "_intouch"
"""The folder of what serves the site and is not part of it."""
MISSING = "404.html"
"""The page for addresses that lead nowhere."""

_USED = re.compile(rb"(?:src|href)=\"([^\"#?:]+)\"")
_STYLED = re.compile(rb"url\(\s*[\"']?([^\"')#?:]+)")
_ABSOLUTE = re.compile(rb"( (?:href|src|data-[a-z]+)=\")(/[^\"]*)")
_HEAD = b"</head>"


def page_token(site: Mapping[str, bytes], name: str) -> str:
    """Name the bytes of a page, and of the style, scripts and pictures that it uses.

    Args:
        site: path → content.
        name: of the page; one that is not there counts as empty.
    """
    digest = blake2b(digest_size=8)
    for path in (name, *sorted(_used(site, name))):
        content = site.get(path, b"")
        for part in (path.encode(), content):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
    return digest.hexdigest()


def _used(site: Mapping[str, bytes], name: str) -> set[str]:
    """The files that show on a page: not the pages and data that it only leads to."""
    found = set(_referred(site, name, _USED))
    for style in [path for path in found if path.endswith(".css")]:
        found |= set(_referred(site, style, _STYLED))
    return found


def _referred(site: Mapping[str, bytes], name: str, pattern: re.Pattern[bytes]) -> Iterator[str]:
    for match in set(pattern.findall(site.get(name, b""))):
        path = normpath(join(dirname(name), unquote(match.decode("utf-8", "replace")))).lstrip("/")
        if path in site and not path.endswith((".html", ".ics", ".json")):
            yield path


def page(content: bytes, *, name: str, base: str, token: str) -> bytes:
    """A page with the reload script, which is never written to disk.

    Args:
        content: of the page.
        name: its path, for the event stream.
        base: the path that leads to the site, with `/` at both ends.
        token: as `page_token` tells it.
    """
    data = f'data-base="{base}" data-page="{quote(name)}" data-token="{token}"'
    tag = f'<script src="{base}{OWN}/reload.js" {data}></script>'.encode()
    head, found, rest = content.partition(_HEAD)
    return b"".join((head, tag, found, rest))


def rebased(content: bytes, root: str, base: str) -> bytes:
    """The page for missing addresses, whose links are absolute, for a site that is served below `base`."""

    def moved(link: re.Match[bytes]) -> bytes:
        before, target = link.groups()
        return before + (base.encode() + target[len(root) :] if target.startswith(root.encode()) else target)

    return _ABSOLUTE.sub(moved, content)
