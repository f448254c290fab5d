"""What the pages draw from: the book and the agenda, looked up by person, and every text rendered once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from markupsafe import Markup

from intouch.checkins import Agenda, CheckIn, Withheld
from intouch.diagnostics import Code, Diagnostic, in_order, warning
from intouch.drafts.writer import Drafts
from intouch.history import History
from intouch.model import Book, Contact, Interaction, Source
from intouch.names import folded
from intouch.places import Place
from intouch.settings import Settings
from intouch.site.addresses import TWO_DOWN
from intouch.site.markdown import Links, Rendered, render_line, render_note

_Value = TypeVar("_Value")

_NOT_IN_ANCHOR = re.compile(r"[\W_]+")

ENTRY_LEVEL = 3
"""The level of the heading of an entry in a timeline."""

ABOUT_LEVEL = 2
"""The level of the heading over the text of a card."""


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
        texts: the texts of log lines and notes, by place.
        bodies: the texts of cards, by slug.
        drafts: the messages for each check-in.
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
    texts: Mapping[Place, Markup]
    bodies: Mapping[str, Markup]
    drafts: Drafts


def look_up(
    history: History, agenda: Agenda, diagnostics: tuple[Diagnostic, ...], drafts: Drafts
) -> tuple[Lookup, tuple[Diagnostic, ...]]:
    """Index a book and render its texts.

    Returns:
        The index, and the problems that rendering found.
    """
    book = history.book
    rendered = _Texts(book)
    texts = {i.place: rendered.of_interaction(i) for i in book.interactions}
    bodies = {slug: rendered.of_card(contact) for slug, contact in book.contacts.items()}
    steps: dict[str, CheckIn] = {}
    for item in agenda.check_ins:
        if item.proposal.application is not None:
            steps.setdefault(item.proposal.application.key, item)
    found = Lookup(
        book=book,
        agenda=agenda,
        settings=history.settings,
        history=history,
        diagnostics=in_order((*diagnostics, *rendered.problems)),
        interactions=_grouped((slug, i) for i in book.interactions for slug in dict.fromkeys(i.everyone)),
        check_ins=_grouped((item.contact, item) for item in agenda.check_ins),
        withheld=_grouped((some.contact, some) for some in agenda.withheld),
        introduced=_grouped((c.introduced_by, c.slug) for c in book.contacts.values() if c.introduced_by),
        next_steps=MappingProxyType(steps),
        anchors=_anchors(book, agenda),
        texts=MappingProxyType(texts),
        bodies=MappingProxyType(bodies),
        drafts=drafts,
    )
    return found, tuple(rendered.problems)


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


def _grouped(pairs: Iterable[tuple[str, _Value]]) -> Mapping[str, tuple[_Value, ...]]:
    found: dict[str, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})


class _Texts:
    """Renders the texts of a book for the pages of its people, and remembers what was too much work."""

    def __init__(self, book: Book) -> None:
        # All these texts stand on pages of people, so one form of their links fits all.
        self._links = Links(book.links, TWO_DOWN.person)
        self.problems: list[Diagnostic] = []

    def of_interaction(self, interaction: Interaction) -> Markup:
        if interaction.source is Source.LOG:
            return self._safe(render_line(interaction.text, self._links), interaction.place)
        rendered = render_note(interaction.text, self._links, above=ENTRY_LEVEL)
        return self._safe(rendered, replace(interaction.place, line=1, column=1))

    def of_card(self, contact: Contact) -> Markup:
        rendered = render_note(contact.body, self._links, above=ABOUT_LEVEL)
        return self._safe(rendered, contact.place)

    def _safe(self, rendered: Rendered, place: Place) -> Markup:
        if rendered.slow:
            message = "this text would take too long to render, so it is shown as it was written"
            remedy = "Look for thousands of brackets, stars or nested quotations, and take them out."
            self.problems.append(warning(place, Code.SLOW_MARKDOWN, message, remedy))
        return rendered.html
