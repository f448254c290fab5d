"""Who was in touch with whom and when: the book's interactions by person, past and ahead."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from intouch.dates import ONE_DAY
from intouch.model import SCHEDULABLE, Book, Interaction, Kind, Pin

_REAL_DEALINGS = frozenset(
    {
        Kind.SCREEN,
        Kind.INTERVIEW,
        Kind.MEETING,
        Kind.CALL,
        Kind.EVENT,
        Kind.REPLY,
        Kind.REJECTION,
        Kind.OFFER,
    }
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A pinned date and what became of it.

    Attributes:
        since: the date of the note that made it; None for a card's, whose age nobody wrote down.
        kept: the interaction that kept it, or None while it is open.
    """

    contact: str
    pin: Pin
    since: date | None
    fact: str
    kept: Interaction | None


@dataclass(frozen=True)
class Timeline:
    """The interactions of a book as they look on one day.

    Attributes:
        happened: what counts as having taken place, in the one order, notes of one's own left out.
        ahead: what is scheduled after today, in the one order.
    """

    book: Book
    today: date
    happened: tuple[Interaction, ...]
    ahead: tuple[Interaction, ...]

    @property
    def counted(self) -> tuple[Interaction, ...]:
        """What happened and what lies ahead, in the one order."""
        if not self.ahead:
            return self.happened
        # Nearly all that happened comes before what lies ahead: only the rest need be put in order.
        start = bisect_left(self.happened, self.ahead[0].order, key=lambda i: i.order)
        mixed = sorted((*self.happened[start:], *self.ahead), key=lambda i: i.order)
        return (*self.happened[:start], *mixed)

    @cached_property
    def _happened_with(self) -> Mapping[str, tuple[Interaction, ...]]:
        return _by_person(self.happened)

    @cached_property
    def _ahead_with(self) -> Mapping[str, tuple[Interaction, ...]]:
        return _by_person(self.ahead)

    @cached_property
    def _promises(self) -> Mapping[str, tuple[Promise, ...]]:
        found: dict[str, list[Promise]] = {}
        for contact in self.book.contacts.values():
            if contact.next is not None:
                promise = self._promise(contact.slug, contact.next, None, "card")
                found.setdefault(contact.slug, []).append(promise)
        made: Counter[str] = Counter()
        for note in self.book.interactions:
            if note.next is not None:
                fact = f"{note.day} {note.kind}"
                theirs = f"{note.owner} {fact}"
                made[theirs] += 1
                # Two notes of one day and kind promise two things.
                numbered = fact if made[theirs] == 1 else f"{fact} {made[theirs]}"
                promise = self._promise(note.owner, note.next, note.day, numbered)
                found.setdefault(note.owner, []).append(promise)
        return {slug: tuple(sorted(some, key=lambda p: (p.pin.day, p.fact))) for slug, some in found.items()}

    def _promise(self, slug: str, pin: Pin, since: date | None, fact: str) -> Promise:
        kept = next((i for i in self.since(slug, pin.day) if i.kind.reaches_them), None)
        return Promise(slug, pin, since, fact, kept)

    def happened_with(self, slug: str) -> tuple[Interaction, ...]:
        """What took place with a person, in the one order."""
        return self._happened_with.get(slug, ())

    def ahead_with(self, slug: str) -> tuple[Interaction, ...]:
        """What is scheduled with a person, in the one order."""
        return self._ahead_with.get(slug, ())

    def since(self, slug: str, day: date) -> Iterator[Interaction]:
        """What took place with a person on `day` or later, in the one order."""
        theirs = self.happened_with(slug)
        for index in range(bisect_left(theirs, day, key=lambda i: i.day), len(theirs)):
            yield theirs[index]

    def promises_to(self, slug: str) -> tuple[Promise, ...]:
        """Every promise to a person, kept or open, by date."""
        return self._promises.get(slug, ())

    def last_contact(self, slug: str) -> Interaction | None:
        """The interaction that sets the contact date: the latest that is no application."""
        theirs = reversed(self.happened_with(slug))
        return next((i for i in theirs if i.kind is not Kind.APPLIED), None)

    def last_heard(self, slug: str) -> Interaction | None:
        """The latest interaction in which they spoke."""
        return next((i for i in reversed(self.happened_with(slug)) if i.kind.hears_from_them), None)

    def really_dealt_with(self, slug: str) -> bool:
        """Whether there was more than writing to them."""
        return any(i.kind in _REAL_DEALINGS for i in self.happened_with(slug))


def _by_person(interactions: tuple[Interaction, ...]) -> Mapping[str, tuple[Interaction, ...]]:
    found: dict[str, list[Interaction]] = {}
    for interaction in interactions:
        found.setdefault(interaction.owner, []).append(interaction)
        for slug in interaction.people:
            found.setdefault(slug, []).append(interaction)
    return {slug: tuple(some) for slug, some in found.items()}


def is_scheduled(interaction: Interaction, today: date) -> bool:
    """Whether it lies ahead. Other kinds dated tomorrow were written in another time zone: they happened."""
    return interaction.day > today and interaction.kind in SCHEDULABLE


def timeline(book: Book, today: date) -> Timeline:
    """Sort a book's interactions into what happened and what lies ahead.

    A kind that cannot be scheduled but is dated later than tomorrow is an error of the notebook;
    where a dashboard is shown all the same, it takes no part.
    """
    counted = [i for i in book.interactions if i.kind is not Kind.NOTE]
    ahead = tuple(i for i in counted if is_scheduled(i, today))
    tomorrow = today + ONE_DAY
    happened = tuple(i for i in counted if i.day <= tomorrow and not is_scheduled(i, today))
    return Timeline(book, today, happened, ahead)
