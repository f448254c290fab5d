"""The page Organizations: whom one knows where, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from intouch.checkins import Application
from intouch.english import count
from intouch.model import Contact, ContactType, Kind
from intouch.names import folded
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import ApplicationItem, application_item, people_links, person_link
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Day, maybe_day


@dataclass(frozen=True, slots=True)
class Member:
    """Someone known at an organization."""

    person: Link
    title: str


@dataclass(frozen=True, slots=True)
class OrganizationItem:
    """An organization.

    Attributes:
        id: its name within the page.
        fit: how well it would suit, such as `5 of 5`; empty where nobody said.
        last: the last contact with anyone there, if any.
        interviews: how many there were, in words; empty for none.
        people: everyone met there.
        via: the agency consultants who lead there.
    """

    id: str
    name: str
    fit: str
    last: Day | None
    interviews: str
    people: tuple[Member, ...]
    applications: tuple[ApplicationItem, ...]
    via: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OrganizationsView:
    """The page Organizations, by name.

    Attributes:
        unplaced: people whose cards name no organization.
    """

    shell: Shell
    summary: str
    organizations: tuple[OrganizationItem, ...]
    unplaced: tuple[Member, ...]


@dataclass
class _Gathered:
    """What is known of an organization while the book is read through."""

    name: str
    people: list[Contact] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)


def organizations_view(look: Lookup, frame: Frame) -> OrganizationsView:
    """Gather the page Organizations."""
    found: dict[str, _Gathered] = {}
    unplaced = []
    for contact in look.book.contacts.values():
        if contact.organization:
            found.setdefault(folded(contact.organization), _Gathered(contact.organization)).people.append(
                contact
            )
        else:
            unplaced.append(contact)
    for application in look.agenda.applications:
        name = application.organization
        if name:
            found.setdefault(folded(name), _Gathered(name)).applications.append(application)
    return OrganizationsView(
        shell=frame.around("Organizations", ONE_DOWN, ONE_DOWN.organizations),
        summary=count(len(found), "organization"),
        organizations=tuple(_item(found[key], look.anchors[key], look) for key in sorted(found)),
        unplaced=tuple(_member(c, look) for c in sorted(unplaced, key=lambda c: (c.name.casefold(), c.slug))),
    )


def _member(contact: Contact, look: Lookup) -> Member:
    return Member(person_link(contact.slug, look, ONE_DOWN), contact.title or "")


def _item(gathered: _Gathered, anchor: str, look: Lookup) -> OrganizationItem:
    fits = [c.fit for c in gathered.people if c.fit]
    interviews = sum(i.kind is Kind.INTERVIEW for a in gathered.applications for i in a.happened)
    consultants = (i.via for a in gathered.applications for i in a.interactions if i.via)
    return OrganizationItem(
        id=anchor,
        name=gathered.name,
        fit=f"{max(fits)} of 5" if fits else "",
        last=maybe_day(_last_contact(gathered, look)),
        interviews=count(interviews, "interview") if interviews else "",
        people=tuple(_member(c, look) for c in _met_there(gathered, look)),
        applications=tuple(application_item(a, look, ONE_DOWN) for a in reversed(gathered.applications)),
        via=people_links(consultants, look, ONE_DOWN),
    )


def _met_there(gathered: _Gathered, look: Lookup) -> list[Contact]:
    """Whose card names the organization, then whom one met there for an application; no agencies."""
    found = {contact.slug: contact for contact in gathered.people}
    for application in gathered.applications:
        for slug in application.people:
            contact = look.book.contacts.get(slug)
            if contact is not None and contact.contact_type is not ContactType.AGENCY:
                found.setdefault(slug, contact)
    return list(found.values())


def _last_contact(gathered: _Gathered, look: Lookup) -> date | None:
    """When somebody there was last in touch, by their cards or in an application; to apply is no contact."""
    days = [i.day for a in gathered.applications for i in a.happened if i.kind is not Kind.APPLIED]
    for contact in gathered.people:
        last = look.agenda.standings[contact.slug].last_contact
        if last is not None:
            days.append(last.day)
    return max(days, default=None)
