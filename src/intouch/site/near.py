"""What the page of one person draws from: the part that is about them and whom they stand beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TypeVar

from intouch.drafts.writer import occasion_of
from intouch.fingerprint import Fingerprints
from intouch.history import History
from intouch.memo import Key
from intouch.model import Book
from intouch.names import folded
from intouch.site.lookup import Lookup
from intouch.timeline import Timeline

_Value = TypeVar("_Value")


def near(slug: str, look: Lookup) -> Lookup:
    """Cut the index down to what one person's page may show.

    The page is made from this part and sees nothing else, so as long as the part holds the same, the page
    is the same.
    """
    contact = look.book.contacts[slug]
    theirs = look.interactions.get(slug, ())
    check_ins = look.check_ins.get(slug, ())
    applications = look.history.applications_with(slug)
    beside = {s: look.book.contacts[s] for s in sorted(set(_beside(slug, look))) if s in look.book.contacts}
    book = Book(MappingProxyType(beside), theirs)
    timeline = Timeline(
        book=book,
        today=look.agenda.today,
        happened=look.history.timeline.happened_with(slug),
        ahead=look.history.timeline.ahead_with(slug),
    )
    agenda = replace(
        look.agenda,
        check_ins=check_ins,
        standings=MappingProxyType({slug: look.agenda.standings[slug]}),
        applications=applications,
        withheld=look.withheld.get(slug, ()),
    )
    organization = folded(contact.organization or "")
    steps = {a.key: look.next_steps[a.key] for a in applications if a.key in look.next_steps}
    return Lookup(
        book=book,
        agenda=agenda,
        settings=look.settings,
        history=History(book, look.settings, timeline, applications),
        diagnostics=(),
        interactions=_only(slug, look.interactions),
        check_ins=_only(slug, look.check_ins),
        withheld=_only(slug, look.withheld),
        introduced=_only(slug, look.introduced),
        next_steps=MappingProxyType(steps),
        anchors=_only(organization, look.anchors),
        texts=look.texts,
        drafts=look.drafts.only(map(occasion_of, check_ins)),
        feeds=(),
    )


def _beside(slug: str, look: Lookup) -> Iterator[str]:
    """Whom the page names: the person, who was there, who leads, who is next, who introduced whom."""
    yield slug
    for interaction in look.interactions.get(slug, ()):
        yield from interaction.everyone
        if interaction.via:
            yield interaction.via
    for application in look.history.applications_with(slug):
        yield from application.people
        if application.via:
            yield application.via
        if step := look.next_steps.get(application.key):
            yield step.contact
    yield from look.introduced.get(slug, ())
    if introducer := look.book.contacts[slug].introduced_by:
        yield introducer


def _only(key: str, whole: Mapping[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType({key: whole[key]} if key in whole else {})


def key_of(slug: str, part: Lookup, prints: Fingerprints) -> Key:
    """A digest of all that a part of the index holds."""
    held = [getattr(part, field.name) for field in fields(part) if field.name not in {"texts", "drafts"}]
    texts = part.texts.made_of(part.interactions.get(slug, ()), part.book.contacts[slug])
    return prints.of(slug, *held, texts, part.drafts.orders)
