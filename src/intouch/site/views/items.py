"""What several pages show: check-ins, applications, appointments and people, each ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intouch.checkins import Application, CheckIn, State
from intouch.done import log_command, log_page
from intouch.drafts.compose import Draft
from intouch.drafts.messages import MessageKind
from intouch.drafts.writer import occasion_of
from intouch.english import capital, count
from intouch.mail_links import mail_link
from intouch.model import Interaction
from intouch.planning import steps
from intouch.site.addresses import Addresses, telephone
from intouch.site.lookup import Lookup
from intouch.site.views.shell import Link
from intouch.site.warmth import lasting
from intouch.site.words import (
    Day,
    Piece,
    action_text,
    clipped,
    day_of,
    kind_text,
    maybe_day,
    pieces,
    short_date,
    stage_text,
)

LONGEST_LAST_TIME = 240


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Days on which an item was not planned, and why."""

    first: Day
    last: Day | None
    why: str


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A message that is filled in from the notes.

    Attributes:
        title: `Draft`, or `Talking points` for a call.
        text: subject and body, as one would copy them.
        link: opens it in the mail program; empty where it is too long or no address is known.
        gaps: what is missing in it, in words; empty where nothing is.
    """

    title: str
    text: str
    link: str
    gaps: str


@dataclass(frozen=True, slots=True)
class CheckInItem:
    """Something to do.

    Attributes:
        action: what to do, in words.
        action_id: its stable name, for styling.
        reason: one sentence.
        planned: the day to do it.
        due: the day it was due, where that is another one.
        overdue: whether it was due before today.
        mail: the person's first e-mail address as a link; its `href` is empty where none is known.
        phone: their first telephone number, likewise.
        log_line: the shell command that writes down that it was done.
        log_page: the page of the notebook's git host that does the same; empty where none is known.
        because: the places in the notebook that made it so.
        passed: the days between due and planned.
        done_by: what would settle it.
        drafts: the message for it, and talking points where a call is as good.
        last_time: what was said to them last; empty where nothing was.
    """

    person: Link
    organization: str
    role: str
    action: str
    action_id: str
    reason: tuple[Piece, ...]
    planned: Day
    due: Day | None
    overdue: bool
    mail: Link
    phone: Link
    log_line: str
    log_page: str
    because: tuple[str, ...]
    passed: tuple[PassedOver, ...]
    done_by: str
    drafts: tuple[DraftItem, ...]
    last_time: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in an application; the person is named only where there are several."""

    action: str
    person: Link
    planned: Day


@dataclass(frozen=True, slots=True)
class ApplicationItem:
    """An application.

    Attributes:
        title: the role; for a nameless one the organization.
        organization: empty where nobody named one, or where it is the title.
        stage: in words.
        stage_id: its stable name, for styling.
        since: the day on which the stage began; one ahead where nothing has happened yet.
        lasting: how long ago that was, such as `3 weeks`; empty where it is ahead.
        via: the agency consultant; its `text` is empty where there is none.
        next: what to do about it, if anything.
        coming: its next appointment, if any.
    """

    title: str
    organization: str
    stage: str
    stage_id: str
    since: Day
    lasting: str
    people: tuple[Link, ...]
    via: Link
    next: NextStep | None
    coming: Day | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An interview, a talk or a meeting ahead.

    Attributes:
        how: what was written down about it: a line's text, or a note's title.
    """

    day: Day
    kind: str
    role: str
    organization: str
    people: tuple[Link, ...]
    how: str


def person_link(slug: str, look: Lookup, at: Addresses) -> Link:
    """A person's name and page; whoever has no card is named by their slug and leads nowhere."""
    contact = look.book.contacts.get(slug)
    return Link(slug, "") if contact is None else Link(contact.name, at.person(slug))


def people_links(slugs: Iterable[str], look: Lookup, at: Addresses) -> tuple[Link, ...]:
    """The names and pages of some people, each once."""
    return tuple(person_link(slug, look, at) for slug in dict.fromkeys(slugs))


def maybe_person(slug: str | None, look: Lookup, at: Addresses) -> Link:
    """A person's name and page; empty for nobody."""
    return Link("", "") if slug is None else person_link(slug, look, at)


def check_in_item(item: CheckIn, look: Lookup, at: Addresses) -> CheckInItem:
    """Make a check-in ready to print."""
    proposal = item.proposal
    contact = look.book.contacts[item.contact]
    application = proposal.application
    return CheckInItem(
        person=person_link(item.contact, look, at),
        organization=contact.organization or "",
        role=(application.role or "") if application else "",
        action=action_text(item.action, proposal.attempt),
        action_id=item.action.value,
        reason=pieces(proposal.reason),
        planned=day_of(item.planned),
        due=None if item.due == item.planned else day_of(item.due),
        overdue=item.state is State.OVERDUE,
        mail=next((Link(a, mail_link(a)) for a in contact.emails if mail_link(a)), Link("", "")),
        phone=next((Link(n, telephone(n)) for n in contact.phones if telephone(n)), Link("", "")),
        log_line=_log_line(item, look),
        log_page=log_page(item, contact, _log_day(item, look), look.settings.site),
        because=tuple(str(place) for place in proposal.because),
        passed=_passed_over(item, look),
        done_by=capital(proposal.done_by.written(short_date)),
        drafts=tuple(_draft(draft) for draft in look.drafts[occasion_of(item)]),
        last_time=_last_time(item, look),
    )


def _draft(draft: Draft) -> DraftItem:
    phone = draft.kind is MessageKind.KEEP_IN_TOUCH_PHONE
    gaps = "" if draft.ready else f"{count(len(draft.gaps), 'gap')} to fill"
    text = f"{draft.subject}\n\n{draft.body}"
    return DraftItem("Talking points" if phone else "Draft", text, "" if phone else draft.link, gaps)


def _last_time(item: CheckIn, look: Lookup) -> str:
    """What was said to the person last, as the log tells it."""
    said = (i for i in reversed(look.history.timeline.happened_with(item.contact)) if i.kind.reaches_them)
    last = next(said, None)
    if last is None:
        return ""
    told = f"{kind_text(last.kind)}, {short_date(last.day)}"
    return clipped(f"{told}: {last.gist}" if last.gist else told, LONGEST_LAST_TIME)


def _log_line(item: CheckIn, look: Lookup) -> str:
    """The shell command that logs a check-in as done today."""
    day = _log_day(item, look)
    return log_command(item, None if day == look.agenda.today else day)


def _log_day(item: CheckIn, look: Lookup) -> date:
    """Today, or the first day on which doing it counts: thanks for a talk ahead come after the talk."""
    return max(look.agenda.today, item.proposal.not_before or look.agenda.today)


def _passed_over(item: CheckIn, look: Lookup) -> tuple[PassedOver, ...]:
    return tuple(
        PassedOver(day_of(s.first), None if s.first == s.last else day_of(s.last), s.why)
        for s in steps(item, look.history)
    )


def application_item(application: Application, look: Lookup, at: Addresses) -> ApplicationItem:
    """Make an application ready to print."""
    item = look.next_steps.get(application.key)
    step = None
    if item is not None:
        action = action_text(item.action, item.proposal.attempt)
        alone = application.people == (item.contact,)
        person = Link("", "") if alone else person_link(item.contact, look, at)
        step = NextStep(action, person, day_of(item.planned))
    organization = application.organization or ""
    days = (look.agenda.today - application.since).days
    return ApplicationItem(
        title=application.role or organization or "An application",
        organization=organization if application.role else "",
        stage=stage_text(application.stage),
        stage_id=application.stage.value,
        since=day_of(application.since),
        lasting=lasting(days) if days >= 0 else "",
        people=people_links(application.people, look, at),
        via=maybe_person(application.via, look, at),
        next=step,
        coming=maybe_day(application.ahead[0].day if application.ahead else None),
    )


def appointment(
    interaction: Interaction, look: Lookup, at: Addresses, *, apart_from: str = ""
) -> Appointment:
    """Make something scheduled ready to print.

    Args:
        interaction: what is scheduled.
        look: the index.
        at: the site as seen from the page.
        apart_from: slug of a person who need not be named, because the page is theirs.
    """
    joined = look.history.application_of(interaction)
    owner = look.book.contacts.get(interaction.owner)
    organization = interaction.organization or (joined.organization if joined else None)
    return Appointment(
        day=day_of(interaction.day),
        kind=kind_text(interaction.kind),
        role=interaction.role or (joined.role if joined else None) or "",
        organization=organization or (owner.organization if owner else None) or "",
        people=people_links((s for s in interaction.everyone if s != apart_from), look, at),
        how=interaction.gist,
    )
