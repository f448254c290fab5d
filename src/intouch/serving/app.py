"""The web applications: the dashboard, and the feed alone for the local network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import parse_qs

from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from intouch.serving.answers import Answer, Door, Stream, answer, answer_feed
from intouch.serving.guards import Asked
from intouch.serving.live import Live

_HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is alive, so that a gone browser is noticed."""


def dashboard(live: Live, door: Door) -> ASGIApp:
    """Make the application that serves the whole site."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        found = answer(_asked(scope), live, door, _page(scope["query_string"]))
        await _response(found, live, scope)(scope, receive, send)

    return app


def feed_alone(live: Live, door: Door) -> ASGIApp:
    """Make the application that knows no other path than the feed's."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        await _response(answer_feed(_asked(scope), live, door), live, scope)(scope, receive, send)

    return app


def _page(query: bytes) -> str:
    """The page that a query names; nothing where it names none as our own script does."""
    with suppress(ValueError):
        return parse_qs(query.decode("ascii"), max_num_fields=1, errors="strict").get("page", [""])[0]
    return ""


def _asked(scope: Scope) -> Asked:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    size = sum(len(name) + len(value) for name, value in scope["headers"])
    size += len(scope["raw_path"]) + len(scope["query_string"])
    return Asked(scope["method"], scope["raw_path"], headers, size)


def _response(found: Answer | Stream, live: Live, scope: Scope) -> Response:
    if isinstance(found, Answer):
        return Response(found.body, found.status, dict(found.headers))
    if scope["method"] == "HEAD":
        return Response(b"", 200, dict(found.headers), "text/event-stream")
    return StreamingResponse(_tokens(live, found.page), 200, dict(found.headers), "text/event-stream")


async def _tokens(live: Live, page: str) -> AsyncIterator[bytes]:
    """The tokens of the page and of what is broken, now and after each change; nothing else."""
    yield b"retry: 500\n\n"
    told = ""
    while not live.closing:
        change = live.next_change
        now = f"{live.token(page)} {live.trouble.token if live.trouble else '-'}"
        yield b": still here\n\n" if told == now else f"data: {now}\n\n".encode()
        told = now
        with suppress(TimeoutError):
            async with asyncio.timeout(_HEARTBEAT):
                await change.wait()
