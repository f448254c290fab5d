"""Checks of the whole book that need to know what day it is, or more than one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intouch.dates import ONE_DAY
from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.model import SCHEDULABLE, Book, Interaction, Kind


def check(book: Book, today: date) -> tuple[Diagnostic, ...]:
    """Look over a book on one day."""
    return (*_dated_ahead(book, today), *_entered_twice(book))


def _dated_ahead(book: Book, today: date) -> Iterator[Diagnostic]:
    """Only talks can be scheduled; tomorrow may be today in another time zone."""
    for i in reversed(book.interactions):
        if i.day <= today + ONE_DAY:
            return
        if i.kind in SCHEDULABLE or i.kind is Kind.NOTE:
            continue
        place = i.places.get("date", i.place)
        message = f"a '{i.kind}' cannot be dated ahead ({i.day})"
        kinds = ", ".join(sorted(SCHEDULABLE))
        remedy = (
            f"Correct the date; only these can be scheduled: {kinds}. A plan goes into 'next: {i.day} …'."
        )
        yield error(place, Code.FUTURE_DATE, message, remedy, length=10)


def _entered_twice(book: Book) -> Iterator[Diagnostic]:
    """The same line twice is usually a slip, and harmless: a warning."""
    alike: dict[tuple[str, date, Kind], list[Interaction]] = {}
    for i in book.interactions:
        alike.setdefault((i.owner, i.day, i.kind), []).append(i)
    seen: dict[tuple[object, ...], Interaction] = {}
    for i in (i for some in alike.values() if len(some) > 1 for i in some):
        key = (i.owner, i.day, i.kind, i.role, i.organization, i.people, i.via, i.source, book.text_of(i))
        if key in seen:
            message = f"this {i.kind} stands already at {seen[key].place}"
            yield warning(i.place, Code.DUPLICATE_ENTRY, message, "Delete one of the two if it is one event.")
        else:
            seen[key] = i
