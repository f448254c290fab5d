"""The page People: everyone in the notebook, in one table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from intouch.checkins import Status
from intouch.model import Contact
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import person_link
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Day, action_text, count, day_of, maybe_day, rhythm_text, status_text, type_text


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the table.

    Attributes:
        status_id: the stable name of the status, for styling.
        last: the last contact, if any.
        rhythm: such as `every 2 months`; empty for none.
        next: the next check-in, if any.
        action: what that will be.
    """

    person: Link
    title: str
    organization: str
    type: str
    status: str
    status_id: str
    last: Day | None
    rhythm: str
    next: Day | None
    action: str


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many people stand alike."""

    status: str
    status_id: str
    count: int


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page People, by name."""

    shell: Shell
    summary: str
    statuses: tuple[StatusCount, ...]
    rows: tuple[PersonRow, ...]


def people_view(look: Lookup, frame: Frame) -> PeopleView:
    """Gather the page People."""
    contacts = sorted(look.book.contacts.values(), key=lambda c: (c.name.casefold(), c.slug))
    statuses = Counter(look.agenda.standings[c.slug].status for c in contacts)
    return PeopleView(
        shell=frame.around("People", ONE_DOWN, ONE_DOWN.people),
        summary=count(len(contacts), "person", "people"),
        statuses=tuple(
            StatusCount(status_text(status), status.value, statuses[status])
            for status in Status
            if status in statuses
        ),
        rows=tuple(_row(contact, look) for contact in contacts),
    )


def _row(contact: Contact, look: Lookup) -> PersonRow:
    stands = look.agenda.standings[contact.slug]
    item = next(iter(look.check_ins.get(contact.slug, ())), None)
    return PersonRow(
        person=person_link(contact.slug, look, ONE_DOWN),
        title=contact.title or "",
        organization=contact.organization or "",
        type=type_text(contact.contact_type),
        status=status_text(stands.status),
        status_id=stands.status.value,
        last=maybe_day(stands.last_contact.day if stands.last_contact else None),
        rhythm=rhythm_text(stands),
        next=None if item is None else day_of(item.planned),
        action="" if item is None else action_text(item.action, item.proposal.attempt),
    )
