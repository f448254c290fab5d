"""Seconds and megabytes of a command, and seconds from a save to the page that shows it."""

from __future__ import annotations

import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

_MEGA = 1024 * 1024
_SAMPLE = 0.02
"""Seconds between two looks at the memory."""
_POLL = 0.005
"""Seconds between two requests for a page; the mean error is half of it."""
_AWAKE = 0.5
"""Seconds that a server gets after it has been woken, for the timers that ran out while it slept."""


class MeasureError(RuntimeError):
    """A program that did not do its work."""


def timed(command: Sequence[str], root: Path, env: Mapping[str, str]) -> float:
    """Seconds that a command takes as a new process, until it has ended.

    Raises:
        MeasureError: when it fails, with the end of what it said.
    """
    _write_back()
    start = time.perf_counter()
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise MeasureError(f"exit {done.returncode}: {said[-1_000:]}")
    return seconds


def peak_memory(command: Sequence[str], root: Path, env: Mapping[str, str]) -> float:
    """Megabytes (MiB) that a command and all its children hold at most, at one moment.

    The proportional set size (Pss, where a page shared by n processes counts 1/n in each) of the whole tree
    is summed every 20 ms; never less than the largest resident set of any one process, as the kernel counts.
    """
    with subprocess.Popen(
        command, cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        most = 0.0
        ended = threading.Event()

        def watch() -> None:
            nonlocal most
            while not ended.wait(_SAMPLE):
                most = max(most, tree_memory(process.pid))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise MeasureError(f"exit {process.returncode}")
    return max(most, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    """The largest resident set; kilobytes on Linux, bytes on macOS."""
    return used.ru_maxrss / (_MEGA if sys.platform == "darwin" else 1024)


def tree_memory(pid: int) -> float:
    """Megabytes that a process and its children hold now; 0 where the kernel does not tell (not Linux)."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total = int(line.split()[1]) / 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                total += tree_memory(int(child))
    except (OSError, ValueError):
        # It has just ended.
        return total
    return total


def edit(file: Path, word: str) -> None:
    """Append a paragraph, in place, as `echo >>` does."""
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\nAdded {word}.\n")


def added(word: str) -> str:
    """What a page shows after such an edit."""
    return f"Added {word}."


class Served:
    """A program serving and watching its content; paused whenever it is not its turn.

    That way all of them can be measured in turn, and none takes time from another.
    """

    def __init__(self, command: Sequence[str], root: Path, env: Mapping[str, str], port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/"
        self._told = re.compile(rf"http://127\.0\.0\.1:{port}/[\w/]+/(?=\s)")
        self._log = root.with_name(f"{root.name}.log")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=root, env=env, stdout=log, stderr=log, start_new_session=True
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._signal(signal.SIGCONT)
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def pause(self) -> None:
        """Let it have no processor time."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)
        time.sleep(_AWAKE)

    def until(self, page: str, text: str, patience: float) -> None:
        """Ask for a page until it shows a text, for so many seconds.

        Raises:
            MeasureError: when the program has ended, or patience has.
        """
        self._learn_address()
        give_up = time.monotonic() + patience
        wanted = text.encode()
        while wanted not in self._get(page):
            if self._process.poll() is not None:
                said = self._log.read_text(encoding="utf-8", errors="replace")
                raise MeasureError(f"the server ended: {said[-1_000:]}")
            self._learn_address()
            if time.monotonic() > give_up:
                raise MeasureError(f"{text!r} was not on /{page} after {patience:.0f} s")
            time.sleep(_POLL)

    def _learn_address(self) -> None:
        """Take the address that the program tells, where it tells more than its port."""
        told = self._told.search(self._log.read_text(encoding="utf-8", errors="replace"))
        if told:
            self._address = told[0]

    def save_to_page(self, file: Path, page: str, word: str, patience: float) -> float:
        """Seconds from a save to the page that shows it.

        Raises:
            MeasureError: when it does not show it in time.
        """
        _write_back()
        start = time.perf_counter()
        edit(file, word)
        self.until(page, added(word), patience)
        return time.perf_counter() - start

    def memory(self) -> float:
        """Megabytes held now."""
        return tree_memory(self._process.pid)

    def _get(self, page: str) -> bytes:
        try:
            with urllib.request.urlopen(self._address + page, timeout=60) as answer:  # noqa: S310 - our own
                return bytes(answer.read())
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            # Not up yet, or the page is being replaced.
            return b""

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_back() -> None:
    """Let the system finish writing what came before, so that nobody pays for somebody else's files."""
    os.sync()
