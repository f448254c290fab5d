"""The page Organizations: whom one knows where, and what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from intouch.checkins import Application
from intouch.model import Contact
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import ApplicationItem, application_item, people_links, person_link
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Day, count, maybe_day

_NOT_IN_ID = re.compile(r"[\W_]+")


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
        via: the agency consultants who lead there.
    """

    id: str
    name: str
    fit: str
    last: Day | None
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


def _key(name: str) -> str:
    """Organizations are compared case and spacing aside."""
    return " ".join(name.split()).casefold()


def organizations_view(look: Lookup, frame: Frame) -> OrganizationsView:
    """Gather the page Organizations."""
    found: dict[str, _Gathered] = {}
    unplaced = []
    for contact in look.book.contacts.values():
        if contact.organization:
            found.setdefault(_key(contact.organization), _Gathered(contact.organization)).people.append(
                contact
            )
        else:
            unplaced.append(contact)
    for application in look.agenda.applications:
        name = application.organization
        if name:
            found.setdefault(_key(name), _Gathered(name)).applications.append(application)
    taken: set[str] = set()
    return OrganizationsView(
        shell=frame.around("Organizations", ONE_DOWN, ONE_DOWN.organizations),
        summary=count(len(found), "organization"),
        organizations=tuple(_item(found[key], _id(key, taken), look) for key in sorted(found)),
        unplaced=tuple(_member(c, look) for c in sorted(unplaced, key=lambda c: (c.name.casefold(), c.slug))),
    )


def _id(key: str, taken: set[str]) -> str:
    """A name within the page, its own also where two organizations differ only in their signs."""
    stem = "at-" + (_NOT_IN_ID.sub("-", key).strip("-") or "organization")
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _member(contact: Contact, look: Lookup) -> Member:
    return Member(person_link(contact.slug, look, ONE_DOWN), contact.title or "")


def _item(gathered: _Gathered, id_: str, look: Lookup) -> OrganizationItem:
    fits = [c.fit for c in gathered.people if c.fit]
    consultants = (i.via for a in gathered.applications for i in a.interactions if i.via)
    return OrganizationItem(
        id=id_,
        name=gathered.name,
        fit=f"{max(fits)} of 5" if fits else "",
        last=maybe_day(_last_touch(gathered, look)),
        people=tuple(_member(c, look) for c in gathered.people),
        applications=tuple(application_item(a, look, ONE_DOWN) for a in reversed(gathered.applications)),
        via=people_links(consultants, look, ONE_DOWN),
    )


def _last_touch(gathered: _Gathered, look: Lookup) -> date | None:
    days = [a.happened[-1].day for a in gathered.applications if a.happened]
    for contact in gathered.people:
        last = look.agenda.standings[contact.slug].last_contact
        if last is not None:
            days.append(last.day)
    return max(days, default=None)
