"""Pictures of notes in a sealed site: they come out of envelopes, and nothing of them lies beside."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import chromium
from hosting import hosted
from intouch import project
from intouch.build import load, render
from photographs import CANARY, drawn, exif, saved
from sealed import unlocked, write_sealed

pytestmark = pytest.mark.browser


def test_a_picture_is_seen_by_whoever_unlocks_and_by_nobody_else(tmp_path: Path) -> None:
    contacts = tmp_path / "network" / "contacts"
    (contacts / "ann").mkdir(parents=True)
    (contacts / "ann.md").write_text("---\nname: Ann\n---\n![the room](ann/photo.jpg)\n", encoding="utf-8")
    (contacts / "ann" / "photo.jpg").write_bytes(saved(drawn(64, 48), "JPEG", exif=exif(6)))
    root = contacts.parent
    site = render(load(root, project.read_settings(root), date(2026, 11, 23))).site
    (inside,) = (path for path in site if path.startswith("files/"))
    folder = write_sealed(tmp_path / "sealed", site=site)
    written = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert {path.partition("/")[0] for path in written} == {"index.html", "a", "e"}
    secrets = (inside.encode(), CANARY.encode(), b"photo.jpg", site[inside][:64])
    assert not [path for path, content in written.items() if any(s in content for s in secrets)]
    asked: list[str] = []
    with chromium() as browser, hosted(folder) as base:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        unlocked(page, base, "people/ann/index.html")
        picture = page.get_by_role("img", name="the room")
        expect(picture).to_have_attribute("src", re.compile("^blob:"))
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        size = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"
        assert picture.evaluate(size) == [48, 64], "it stands upright"
    assert not [url for url in asked if "files/" in url]
