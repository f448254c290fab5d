"""What to answer to a request: a function of what is shown, the path and a few headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import quote

from intouch.publication import FEED
from intouch.serving.guards import (
    FILE_POLICY,
    HEADERS,
    PAGE_POLICY,
    Asked,
    brings_a_body,
    foreign,
    inside,
    known_host,
    segments,
    too_large,
)
from intouch.serving.live import Live
from intouch.serving.pages import MISSING, OWN, page, rebased

EVENTS = f"{OWN}/events"
TROUBLE = f"{OWN}/trouble.json"

_OWN_FILES = frozenset({f"{OWN}/reload.js", f"{OWN}/overlay.css"})
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
_BAD_REQUEST = 400
_FORBIDDEN = 403
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_NOT_MODIFIED = 304
_MOVED = 307
_TOO_LARGE = 431
_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, ready to be sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer is the event stream of a page."""

    headers: Mapping[str, str]
    page: str


@dataclass(frozen=True, slots=True)
class Door:
    """Where one is let in.

    Attributes:
        hosts: exactly these, with their port.
        secret: the first part of every path.
    """

    hosts: frozenset[str]
    secret: str

    @property
    def base(self) -> str:
        """The path that leads to the site."""
        return f"/{self.secret}/"


NOWHERE = "There is nothing here. Open the address that intouch printed."


def plain(status: int, text: str, **more: str) -> Answer:
    """A short text for people; it shows no path and no name."""
    return Answer(status, {**_guarded(_TYPES["txt"]), **more}, f"{text}\n".encode())


def answer(asked: Asked, live: Live, door: Door, query: str = "") -> Answer | Stream:
    """Answer a request for the dashboard.

    Args:
        asked: the request.
        live: what is shown.
        door: where it must have come in.
        query: decoded value of `page` in the query, for the event stream.
    """
    parts = segments(asked.target)
    stranger = _stranger(asked, door)
    if stranger is not None:
        return stranger
    if parts is None or not inside(parts, door.secret):
        # Whoever does not know the secret learns nothing, whatever they ask.
        return plain(_NOT_FOUND, NOWHERE)
    name = "/".join(parts[1:])
    refused = _refused(asked, name)
    if refused is not None:
        return refused
    if len(parts) == 1:
        return _moved(door.base)
    if name == EVENTS:
        return Stream(_guarded(), query)
    return _found(asked, live, door, f"{name}index.html" if parts[-1] == "" else name)


def answer_feed(asked: Asked, live: Live, door: Door) -> Answer:
    """Answer a request on the local network, where there is exactly one path: the feed's."""
    parts = segments(asked.target)
    known = parts is not None and len(parts) == 1 and inside(parts, f"{door.secret}.ics")
    here = _refused(asked, FEED) or _feed(asked, live, FEED) if known else plain(_NOT_FOUND, NOWHERE)
    return _stranger(asked, door) or here


def _stranger(asked: Asked, door: Door) -> Answer | None:
    """Why a request is not even looked at; None where it is."""
    if not known_host(asked, door.hosts):
        return plain(_FORBIDDEN, NOWHERE)
    if too_large(asked):
        return plain(_TOO_LARGE, "That is more than a browser asks.", Connection="close")
    return None


def _refused(asked: Asked, name: str) -> Answer | None:
    """Why a request is not answered, though it knows the path; None where it is."""
    if foreign(asked, name):
        return plain(_FORBIDDEN, NOWHERE)
    if asked.method not in {"GET", "HEAD"}:
        return plain(_NOT_ALLOWED, "Only reading is possible here.", Allow="GET, HEAD", Connection="close")
    if brings_a_body(asked):
        return plain(_BAD_REQUEST, "A request to read brings nothing along.", Connection="close")
    return None


def _found(asked: Asked, live: Live, door: Door, name: str) -> Answer:
    if name.startswith(f"{OWN}/"):
        return _own(asked, live, name) or _missing(live, door, name)
    if _is_feed(name) and (name in live.site or FEED not in live.site):
        return _feed(asked, live, name)
    content = live.site.get(name)
    if content is None:
        return (
            _moved(f"{door.base}{quote(name)}/")
            if f"{name}/index.html" in live.site
            else _missing(live, door, name)
        )
    return _page(200, content, name, live, door) if name.endswith(".html") else _file(asked, name, content)


def _own(asked: Asked, live: Live, name: str) -> Answer | None:
    """What serves the site and is not part of it."""
    if name == TROUBLE:
        return Answer(200, _guarded(_TYPES["json"]), live.trouble.body if live.trouble else b"null")
    if name in _OWN_FILES:
        return _file(asked, name, files("intouch.serving").joinpath(name.rpartition("/")[2]).read_bytes())
    return None


def _missing(live: Live, door: Door, name: str) -> Answer:
    content = live.site.get(MISSING)
    if content is None:
        return plain(_NOT_FOUND, "There is no such page.")
    return _page(_NOT_FOUND, rebased(content, live.shown.root, door.base), name, live, door)


def _is_feed(name: str) -> bool:
    return name.endswith(".ics")


def _feed(asked: Asked, live: Live, name: str) -> Answer:
    content = live.site.get(name)
    if content is None:
        # A page in the feed's place, or an empty one, would wipe the subscriber's calendar.
        return plain(_UNAVAILABLE, "The notebook has errors; the feed comes back when they are mended.")
    return _file(asked, name, content)


def _page(status: int, content: bytes, name: str, live: Live, door: Door) -> Answer:
    body = page(content, name=name, base=door.base, token=live.token(name))
    return Answer(status, _guarded(_TYPES["html"], policy=PAGE_POLICY), body)


def _file(asked: Asked, name: str, content: bytes) -> Answer:
    """A file with a strong tag, so that an unchanged one is not sent again."""
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    tag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {**_guarded(kind, caching="max-age=60" if _is_feed(name) else "no-cache"), "ETag": tag}
    known = {each.strip().removeprefix("W/") for each in asked.header("if-none-match").split(",")}
    if tag in known or "*" in known:
        return Answer(_NOT_MODIFIED, {k: v for k, v in headers.items() if k != "Content-Type"}, b"")
    return Answer(200, headers, content)


def _moved(location: str) -> Answer:
    return Answer(_MOVED, {**_guarded(), "Location": location}, b"")


def _guarded(kind: str = "", *, caching: str = "no-store", policy: str = FILE_POLICY) -> dict[str, str]:
    """What the head of every answer says, whatever it brings; one without a body has no kind."""
    typed = {"Content-Type": kind} if kind else {}
    return {**HEADERS, "Content-Security-Policy": policy, **typed, "Cache-Control": caching}
