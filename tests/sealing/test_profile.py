"""What a browser leaves on the disk after a sealed dashboard was read in it: no key, no name, no title."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from browsing import chromium_keeping
from encodings_of_texts import base64_parts
from hosting import hosted
from sealed import KEYS, WORDS, unlock, write_sealed
from server import PATIENCE

pytestmark = pytest.mark.browser

STORED = base64.b64encode(KEYS.read)[:40]
NAMES = ("Priya", "Brightpath", "Ngaire", "Pōtiki", "education", "priya-nair", "potiki", "Keep in touch")


def forms(text: str) -> Iterator[bytes]:
    """A text as browsers write it down."""
    for word in {text, text.lower(), text.upper()}:
        yield word.encode()
        yield word.encode("utf-16-le")
        yield from (part.encode() for part in base64_parts(word))


def secrets() -> list[bytes]:
    keys = [KEYS.read, KEYS.siv, KEYS.names, KEYS.feed]
    written = [form for key in keys for form in (key, key.hex().encode(), base64.b64encode(key)[:40])]
    # A key in a structured clone of numbers would be in decimals.
    written += [",".join(map(str, key[:8])).encode() for key in keys]
    return [*written, *(form for text in (WORDS, *NAMES) for form in forms(text) if len(form) > 5)]


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # the browser is still at work
        return b""


def left_behind(profile: Path) -> list[tuple[str, bytes]]:
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 20
    wanted = secrets()
    return [
        (path.relative_to(profile).as_posix(), secret)
        for path in files
        for content in [content_of(path)]
        for secret in wanted
        if secret in content
    ]


def read_it(context: BrowserContext, address: str, keep: str = "") -> None:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Show").click()  # browsers like to remember what they show
    unlock(page, keep=keep)
    page.get_by_role("link", name="People").click()
    page.get_by_label("Contains").fill("potiki")
    page.get_by_label("Tag", exact=True).select_option("education")
    page.get_by_role("button", name="Show everyone").click()
    page.get_by_label("Tag", exact=True).select_option("education")
    page.get_by_role("link", name="Priya Nair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Nair")
    page.get_by_role("link", name="Brightpath College").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Organizations")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("potiki")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngaire Pōtiki")
    page.go_back()
    page.wait_for_timeout(1_500)  # the browser writes its session down now and then


def test_a_profile_on_the_disk_tells_nothing(tmp_path: Path) -> None:
    profile, found = tmp_path / "profile", {}
    with hosted(write_sealed(tmp_path / "site")) as address:
        for keep in ("", "remember for 14 days"):
            with chromium_keeping(profile) as context:
                read_it(context, address, keep)
                # The search does find a key that was stored, as was asked for and said: after a while.
                deadline = time.monotonic() + PATIENCE
                while keep and STORED not in {secret for _, secret in left_behind(profile)}:
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            found[keep] = {secret for _, secret in left_behind(profile)}
    assert found == {"": set(), "remember for 14 days": {STORED}}
