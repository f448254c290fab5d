"""What to answer to a request: a function of the site, the path and a few headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import quote

FEED = "check-ins.ics"
RELOAD_SCRIPT = "/_intouch/reload.js"
EVENTS = "/_intouch/events"

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_BAD_REQUEST = 400
_FORBIDDEN = 403
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_NOT_MODIFIED = 304
_MOVED = 307
_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, ready to be sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def plain(status: int, text: str) -> Answer:
    """A short text for people; it shows no path and no name."""
    headers = {**_GUARDS, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Answer(status, headers, f"{text}\n".encode())


def refusal(method: str, host: str, hosts: frozenset[str]) -> Answer | None:
    """Why a request is not answered at all; None where it may be.

    Only the exact hosts are served, so that no page of another site can reach this one under its own name.
    """
    if host not in hosts:
        return plain(_FORBIDDEN, "Open this dashboard at the address that intouch printed.")
    if method not in {"GET", "HEAD"}:
        refused = plain(_NOT_ALLOWED, "Only reading is possible here.")
        return Answer(refused.status, {**refused.headers, "Allow": "GET, HEAD"}, refused.body)
    return None


def answer(site: Mapping[str, bytes], token: str, path: str, if_none_match: str) -> Answer:
    """Find what stands at a path.

    Args:
        site: path without leading `/` → content.
        token: of the site, for the pages' reload script.
        path: as requested, decoded once.
        if_none_match: the header, or empty.
    """
    if not path.startswith("/"):
        # `GET *`, or a whole address in the request line, as only a proxy is asked.
        return plain(_BAD_REQUEST, "Open this dashboard at the address that intouch printed.")
    if path == RELOAD_SCRIPT:
        script = files("intouch.serving").joinpath("reload.js").read_bytes()
        return _file("reload.js", script, if_none_match)
    name = _name(path)
    content = None if name is None else site.get(name)
    if name is None or (content is None and name != FEED):
        return _elsewhere(site, token, name)
    if content is None:
        # A page in the feed's place, or an empty one, would wipe the subscriber's calendar.
        return plain(_UNAVAILABLE, "The notebook has errors; the feed comes back when they are mended.")
    return _page(200, content, token) if name.endswith(".html") else _file(name, content, if_none_match)


def _elsewhere(site: Mapping[str, bytes], token: str, name: str | None) -> Answer:
    """Lead on to the page of a folder, or say that nothing is there."""
    if name is not None and f"{name}/index.html" in site:
        return Answer(_MOVED, {**_GUARDS, "Location": f"/{quote(name)}/", "Cache-Control": "no-store"}, b"")
    missing = site.get("404.html")
    if missing is None:
        return plain(_NOT_FOUND, "There is no such page.")
    return _page(_NOT_FOUND, missing, token)


def _name(path: str) -> str | None:
    """The file of the site that a path asks for; None for a path that no link of ours has."""
    segments = path.split("/")[1:]
    inner = segments[:-1]
    if "\\" in path or "\0" in path or "" in inner or any(s.startswith(".") for s in segments):
        return None
    return "/".join([*inner, segments[-1] or "index.html"])


def _page(status: int, content: bytes, token: str) -> Answer:
    """A page with the reload script, which is never written to disk."""
    tag = f'<script src="{RELOAD_SCRIPT}" data-events="{EVENTS}" data-token="{token}"></script>'
    body = content.replace(b"</head>", f"{tag}</head>".encode(), 1)
    return Answer(status, {**_GUARDS, "Content-Type": _TYPES["html"], "Cache-Control": "no-store"}, body)


def _file(name: str, content: bytes, if_none_match: str) -> Answer:
    """A file with a strong tag, so that an unchanged one is not sent again."""
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    tag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {**_GUARDS, "ETag": tag, "Cache-Control": "max-age=60" if name.endswith(".ics") else "no-cache"}
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    if tag in known or "*" in known:
        return Answer(_NOT_MODIFIED, headers, b"")
    return Answer(200, {**headers, "Content-Type": kind}, content)
