"""The web application: checks who asks, answers from memory, and tells pages when to reload."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from intouch.serving.answers import EVENTS, Answer, answer, refusal
from intouch.serving.live import Live

_HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is alive, so that a gone browser is noticed."""


def make_app(live: Live, hosts: frozenset[str]) -> ASGIApp:
    """Make the application that serves `live` under exactly these hosts (with their port)."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        refused = refusal(request.method, request.headers.get("host", ""), hosts)
        if refused is not None:
            response = _response(refused)
        elif request.url.path == EVENTS:
            response = _events(live, refused_body=request.method == "HEAD")
        else:
            tags = request.headers.get("if-none-match", "")
            response = _response(answer(live.site, live.token, scope["path"], tags))
        await response(scope, receive, send)

    return app


def _response(found: Answer) -> Response:
    return Response(found.body, found.status, dict(found.headers))


def _events(live: Live, *, refused_body: bool) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if refused_body:
        return Response(b"", 200, headers, "text/event-stream")
    return StreamingResponse(_tokens(live), 200, headers, "text/event-stream")


async def _tokens(live: Live) -> AsyncIterator[bytes]:
    """The site's token, now and after each change; nothing that tells what changed."""
    yield b"retry: 500\n\n"
    told = ""
    while not live.closing:
        yield b": still here\n\n" if told == live.token else f"data: {live.token}\n\n".encode()
        told = live.token
        await live.wait(_HEARTBEAT)
