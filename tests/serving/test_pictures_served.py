"""Pictures while the notebook is served: their changes are seen, and they are sent as what they are."""

from __future__ import annotations

import re
from pathlib import Path

from photographs import CANARY, gif, jpeg, png, webp
from server import Reply, Served, serving, write_notebook

ADDRESS = re.compile(r'<img src="\.\./\.\./(files/[^"]+)"')
TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def shown(reply: Reply) -> list[str]:
    return ADDRESS.findall(reply.text)


def sent(served: Served, address: str) -> Reply:
    reply = served.ask(address)
    assert reply.status == 200
    assert reply.headers["content-type"] == TYPES[address.rpartition(".")[2]]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert CANARY.encode() not in reply.body
    return reply


def test_a_picture_comes_changes_and_goes(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    note = root / "contacts" / "ann" / "2026-11-03-note.md"
    note.parent.mkdir()
    note.write_text("![the room](photo.jpg)", encoding="utf-8")
    photo = note.with_name("photo.jpg")
    with serving(root) as served:
        assert "an attached file, photo.jpg" in served.ask("people/ann/").text
        seen: set[str] = set()
        for content in (jpeg(), png(), gif(), webp(), jpeg(6)):
            photo.write_bytes(content)
            reply = served.until("people/ann/", lambda r: bool(set(shown(r)) - seen))
            (address,) = shown(reply)
            sent(served, address)
            assert {served.ask(old).status for old in seen} <= {404}, "only what a page shows is there"
            seen.add(address)
        photo.unlink()
        served.until("people/ann/", lambda r: "an attached file, photo.jpg" in r.text)
        assert served.ask("contacts/ann/photo.jpg").status == 404
        assert served.ask("files/").status == 404
