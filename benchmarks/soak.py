"""Save, save, save: does the served site end up as a clean build, and does `serve` stay as small as it was?

    python benchmarks/soak.py                                   # 1,000 saves in a minute, 10,000 rebuilds
    python benchmarks/soak.py --saves 200 --seconds 12 --rebuilds 500 --notebook .

Prints the time from a save to the page, what the watching and serving take of it, and the growth of memory.
Ends with an error when the site differs from a clean build, or memory has grown by more than a tenth.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from generate import generate

PATIENCE = 30.0
ALLOWED = 0.10
RELOAD = re.compile(rb'<script src="[^"]*/_intouch/reload.js"[^>]*></script>')


class Served:
    """A running `intouch serve`."""

    def __init__(self, process: subprocess.Popen[str], port: int, base: str) -> None:
        self.process, self.port, self.base = process, port, base
        self.built: list[float] = []
        self.count = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it was opened as a pipe
        for line in self.process.stdout:
            if match := re.search(r"^Rebuilt: .*\(([\d.]+) s\)", line):
                self.built.append(float(match[1]))
                self.count += 1

    def get(self, name: str) -> bytes:
        """A file of the site, as it was built."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"{self.base}{name}")
        body = RELOAD.sub(b"", connection.getresponse().read())
        connection.close()
        return body.replace(b'="' + self.base.encode(), b'="/') if name == "404.html" else body

    def memory(self) -> int:
        """Resident bytes of the process (Linux only)."""
        fields = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="utf-8").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")

    def rebuilt(self, count: int) -> None:
        """Wait until it has rebuilt so often."""
        deadline = time.monotonic() + PATIENCE
        while self.count < count:
            if time.monotonic() > deadline:
                sys.exit(f"after {PATIENCE:.0f} s there was no rebuild")
            time.sleep(0.001)


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """Serve a notebook on a free port."""
    command = [sys.executable, "-u", "-m", "intouch", "serve", "--port", "0", "--project", str(root)]
    where = {**os.environ, "XDG_STATE_HOME": str(root.parent / "state")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=where
    ) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
            match = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+/)", process.stdout.readline())
            if match is None:
                sys.exit("serve did not start")
            yield Served(process, int(match[1]), match[2])
        finally:
            process.terminate()


def save(path: Path, text: str, dice: random.Random) -> None:
    """Save in one of the ways of editors."""
    if dice.random() < 0.5:
        path.write_text(text, encoding="utf-8")
    else:
        beside = path.with_name(f".{path.name}.part")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def storm(root: Path, saves: int, seconds: float) -> None:
    """Save cards evenly over a time, some of them broken; at the end all are whole."""
    dice = random.Random(7)
    cards = {card: card.read_text(encoding="utf-8") for card in sorted((root / "contacts").glob("*.md"))[:40]}
    start = time.monotonic()
    for number in range(saves):
        card, text = dice.choice(list(cards.items()))
        broken = (
            text.replace("name:", "nmae:")
            if dice.random() < 0.1
            else f"{text.rstrip()}\n- 2026-11-01 note: saved {number}\n"
        )
        save(card, broken, dice)
        time.sleep(max(0.0, start + seconds * (number + 1) / saves - time.monotonic()))
    for card, text in cards.items():
        save(card, f"{text.rstrip()}\n- 2026-11-01 note: the end\n", dice)


def difference(served: Served, root: Path) -> list[str]:
    """The files that are not served as a clean build makes them."""
    site = root.parent / "site"
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "-m", "intouch", "build", "--project", str(root), "--output", str(site)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CI": ""})
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    shown = [name for name in names if not name.startswith(".")]
    return [name for name in shown if served.get(name) != (site / name).read_bytes()]


def save_to_page(served: Served, root: Path, times: int) -> None:
    """Print how long it takes from a save to the page, and how much of it is not building."""
    card = min((root / "contacts").glob("*.md"))
    text = card.read_text(encoding="utf-8")
    page = f"people/{card.stem}/"
    whole, rest = [], []
    for number in range(times):
        time.sleep(0.2)
        mark = f"mark {number} of this save"
        before = served.count
        start = time.perf_counter()
        card.write_text(f"{text.rstrip()}\n- 2026-11-01 note: {mark}\n", encoding="utf-8")
        while mark.encode() not in served.get(page):
            if time.perf_counter() - start > PATIENCE:
                sys.exit(f"after {PATIENCE:.0f} s the page had not changed")
            time.sleep(0.001)
        whole.append(time.perf_counter() - start)
        served.rebuilt(before + 1)
        rest.append(whole[-1] - served.built[-1])
    card.write_text(text, encoding="utf-8")
    print(f"save to page: {statistics.median(whole) * 1000:.0f} ms", end="")
    print(f", of which not building {statistics.median(rest) * 1000:.0f} ms (50 ms of them to settle)")


def rebuilds(served: Served, root: Path, times: int) -> float:
    """Let it rebuild so often; the growth of its memory, as a share, after the first tenth."""
    card = sorted((root / "contacts").glob("*.md"))[1]
    text = card.read_text(encoding="utf-8")
    first = 0
    for number in range(times):
        before = served.count
        card.write_text(f"{text.rstrip()}\n- 2026-11-01 note: rebuild {number}\n", encoding="utf-8")
        served.rebuilt(before + 1)
        if number == times // 10:
            first = served.memory()
        if number % max(1, times // 10) == 0:
            print(f"  after {number + 1:6} rebuilds: {served.memory() / 1e6:.1f} MB", flush=True)
    growth = served.memory() / first - 1
    print(f"memory grew by {growth:.1%} from rebuild {times // 10 + 1} to {times}")
    return growth


def main() -> None:
    """Soak and tell."""
    parser = argparse.ArgumentParser(description="Soak the local server.")
    parser.add_argument("--notebook", type=Path, help="copied; without it one is generated")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--saves", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rebuilds", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "notebook"
        if arguments.notebook is None:
            generate(root, arguments.people, 3, seed=1)
        else:
            shutil.copytree(arguments.notebook / "contacts", root / "contacts")
            shutil.copy(arguments.notebook / "intouch.toml", root)
        with serving(root) as served:
            save_to_page(served, root, 21)
            storm(root, arguments.saves, arguments.seconds)
            time.sleep(3)
            wrong = difference(served, root)
            told = f"{len(wrong)} files differ: {wrong[:5]}" if wrong else "the site is a clean build"
            print(f"{arguments.saves} saves in {arguments.seconds:.0f} s, {served.count} rebuilds: {told}")
            growth = rebuilds(served, root, arguments.rebuilds)
            again = difference(served, root)
    sys.exit(1 if wrong or again or growth > ALLOWED else 0)


if __name__ == "__main__":
    main()
