"""`intouch due`: whom to write to, when and why."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from intouch.build import Loaded, plan
from intouch.checkins import Agenda, Application, CheckIn
from intouch.cli import due_table, report
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, PROBLEMS
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.shapes import ApplicationData, CheckInData, DueData
from intouch.dates import CadenceError, Period, parse_cadence

_DEFAULT_WITHIN = "30d"


class _Within(click.ParamType[Period]):
    """A length of time on the command line, such as 14d or "2 months"."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read it as a cadence is read."""
        if isinstance(value, Period):
            return value
        with suppress(CadenceError):
            if period := parse_cadence(str(value)).period:
                return period
        return self.fail(f"'{value}' is no length of time; write it as 14d, 6w or 3m", param, ctx)


@click.command(
    "due",
    cls=Command,
    examples=(
        Example("What is planned within two weeks", "intouch due --within 14d"),
        Example("Everything, for a program", "intouch due --json"),
    ),
)
@click.option("--json", "as_json", is_flag=True, help="For programs; holds every open item.")
@click.option(
    "--within",
    type=_Within(),
    metavar="PERIOD",
    help=f"Only what is planned this soon: 14d, 6w, 3m (table: {_DEFAULT_WITHIN} unless given).",
)
@click.option("--all", "everything", is_flag=True, help="The table too shows every open item.")
@notebook_options
def command(
    *, as_json: bool, within: Period | None, everything: bool, directory: Path | None, on_day: date | None
) -> None:
    """Whom to write to, when and why."""
    loaded = open_project(directory, on_day).load()
    show_problems(loaded.diagnostics)
    agenda = plan(loaded)
    if as_json:
        near = _near(agenda, within)
        click.echo(report.json_bytes(as_data(loaded, agenda, near)))
    else:
        if within is None and not everything:
            within = parse_cadence(_DEFAULT_WITHIN).period
        due_table.show(loaded, agenda, _near(agenda, within))
    raise SystemExit(PROBLEMS if loaded.has_errors else FINE)


def _near(agenda: Agenda, within: Period | None) -> tuple[CheckIn, ...]:
    """The open items planned no later than `within` from today."""
    if within is None:
        return agenda.check_ins
    last = within.after(agenda.today)
    return tuple(item for item in agenda.check_ins if item.planned <= last)


def as_data(loaded: Loaded, agenda: Agenda, check_ins: tuple[CheckIn, ...]) -> DueData:
    """The agenda in the stable form that other programs rely on."""
    return {
        "today": agenda.today.isoformat(),
        "problems": len(loaded.diagnostics),
        "check_ins": [_check_in(item, loaded) for item in check_ins],
        "people": [
            {
                "contact": slug,
                "status": stands.status,
                "last_contact": stands.last_contact.day.isoformat() if stands.last_contact else None,
                "rhythm": str(stands.rhythm) if stands.rhythm else None,
            }
            for slug, stands in agenda.standings.items()
        ],
        "applications": [_application(application) for application in agenda.applications],
    }


def _check_in(item: CheckIn, loaded: Loaded) -> CheckInData:
    contact = loaded.book.contacts[item.contact]
    application = item.proposal.application
    return {
        "contact": item.contact,
        "name": contact.name,
        "organization": contact.organization,
        "action": item.action,
        "role": application.role if application else None,
        "attempt": item.proposal.attempt,
        "due": item.due.isoformat(),
        "planned": item.planned.isoformat(),
        "state": item.state,
        "reason": str(item.proposal.reason),
        "because": [str(place) for place in item.proposal.because],
    }


def _application(application: Application) -> ApplicationData:
    return {
        "organization": application.organization,
        "role": application.role,
        "stage": application.stage,
        "people": list(application.people),
        "via": application.via,
    }
