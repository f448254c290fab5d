"""In a real browser: the page is there, reloads by itself, and comes back after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from needs import needs_program
from server import PATIENCE, Served, serving, write_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = needs_program("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    opened.close()


def append(served: Served, line: str) -> None:
    with (served.root / "contacts" / "ann.md").open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")


def test_a_page_asks_nobody_else_and_reloads_on_a_save(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    with serving(write_notebook(tmp_path / "network")) as served:
        page.goto(f"{served.address}people/ann/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ann Bell")
        append(served, "- 2026-11-20 check-in: she moved to Perth")
        expect(page.get_by_text("she moved to Perth", exact=True)).to_be_visible(timeout=PATIENCE * 1000)
        assert {url.startswith((served.address, "data:")) for url in asked} == {True}
        assert said == []
        page.goto("about:blank")


def test_a_page_comes_back_after_a_restart(page: Page, tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    with serving(root) as served:
        page.goto(f"{served.address}people/ann/")
        port = str(served.port)
    with serving(root, "--port", port) as again:
        append(again, "- 2026-11-20 check-in: after the restart")
        expect(page.get_by_text("after the restart", exact=True)).to_be_visible(timeout=PATIENCE * 1000)
        page.goto("about:blank")
