"""In a real browser: the page is there, reloads when it changed and only then, and tells what was broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import until
from server import CARD, PATIENCE, SETTINGS, Served, serving, write_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for all tests that leave it running, with two people whom nothing is wrong with."""
    with serving(write_notebook(tmp_path_factory.mktemp("served") / "network")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context()) as context:
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE * 1000)
        yield opened


def append(served: Served, line: str) -> None:
    with (served.root / "contacts" / "ann.md").open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")


def test_a_page_asks_nobody_else_and_reloads_on_a_save(page: Page, served: Served) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{served.address}people/ann/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ann Bell")
    append(served, "- 2026-11-20 check-in: she moved to Perth")
    expect(page.get_by_text("she moved to Perth", exact=True)).to_be_visible()
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
        expect(page.get_by_text("after the restart", exact=True)).to_be_visible()
        page.goto("about:blank")


HIDDEN = "Object.defineProperty(document, 'visibilityState', { get: () => window.seen ?? 'hidden' })"
COUNTED = """() => {
  sessionStorage.setItem("loads", Number(sessionStorage.getItem("loads") ?? 0) + 1);
}"""


def loads(page: Page) -> int:
    """How often this page was loaded."""
    return int(page.evaluate("sessionStorage.getItem('loads')"))


def test_a_page_reloads_only_when_its_own_bytes_change(page: Page, served: Served) -> None:
    page.add_init_script(f"({COUNTED})()")
    page.goto(f"{served.address}people/ben/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben Cho")
    append(served, "- 2026-11-20 check-in: of Ann alone")
    served.until("/people/ann/", lambda answer: "of Ann alone" in answer.text)
    card = served.root / "contacts" / "ben.md"
    card.touch()
    other = page.context.new_page()
    other.goto(f"{served.address}people/ann/")
    append(served, "- 2026-11-21 check-in: again of Ann")
    expect(other.get_by_text("again of Ann", exact=True)).to_be_visible()
    other.close()
    assert loads(page) == 1
    card.write_text(card.read_text("utf-8") + "- 2026-11-21 check-in: of Ben\n", encoding="utf-8")
    expect(page.get_by_text("of Ben", exact=True)).to_be_visible()
    assert loads(page) == 2
    page.goto("about:blank")


def test_a_page_reloads_when_its_style_changes_and_stays_where_it_was(page: Page, tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card = root / "contacts" / "ann.md"
    story = "\n\n".join(f"Paragraph {number}." for number in range(200))
    card.write_text(card.read_text("utf-8").replace("## Log", f"{story}\n\n## Log"), encoding="utf-8")
    with serving(root) as served:
        page.goto(f"{served.address}people/ann/")
        page.get_by_text("Paragraph 150.", exact=True).scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        assert before > 1000
        assets = root / "site_templates" / "assets"
        assets.mkdir(parents=True)
        (assets / "style.css").write_text("h1 { color: rgb(1, 2, 3) } p { margin: 1em }", encoding="utf-8")
        until(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
        page.evaluate("document.querySelectorAll('p')[120].scrollIntoView()")
        before = page.evaluate("scrollY")
        append(served, "- 2026-11-20 check-in: below")
        expect(page.get_by_text("below", exact=True)).to_be_attached()
        # The browser keeps to what was looked at: a line more above it moves it down.
        until(page, f"scrollY >= {before} && scrollY < {before} + 150")
        page.goto("about:blank")


def test_a_missing_page_works_and_becomes_the_page_that_is_written(page: Page, tmp_path: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    settings = f'{SETTINGS}[site]\nbase_url = "https://me.example/x"\n'
    with serving(write_notebook(tmp_path / "network", settings)) as served:
        page.goto(f"{served.address}people/cleo/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "its style is there"
        assert len(said) == 1, "of the missing page itself"
        text = CARD.format(name="Cleo Drew", text="new")
        (served.root / "contacts" / "cleo.md").write_text(text, encoding="utf-8")
        expect(page.get_by_role("heading", level=1)).to_have_text("Cleo Drew")
        page.goto(f"{served.address}nowhere/at/all/")
        page.get_by_role("navigation").get_by_role("link", name="People").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("People")
        page.goto("about:blank")


def test_what_was_just_broken_is_told_over_the_page(page: Page, served: Served) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    alert = page.get_by_role("alert")
    page.goto(f"{served.address}people/ann/")
    card = served.root / "contacts" / "ben.md"
    good = card.read_text(encoding="utf-8")
    card.write_text(good.replace("cadence: every", "cadence: evry <b>"), encoding="utf-8")
    expect(alert).to_contain_text("1 error in contacts/ben.md")
    expect(alert).to_contain_text("cadence: evry <b> 3 months")
    expect(alert).to_contain_text("contacts/ben.md:3:10")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ann Bell")
    page.keyboard.press("Escape")
    expect(alert).to_have_count(0)
    page.reload()
    expect(page.get_by_text("needs mending")).to_be_visible()
    page.wait_for_timeout(300)
    expect(alert).to_have_count(0)
    card.write_text(good.replace("cadence: every", "cadence: evrx"), encoding="utf-8")
    expect(alert).to_contain_text("evrx")
    page.get_by_role("button", name="Dismiss").click()
    expect(alert).to_have_count(0)
    card.write_text(good.replace("cadence: every", "cadence: evr"), encoding="utf-8")
    expect(alert).to_be_visible()
    card.write_text(good, encoding="utf-8")
    expect(alert).to_have_count(0)
    assert said == []
    page.goto("about:blank")


def test_what_was_broken_from_the_start_is_left_to_the_banner(page: Page, tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card = root / "contacts" / "ben.md"
    card.write_text(card.read_text("utf-8").replace("cadence: every", "cadence: evry"), encoding="utf-8")
    with serving(root) as served:
        page.goto(served.address)
        expect(page.get_by_text("needs mending")).to_be_visible()
        append(served, "- 2026-11-20 chek-in")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("1 error in contacts/ann.md")
        expect(alert).not_to_contain_text("ben.md")
        page.goto("about:blank")


def test_a_notebook_that_is_moved_away_is_told_and_found_again(page: Page, tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    alert = page.get_by_role("alert")
    with serving(root, quick=True) as served:
        page.goto(f"{served.address}people/ann/")
        for folder in (root, root / "contacts"):
            away = folder.rename(tmp_path / "elsewhere")
            expect(alert).to_contain_text("The notebook is gone")
            assert str(tmp_path) not in alert.inner_text()
            expect(page.get_by_role("heading", level=1)).to_have_text("Ann Bell")
            away.rename(folder)
            expect(alert).to_have_count(0)
        append(served, "- 2026-11-20 check-in: back again")
        expect(page.get_by_text("back again", exact=True)).to_be_visible()
        page.goto("about:blank")


def test_many_open_pages_do_not_use_up_the_browsers_connections(browser: Browser, served: Served) -> None:
    with closing(browser.new_context()) as context:
        for _ in range(5):
            context.new_page().goto(served.address)
        hidden = context.new_page()
        # As a browser does with a page in the background; headless, every page counts as seen.
        hidden.add_init_script(HIDDEN)
        hidden.goto(f"{served.address}people/ann/")
        context.new_page().goto(f"{served.address}people/ben/", timeout=PATIENCE * 1000)
        append(served, "- 2026-11-20 check-in: while nobody looked")
        served.until("/people/ann/", lambda answer: "while nobody looked" in answer.text)
        assert hidden.get_by_text("while nobody looked", exact=True).count() == 0
        context.pages[0].close()
        hidden.evaluate("seen = 'visible'; dispatchEvent(new Event('visibilitychange'))")
        expect(hidden.get_by_text("while nobody looked", exact=True)).to_be_visible()
