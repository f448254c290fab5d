"""A real browser: the system's chromium, with nothing of anybody's in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from needs import needs_program


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """A chromium; every name below `.example` is this computer, as its owner can make it at any time."""
    program = needs_program("chromium")
    names = "--host-resolver-rules=MAP *.example 127.0.0.1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", names, *options])
        yield opened
        opened.close()
