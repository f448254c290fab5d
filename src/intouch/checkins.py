"""What the rules make of the book: applications, standings, check-ins, and the agenda of them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intouch.dates import Period
from intouch.model import Interaction, Kind
from intouch.places import Place


class Stage(StrEnum):
    """How far an application has come."""

    APPLIED = "applied"
    SCREENING = "screening"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ON_HOLD = "on-hold"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NO_REPLY = "no-reply"

    @property
    def is_open(self) -> bool:
        """Whether an answer may still come."""
        return self in OPEN_STAGES


OPEN_STAGES = frozenset({Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER, Stage.ON_HOLD})


@dataclass(frozen=True, slots=True)
class Application:
    """A position somebody may hire the job seeker for.

    Attributes:
        key: stable identity: whom it began with, the role, and which of several; not its organization.
        organization: None where its first interaction names none and its owner has none.
        role: None for a nameless application.
        since: the day on which `stage` began.
        people: owners and companions of its interactions, in order of appearance.
        via: slug of the consultant named last, or None.
        interactions: all that joined it, scheduled ones last, in the one order.
        scheduled: how many of the last of them lie ahead of today.
        accepted_elsewhere: the acceptance of another application while this one was open, else None.
    """

    key: str
    organization: str | None
    role: str | None
    stage: Stage
    since: date
    people: tuple[str, ...]
    via: str | None
    interactions: tuple[Interaction, ...]
    scheduled: int = 0
    accepted_elsewhere: Interaction | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer may still come."""
        return self.stage.is_open

    @property
    def happened(self) -> tuple[Interaction, ...]:
        """Its interactions up to today."""
        return self.interactions[: len(self.interactions) - self.scheduled]

    @property
    def ahead(self) -> tuple[Interaction, ...]:
        """Its scheduled interactions."""
        return self.interactions[len(self.interactions) - self.scheduled :]


class Action(StrEnum):
    """What to do; the ID of the rule that proposes it."""

    THANK_YOU = "thank-you"
    FOLLOW_UP = "follow-up"
    THANK_ANYWAY = "thank-anyway"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    PROMISED = "promised"
    REPORT_BACK = "report-back"
    KEEP_IN_TOUCH = "keep-in-touch"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A plain sentence whose dates are still dates, so that each reader sees them in its own form."""

    begun: tuple[str | date, ...]
    aside: str = ""

    @property
    def parts(self) -> tuple[str | date, ...]:
        """All of it, the aside in brackets at its end."""
        return (*self.begun, f" ({self.aside})") if self.aside else self.begun

    def written(self, day_form: Callable[[date], str], *, aside: bool = True) -> str:
        """The text, with every date in the given form; the aside is for the owner's eyes only."""
        parts = self.parts if aside else self.begun
        return "".join(part if isinstance(part, str) else day_form(part) for part in parts)

    def __str__(self) -> str:
        return self.written(date.isoformat)


def sentence(*parts: str | date, aside: str = "") -> Sentence:
    """Make a sentence of texts and dates."""
    return Sentence(parts, aside)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one rule asks for, before precedence and planning.

    Attributes:
        contact: slug of the person to write to.
        due: the truth; never moved.
        attempt: of a follow-up, from 1; else None.
        because: the places that made it so, in order.
        fact: what it hangs on, stable until it is done, without a date that moves; for the feed's UID.
        latest: the date of the latest fact behind it; of an interview ahead, its own date; None where
            nobody dated the fact.
        done_by: what would satisfy it.
        done_kind: the kind of log line that says it was done.
        not_before: the first day on which doing it counts; None where any day does.
        pin: of a promise, the date as written.
    """

    contact: str
    action: Action
    due: date
    reason: Sentence
    because: tuple[Place, ...]
    fact: str
    latest: date | None
    done_by: Sentence
    done_kind: Kind
    not_before: date | None = None
    application: Application | None = None
    attempt: int | None = None
    pin: date | None = None
    rhythm: Period | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something a rule or the precedence does not ask for, and why."""

    contact: str
    action: Action
    reason: Sentence
    because: tuple[Place, ...] = ()


class State(StrEnum):
    """How `due` stands to today."""

    OVERDUE = "overdue"
    TODAY = "today"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Step:
    """One step from due to planned: the days passed over, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An open item of the agenda: whom to write to, why, and on which day."""

    proposal: Proposal
    planned: date
    state: State

    @property
    def contact(self) -> str:
        """Slug of the person to write to."""
        return self.proposal.contact

    @property
    def action(self) -> Action:
        """What to do."""
        return self.proposal.action

    @property
    def due(self) -> date:
        """The day it is due; never moved."""
        return self.proposal.due


class Status(StrEnum):
    """How a person stands; the first that holds."""

    DO_NOT_CONTACT = "do-not-contact"
    ARCHIVED = "archived"
    PAUSED = "paused"
    IN_PROCESS = "in-process"
    DORMANT = "dormant"
    MOVED_ON = "moved-on"
    SILENT = "silent"
    TRACKED = "tracked"
    UNTRACKED = "untracked"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands today.

    Attributes:
        last_contact: the interaction that set the contact date, or None.
        rhythm: how often to be in touch now, back-off included; None for no rhythm.
        rhythm_source: where it came from, in words: `card`, `agency`, `fit 5`, `fit not given`, …
        rhythm_place: the line that says so, where one does.
        unanswered: check-ins, messages and voicemails since they were last heard from.
        resting: the status that the rhythm alone implies: tracked, dormant, moved-on, silent or untracked.
    """

    contact: str
    status: Status
    last_contact: Interaction | None
    rhythm: Period | None
    rhythm_source: str
    rhythm_place: Place | None = None
    unanswered: int = 0
    resting: Status = Status.UNTRACKED


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything the rules say of one book on one day.

    Attributes:
        check_ins: every open item, by planned, due, contact and action.
        standings: by slug, for every contact.
        applications: in the order in which they began.
        withheld: what is not asked for, and why.
    """

    today: date
    check_ins: tuple[CheckIn, ...]
    standings: Mapping[str, Standing]
    applications: tuple[Application, ...]
    withheld: tuple[Withheld, ...] = ()
