"""The sample notebook sealed, and how its pages are opened in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Page, expect

from intouch import project
from intouch.build import load, render
from intouch.publication import Publication
from intouch.sealing import slots
from intouch.sealing.envelopes import envelope_name
from intouch.sealing.feeds import publication
from intouch.sealing.keys import Keys, derived
from intouch.sealing.lockfile import FEWEST_ITERATIONS, Lock
from intouch.sealing.site import sealed_site

ROOT = Path(__file__).parent.parent
KEYS = derived(bytes(range(32)))
WORDS = "zeven blauwe fietsen zonder bel"
PASSPHRASES = (WORDS, "caf\u00e9 purple monkey dish washer")


@lru_cache(maxsize=1)
def lock() -> Lock:
    """The slots of the sample's key, quick to open."""
    made = (slots.filled(KEYS, words, iterations=FEWEST_ITERATIONS) for words in PASSPHRASES)
    return Lock(KEYS.site, tuple(made))


@lru_cache(maxsize=1)
def plain_site() -> Mapping[str, bytes]:
    """The sample notebook's pages, as they go into the envelopes."""
    read = project.read_settings(ROOT)
    today = read.settings.demo_today
    assert today is not None
    return render(load(ROOT, read, today), publication=publication(KEYS, read.settings, today)).site


def write_sealed(folder: Path, keys: Keys = KEYS, site: Mapping[str, bytes] | None = None) -> Path:
    """Write a sealed site; the sample's, unless another is given."""
    read = project.read_settings(ROOT)
    today = read.settings.demo_today
    assert today is not None
    published = publication(keys, read.settings, today) if site is None else Publication(feeds=())
    made = sealed_site(plain_site() if site is None else site, keys, Lock(keys.site, lock().slots), published)
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def address_of(path: str) -> str:
    """The fragment of a page's address: `people/index.html` → `#/…`."""
    return f"#/{envelope_name(KEYS, path)}"


def unlock(page: Page, passphrase: str = WORDS, keep: str = "") -> None:
    """Type a passphrase and press the button."""
    page.get_by_label("Passphrase").fill(passphrase)
    if keep:
        page.get_by_label(keep).check()
    page.get_by_role("button", name="Unlock").click()


def unlocked(page: Page, address: str, path: str = "", keep: str = "") -> None:
    """Open a page of the sealed site with the right passphrase."""
    page.goto(address + (address_of(path) if path else ""))
    unlock(page, keep=keep)
    expect(page.get_by_role("button", name="Lock", exact=True)).to_be_visible()


def expect_locked(page: Page) -> None:
    """The locked page is there, with nothing behind it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Locked")
    expect(page).to_have_title("Locked")
    text = page.content()
    for name in ("Priya", "Brightpath", "Ngaire", "education", "people/"):
        assert name not in text
