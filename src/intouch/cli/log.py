"""`intouch log`: write down what happened, one line or a note."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from intouch.build import plan
from intouch.cli.days import asked_day, day_form
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import Opened, notebook_options, open_project, show_problems
from intouch.cli.report import visible
from intouch.cli.whom import PERSON, find_person
from intouch.dates import ONE_DAY
from intouch.diagnostics import has_errors
from intouch.model import SCHEDULABLE, Contact, Kind
from intouch.reading.kinds import KIND_WORDS, kind_of
from intouch.reading.words import did_you_mean
from intouch.writing.entries import EntryError, NewEntry, with_entry
from intouch.writing.files import WriteError, rewrite
from intouch.writing.notes import write_note


@click.command(
    "log",
    cls=Command,
    examples=(
        Example("A line in her log", 'intouch log priya thank-you "by e-mail"'),
        Example(
            "A note about a talk with two people",
            'intouch log priya interview --role "Trainer" --with "John Smith" --date yesterday',
        ),
    ),
)
@click.argument("person", type=PERSON)
@click.argument("kind")
@click.argument("text", nargs=-1)
@click.option(
    "--date", "day", metavar="DAY", default="today", help="When it was: 2026-11-23, yesterday, fri, -3d …"
)
@click.option("--role", metavar="ROLE", help="The position it was about.")
@click.option("--with", "others", multiple=True, type=PERSON, help="Who else was there; makes a note.")
@click.option("--note", "as_note", is_flag=True, help="Make a note file and open it in $EDITOR.")
@notebook_options
def command(
    *,
    person: str,
    kind: str,
    text: tuple[str, ...],
    day: str,
    role: str | None,
    others: tuple[str, ...],
    as_note: bool,
    directory: Path | None,
    on_day: date | None,
) -> None:
    """Write down what happened.

    Appends one line to the log of PERSON, with the words of TEXT, and changes nothing else; with --note it
    makes a file of its own. PERSON is a slug, a name, an alias, or a part that is only theirs.

    \b
    KIND is what happened:
      applied, thank-you, follow-up, check-in, message, voicemail, accepted,
      declined, withdrew (you spoke); screen, interview, meeting, call, event
      (both); reply, rejection, offer, on-hold (they); note (nobody).
    """  # noqa: D301 - click's own mark for lines that must not be re-wrapped
    opened = open_project(directory, on_day)
    loaded = opened.load()
    contact = find_person(person, loaded)
    entry = NewEntry(asked_day(day, loaded.today), *_kind(kind), role, " ".join(text))
    _refuse_ahead(entry, loaded.today)
    companions = tuple(find_person(other, loaded).slug for other in others)
    if as_note or companions:
        where = _note(opened, contact, entry, companions, edit=as_note)
    else:
        where = _line(opened, contact, entry)
    click.echo(visible(f"{contact.name}: {entry.kind} on {day_form(entry.day)}  [{where}]"))
    _say_next(opened, contact)


def _kind(word: str) -> tuple[str, Kind]:
    """The word as it will be written, and the kind it names."""
    kind = kind_of(word)
    if kind is None:
        stop(USAGE, f"'{word}' is no kind of interaction", did_you_mean(word, KIND_WORDS))
    return word.casefold(), kind


def _refuse_ahead(entry: NewEntry, today: date) -> None:
    if entry.day > today + ONE_DAY and entry.kind not in SCHEDULABLE:
        kinds = ", ".join(str(kind) for kind in Kind if kind in SCHEDULABLE)
        message = f"a {entry.kind} cannot be on {day_form(entry.day)}, which lies ahead"
        stop(USAGE, message, f"Only these can be scheduled: {kinds}.")


def _line(opened: Opened, contact: Contact, entry: NewEntry) -> str:
    """Append a line to the card; tells where it stands."""
    path = opened.root / contact.place.file
    try:
        rewrite(path, lambda raw: with_entry(raw, contact.slug, entry))
    except EntryError as problem:
        stop(PROBLEMS, f"nothing was logged: {problem}", f"Look at {contact.place.file}, or use --note.")
    except WriteError as problem:
        _machine(problem)
    return contact.place.file


def _note(opened: Opened, contact: Contact, entry: NewEntry, people: tuple[str, ...], *, edit: bool) -> str:
    """Make a note file; tells its name."""
    try:
        name = write_note(opened.root, contact.slug, entry, people)
    except WriteError as problem:
        _machine(problem)
    if edit:
        _edit(opened.root / name)
    return name


def _edit(path: Path) -> None:
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        click.edit(filename=str(path))


def _say_next(opened: Opened, contact: Contact) -> None:
    """Read the notebook again, tell what is wrong with what was written, and when the next check-in is."""
    loaded = opened.load()
    # Theirs only: what is wrong elsewhere has nothing to do with what was logged.
    theirs = (contact.place.file, f"{contact.place.file.removesuffix('.md')}/")
    wrong = tuple(d for d in loaded.diagnostics if d.place.file.startswith(theirs))
    show_problems(wrong)
    upcoming = next((item for item in plan(loaded).check_ins if item.contact == contact.slug), None)
    if upcoming is None:
        click.echo(f"Next: nothing is planned; `intouch why {contact.slug}` says why.")
    else:
        click.echo(f"Next: {upcoming.action.replace('-', ' ')} on {day_form(upcoming.planned)}")
    raise SystemExit(PROBLEMS if has_errors(wrong) else FINE)


def _machine(problem: WriteError) -> NoReturn:
    stop(MACHINE, problem.message, problem.remedy)
