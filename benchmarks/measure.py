"""Time the installed program on generated notebooks, and say whether it grows linearly.

    python benchmarks/measure.py --sizes 250 1000 4000 --notes 5 --runs 3

Prints medians; every run is a new process. The last column is the time that a person takes, against the
first row: a number that grows with the size is work that should not be there.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generate import generate

_KILO = 1024


def timed(arguments: list[str], runs: int, before: Callable[[], None]) -> float:
    """The median of several runs of the program, in seconds; `before` each, something untimed is done."""
    seconds = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        command = [sys.executable, "-m", "intouch", *arguments]
        # As at home: in CI nothing is remembered, and a plain build needs a policy.
        at_home = {**os.environ, "CI": ""}
        subprocess.run(command, check=True, env=at_home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the program on generated notebooks.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 1_000, 4_000])
    parser.add_argument("--notes", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print(f"--help: {timed(['--help'], 9, lambda: None) * 1000:.0f} ms")
    print(" people   check     due  cold build  nothing new  one edit  growth")
    first = 0.0
    for people in arguments.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            root = Path(temporary) / "notebook"
            generate(root, people, arguments.notes, seed=1)
            where = ["--project", str(root)]
            site = root / "_site"
            card = next((root / "contacts").glob("*.md"))

            def clear(site: Path = site) -> None:
                shutil.rmtree(site, ignore_errors=True)

            def edit(card: Path = card) -> None:
                with card.open("a", encoding="utf-8") as log:
                    log.write("- 2026-11-20 call: one more line\n")

            check = timed(["check", *where], arguments.runs, lambda: None)
            due = timed(["due", "--json", *where], arguments.runs, lambda: None)
            cold = timed(["build", *where], arguments.runs, clear)
            same = timed(["build", *where], arguments.runs, lambda: None)
            one = timed(["build", *where], arguments.runs, edit)
        first = first or cold / people
        print(
            f"{people:>7} {check:>6.2f}s {due:>6.2f}s {cold:>10.2f}s {same:>11.2f}s {one:>8.2f}s "
            f"{cold / people / first:>7.2f}"
        )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KILO
    print(f"most memory of any run: {most:.0f} MB")


if __name__ == "__main__":
    main()
