"""`intouch draft`: the message to send now, filled in; nothing is ever sent by it."""

from __future__ import annotations

import webbrowser
from datetime import date
from pathlib import Path

import click
from jinja2 import TemplateError

from intouch.agenda import plan_history
from intouch.build import gather
from intouch.checkins import Agenda, CheckIn
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.report import visible
from intouch.cli.whom import PERSON, find_person
from intouch.drafts import facts
from intouch.drafts.compose import Draft, alike, compose, lint
from intouch.drafts.messages import MessageKind, kind_for, read_template
from intouch.drafts.writer import Writer
from intouch.history import History
from intouch.model import Contact
from intouch.names import folded
from intouch.theme_folder import FOLDER


@click.command(
    "draft",
    cls=Command,
    examples=(
        Example("The message that is due", "intouch draft priya"),
        Example("Talking points for a call", "intouch draft sam --kind keep-in-touch-phone"),
    ),
)
@click.argument("person", type=PERSON)
@click.option(
    "--kind",
    type=click.Choice([str(k) for k in MessageKind]),
    metavar="KIND",
    help="Another message than the one due.",
)
@click.option("--open", "hand_over", is_flag=True, help="Hand it to the mail program.")
@notebook_options
def command(
    person: str, kind: str | None, directory: Path | None, on_day: date | None, *, hand_over: bool
) -> None:
    """The message to send now, filled in from the notes.

    Prints it, with what is missing in [brackets]. Nothing is ever sent; a draft never counts as contact.
    PERSON is a slug, a name, an alias, or a part that is only theirs.

    \b
    The messages:
      thank-you, thank-you-letter, thank-you-agency, follow-up,
      follow-up-last, thank-anyway, answer, withdraw, promised, report-back,
      keep-in-touch, keep-in-touch-phone, reconnect, back-from-away
    """  # noqa: D301 - click's own mark for lines that must not be re-wrapped
    opened = open_project(directory, on_day)
    loaded = opened.load()
    show_problems(loaded.diagnostics)
    contact = find_person(person, loaded, told=True)
    if contact.do_not_contact:
        stop(USAGE, visible(f"the card of {contact.name} says do not contact"), "So there is no draft.")
    seen = gather(loaded)
    agenda = plan_history(seen)
    items = [item for item in agenda.check_ins if item.contact == contact.slug]
    draft = _made(contact, items, kind, seen, loaded.own_theme)
    click.echo(visible(f"Subject: {draft.subject}"))
    click.echo()
    for line in draft.body.splitlines():
        click.echo(visible(line))
    twin = _twin(draft, contact, agenda, seen, loaded.own_theme)
    for complaint in lint(draft, to_client=_to_client(contact, items), same_as=twin):
        click.echo(visible(f"not ready: {complaint}"), err=True)
    if hand_over:
        _hand_over(draft)
    raise SystemExit(PROBLEMS if loaded.has_errors else FINE)


def _made(
    contact: Contact, items: list[CheckIn], kind: str | None, seen: History, own_theme: Path | None
) -> Draft:
    """The draft of the kind asked for, else of the first check-in; regular contact where none is due."""
    fitting = [i for i in items if kind is None or str(kind_for(i, seen)) == kind] or items
    item = fitting[0] if fitting else None
    chosen = MessageKind(kind) if kind else kind_for(item, seen) if item else MessageKind.KEEP_IN_TOUCH
    try:
        source = read_template(chosen, own_theme)
        return compose(chosen, facts.gather(contact, item, seen), source)
    except (OSError, UnicodeDecodeError, TemplateError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        stop(PROBLEMS, f"the template {FOLDER}/messages/{chosen}.txt cannot be filled in: {why}")


def _to_client(contact: Contact, items: list[CheckIn]) -> bool:
    """Whether an agency leads the application that the message is about."""
    application = next((i.proposal.application for i in items if i.proposal.application), None)
    return application is not None and application.via not in {None, contact.slug}


def _twin(draft: Draft, contact: Contact, agenda: Agenda, seen: History, own_theme: Path | None) -> str:
    """The name of a colleague of theirs who is about to get the same text, or empty."""
    writer = Writer(own_theme)
    for item in agenda.check_ins:
        other = seen.contacts[item.contact]
        colleague = other.slug != contact.slug and contact.organization
        if not colleague or folded(other.organization) != folded(contact.organization):
            continue
        if any(alike(draft, theirs) for theirs in writer.drafts_for(item, seen)):
            return other.name
    return ""


def _hand_over(draft: Draft) -> None:
    if not draft.to:
        stop(USAGE, "the card names no e-mail address", "Add one, or copy the text.")
    if not draft.link:
        stop(USAGE, "the text is too long for a mail link", "Copy it into your mail program.")
    if not webbrowser.open(draft.link):
        stop(MACHINE, "no mail program could be opened", "Copy the text into it.")
