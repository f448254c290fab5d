"""How the dashboard says things: dates, actions, kinds, stages and statuses in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from intouch.checkins import Action, Sentence, Stage, Standing, Status
from intouch.english import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, capital, ended
from intouch.model import Birthday, Channel, ContactType, Kind


@dataclass(frozen=True, slots=True)
class Day:
    """A date to print.

    Attributes:
        iso: for machines, such as `2027-01-05`.
        text: for people, such as `Tue 5 Jan 2027`.
    """

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence.

    Attributes:
        text: what to print.
        iso: the date for machines where the stretch is one; empty where it is plain text.
    """

    text: str
    iso: str = ""


def short_date(day: date) -> str:
    """A date without its weekday, such as `5 Jan 2027`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def day_and_month(day: date) -> str:
    """A date without its year, such as `5 Jan`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def day_of(day: date) -> Day:
    """A date with its weekday, such as `Tue 5 Jan 2027`."""
    return Day(day.isoformat(), f"{SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}")


def maybe_day(day: date | None) -> Day | None:
    """A date to print, or None for none."""
    return None if day is None else day_of(day)


def month_name(day: date) -> str:
    """The month of a date, such as `January 2027`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def birthday_text(birthday: Birthday) -> str:
    """A birthday, with its year where that is known: `12 April 1980`."""
    text = f"{birthday.day} {MONTHS[birthday.month - 1]}"
    return text if birthday.year is None else f"{text} {birthday.year}"


def pieces(said: Sentence) -> tuple[Piece, ...]:
    """A sentence cut where its dates stand, with a capital in front and a full stop at the end."""
    cut = [p if isinstance(p, str) else Piece(short_date(p), p.isoformat()) for p in said.parts if p != ""]
    if cut and isinstance(cut[0], str):
        cut[0] = capital(cut[0])
    last = cut[-1] if cut else ""
    if not (isinstance(last, str) and ended(last) == last):
        cut.append(".")
    return tuple(Piece(p) if isinstance(p, str) else p for p in cut)


def clipped(text: str, most: int) -> str:
    """The text, or its beginning where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


_ACTIONS: Mapping[Action, str] = MappingProxyType(
    {
        Action.THANK_YOU: "Say thank you",
        Action.FOLLOW_UP: "Follow up",
        Action.THANK_ANYWAY: "Thank them anyway",
        Action.ANSWER: "Answer the offer",
        Action.WITHDRAW: "Withdraw",
        Action.PROMISED: "As promised",
        Action.REPORT_BACK: "Report back",
        Action.KEEP_IN_TOUCH: "Keep in touch",
    }
)


def action_text(action: Action, attempt: int | None) -> str:
    """What to do, in words."""
    if action is Action.FOLLOW_UP and attempt is not None and attempt > 1:
        return "Follow up once more"
    return _ACTIONS[action]


_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.APPLIED: "Applied",
        Kind.THANK_YOU: "Thank-you",
        Kind.FOLLOW_UP: "Follow-up",
        Kind.CHECK_IN: "Check-in",
        Kind.MESSAGE: "Message",
        Kind.VOICEMAIL: "Voicemail",
        Kind.ACCEPTED: "Accepted",
        Kind.DECLINED: "Declined",
        Kind.WITHDREW: "Withdrew",
        Kind.SCREEN: "Screening call",
        Kind.INTERVIEW: "Interview",
        Kind.MEETING: "Meeting",
        Kind.CALL: "Call",
        Kind.EVENT: "Event",
        Kind.REPLY: "Reply",
        Kind.REJECTION: "Rejection",
        Kind.OFFER: "Offer",
        Kind.ON_HOLD: "On hold",
        Kind.NOTE: "Note",
    }
)


def kind_text(kind: Kind) -> str:
    """What happened, in a word or two."""
    return _KINDS[kind]


_STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.APPLIED: "Applied",
        Stage.SCREENING: "Screening",
        Stage.INTERVIEWING: "Interviewing",
        Stage.OFFER: "Offer",
        Stage.ON_HOLD: "On hold",
        Stage.REJECTED: "Not this time",
        Stage.ACCEPTED: "Accepted",
        Stage.DECLINED: "Declined",
        Stage.WITHDRAWN: "Withdrawn",
        Stage.NO_REPLY: "No reply",
    }
)


def stage_text(stage: Stage) -> str:
    """How far an application has come, or how it ended."""
    return _STAGES[stage]


_TYPES: Mapping[ContactType, str] = MappingProxyType(
    {
        ContactType.AGENCY: "Agency",
        ContactType.RECRUITER: "Recruiter",
        ContactType.HIRING_MANAGER: "Hiring manager",
        ContactType.INTERVIEWER: "Interviewer",
        ContactType.COLLEAGUE: "Colleague",
        ContactType.MANAGER: "Manager",
        ContactType.MENTOR: "Mentor",
        ContactType.REFERENCE: "Reference",
        ContactType.REFERRER: "Referrer",
        ContactType.OTHER: "Other",
    }
)


def type_text(contact_type: ContactType | None) -> str:
    """What a person is to the job seeker; empty where nobody said."""
    return "" if contact_type is None else _TYPES[contact_type]


_CHANNELS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.EMAIL: "by e-mail",
        Channel.PHONE: "by phone",
        Channel.LETTER: "by letter",
        Channel.VIDEO: "by video",
        Channel.IN_PERSON: "in person",
        Channel.MESSAGE: "by message",
    }
)


def channel_text(channel: Channel | None) -> str:
    """How an interaction took place; empty where nobody said."""
    return "" if channel is None else _CHANNELS[channel]


_STATUSES: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        Status.DO_NOT_CONTACT: (
            "Do not contact",
            "The card says not to get in touch, so nothing is ever planned.",
        ),
        Status.ARCHIVED: ("Archived", "Kept for the record; no regular check-ins."),
        Status.PAUSED: ("Paused", "Resting for now, as the card says."),
        Status.IN_PROCESS: ("In process", "An application with them is open; it sets the pace."),
        Status.DORMANT: (
            "Dormant",
            "Three messages stayed without an answer; check-ins rest until they write.",
        ),
        Status.MOVED_ON: ("Moved on", "Their application ended in silence, so it was let go."),
        Status.SILENT: ("No check-ins", "By choice: no regular check-ins with them."),
        Status.TRACKED: ("In touch", "Regular check-ins are planned."),
        Status.UNTRACKED: (
            "Needs a rhythm",
            "Give the card a cadence, such as “cadence: every 3 months”, and check-ins are planned.",
        ),
    }
)


def status_text(status: Status) -> str:
    """How a person stands, in a word or two."""
    return _STATUSES[status][0]


def status_note(status: Status) -> str:
    """How a person stands, in a sentence."""
    return _STATUSES[status][1]


def rhythm_text(standing: Standing) -> str:
    """A person's rhythm while it sets the pace: `every month`, `every 2 months`; else empty."""
    rhythm = standing.rhythm
    if rhythm is None or standing.status is not Status.TRACKED:
        return ""
    return f"every {rhythm.unit}" if rhythm.count == 1 else f"every {rhythm}"


def rhythm_and_source(standing: Standing) -> str:
    """A person's rhythm while it sets the pace, and where it comes from: `every 2 months (agency)`."""
    text = rhythm_text(standing)
    return f"{text} ({standing.rhythm_source})" if text and standing.rhythm_source else text
