"""Browsers other than chromium, each driven by the protocol that it brings along: Firefox, and WebKit."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import warnings
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from needs import needs_program

PATIENCE = 15.0


class Driven(ABC):
    """A browser with one page."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Open an address."""

    @abstractmethod
    def does(self, script: str) -> Any:
        """What an expression gives."""

    @abstractmethod
    def type(self, selector: str, text: str) -> None:
        """Type a text into a field, in place of what is there."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Press a button or follow a link."""

    @abstractmethod
    def back(self) -> None:
        """Go back."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page anew."""

    @abstractmethod
    def new_tab(self) -> None:
        """Open another tab beside this one, and look at that from now on."""

    @abstractmethod
    def later(self, minutes: int) -> None:
        """Let the page's clock go forward; its timers do not know."""

    @abstractmethod
    def close(self) -> None:
        """End the program and remove what it left."""

    def until(self, script: str, wanted: object) -> None:
        """Wait for an expression to give a value."""
        deadline = time.monotonic() + PATIENCE
        while (told := self.does(script)) != wanted:
            assert time.monotonic() < deadline, f"{script} stays {told!r}"
            time.sleep(0.02)

    def follow(self, words: str) -> None:
        """Follow the link of these words."""
        script = "[...document.links].findIndex(a => a.textContent.trim() === " + json.dumps(words) + ")"
        self.until(f"{script} >= 0", wanted=True)
        self.does(f"document.links[{script}].click()")


class Firefox(Driven):
    """A Firefox that is driven by Marionette."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("firefox-esr") or needs_program("firefox")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the driver's own parts
            from marionette_driver.marionette import Marionette

            log = str(folder / "gecko.log")
            self._driver = Marionette(bin=program, headless=True, gecko_log=log, port=0)
            self._driver.start_session()

    def go(self, address: str) -> None:
        self._driver.navigate(address)

    def does(self, script: str) -> Any:
        return self._driver.execute_script(f"return {script}")

    def _element(self, selector: str) -> Any:
        return self._driver.find_element("css selector", selector)

    def type(self, selector: str, text: str) -> None:
        self._element(selector).clear()
        self._element(selector).send_keys(text)

    def click(self, selector: str) -> None:
        self._element(selector).click()

    def back(self) -> None:
        self._driver.go_back()

    def reload(self) -> None:
        self._driver.refresh()

    def new_tab(self) -> None:
        self._driver.switch_to_window(self._driver.open(type="tab", focus=True)["handle"])

    def later(self, minutes: int) -> None:
        # What scripts of a driver see of a page is a copy, but for this.
        ahead = f"(now => () => now + {minutes * 60_000})(window.wrappedJSObject.Date.now())"
        self._driver.execute_script(f"window.wrappedJSObject.Date.now = {ahead}")

    @property
    def profile(self) -> Path:
        return Path(str(self._driver.session_capabilities["moz:profile"]))

    def stop(self) -> None:
        """End the program and leave its profile where it is."""
        self._driver.quit(clean=False)

    def close(self) -> None:
        self._driver.cleanup()


class WebKit(Driven):
    """WebKitGTK's own small browser, driven by WebDriver, on a screen that nobody sees."""

    def __init__(self, folder: Path) -> None:
        driver, screen = needs_program("WebKitWebDriver"), needs_program("Xvfb")
        told, tells = os.pipe()
        self._screen = subprocess.Popen(
            [screen, "-displayfd", str(tells), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
            pass_fds=[tells],
            stderr=subprocess.DEVNULL,
        )
        os.close(tells)
        with os.fdopen(told) as number:
            display = f":{number.readline().strip()}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        surroundings = {
            **os.environ,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            # Within a container it has no walls of its own to build.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        with (folder / "webkit.log").open("w") as log:
            self._driver = subprocess.Popen(
                [driver, f"--port={port}"], env=surroundings, stdout=log, stderr=log
            )
        self._base = f"http://127.0.0.1:{port}"
        self._session = ""
        try:
            self._wait_for(port)
            capabilities = {"browserName": "MiniBrowser"}
            begun = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
            self._session = f"/session/{begun['sessionId']}"
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _wait_for(port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                assert time.monotonic() < deadline, "the driver does not answer"
                time.sleep(0.05)
            else:
                return

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._base + self._session + path, data, method=method)  # noqa: S310 - our own driver
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - likewise
            return json.load(answer)["value"]

    def _element(self, selector: str) -> str:
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        return f"/element/{next(iter(found.values()))}"

    def go(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def does(self, script: str) -> Any:
        return self._ask("POST", "/execute/sync", {"script": f"return {script}", "args": []})

    def type(self, selector: str, text: str) -> None:
        element = self._element(selector)
        self._ask("POST", f"{element}/clear", {})
        self._ask("POST", f"{element}/value", {"text": text})

    def click(self, selector: str) -> None:
        self._ask("POST", f"{self._element(selector)}/click", {})

    def back(self) -> None:
        self._ask("POST", "/back", {})

    def reload(self) -> None:
        self._ask("POST", "/refresh", {})

    def new_tab(self) -> None:
        self._ask("POST", "/window", {"handle": self._ask("POST", "/window/new", {"type": "tab"})["handle"]})

    def later(self, minutes: int) -> None:
        self.does(f"(now => {{ Date.now = () => now + {minutes * 60_000} }})(Date.now())")

    def close(self) -> None:
        try:
            if self._session:
                self._ask("DELETE", "")
        finally:
            for program in (self._driver, self._screen):
                program.terminate()
                program.wait()
