"""`intouch why SLUG`: how each date of a person came about, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from intouch.agenda import plan_history
from intouch.build import gather
from intouch.checkins import Agenda, Application, CheckIn, Standing, Step
from intouch.cli.days import day_form
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, PROBLEMS
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.report import visible
from intouch.cli.whom import PERSON, find_person
from intouch.history import History
from intouch.model import Contact, Interaction
from intouch.places import Place
from intouch.planning import steps
from intouch.rules import RULES


@click.command(
    "why",
    cls=Command,
    examples=(
        Example("By her slug", "intouch why priya-nair"),
        Example("By a part of her name that is only hers", "intouch why nair"),
    ),
)
@click.argument("person", metavar="SLUG", type=PERSON)
@notebook_options
def command(person: str, directory: Path | None, on_day: date | None) -> None:
    """How each date of a person came about, step by step.

    SLUG is the name of the person's file without '.md'; the person's name does as well.
    """
    loaded = open_project(directory, on_day).load()
    show_problems(loaded.diagnostics)
    contact = find_person(person, loaded, told=True)
    seen = gather(loaded)
    for line in _derivation(contact, plan_history(seen), seen):
        click.echo(visible(line))
    raise SystemExit(PROBLEMS if loaded.has_errors else FINE)


def _derivation(contact: Contact, agenda: Agenda, seen: History) -> Iterator[str]:
    stands = agenda.standings[contact.slug]
    organization = f", {contact.organization}" if contact.organization else ""
    yield f"{contact.name}{organization}  [{contact.place.file}]"
    yield f"  status        {stands.status}"
    yield f"  last contact  {_last(stands.last_contact)}"
    yield f"  rhythm        {_rhythm(stands)}"
    yield from (f"  application   {_application(a, seen)}" for a in seen.applications_with(contact.slug))
    items = [item for item in agenda.check_ins if item.contact == contact.slug]
    for item in items:
        yield ""
        yield from _item(item, seen)
    withheld = [w for w in agenda.withheld if w.contact == contact.slug]
    if withheld or not items:
        yield ""
        yield "Not asked for:" if items else "Nothing is due:"
        yield from (f"  {w.action}: {w.reason.written(day_form)}{_places(w.because)}" for w in withheld)
        if not withheld:
            yield "  no rule has anything to ask for"


def _last(last: Interaction | None) -> str:
    return "none yet" if last is None else f"{day_form(last.day)}, {last.kind}  [{last.place}]"


def _rhythm(stands: Standing) -> str:
    source = "the card's cadence" if stands.rhythm_source == "card" else stands.rhythm_source
    place = f"  [{stands.rhythm_place}]" if stands.rhythm_place else ""
    if stands.rhythm is None:
        return f"none: {stands.resting}{f' ({source})' if source else ''}{place}"
    backed_off = f", doubled after {stands.unanswered} unanswered" if stands.unanswered > 1 else ""
    every = str(stands.rhythm.unit) if stands.rhythm.count == 1 else str(stands.rhythm)
    return f"every {every} ({source}{backed_off}){place}"


def _application(application: Application, seen: History) -> str:
    role = application.role or "(no role)"
    where = f" at {application.organization}" if application.organization else ""
    consultant = seen.contacts.get(application.via or "")
    via = f", via {consultant.name}" if consultant else ""
    began = "since" if application.since <= seen.today else "from"
    return f"{role}{where}{via}: {application.stage} {began} {day_form(application.since)}"


def _places(places: tuple[Place, ...]) -> str:
    return f"  [{', '.join(str(place) for place in places)}]" if places else ""


def _item(item: CheckIn, seen: History) -> Iterator[str]:
    proposal = item.proposal
    attempt = f" {proposal.attempt}" if proposal.attempt else ""
    rule = next(rule for rule in RULES if rule.ID is item.action)
    yield f"{item.action}{attempt}, planned for {day_form(item.planned)}"
    yield f"  why       {proposal.reason.written(day_form)}{_places(proposal.because)}"
    yield f"  rule      {(rule.__doc__ or '').splitlines()[0]}"
    yield f"  due       {day_form(item.due)} ({item.state})"
    yield from (f"  not       {_step(step)}" for step in steps(item, seen))
    yield f"  planned   {day_form(item.planned)}"
    yield f"  done by   {proposal.done_by.written(day_form)}"


def _step(step: Step) -> str:
    if step.first == step.last:
        return f"{day_form(step.first)}: {step.why}"
    return f"{day_form(step.first)} to {day_form(step.last)}: {step.why}"
