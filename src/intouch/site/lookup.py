"""What the pages draw from: the book and the agenda, looked up by person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from intouch.checkins import Agenda, CheckIn, Withheld
from intouch.diagnostics import Diagnostic, in_order
from intouch.drafts.writer import Drafts
from intouch.history import History
from intouch.model import Book, Interaction
from intouch.names import folded
from intouch.publication import PublishedFeed
from intouch.settings import Settings
from intouch.site.texts import Texts

_Value = TypeVar("_Value")

_NOT_IN_ANCHOR = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Lookup:
    """One book on one day, indexed once for all pages.

    Attributes:
        book: the notebook.
        agenda: what the rules make of it.
        settings: the notebook's settings.
        history: who takes part in what.
        diagnostics: every problem, those of rendering included, in order.
        interactions: with each person, by slug, in the one order.
        check_ins: of each person, by slug, in the agenda's order.
        withheld: what is not asked for, by slug.
        introduced: whom each person introduced, by slug.
        next_steps: the first check-in of each application, by its key.
        anchors: the name of each organization within its page, by `folded`.
        texts: the texts of log lines, notes and cards.
        drafts: the messages for each check-in.
        feeds: where the calendar feeds are, the main one first.
    """

    book: Book
    agenda: Agenda
    settings: Settings
    history: History
    diagnostics: tuple[Diagnostic, ...]
    interactions: Mapping[str, tuple[Interaction, ...]]
    check_ins: Mapping[str, tuple[CheckIn, ...]]
    withheld: Mapping[str, tuple[Withheld, ...]]
    introduced: Mapping[str, tuple[str, ...]]
    next_steps: Mapping[str, CheckIn]
    anchors: Mapping[str, str]
    texts: Texts
    drafts: Drafts
    feeds: tuple[PublishedFeed, ...]


def look_up(
    book: Book,
    history: History,
    agenda: Agenda,
    diagnostics: tuple[Diagnostic, ...],
    drafts: Drafts,
    *,
    texts: Texts,
    feeds: tuple[PublishedFeed, ...],
) -> Lookup:
    """Index a book."""
    steps: dict[str, CheckIn] = {}
    for item in agenda.check_ins:
        if item.proposal.application is not None:
            steps.setdefault(item.proposal.application.key, item)
    return Lookup(
        book=book,
        agenda=agenda,
        settings=history.settings,
        history=history,
        diagnostics=in_order((*diagnostics, *texts.problems)),
        interactions=_grouped((slug, i) for i in book.interactions for slug in _once(i)),
        check_ins=_grouped((item.contact, item) for item in agenda.check_ins),
        withheld=_grouped((some.contact, some) for some in agenda.withheld),
        introduced=_grouped((c.introduced_by, c.slug) for c in book.contacts.values() if c.introduced_by),
        next_steps=MappingProxyType(steps),
        anchors=_anchors(book, agenda),
        texts=texts,
        drafts=drafts,
        feeds=feeds,
    )


def _anchors(book: Book, agenda: Agenda) -> Mapping[str, str]:
    """Name every organization within its page, apart also where two differ only in their signs."""
    named = [
        *(contact.organization for contact in book.contacts.values()),
        *(application.organization for application in agenda.applications),
    ]
    stems: dict[str, list[str]] = {}
    for key in sorted({folded(name) for name in named if name}):
        stems.setdefault(_NOT_IN_ANCHOR.sub("-", key).strip("-") or "organization", []).append(key)
    found = {}
    for stem, keys in stems.items():
        for number, key in enumerate(keys, start=1):
            # A full stop is in no stem, so that `a.2` is never somebody else's.
            found[key] = f"at-{stem}" if number == 1 else f"at-{stem}.{number}"
    return MappingProxyType(found)


def _once(interaction: Interaction) -> Iterable[str]:
    """Everyone whom it was with, each once."""
    return dict.fromkeys(interaction.everyone) if interaction.people else (interaction.owner,)


def _grouped(pairs: Iterable[tuple[str, _Value]]) -> Mapping[str, tuple[_Value, ...]]:
    found: dict[str, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})
