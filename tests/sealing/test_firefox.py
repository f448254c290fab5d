"""The sealed dashboard in a real Firefox: unlocking, going about, locking, and what is left on the disk."""

from __future__ import annotations

import base64
import shutil
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from needs import needs_program
from sealed import KEYS, WORDS, hosted, write_sealed

pytestmark = pytest.mark.browser

PATIENCE = 15.0


class Firefox:
    """A Firefox that is driven by its own protocol, Marionette."""

    def __init__(self, program: str, log: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the driver's own parts
            from marionette_driver.marionette import Marionette

            self._driver = Marionette(bin=program, headless=True, gecko_log=str(log), port=0)
            self._driver.start_session()

    def go(self, address: str) -> None:
        self._driver.navigate(address)

    def does(self, script: str) -> Any:
        return self._driver.execute_script(f"return {script}")

    def until(self, script: str, wanted: object) -> None:
        deadline = time.monotonic() + PATIENCE
        while (told := self.does(script)) != wanted:
            assert time.monotonic() < deadline, f"{script} stays {told!r}"
            time.sleep(0.02)

    def element(self, selector: str) -> Any:
        return self._driver.find_element("css selector", selector)

    def link(self, text: str) -> Any:
        return self._driver.find_element("link text", text)

    def unlock(self, passphrase: str = WORDS) -> None:
        self.element("#passphrase").clear()
        self.element("#passphrase").send_keys(passphrase)
        self.element("#open").click()

    def back(self) -> None:
        self._driver.go_back()

    def reload(self) -> None:
        self._driver.refresh()

    @property
    def profile(self) -> Path:
        return Path(str(self._driver.session_capabilities["moz:profile"]))

    def stop(self) -> None:
        """End the program and leave its profile where it is."""
        self._driver.quit(clean=False)

    def close(self) -> None:
        self._driver.cleanup()


HEADING = "document.querySelector('h1')?.textContent"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    opened = Firefox(shutil.which("firefox-esr") or needs_program("firefox"), tmp_path / "gecko.log")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sealed(tmp_path_factory.mktemp("sealed"))


def walk(firefox: Firefox, address: str) -> None:
    """Unlock and go about."""
    firefox.go(address)
    firefox.unlock("zeven")
    firefox.until("document.querySelector('#lock-said').textContent", "Wrong passphrase")
    firefox.unlock()
    firefox.until(HEADING, "Today")
    assert firefox.does("document.title") == "Unlocked"
    firefox.link("People").click()
    firefox.until(HEADING, "People")
    firefox.element("#f-q").send_keys("potiki")
    firefox.until("document.querySelector('#tally').textContent", "1 of 41 people")
    firefox.link("Ngaire Pōtiki").click()
    firefox.until(HEADING, "Ngaire Pōtiki")
    firefox.back()
    firefox.until(HEADING, "People")
    firefox.until("document.querySelector('#tally').textContent", "1 of 41 people")
    assert "potiki" not in firefox.does("location.href")


def test_firefox_opens_reads_and_locks(firefox: Firefox, folder: Path) -> None:
    for disk in (False, True):
        with hosted(folder) as served:
            walk(firefox, (folder / "index.html").as_uri() if disk else served)
            firefox.element("#lock-now").click()
            firefox.until(HEADING, "Locked")
            firefox.back()
            firefox.until(HEADING, "Locked")
            assert "Priya" not in firefox.does("document.documentElement.outerHTML")
            firefox.unlock()
            firefox.until(HEADING, "Today")
            firefox.reload()
            firefox.until(HEADING, "Locked")


def test_firefox_keeps_nothing_on_the_disk(firefox: Firefox, folder: Path) -> None:
    with hosted(folder) as served:
        walk(firefox, served)
        profile = firefox.profile
        firefox.stop()
    texts = [text for name in ("Pōtiki", "potiki", "Ngaire", WORDS) for text in (name, name.lower())]
    wanted = {form for text in texts for form in (text.encode(), text.encode("utf-16-le"))}
    wanted |= {KEYS.read, base64.b64encode(KEYS.read), KEYS.read.hex().encode()}
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 10
    left = [(path.name, one) for path in files for one in wanted if one in path.read_bytes()]
    assert left == []
