"""Who is answered: the exact host, no foreign page, the secret path, and reading only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import compare_digest
from urllib.parse import unquote_to_bytes

from intouch.serving.pages import OWN

_LONGEST_PATH = 4096
_LARGEST_HEAD = 16_384

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""For what is no page: a picture opened by itself must not run anything."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as far as it matters.

    Attributes:
        target: the path as it was sent, still percent-encoded, without a query.
        headers: by lower-case name; a header that was sent twice is one with both values.
        size: of all that came before the body, in bytes.
    """

    method: str
    target: bytes
    headers: Mapping[str, str]
    size: int

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        return self.headers.get(name, "")


def too_large(asked: Asked) -> bool:
    """Whether more was sent than any browser sends; the server below limits only what comes in pieces."""
    return asked.size > _LARGEST_HEAD


def segments(target: bytes) -> tuple[str, ...] | None:
    """The parts of a path, decoded once; None for a path that no link of ours has.

    >>> segments(b"/people/j%C3%BCrgen/")
    ('people', 'jürgen', '')
    """
    if not target.startswith(b"/") or len(target) > _LONGEST_PATH:
        return None
    parts = []
    for raw in target[1:].split(b"/"):
        try:
            part = unquote_to_bytes(raw).decode()
        except UnicodeDecodeError:
            return None
        if part.startswith(".") or "/" in part or "\\" in part or not part.isprintable():
            return None
        parts.append(part)
    return None if "" in parts[:-1] else tuple(parts)


def known_host(asked: Asked, hosts: frozenset[str]) -> bool:
    """Whether it asks for this server under its own name, so that no other name can be pointed at it."""
    return asked.header("host") in hosts


def inside(parts: tuple[str, ...] | None, secret: str) -> bool:
    """Whether a path begins with the secret."""
    return parts is not None and compare_digest(parts[0].encode(), secret.encode())


def foreign(asked: Asked, name: str) -> bool:
    """Whether a page of another site is behind the request.

    A link that leads here from elsewhere may be followed, if it opens a page of its own; nothing else may.

    Args:
        asked: the request.
        name: what it asks for, inside the site.
    """
    origin = asked.headers.get("origin")
    if origin is not None and origin != f"http://{asked.header('host')}":
        return True
    site = asked.headers.get("sec-fetch-site", "none")
    if site in {"none", "same-origin"}:
        return False
    opens = (asked.method, asked.header("sec-fetch-mode"), asked.header("sec-fetch-dest"))
    return opens != ("GET", "navigate", "document") or not _is_page(name)


def _is_page(name: str) -> bool:
    last = name.rpartition("/")[2]
    return not name.startswith(f"{OWN}/") and (last.endswith(".html") or "." not in last)


def brings_a_body(asked: Asked) -> bool:
    """Whether it brings what nobody asked for."""
    return asked.header("content-length") not in {"", "0"} or "transfer-encoding" in asked.headers
