"""In a real browser: pages of other sites, and names that were pointed at this computer, read nothing.

They know the secret address here, which they would have to guess first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hosting import listening
from server import PATIENCE, Served, serving, write_notebook

pytestmark = pytest.mark.browser

NAMES = re.compile("Ann Bell|Ben Cho|said by")
PATHS = (
    "",
    "people/ann/",
    "find.json",
    "check-ins.ics",
    "_intouch/trouble.json",
    "_intouch/events",
    "icon.svg",
)

ATTACK = (Path(__file__).parent / "attack.js").read_text(encoding="utf-8")


class Attacker(BaseHTTPRequestHandler):
    """A page of another site."""

    def do_GET(self) -> None:
        body = b"<!DOCTYPE html><title>evil</title><body></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Careless(Attacker):
    """A server as many are: it answers everybody."""

    def do_GET(self) -> None:
        body = b"<!DOCTYPE html><title>mine</title><body>said by Ann Bell</body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_notebook(tmp_path_factory.mktemp("served") / "network")) as running:
        assert NAMES.search(running.ask("/people/ann/").text)
        assert NAMES.search(running.ask("/find.json").text)
        yield running


@pytest.fixture(scope="module")
def attacker() -> Iterator[int]:
    with listening(Attacker) as port:
        yield port


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    context.close()


def attacked(page: Page, urls: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(page.evaluate(ATTACK, list(urls)))
    return found


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("evil.example", "127.0.0.1"),
        ("evil.example", "localhost"),
        ("evil.example", "evil.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
    ],
)
def test_a_page_of_another_site_reads_nothing(
    page: Page, served: Served, attacker: int, name: str, host: str
) -> None:
    page.goto(f"http://{name}:{attacker}/")
    base = f"http://{host}:{served.port}{served.base}"
    found = attacked(page, [base + path for path in PATHS])
    assert len(found["read"]) > 50
    assert not [line for line in found["read"] if NAMES.search(line)]
    # A page that is opened in a window of its own is the only thing that loads, and cannot be read.
    assert not [what for what in found["loaded"] if not what.startswith(("object", "embed", "iframe"))]
    for frame in page.frames[1:]:
        assert not NAMES.search(frame.content())


def test_the_attack_would_read_from_a_careless_server(page: Page, attacker: int) -> None:
    with listening(Careless) as port:
        page.goto(f"http://evil.example:{attacker}/")
        found = attacked(page, [f"http://127.0.0.1:{port}/"])
        assert [line for line in found["read"] if NAMES.search(line)]
        assert [frame for frame in page.frames[1:] if NAMES.search(frame.content())]


def test_a_name_that_was_pointed_at_this_computer_reads_nothing(page: Page, served: Served) -> None:
    asked = """async (paths) => Promise.all(paths.map(async (path) => {
      const answer = await fetch(path);
      return `${answer.status} ${await answer.text()}`;
    }))"""
    for name in ("evil.example", "localhost.example", "127.0.0.1.example"):
        answer = page.goto(f"http://{name}:{served.port}{served.base}")
        assert answer
        assert answer.status == 403
        answers = page.evaluate(asked, [served.base + path for path in PATHS])
        assert {each[:3] for each in answers} == {"403"}
        assert not NAMES.search("".join(answers) + page.content())


def test_a_link_on_another_site_leads_to_the_page(page: Page, served: Served, attacker: int) -> None:
    page.goto(f"http://evil.example:{attacker}/")
    page.evaluate("(url) => { location.href = url; }", f"{served.address}people/ann/")
    page.wait_for_url(f"{served.address}people/ann/")
    assert page.title().startswith("Ann Bell")
    assert page.evaluate("window.opener") is None
    page.goto("about:blank")
