"""From due to planned: business days, time away, quiet days, and how much fits a day and a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, islice

from intouch.checkins import Action, CheckIn, Proposal, State, Step
from intouch.dates import ONE_DAY, WorkCalendar
from intouch.history import History
from intouch.model import Contact
from intouch.settings import Limits

_MIDDLING_FIT = 3

MOST_RUNS = 12
"""Stretches of days that are told apart on the way from due to planned."""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class _Room:
    """The room that is left for check-ins on each day and in each week."""

    def __init__(self, calendar: WorkCalendar, limits: Limits, done: Iterable[date], today: date) -> None:
        self._calendar = calendar
        self._limits = limits
        self._days: Counter[date] = Counter()
        self._weeks: Counter[date] = Counter()
        # Days never regain room, so a search that passed them once need not pass them again.
        self._onward: dict[date, date] = {}
        for day in done:
            if day == today:
                self._days[day] += 1
            self._weeks[_monday(day)] += 1

    def take(self, start: date) -> date:
        """Use room on the first day on or after `start` that has any."""
        day = self._first_with_room(start)
        self._days[day] += 1
        self._weeks[_monday(day)] += 1
        return day

    def _first_with_room(self, start: date) -> date:
        day, passed = start, []
        while (onward := self._onward.get(day) or self._step_over(day)) is not None:
            passed.append(day)
            day = onward
        for over in passed:
            self._onward[over] = day
        return day

    def _step_over(self, day: date) -> date | None:
        """Where to look next when `day` has no room; None when it has."""
        if self._weeks[_monday(day)] >= self._limits.per_week:
            return _monday(day) + timedelta(days=7)
        if not self._calendar.is_open(day) or self._days[day] >= self._limits.per_day:
            return day + ONE_DAY
        return None


def _start(proposal: Proposal, contact: Contact, today: date) -> date:
    """The first day on which it may be planned, whatever the calendar says."""
    return max(proposal.due, today, contact.paused_until or today)


def _first_open(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_open(day):
        day += ONE_DAY
    return day


def plan_days(proposals: Sequence[Proposal], history: History) -> list[CheckIn]:
    """Give every proposal its day; the order of the result is that of the proposals."""
    calendar, today, contacts = history.settings.calendar, history.today, history.contacts
    planned: dict[int, date] = {}
    waiting: list[int] = []
    for index, proposal in enumerate(proposals):
        start = _start(proposal, contacts[proposal.contact], today)
        if proposal.action is Action.KEEP_IN_TOUCH:
            waiting.append(index)
        elif proposal.action is Action.FOLLOW_UP:
            planned[index] = _first_open(start, calendar)
        else:
            planned[index] = calendar.rolled(start)
    room = _Room(calendar, history.settings.limits, _done_this_week(history), today)
    for index in sorted(waiting, key=lambda n: _turn(proposals[n], contacts, today)):
        start = _start(proposals[index], contacts[proposals[index].contact], today)
        planned[index] = room.take(start)
    return [CheckIn(p, planned[n], _state(p.due, today)) for n, p in enumerate(proposals)]


def _done_this_week(history: History) -> Iterator[date]:
    """The days of this week, up to today, on which somebody outside applications was reached."""
    monday = _monday(history.today)
    for i in reversed(history.timeline.happened):
        if i.day < monday:
            return
        if i.day <= history.today and i.kind.reaches_them and history.application_of(i) is None:
            yield i.day


def _turn(proposal: Proposal, contacts: Mapping[str, Contact], today: date) -> tuple[date, float, int, str]:
    """Who takes their day first: the earliest start, the longest overdue against the rhythm, the best fit."""
    contact = contacts[proposal.contact]
    overdue = max(0, (today - proposal.due).days) / (proposal.rhythm.days if proposal.rhythm else 1)
    fit = contact.fit if contact.fit is not None else _MIDDLING_FIT
    return _start(proposal, contact, today), -overdue, -fit, contact.slug


def _state(due: date, today: date) -> State:
    if due == today:
        return State.TODAY
    return State.OVERDUE if due < today else State.UPCOMING


def steps(item: CheckIn, history: History) -> tuple[Step, ...]:
    """Explain the way from due to planned: the days passed over, in runs of one reason.

    A way of years is cut short: week after week of full days explains nothing that the first weeks do not.
    """
    contact, today = history.contacts[item.contact], history.today
    found = list(islice(_runs(item, _start(item.proposal, contact, today), history), MOST_RUNS))
    if len(found) == MOST_RUNS and (rest := found[-1].last + ONE_DAY) < item.planned:
        found.append(Step(rest, item.planned - ONE_DAY, "full or closed, day after day"))
    paused = contact.paused_until
    if paused is not None and paused > max(item.due, today):
        found.insert(0, Step(max(item.due, today), paused - ONE_DAY, "paused on the card"))
    if item.due < today:
        found.insert(0, Step(item.due, today - ONE_DAY, "past"))
    return tuple(found)


def _runs(item: CheckIn, start: date, history: History) -> Iterator[Step]:
    """The days before an item's own, in runs of one reason."""
    days = (start + timedelta(days=n) for n in range((item.planned - start).days))
    for why, run in groupby(days, lambda day: _obstacle(day, item.action, history)):
        passed = list(run)
        yield Step(passed[0], passed[-1], why)


def _obstacle(day: date, action: Action, history: History) -> str:
    """Why an item was not planned on a day."""
    calendar = history.settings.calendar
    holiday = calendar.holiday(day)
    if action in {Action.FOLLOW_UP, Action.KEEP_IN_TOUCH}:
        away = calendar.away_on(day)
        if away is not None:
            return f"away ({away.note})" if away.note else "away"
        if calendar.is_quiet(day):
            return "quiet days"
    if holiday is not None:
        return f"holiday: {holiday}"
    return "full" if calendar.is_business_day(day) else "no workday"
