"""`intouch draft`: the message to send now, filled in; nothing is ever sent by it."""

from __future__ import annotations

import webbrowser
from datetime import date
from pathlib import Path

import click

from intouch.agenda import plan_history
from intouch.build import gather
from intouch.checkins import Agenda, Application, CheckIn
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.report import visible
from intouch.cli.whom import PERSON, find_person
from intouch.drafts import facts
from intouch.drafts.compose import Draft, alike, compose, lint
from intouch.drafts.facts import Facts
from intouch.drafts.messages import ABOUT_APPLICATIONS, MessageKind, kind_for, read_template
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
    loaded = open_project(directory, on_day).load()
    show_problems(loaded.diagnostics)
    contact = find_person(person, loaded, told=True)
    if contact.do_not_contact:
        stop(USAGE, visible(f"the card of {contact.name} says do not contact"), "So there is no draft.")
    seen = gather(loaded)
    agenda = plan_history(seen)
    items = [item for item in agenda.check_ins if item.contact == contact.slug]
    fitting = [i for i in items if kind is None or str(kind_for(i, seen)) == kind] or items
    item = fitting[0] if fitting else None
    # Where nothing is due, it is a word to stay in touch.
    chosen = MessageKind(kind) if kind else kind_for(item, seen) if item else MessageKind.KEEP_IN_TOUCH
    draft = _made(chosen, facts.gather(contact, item, seen), loaded.own_theme)
    click.echo(visible(f"Subject: {draft.subject}"))
    click.echo()
    for line in draft.body.splitlines():
        click.echo(visible(line))
    to_client = _to_client(contact, item, chosen, seen)
    twin = _twin(draft, contact, agenda, seen, loaded.own_theme)
    for complaint in lint(draft, to_client=to_client, same_as=twin):
        click.echo(visible(f"not ready: {complaint}"), err=True)
    if hand_over:
        _hand_over(draft)
    raise SystemExit(PROBLEMS if loaded.has_errors else FINE)


def _made(kind: MessageKind, known: Facts, overrides: Path | None) -> Draft:
    """The draft; where the notebook's own template fails, why."""
    try:
        return compose(kind, known, read_template(kind, overrides))
    except Exception as problem:  # noqa: BLE001 - a template of the user's may fail in any way
        stop(PROBLEMS, visible(f"the template {FOLDER}/messages/{kind}.txt cannot be filled in: {problem}"))


def _to_client(contact: Contact, item: CheckIn | None, kind: MessageKind, seen: History) -> bool:
    """Whether an agency leads what the message is about, or anything that is open with them."""
    about = item.proposal.application if item else None
    if about is not None:
        return _is_led(about, contact)
    theirs = sorted(seen.applications_with(contact.slug), key=lambda a: a.interactions[-1].order)
    latest = theirs[-1:] if kind in ABOUT_APPLICATIONS else []
    return any(_is_led(a, contact) for a in theirs if a.is_open or a in latest)


def _is_led(application: Application, contact: Contact) -> bool:
    return application.via not in {None, contact.slug}


def _twin(draft: Draft, contact: Contact, agenda: Agenda, seen: History, overrides: Path | None) -> str:
    """The name of a colleague of theirs who is about to get the same text, or empty."""
    writer = Writer(overrides)
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
