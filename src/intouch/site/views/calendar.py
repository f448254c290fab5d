"""The page Calendar: the coming months as grids, with what is planned and the days on which nothing is."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import starmap

from intouch.checkins import CheckIn
from intouch.dates import ONE_DAY, add_months
from intouch.english import SHORT_WEEKDAYS, WEEKDAYS, count
from intouch.model import SCHEDULABLE, Interaction
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.items import person_link
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Day, action_text, day_of, kind_text, month_name

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing on a day.

    Attributes:
        what: the action, or the kind of an appointment.
        what_id: its stable name, for styling; `appointment` for one.
    """

    what: str
    what_id: str
    person: Link


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month; those of other months that fill a week hold nothing.

    Attributes:
        number: of the month; empty for a day of another month.
        today: whether it is today.
        past: whether it lies before today.
        shade: `weekend`, `holiday`, `away`, `quiet`, or empty.
        note: why nothing regular is planned on it: the holiday's name, `away`, `quiet`.
        told: whether the note is printed: on every holiday, and where a stretch of days begins.
    """

    day: Day
    number: str
    today: bool
    past: bool
    shade: str
    note: str
    told: bool
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week from Monday to Sunday."""

    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid of weeks."""

    id: str
    title: str
    summary: str
    weeks: tuple[CalendarWeek, ...]


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, by its short and its long name."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The page Calendar.

    Attributes:
        weekdays: their names, from Monday.
        later: how many check-ins are planned after the months shown.
        subscribe: address of the page about the feed.
    """

    shell: Shell
    summary: str
    weekdays: tuple[Weekday, ...]
    months: tuple[Month, ...]
    later: str
    subscribe: str


_WEEKDAYS = tuple(starmap(Weekday, zip(SHORT_WEEKDAYS, WEEKDAYS, strict=True)))


def calendar_view(look: Lookup, frame: Frame) -> CalendarView:
    """Gather the page Calendar."""
    first = look.agenda.today.replace(day=1)
    firsts = [add_months(first, n) for n in range(SHOWN)]
    end = add_months(first, SHOWN)
    planned = _planned(look, end)
    months = tuple(_month(day, planned, look) for day in firsts)
    shown = sum(item.planned < end for item in look.agenda.check_ins)
    later = len(look.agenda.check_ins) - shown
    return CalendarView(
        shell=frame.around("Calendar", ONE_DOWN, ONE_DOWN.calendar),
        summary=f"{month_name(firsts[0])} to {month_name(firsts[-1])}: {count(shown, 'check-in')}",
        weekdays=_WEEKDAYS,
        months=months,
        later=f"{later} after that" if later else "",
        subscribe=ONE_DOWN.subscribe,
    )


def _planned(look: Lookup, end: date) -> Mapping[date, tuple[Planned, ...]]:
    """What stands on each day before `end`: appointments first, then check-ins."""
    found: dict[date, list[Planned]] = {}
    today = look.agenda.today
    for interaction in look.book.interactions:
        if today <= interaction.day < end and interaction.kind in SCHEDULABLE:
            found.setdefault(interaction.day, []).append(_appointment(interaction, look))
    for item in look.agenda.check_ins:
        if item.planned < end:
            found.setdefault(item.planned, []).append(_check_in(item, look))
    return {day: tuple(some) for day, some in found.items()}


def _appointment(interaction: Interaction, look: Lookup) -> Planned:
    return Planned(kind_text(interaction.kind), "appointment", person_link(interaction.owner, look, ONE_DOWN))


def _check_in(item: CheckIn, look: Lookup) -> Planned:
    what = action_text(item.action, item.proposal.attempt)
    return Planned(what, item.action.value, person_link(item.contact, look, ONE_DOWN))


def _month(first: date, planned: Mapping[date, tuple[Planned, ...]], look: Lookup) -> Month:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    number = sum(len(some) for day, some in planned.items() if day.replace(day=1) == first)
    return Month(
        id=f"{first:%Y-%m}",
        title=month_name(first),
        summary=count(number, "entry", "entries") if number else "nothing planned",
        weeks=tuple(CalendarWeek(tuple(_day(day, first, planned, look) for day in week)) for week in weeks),
    )


def _day(day: date, month: date, planned: Mapping[date, tuple[Planned, ...]], look: Lookup) -> CalendarDay:
    inside = day.month == month.month
    shade, note = _shade(day, look) if inside else ("", "")
    # A stretch says why where it begins and on each Monday; a grid full of one word says nothing.
    begins = day.weekday() == 0 or day == month or _shade(day - ONE_DAY, look)[1] != note
    return CalendarDay(
        day=day_of(day),
        number=str(day.day) if inside else "",
        today=day == look.agenda.today,
        past=day < look.agenda.today,
        shade=shade,
        note=note,
        told=bool(note) and begins,
        planned=planned.get(day, ()) if inside else (),
    )


def _shade(day: date, look: Lookup) -> tuple[str, str]:
    """Why nothing regular is planned on a day: its class, and in words."""
    calendar = look.settings.calendar
    holiday = calendar.holiday(day)
    if holiday:
        return "holiday", holiday
    away = calendar.away_on(day)
    if away is not None:
        return "away", f"Away: {away.note}" if away.note else "Away"
    if calendar.is_quiet(day):
        return "quiet", "Quiet days"
    if not calendar.is_business_day(day):
        return "weekend", ""
    return "", ""
