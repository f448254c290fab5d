"""`intouch import`: people from other programs, shown as a plan before anything is written."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import click

from intouch.build import Loaded
from intouch.card_folder import FOLDER, card_name
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.import_plan import as_json, show_plan, show_problems_of
from intouch.cli.opening import Opened, notebook_options, open_project, show_problems
from intouch.cli.progress import reaching
from intouch.cli.report import visible
from intouch.diagnostics import has_errors
from intouch.english import count
from intouch.importers.candidate import Listing
from intouch.importers.formats import read_listing
from intouch.importers.generic import IGNORED, NAMES
from intouch.importers.planning import ImportPlan, Status, plan_import
from intouch.importers.source import Source, SourceError, open_source
from intouch.importers.writing import Outcome, alone_among_cards, carry_out
from intouch.reading.words import did_you_mean
from intouch.writing.files import UNCHANGED, WriteError


@click.command(
    "import",
    cls=Command,
    examples=(
        Example("What an import would do", "intouch import Connections.csv"),
        Example(
            "A table of your own, written into cards",
            'intouch import table.csv --map "Firm=organization" --write',
        ),
    ),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE…",
)
@click.option("--write", is_flag=True, help="Do it. Without this, nothing is written.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=KEY",
    help="What a column of a CSV holds; '-' for nothing.",
)
@click.option(
    "--separate", is_flag=True, help="Those who share only a name or an address get cards of their own."
)
@click.option("--json", "wants_json", is_flag=True, help="The plan for programs.")
@click.option("--all", "wants_all", is_flag=True, help="List everyone, not the first of each kind.")
@notebook_options
def command(
    *,
    files: tuple[Path, ...],
    write: bool,
    maps: tuple[str, ...],
    separate: bool,
    wants_json: bool,
    wants_all: bool,
    directory: Path | None,
    on_day: date | None,
) -> None:
    """Take in people from other programs.

    FILE is LinkedIn's Connections.csv (also in its zip), a CSV of Google or Outlook, a file of vCards, or any
    CSV with a column for the name; there may be several. Shows what it would do; --write does it. What your
    cards say already stays as it is, and nobody is planned until you give them a rhythm.
    """
    opened = open_project(directory, on_day)
    listings = _listings(files, maps)
    with alone_among_cards(opened.root) if write else nullcontext():
        loaded = opened.load()
        _refuse_errors(loaded, write=write)
        candidates = (candidate for listing in listings for candidate in listing.candidates)
        plan = plan_import(candidates, loaded.book, taken=_taken(opened.root), separate=separate)
        if not wants_json:
            show_plan(listings, plan, everyone=wants_all)
        written = _write(opened, plan) if write else ()
    if wants_json:
        click.echo(as_json(listings, plan, written))
    else:
        show_problems_of(listings, everyone=wants_all)
        again = _words(files, maps, directory, separate=separate)
        _say_how_to_go_on(plan, written, again if not write else None)
    wrong = any(has_errors(listing.diagnostics) for listing in listings) or any(o.refused for o in written)
    raise SystemExit(PROBLEMS if wrong else FINE)


def _listings(files: tuple[Path, ...], maps: tuple[str, ...]) -> list[Listing]:
    """Read every file, whatever it is."""
    mapped = dict(_mapping(text) for text in maps)
    try:
        return [_listing(open_source(path), mapped) for path in files]
    except SourceError as problem:
        stop(PROBLEMS, visible(problem.message), "\n".join(map(visible, problem.remedy.split("\n"))))


def _listing(source: Source, mapped: Mapping[str, str]) -> Listing:
    """Read one file; a bar on a terminal where it is long."""
    with reaching(source.lines, f"Reading {visible(PurePosixPath(source.name).name)}") as reached:
        listing = read_listing(replace(source, reached=reached), mapped)
        reached(source.lines)
    return listing


def _mapping(text: str) -> tuple[str, str]:
    column, equals, key = (part.strip() for part in text.rpartition("="))
    key = key.casefold()
    if not equals or not column:
        stop(USAGE, f"'{text}' maps nothing", "Write it as --map 'COLUMN=KEY'.")
    if key not in {*NAMES, IGNORED} and not key.startswith("x-"):
        hint = (
            f"{did_you_mean(key, NAMES)} A key of your own begins with 'x-'; '{IGNORED}' leaves a column out."
        )
        stop(USAGE, f"'{key}' is nothing that a column can hold", hint)
    return column.casefold(), key


def _refuse_errors(loaded: Loaded, *, write: bool) -> None:
    """A card that cannot be read may be the very person: first it is mended."""
    if loaded.has_errors:
        show_problems(loaded.diagnostics)
        if write:
            stop(
                PROBLEMS,
                "nothing was imported",
                "Mend the errors above first, so that nobody is taken in twice.",
            )


def _taken(root: Path) -> set[str]:
    """Names that are in the folder already, cards or not."""
    return {path.name.partition(".")[0].casefold() for path in (root / FOLDER).iterdir()}


def _write(opened: Opened, plan: ImportPlan) -> tuple[Outcome, ...]:
    """Write the cards; a bar on a terminal where there are many."""
    done: list[Outcome] = []
    try:
        with reaching(len(plan.changes), "Writing cards") as reached, _interrupts() as interrupted:
            for outcome in carry_out(opened.root, plan.changes):
                done.append(outcome)
                reached(len(done))
                if interrupted():
                    break
    except WriteError as problem:
        remedy = problem.remedy.removesuffix(UNCHANGED).strip()  # of that card; others are written
        stop(MACHINE, problem.message, f"{remedy} {_so_far(done, plan)}".lstrip())
    if len(done) < len(plan.changes):
        stop(PROBLEMS, "stopped", _so_far(done, plan))
    return tuple(done)


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Ctrl-C waits until the card at hand is written; gives what tells whether it was pressed."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _so_far(done: list[Outcome], plan: ImportPlan) -> str:
    cards = f"{len(done):,} of {count(len(plan.changes), 'card')}"
    return f"Written so far: {cards}, each of them whole. The same import goes on from there."


def _words(files: tuple[Path, ...], maps: tuple[str, ...], directory: Path | None, *, separate: bool) -> str:
    """The command that does what was shown."""
    words = ["intouch", "import", *(path.as_posix() for path in files)]
    words += [word for text in maps for word in ("--map", text)]
    words += ["--separate"] if separate else []
    words += ["--project", str(directory)] if directory else []
    return shlex.join([*words, "--write"])


def _say_how_to_go_on(plan: ImportPlan, written: tuple[Outcome, ...], again: str | None) -> None:
    """What was written, or by which command it is; and what to make of whoever moved."""
    moved = next((step.slugs[0] for step in plan.steps if step.status is Status.MOVED), None)
    if moved is not None:
        click.echo(
            f"\nTo congratulate someone who moved: intouch draft {moved} --kind keep-in-touch\n"
            "Then write their new employer to the card."
        )
    if not plan.changes:
        click.echo("\nNothing to write: your cards have all of it.")
    elif again is not None:
        click.echo(f"\nNothing was written. To do it: {visible(again)}")
    else:
        for outcome in written:
            if outcome.refused:
                name = card_name(outcome.change.slug)
                click.echo(visible(f"{name} was left as it was: {outcome.refused}"), err=True)
        made = [outcome.change.is_new for outcome in written if not outcome.refused]
        click.echo(f"\nWritten: {count(sum(made), 'new card')}, {len(made) - sum(made):,} filled in.")
        if any(made):
            click.echo(
                "Nobody new is planned yet: give those who matter a rhythm, as in 'cadence: every 3 months'."
            )
