"""The days that a running server lives through: the year turns, a leap day comes, the clock is set back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from program import run, write_files
from server import QUICK, Reply, Served, started

RELOAD = re.compile(rb'<script src="[^"]*/_intouch/reload.js"[^>]*></script>')

NOTEBOOK = """
=== contacts/ann.md
---
name: Ann Bell
birthday: 02-29
cadence: yearly
next: 2027-01-01 wish a good year
---
## Log
- 2024-02-29 call: on the leap day
- 2026-12-31 interview (Trainer): the last of the year
=== intouch.toml
[calendar]
country = "AU"
"""

TOLD_THE_DAY = """
import sys, threading
from datetime import date
from intouch.cli import clock
day = [date(2026, 12, 31)]
clock.today = lambda timezone: day[0]
def turn():
    for line in sys.stdin:
        day[0] = date.fromisoformat(line.strip())
threading.Thread(target=turn, daemon=True).start()
sys.argv = ["intouch", "serve", "--port", "0", "--project", sys.argv[1]]
"""
"""Before the real command is run: its clock is told the day on its standard input."""


def is_page(page: bytes) -> Callable[[Reply], bool]:
    return lambda answer: RELOAD.sub(b"", answer.body) == page


def turn(running: Served, day: str) -> None:
    assert running.process.stdin is not None
    running.process.stdin.write(f"{day}\n")
    running.process.stdin.flush()


def test_what_is_served_is_a_clean_build_of_each_day(tmp_path: Path) -> None:
    root = write_files(tmp_path / "network", NOTEBOOK)
    with started(root, "-c", TOLD_THE_DAY + QUICK) as running:
        # The year turns, the clock is set back to before it, and a leap day comes.
        for day in ("2027-01-01", "2026-12-30", "2028-02-29"):
            site = tmp_path / day
            done = run("build", "--today", day, "--output", str(site), cwd=root)
            assert (done.code, done.err) == (0, "")
            turn(running, day)
            feed, page = ((site / name).read_bytes() for name in ("check-ins.ics", "index.html"))
            running.until("/", is_page(page))
            assert running.ask("/check-ins.ics").body == feed
