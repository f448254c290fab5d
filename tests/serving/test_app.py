"""The web applications, asked as a server asks them."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from datetime import date
from typing import Any

from intouch.serving.answers import Door
from intouch.serving.app import dashboard
from intouch.serving.live import Live, Shown

SECRET, HOST = "a" * 26, "127.0.0.1:1"


def shown(text: bytes) -> Shown:
    return Shown({"index.html": text}, date(2026, 11, 23))


def test_what_changes_while_a_page_is_being_told_is_told_at_once() -> None:
    told: list[bytes] = []

    async def listen() -> None:
        live = Live(shown(b"one"))
        asked = {
            "type": "http",
            "method": "GET",
            "raw_path": f"/{SECRET}/_intouch/events".encode(),
            "query_string": b"page=index.html",
            "headers": [(b"host", HOST.encode())],
        }

        async def never() -> MutableMapping[str, Any]:
            return await asyncio.Future()

        async def slowly(message: MutableMapping[str, Any]) -> None:
            if b"data: " in message.get("body", b""):
                told.append(message["body"])
                if len(told) == 1:
                    live.show(shown(b"two"), None)  # the client takes it only now
                else:
                    live.close()

        async with asyncio.timeout(5):
            await dashboard(live, Door(frozenset({HOST}), SECRET))(asked, never, slowly)

    asyncio.run(listen())
    assert len(set(told)) == 2
