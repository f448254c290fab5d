"""The page Today: what to do now, this week and in the next 30 days, and what is going on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from intouch.checkins import CheckIn, Stage, Status
from intouch.english import count
from intouch.model import SCHEDULABLE
from intouch.site.addresses import AT_ROOT
from intouch.site.charts import column
from intouch.site.lookup import Lookup
from intouch.site.views.items import (
    ApplicationItem,
    Appointment,
    CheckInItem,
    application_item,
    appointment,
    check_in_item,
    person_link,
)
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Piece, day_and_month, short_date, stage_text

SOON = timedelta(days=30)
AWAY_NOTICE = timedelta(days=14)
MOST_RHYTHMLESS = 12
WEEKS = 12
_NEAREST_FIRST = (Stage.OFFER, Stage.INTERVIEWING, Stage.SCREENING, Stage.APPLIED, Stage.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Group:
    """Check-ins of one stretch of time."""

    id: str
    title: str
    note: str
    check_ins: tuple[CheckInItem, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """How many check-ins a week holds.

    Attributes:
        monday: its first day, `23 Nov`.
        chart: the same as a column beside those of the other weeks.
    """

    monday: Piece
    count: int
    chart: Markup


@dataclass(frozen=True, slots=True)
class StageGroup:
    """The open applications of one stage."""

    title: str
    applications: tuple[ApplicationItem, ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """The page Today.

    Attributes:
        summary: the day in one line.
        away: about the time away that is on or near; empty where there is none.
        rest: a kind word where nothing is to be done today; empty where something is.
        groups: those that hold something.
        weeks: how many check-ins each of the coming weeks holds, from this one on.
        later: how many are planned after those, in words; empty for none.
        coming: interviews and meetings from today on.
        rhythmless: people who need a rhythm, the first dozen by name.
        rhythmless_more: how many more there are.
        subscribe: address of the page about the calendar feed.
        people: address of the page of all people.
    """

    shell: Shell
    summary: str
    away: tuple[Piece, ...]
    rest: tuple[Piece, ...]
    groups: tuple[Group, ...]
    weeks: tuple[Week, ...]
    later: str
    coming: tuple[Appointment, ...]
    stages: tuple[StageGroup, ...]
    rhythmless: tuple[Link, ...]
    rhythmless_more: int
    subscribe: str
    people: str


def today_view(look: Lookup, frame: Frame) -> TodayView:
    """Gather the page Today."""
    at = AT_ROOT
    today = look.agenda.today
    rhythmless = _rhythmless(look)
    now = sum(item.planned <= today for item in look.agenda.check_ins)
    weeks = _weeks(look)
    later = len(look.agenda.check_ins) - sum(week.count for week in weeks)
    return TodayView(
        shell=frame.around("Today", at, at.today),
        summary=f"{count(now, 'check-in')} for today" if now else "Nothing to do today",
        away=_away(look),
        rest=() if now else _rest(look),
        groups=_groups(look),
        weeks=weeks,
        later=f"{count(later, 'check-in')} after that" if later else "",
        coming=tuple(
            appointment(i, look, at)
            for i in look.book.interactions
            if i.day >= today and i.kind in SCHEDULABLE
        ),
        stages=_stages(look),
        rhythmless=tuple(person_link(slug, look, at) for slug in rhythmless[:MOST_RHYTHMLESS]),
        rhythmless_more=max(0, len(rhythmless) - MOST_RHYTHMLESS),
        subscribe=at.subscribe,
        people=at.people,
    )


def _group_of(item: CheckIn, today: date) -> str:
    """The group of a check-in: by the day to do it, and for today's also by whether it was due before."""
    if item.planned <= today:
        return "overdue" if item.due < today else "today"
    sunday = today + timedelta(days=6 - today.weekday())
    if item.planned <= sunday:
        return "week"
    return "soon" if item.planned <= today + SOON else "later"


def _groups(look: Lookup) -> tuple[Group, ...]:
    today = look.agenda.today
    found: dict[str, list[CheckIn]] = {}
    for item in look.agenda.check_ins:
        found.setdefault(_group_of(item, today), []).append(item)
    titles = (
        ("overdue", "Overdue", "Their day has passed; today is as good as any."),
        ("today", "Today", ""),
        ("week", "This week", ""),
        ("soon", "Next 30 days", ""),
    )
    return tuple(
        Group(id_, title, note, tuple(check_in_item(item, look, AT_ROOT) for item in found[id_]))
        for id_, title, note in titles
        if id_ in found
    )


def _weeks(look: Lookup) -> tuple[Week, ...]:
    monday = look.agenda.today - timedelta(days=look.agenda.today.weekday())
    mondays = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    counts = Counter((item.planned - monday).days // 7 for item in look.agenda.check_ins)
    most = max((counts[n] for n in range(WEEKS)), default=0) or 1
    return tuple(
        Week(Piece(day_and_month(day), day.isoformat()), counts[n], column(counts[n], most))
        for n, day in enumerate(mondays)
    )


def _rest(look: Lookup) -> tuple[Piece, ...]:
    """What to say where nothing is to be done today: when the next check-in is."""
    if not look.book.contacts:
        return (
            Piece("Nobody is in this notebook yet. The first card, contacts/their-name.md, makes a start."),
        )
    first = next(iter(look.agenda.check_ins), None)
    if first is None:
        return (Piece("Nothing is planned. Write down what happens, and the next check-in finds its day."),)
    name = look.book.contacts[first.contact].name
    return (
        Piece("All done for today. The next check-in is on "),
        Piece(short_date(first.planned), first.planned.isoformat()),
        Piece(f", with {name}."),
    )


def _away(look: Lookup) -> tuple[Piece, ...]:
    """About the time away that holds today, or else the first that begins within two weeks."""
    today = look.agenda.today
    calendar = look.settings.calendar
    now = calendar.away_on(today)
    near = [a for a in calendar.away if today < a.first <= today + AWAY_NOTICE]
    away = now or min(near, key=lambda a: a.first, default=None)
    if away is None:
        return ()
    note = f" ({away.note})" if away.note else ""
    until = Piece(short_date(away.last), away.last.isoformat())
    rest = Piece(". Follow-ups and regular check-ins wait until you are back, a few a day.")
    if now is not None:
        return Piece(f"You are away{note} until "), until, rest
    since = Piece(short_date(away.first), away.first.isoformat())
    return Piece(f"You will be away{note} from "), since, Piece(" to "), until, rest


def _stages(look: Lookup) -> tuple[StageGroup, ...]:
    by_stage: dict[Stage, list[ApplicationItem]] = {}
    for application in look.agenda.applications:
        if application.is_open:
            by_stage.setdefault(application.stage, []).append(application_item(application, look, AT_ROOT))
    return tuple(
        StageGroup(stage_text(stage), tuple(by_stage[stage])) for stage in _NEAREST_FIRST if stage in by_stage
    )


def _rhythmless(look: Lookup) -> list[str]:
    """Slugs of the people who need a rhythm, by name."""
    slugs = [slug for slug, stands in look.agenda.standings.items() if stands.status is Status.UNTRACKED]
    return sorted(slugs, key=lambda slug: (look.book.contacts[slug].name.casefold(), slug))
