"""The page People: everyone in the notebook, in one table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from intouch.checkins import Status
from intouch.english import count
from intouch.model import Contact, ContactType
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import person_link
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.warmth import Warmth, warmth_of
from intouch.site.words import Day, action_text, day_of, maybe_day, rhythm_text, status_text, type_text


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the table.

    Attributes:
        status_id: the stable name of the status, for styling.
        last: the last contact, if any.
        rhythm: such as `every 2 months`; empty for none.
        next: the next check-in, if any.
        action: what that will be.
        tags: in one text, a line each, for the filter.
        fit: 1 to 5; empty where nobody said.
        type_id: the stable name of what they are; empty likewise.
        warmth: how warm the contact is, if it has a rhythm.
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
    tags: str
    fit: str
    type_id: str
    warmth: Warmth | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many people stand alike."""

    status: str
    status_id: str
    count: int


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page People, by name.

    Attributes:
        statuses: how many people stand alike; each is a view of the table, too.
        types: what people are to the job seeker, as far as somebody is.
        tags: every tag, in order.
    """

    shell: Shell
    summary: str
    statuses: tuple[StatusCount, ...]
    types: tuple[Choice, ...]
    tags: tuple[str, ...]
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
        types=tuple(
            Choice(kind.value, type_text(kind))
            for kind in ContactType
            if any(c.contact_type is kind for c in contacts)
        ),
        tags=tuple(sorted({tag for c in contacts for tag in c.tags}, key=lambda t: (t.casefold(), t))),
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
        tags="\n".join(contact.tags),
        fit=str(contact.fit or ""),
        type_id=contact.contact_type.value if contact.contact_type else "",
        warmth=warmth_of(stands, look.agenda.today),
    )
