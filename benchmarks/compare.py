"""Measure ours against Hugo, Pelican, MkDocs and Eleventy, side by side: the same content and the same work.

    .venv/bin/python benchmarks/compare.py                                # 100 and 1,000 contacts
    .venv/bin/python benchmarks/compare.py --sizes 100 1000 10000 --write # and into docs/performance.md
    .venv/bin/python benchmarks/compare.py --tables                       # the tables anew, nothing measured

The others are installed by pip and npm into `.benchmarks/`, which may be deleted at any time. Needs Linux or
macOS; memory of several processes together is known on Linux only.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import alone
import results as kept
import tables
from generate import generate
from install import TOOLS, InstallError, Program, install, ours
from intouch.serving.rebuilding import SETTLE
from measuring import MeasureError
from peers import OURS, SHAPES, Contender
from rounds import Rounds
from sources import people_of

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".benchmarks"
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
LARGE = 10_000
"""From here on runs are fewer."""
SHORT_RUNS = 7
"""Runs of what takes a blink."""
_SAID = Console(stderr=True)


def arguments_of(command_line: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description="Measure intouch against other site generators, side by side.",
        epilog="Reports to the terminal; --write also puts the tables into docs/performance.md.",
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000], metavar="N", help="contacts")
    parser.add_argument("--notes", type=int, default=5, help="notes a contact")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measure")
    parser.add_argument("--runs-large", type=int, default=3, help=f"runs from {LARGE:,} contacts on")
    parser.add_argument("--tools", nargs="*", choices=TOOLS, default=list(TOOLS), help="whom to compare with")
    parser.add_argument("--measures", nargs="+", choices=kept.MEASURES, default=list(kept.MEASURES))
    parser.add_argument(
        "--feed", type=int, default=10_000, metavar="N", help="check-ins of the feed; 0 skips it"
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the others are installed")
    parser.add_argument(
        "--work", type=Path, help="a folder for the sites (default: the system's for temporary files)"
    )
    parser.add_argument("--upgrade", action="store_true", help="install the others' newest versions")
    parser.add_argument("--json", type=Path, help="where to keep the results")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} and the page's tables")
    parser.add_argument("--tables", action="store_true", help=f"measure nothing, show {RESULTS.name} again")
    asked = parser.parse_args(command_line)
    asked.sizes.sort()
    if asked.json is None:
        asked.json = RESULTS if asked.write or asked.tables else asked.cache / "latest.json"
    return asked


def programs_of(asked: argparse.Namespace) -> dict[str, Program]:
    """Ours and the others; who cannot be installed is told and left out."""
    found = {OURS: ours()}
    for tool in asked.tools:
        with _SAID.status(f"Looking for {tool} in {asked.cache}, or installing it …"):
            try:
                found[tool] = install(tool, asked.cache, upgrade=asked.upgrade)
            except InstallError as problem:
                _SAID.print(f"{tool} is left out: {problem}", markup=False)
    return found


def measure_size(
    asked: argparse.Namespace, size: int, programs: dict[str, Program], work: Path
) -> kept.OfSize:
    """Everybody at one size."""
    runs = asked.runs if size < LARGE else asked.runs_large
    notebook = work / f"notebook-{size}"
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_SAID) as progress:
        task = progress.add_task(f"{size:,}: writing the content", total=None)
        files = generate(notebook, size, asked.notes, seed=1)
        contenders = []
        for number, shape in enumerate(one for one in SHAPES if one.tool in programs):
            root = work / f"{size}-{number}"
            shape.prepare(notebook, root)
            contenders.append(
                Contender(shape, programs[shape.tool], root, root.with_name(f"{root.name}-cache"))
            )

        def tell(what: str) -> None:
            progress.update(task, description=f"{size:,}: {what}", advance=1)
            if not _SAID.is_terminal:
                # A bar is nothing in a log, and a long silence looks like a fault.
                _SAID.print(f"{size:,}: {what}", highlight=False)

        rounds = Rounds(contenders, list(people_of(notebook)), runs, frozenset(asked.measures), tell)
        progress.update(task, total=rounds.steps())
        found = rounds.run()
        progress.update(task, description=f"{size:,}: our other commands")
        of_size = kept.OfSize(files=files, shapes=found, commands=alone.commands(contenders[0], runs))
        progress.update(task, description=f"{size:,}: done", completed=rounds.steps())
    for one in contenders:
        shutil.rmtree(one.root, ignore_errors=True)
        shutil.rmtree(one.cache, ignore_errors=True)
    return of_size


def measure(asked: argparse.Namespace) -> kept.Results:
    """Measure everything, and keep what there is after each size."""
    programs = programs_of(asked)
    asked.cache.mkdir(parents=True, exist_ok=True)
    found = kept.Results(
        date=datetime.now(tz=UTC).date().isoformat(),
        machine=kept.machine_class(),
        settle=SETTLE,
        versions={tool: program.version for tool, program in programs.items()},
        sizes={},
        startup={},
        sample={},
        feed=None,
    )
    # Not below the cache: Pelican watches nothing in a folder whose path has a name that begins with a dot.
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=asked.work) as folder:
        work = Path(folder)
        with _SAID.status("Start-up times …"):
            found["startup"] = alone.startup(programs, work, SHORT_RUNS)
            found["sample"] = alone.sample(programs[OURS], work, SHORT_RUNS)
        for size in asked.sizes:
            found["sizes"][str(size)] = measure_size(asked, size, programs, work)
            kept.save(found, asked.json)
        if asked.feed:
            with _SAID.status(f"A feed of {asked.feed:,} check-ins …"):
                found["feed"] = alone.feed(programs[OURS], work, asked.feed, asked.runs)
    kept.save(found, asked.json)
    # As kept, rounded: the page and the file say the same to the last digit.
    return kept.load(asked.json)


def show(found: kept.Results, *, write: bool) -> None:
    """Print the tables, pretty on a terminal and as Markdown elsewhere."""
    made = tables.blocks(found)
    text = "\n\n".join(made.values())
    console = Console()
    console.print(Markdown(text)) if console.is_terminal else print(text)
    if write:
        PAGE.write_text(tables.put(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")


def main(command_line: list[str]) -> int:
    """Do what was asked; 1 when a shape failed or a program is missing."""
    asked = arguments_of(command_line)
    # As Ctrl-C does it: the servers are stopped and the folders deleted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if asked.tables:
        show(kept.load(asked.json), write=asked.write)
        return 0
    try:
        found = measure(asked)
    except (InstallError, MeasureError) as problem:
        # What was found before is in the file.
        _SAID.print(f"{problem}", markup=False)
        return 1
    show(found, write=asked.write)
    failed = [
        f"{size} contacts, {name}: {shape['failed']}"
        for size, at in found["sizes"].items()
        for name, shape in at["shapes"].items()
        if "failed" in shape
    ]
    for line in failed:
        _SAID.print(line, markup=False)
    return 1 if failed or set(asked.tools) - set(found["versions"]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
