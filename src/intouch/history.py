"""What the rules look at: the timeline, the applications, and whom to write to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from intouch.applications import assemble
from intouch.checkins import Application
from intouch.model import Book, Contact, Interaction, Kind
from intouch.places import Place
from intouch.prose import Prose
from intouch.settings import Settings
from intouch.timeline import Timeline, timeline

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class History:
    """One book on one day, gathered for the rules."""

    book: Book
    settings: Settings
    timeline: Timeline
    applications: tuple[Application, ...]
    _worked_out: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, question: str, answer: Callable[[], Answer]) -> Answer:
        """The answer to a question about this history, worked out when it is asked for the first time.

        Args:
            question: names what is asked and of whom; one question has one answer.
            answer: works it out.
        """
        if question not in self._worked_out:
            self._worked_out[question] = answer()
        return cast("Answer", self._worked_out[question])

    @property
    def today(self) -> date:
        """The day it is."""
        return self.timeline.today

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """The people, by slug."""
        return self.book.contacts

    @cached_property
    def _application_at(self) -> Mapping[Place, Application]:
        return {i.place: application for application in self.applications for i in application.interactions}

    @cached_property
    def _applications_with(self) -> Mapping[str, tuple[Application, ...]]:
        found: dict[str, list[Application]] = {}
        for application in self.applications:
            consultants = (i.via for i in application.interactions if i.via)
            for slug in dict.fromkeys((*application.people, *consultants)):
                found.setdefault(slug, []).append(application)
        return {slug: tuple(some) for slug, some in found.items()}

    @cached_property
    def _introduced(self) -> Mapping[str, tuple[Contact, ...]]:
        found: dict[str, list[Contact]] = {}
        for contact in self.contacts.values():
            if contact.introduced_by:
                found.setdefault(contact.introduced_by, []).append(contact)
        return {slug: tuple(some) for slug, some in found.items()}

    def introduced_by(self, slug: str) -> tuple[Contact, ...]:
        """Whom a person introduced, in the order of slugs."""
        return self._introduced.get(slug, ())

    def application_of(self, interaction: Interaction) -> Application | None:
        """The application an interaction joined."""
        return self._application_at.get(interaction.place)

    def applications_with(self, slug: str) -> tuple[Application, ...]:
        """The applications a person takes part in: as owner, companion or consultant."""
        return self._applications_with.get(slug, ())

    def business_days_after(self, day: date, count: int = 1) -> date:
        """The day `count` business days after `day`."""
        return self.settings.calendar.add_business_days(day, count)

    def was_thanked(self, slug: str, day: date) -> bool:
        """Whether a thank-you on `day` or later, or anything else said to them after it, settled it."""
        return any(
            i.kind is Kind.THANK_YOU or (i.kind.reaches_them and i.day > day)
            for i in self.timeline.since(slug, day)
        )

    def was_reached(self, slug: str, day: date) -> bool:
        """Whether anything was said to them on `day` or later."""
        return any(i.kind.reaches_them for i in self.timeline.since(slug, day))


def history(book: Book, today: date, settings: Settings) -> History:
    """Gather the facts of a book for the rules, which are none of its prose."""
    facts = replace(book, prose=Prose())
    seen = timeline(facts, today)
    return History(facts, settings, seen, assemble(seen, settings))
