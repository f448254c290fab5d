"""The sealed dashboard in a real Firefox and a real WebKit: who sees it, and what is left on the disk."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from driven import Driven, Firefox, WebKit
from hosting import hosted
from sealed import KEYS, WORDS, write_sealed

pytestmark = pytest.mark.browser

HEADING = "document.querySelector('h1')?.textContent"
SAID = "document.querySelector('#lock-said').textContent"
TROUBLE = "document.querySelector('#lock-trouble').textContent"
TALLY = "document.querySelector('#tally').textContent"
UNLOCKING = "document.querySelector('#unlock').hidden"


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    opened: Driven = request.param(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    opened = Firefox(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sealed(tmp_path_factory.mktemp("sealed"))


def unlock(browser: Driven, passphrase: str = WORDS) -> None:
    browser.type("#passphrase", passphrase)
    browser.click("#open")


def walk(browser: Driven, address: str) -> None:
    """Unlock and go about."""
    browser.go(address)
    unlock(browser, "zeven")
    browser.until(SAID, "Wrong passphrase")
    browser.click("#reveal")  # a field that shows what is typed is one that browsers like to remember
    unlock(browser)
    browser.until(HEADING, "Today")
    assert browser.does("document.title") == "Unlocked"
    browser.follow("People")
    browser.until(HEADING, "People")
    browser.type("#f-q", "potiki")
    browser.until(TALLY, "1 of 41 people")
    browser.follow("Ngaire Pōtiki")
    browser.until(HEADING, "Ngaire Pōtiki")
    browser.back()
    browser.until(HEADING, "People")
    browser.until(TALLY, "1 of 41 people")
    assert "potiki" not in browser.does("location.href")


def test_it_opens_reads_and_locks(browser: Driven, folder: Path) -> None:
    for disk in (False, True):
        with hosted(folder) as served:
            walk(browser, (folder / "index.html").as_uri() if disk else served)
            browser.click("#lock-now")
            browser.until(HEADING, "Locked")
            browser.back()
            browser.until(HEADING, "Locked")
            assert "Priya" not in browser.does("document.documentElement.outerHTML")
            unlock(browser)
            browser.until(HEADING, "Today")
            browser.reload()
            browser.until(HEADING, "Locked")


def test_a_new_tab_asks_again(browser: Driven, folder: Path) -> None:
    with hosted(folder) as served:
        browser.go(served)
        unlock(browser)
        browser.until(HEADING, "Today")
        browser.follow("People")
        browser.until(HEADING, "People")
        page = browser.does("location.href")
        browser.new_tab()
        browser.go(page)
        browser.until(HEADING, "Locked")
        assert "Priya" not in browser.does("document.documentElement.outerHTML")
        unlock(browser)
        browser.until(HEADING, "People")


def test_left_and_come_back_to_it_is_locked(browser: Driven, folder: Path) -> None:
    with hosted(folder) as served:
        browser.go(served)
        unlock(browser)
        browser.until(HEADING, "Today")
        browser.go(f"{served}a/lock.js")
        browser.back()
        browser.until(HEADING, "Locked")
        assert "Priya" not in browser.does("document.documentElement.outerHTML")
        assert browser.does("document.title") == "Locked"


def test_fifteen_minutes_without_a_touch_lock(browser: Driven, folder: Path) -> None:
    with hosted(folder) as served:
        browser.go(served)
        unlock(browser)
        browser.until(HEADING, "Today")
        browser.later(minutes=14)
        browser.does("document.dispatchEvent(new Event('visibilitychange'))")
        assert browser.does(HEADING) == "Today"
        browser.later(minutes=2)
        browser.until(HEADING, "Locked")
        browser.until(SAID, "Locked after 15 minutes without a touch.")
        assert "Priya" not in browser.does("document.documentElement.outerHTML")


def test_it_does_not_open_inside_another_page(browser: Driven, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "inside").symlink_to(folder)
    (tmp_path / "index.html").write_text('<iframe src="inside/index.html" width="900" height="700"></iframe>')
    with hosted(tmp_path) as framing:
        browser.go(framing)  # of one origin, so that the test may look into the frame
        inside = "document.querySelector('iframe').contentDocument.querySelector"
        browser.until(f"{inside}('#lock-trouble')?.textContent.includes('inside another one')", wanted=True)
        assert browser.does(f"{inside}('#unlock').hidden")


def own_address() -> str:
    """The address of this computer on its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("NOT TESTED: this computer is on no network")
        return str(probe.getsockname()[0])


def test_plain_http_from_the_network_says_why_it_cannot_decrypt(browser: Driven, folder: Path) -> None:
    with hosted(folder, own_address()) as served:
        browser.go(served)
        browser.until("isSecureContext", wanted=False)
        browser.until(f"{TROUBLE}.includes('Browsers decrypt only on https')", wanted=True)
        assert browser.does(UNLOCKING)


def unpacked(content: bytes) -> bytes:
    """A file as it is, and what is in it where Firefox has packed it (mozLz4, a block of LZ4)."""
    if not content.startswith(b"mozLz40\0"):
        return content
    packed, told, at = content[12:], bytearray(), 0

    def length(nibble: int, at: int) -> tuple[int, int]:
        while nibble >= 15 and (more := packed[at]) is not None:
            nibble, at = nibble + more, at + 1
            if more < 255:
                break
        return nibble, at

    while at < len(packed):
        token, at = packed[at], at + 1
        size, at = length(token >> 4, at)
        told += packed[at : at + size]
        at += size
        if at >= len(packed):
            break
        back, at = int.from_bytes(packed[at : at + 2], "little"), at + 2
        size, at = length(token & 15, at)
        for _ in range(size + 4):
            told.append(told[-back])
    return content + bytes(told)


def test_firefox_keeps_nothing_on_the_disk(firefox: Firefox, folder: Path) -> None:
    with hosted(folder) as served:
        walk(firefox, served)
        profile = firefox.profile
        firefox.stop()
    texts = [text for name in ("Pōtiki", "potiki", "Ngaire", WORDS) for text in (name, name.lower())]
    wanted = {form for text in texts for form in (text.encode(), text.encode("utf-16-le"))}
    wanted |= {KEYS.read, base64.b64encode(KEYS.read), KEYS.read.hex().encode()}
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    contents = {path.name: unpacked(path.read_bytes()) for path in files}
    assert len(files) > 10
    assert [(name, one) for name, content in contents.items() for one in wanted if one in content] == []
    # What is packed is looked into: the session that Firefox wrote down knows where one was.
    packed = [name for name, content in contents.items() if content.startswith(b"mozLz40")]
    assert any(served.encode() in contents[name] for name in packed), packed
