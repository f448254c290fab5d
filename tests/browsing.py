"""A real browser: the system's chromium, with nothing of anybody's in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from needs import needs_program
from server import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)


def until(page: Page, holds: str) -> None:
    """Wait for something that is true of a page, which may reload meanwhile.

    The library's own way of waiting evaluates a text within the page, which our pages forbid.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(Error):
            if page.evaluate(holds):
                return
        page.wait_for_timeout(20)
    pytest.fail(f"never: {holds}")


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """A chromium; every name below `.example` is this computer, as its owner can make it at any time."""
    program = needs_program("chromium")
    names = "--host-resolver-rules=MAP *.example 127.0.0.1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", names, *options])
        yield opened
        opened.close()


@contextmanager
def chromium_keeping(profile: Path) -> Iterator[BrowserContext]:
    """A chromium that leaves in a folder what browsers write down."""
    program = needs_program("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, args=["--no-sandbox"]
        )
        yield opened
        opened.close()
