"""The feed for the local network: one path, nothing else, and only when asked for."""

from __future__ import annotations

import os
import pty
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from server import PATIENCE, Reply, Served, private, reply, serving, write_notebook

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="127.0.0.2 stands for the local network, and is there on Linux only"
)
OUTSIDE = "127.0.0.2"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = write_notebook(tmp_path_factory.mktemp("served") / "network")
    with serving(root, "--lan-feed", OUTSIDE, until="decides how much") as running:
        yield running


def lan_path(served: Served) -> str:
    match = re.search(rf"http://127\.0\.0\.2:{served.port}(/[a-z2-7]{{26}}\.ics)\n", served.said)
    assert match, served.said
    return match[1]


def ask(served: Served, path: str, method: str = "GET", **headers: str) -> Reply:
    told = {"Host": f"{OUTSIDE}:{served.port}", "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    with socket.create_connection((OUTSIDE, served.port), timeout=PATIENCE) as sock:
        sock.sendall("\r\n".join(lines).encode())
        answer = b""
        while chunk := sock.recv(65536):
            answer += chunk
    return reply(answer)


def test_the_feed_is_there_with_a_tag(served: Served) -> None:
    feed = ask(served, lan_path(served))
    assert feed.status == 200
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert feed.body == served.ask("/check-ins.ics").body
    assert len(Calendar.from_ical(feed.body).walk("VEVENT")) == 2
    again = ask(served, lan_path(served), If_None_Match=feed.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(served, lan_path(served), "HEAD").headers["content-length"] == feed.headers["content-length"]


def test_nothing_else_is_there(served: Served) -> None:
    secret, feed = served.base, lan_path(served)
    for path in (
        "/", "/check-ins.ics", secret, f"{secret}check-ins.ics", f"{secret}people/ann/", f"{secret}find.json",
        "/people/ann/", "/_intouch/events", f"{secret}_intouch/events", f"{feed}/", f"/{feed}", f"{feed}x",
        feed.upper(), feed.removesuffix(".ics"), f"{feed}%00", f"/.{feed}", f"/x/..{feed}", f"{feed};x",
        f"{feed}/../..{secret}", feed.replace("/", "/%2e/"),
    ):  # fmt: skip
        answer = ask(served, path)
        assert answer.status in {400, 404}, path
        assert "Ann" not in answer.text
    assert feed.strip("/").removesuffix(".ics") not in secret


def test_its_guards_are_those_of_the_dashboard(served: Served) -> None:
    path = lan_path(served)
    assert ask(served, path, "POST", Content_Length="0").status == 405
    for headers in (
        {"Host": "evil.example"},
        {"Host": f"127.0.0.1:{served.port}"},
        {"Host": f"localhost:{served.port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
    ):
        answer = ask(served, path, **headers)
        assert answer.status == 403, headers
        assert "Ann" not in answer.text
    feed = ask(served, path)
    assert not [name for name in feed.headers if name.startswith("access-control-")]
    assert feed.headers["x-content-type-options"] == "nosniff"


def test_the_dashboard_does_not_know_the_address_and_its_host(served: Served) -> None:
    assert served.ask_outside(lan_path(served)).status == 404
    assert served.ask("/", Host=f"{OUTSIDE}:{served.port}").status == 403


def test_it_is_said_that_it_is_not_encrypted(served: Served) -> None:
    assert "It is not encrypted" in served.said
    assert "\x1b" not in served.said
    assert "█" not in served.said


def test_its_address_outlasts_a_restart(served: Served, tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    seen = set()
    for _ in range(2):
        with serving(root, "--lan-feed", OUTSIDE, until="decides how much") as running:
            seen.add(lan_path(running))
    assert len(seen) == 1
    assert seen != {lan_path(served)}


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("0.0.0.0", "not one address"),  # noqa: S104 - it is refused
        ("::", "not one address"),
        ("224.0.0.1", "not one address"),
        ("example.com", "is no address"),
        ("192.0.2.77", "not an address of this computer"),
        ("fe80::1234", "not an address of this computer"),
    ],
)
def test_an_address_that_cannot_be_is_said_in_two_lines(tmp_path: Path, address: str, why: str) -> None:
    root = write_notebook(tmp_path / "network")
    command = [sys.executable, "-m", "intouch", "serve", "--project", str(root), "--lan-feed", address]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=private(root)
    )
    assert done.returncode == 3
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_on_a_terminal_there_is_a_code_for_the_camera(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "intouch", "serve", "--port", "0", "--project", str(root)]
    with subprocess.Popen([*command, "--lan-feed", OUTSIDE], stdout=theirs, env=private(root)) as process:
        os.close(theirs)
        said = b""
        deadline = time.monotonic() + PATIENCE
        while said.count("▀".encode()) < 50 and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.1)[0]:
                said += os.read(ours, 65536)
        process.terminate()
    os.close(ours)
    assert said.count("▀".encode()) >= 50
