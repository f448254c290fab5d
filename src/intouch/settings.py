"""The settings of a notebook, typed and with every default."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intouch.dates import Period, Unit, WorkCalendar


class FeedLevel(StrEnum):
    """How much the calendar feed tells."""

    FULL = "full"
    NAMES = "names"
    INITIALS = "initials"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Me:
    """The job seeker, for the drafts."""

    name: str = ""
    email: str = ""
    phone: str = ""
    headline: str = ""
    availability: str = ""
    link: str = ""


_TWO_MONTHS = Period(2, Unit.MONTH)
_THREE_MONTHS = Period(3, Unit.MONTH)
_FOUR_MONTHS = Period(4, Unit.MONTH)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to be in touch by default; None means not at all."""

    agency: Period | None = _TWO_MONTHS
    fit_5: Period | None = _TWO_MONTHS
    fit_4: Period | None = _THREE_MONTHS
    fit_3: Period | None = _FOUR_MONTHS
    fit_low: Period | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long to wait for an answer, in business days."""

    applied: int = 7
    screen: int = 5
    interview: int = 5
    reply: int = 10
    on_hold: int = 20
    after_decision: int = 2
    between_follow_ups: int = 5
    give_up: int = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How many follow-ups an application gets, and how many check-ins fit a day and a week."""

    follow_ups: int = 2
    per_day: int = 3
    per_week: int = 12


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """The calendar feed.

    Attributes:
        alarm: minutes after midnight, or None for no alarm.
        level: what the feed tells; None is `full`, and where the site is sealed `initials`.
        also: further feeds beside it, one a level.
        epoch: number of its address, where the site is sealed.
        moved: the day on which `epoch` was raised, or None.
    """

    name: str = "Keep in touch"
    alarm: int | None = None
    level: FeedLevel | None = None
    also: tuple[FeedLevel, ...] = ()
    epoch: int = 1
    moved: date | None = None


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The dashboard; `base_url` and `repository` are empty or web addresses without a final slash."""

    title: str = "Keep in touch"
    base_url: str = ""
    repository: str = ""
    branch: str = "main"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `intouch.toml` can say.

    Attributes:
        timezone: IANA name, or empty for the machine's.
        demo_today: the pinned date of a sample notebook.
        access: `sealed`, `host-auth`, or empty.
        publish_feed: whether a sealed site has its feeds beside it.
        calendar: business days, quiet days and times away, holidays included.
    """

    timezone: str = ""
    me: Me = Me()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rhythm: Rhythm = Rhythm()
    waits: Waits = Waits()
    limits: Limits = Limits()
    feed: FeedSettings = FeedSettings()
    site: SiteSettings = SiteSettings()
    access: str = ""
    publish_feed: bool = True
    demo_today: date | None = None
