"""A real `intouch serve`, started as a program and talked to over real sockets."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CARD = "---\nname: {name}\ncadence: every 3 months\n---\n\n## Log\n- 2026-11-02 call: {text}\n"
SETTINGS = "[demo]\ntoday = 2026-11-23\n"
SERVING = re.compile(r"Serving http://127\.0\.0\.1:(\d+)(/[a-z2-7]{26}/)")
PATIENCE = 20.0
"""Seconds after which a page that should have changed never will, on however busy a machine."""


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Served:
    """A notebook that is being served."""

    root: Path
    port: int
    process: subprocess.Popen[str]
    base: str
    said: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def raw(self, request: bytes) -> bytes:
        """Send bytes and read whatever comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as sock:
            sock.sendall(request)
            answer = b""
            while chunk := sock.recv(65536):
                answer += chunk
        return answer

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for a path of the site, with the right Host, unless another is given."""
        return self.ask_outside(f"{self.base}{path.removeprefix('/')}", method, **headers)

    def ask_outside(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for a path as it stands, with the secret or without."""
        told = {"Host": f"127.0.0.1:{self.port}", "Connection": "close"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        return reply(self.raw("\r\n".join(lines).encode()))

    def listening(self, page: str) -> bytes:
        """The request by which a page listens to what changes."""
        events = f"{self.base}_intouch/events?page={page}"
        return f"GET {events} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()

    def until(self, path: str, holds: Callable[[Reply], bool]) -> Reply:
        """Ask again and again until the answer is as it should be."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.ask(path)
            if holds(answer):
                return answer
            assert time.monotonic() < deadline, f"{path} never changed: {answer.text[:2000]}"
            time.sleep(0.02)


def reply(answer: bytes) -> Reply:
    """Take an answer apart."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Reply(int(first.split()[1]), {name.lower(): value for name, value in pairs}, body)


def write_notebook(root: Path, settings: str = SETTINGS) -> Path:
    """A notebook of two people."""
    (root / "contacts").mkdir(parents=True)
    (root / "intouch.toml").write_text(settings, encoding="utf-8")
    for name in ("Ann Bell", "Ben Cho"):
        card = CARD.format(name=name, text=f"said by {name}")
        (root / "contacts" / f"{name.split()[0].lower()}.md").write_text(card, encoding="utf-8")
    return root


def private(root: Path) -> dict[str, str]:
    """An environment in which a notebook's secret address is kept beside it."""
    return {**os.environ, "XDG_STATE_HOME": str(root.parent / "state")}


QUICK = """
import sys
from functools import partial
from intouch import serving
serving.serve = partial(serving.serve, pulse=0.05)
from intouch.cli import main
main.run()
"""
"""The real command, with twenty looks a second at the date, the folder and, when polling, the files."""


@contextmanager
def serving(
    root: Path, *options: str, until: str = "Calendar feed: ", quick: bool = False
) -> Iterator[Served]:
    """Serve a notebook on a free port until the end of the block, which begins when all is said.

    `quick` is for tests that would only wait for the pulse of the server, a second.
    """
    program = ["-c", QUICK] if quick else ["-m", "intouch"]
    where = ["--project", str(root), "--port", "0"]
    command = [sys.executable, "-u", *program, "serve", *where, *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=private(root)
    )
    running = None
    try:
        assert process.stdout is not None
        said = ""
        while not (match := SERVING.search(said)) or until not in said:
            line = process.stdout.readline()
            assert line, f"serve ended: {said}"
            said += line
        running = Served(root, int(match[1]), process, match[2], said)
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=PATIENCE)
        if running is not None:
            running.said += rest
        assert "Traceback" not in rest


@contextmanager
def started(root: Path, *arguments: str, command: Sequence[str] = ()) -> Iterator[Served]:
    """A program that serves a notebook, and is ended whatever the test finds.

    Without another command it is Python, and is given the notebook as its last argument.
    """
    whole = [*command, *arguments] if command else [sys.executable, *arguments, str(root)]
    pipe, where = subprocess.PIPE, private(root)
    with subprocess.Popen(whole, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=where) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not (match := SERVING.search(said)):
                line = process.stdout.readline()
                assert line, f"serve ended: {said}"
                said += line
            yield Served(root, int(match[1]), process, match[2], said)
        finally:
            process.kill()
