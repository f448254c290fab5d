"""The nouns: contacts, interactions, and the book that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from intouch.dates import Cadence
from intouch.places import Place
from intouch.prose import Prose


class ContactType(StrEnum):
    """What a person is to the job seeker."""

    AGENCY = "agency"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring-manager"
    INTERVIEWER = "interviewer"
    COLLEAGUE = "colleague"
    MANAGER = "manager"
    MENTOR = "mentor"
    REFERENCE = "reference"
    REFERRER = "referrer"
    OTHER = "other"


class Channel(StrEnum):
    """How an interaction took place."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    VIDEO = "video"
    IN_PERSON = "in-person"
    MESSAGE = "message"


class Direction(StrEnum):
    """Who spoke: the job seeker, the other side, both, or nobody."""

    OUT = "out"
    IN = "in"
    BOTH = "both"
    NONE = "none"


class Kind(StrEnum):
    """What happened."""

    APPLIED = "applied"
    THANK_YOU = "thank-you"
    FOLLOW_UP = "follow-up"
    CHECK_IN = "check-in"
    MESSAGE = "message"
    VOICEMAIL = "voicemail"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    SCREEN = "screen"
    INTERVIEW = "interview"
    MEETING = "meeting"
    CALL = "call"
    EVENT = "event"
    REPLY = "reply"
    REJECTION = "rejection"
    OFFER = "offer"
    ON_HOLD = "on-hold"
    NOTE = "note"

    @property
    def direction(self) -> Direction:
        """Who spoke."""
        return _DIRECTIONS[self]

    @property
    def reaches_them(self) -> bool:
        """Whether the job seeker spoke to them: out or both."""
        return self.direction in {Direction.OUT, Direction.BOTH}

    @property
    def hears_from_them(self) -> bool:
        """Whether they spoke: in or both."""
        return self.direction in {Direction.IN, Direction.BOTH}


_DIRECTIONS: Mapping[Kind, Direction] = MappingProxyType(
    {
        kind: direction
        for direction, kinds in {
            Direction.OUT: (
                Kind.APPLIED,
                Kind.THANK_YOU,
                Kind.FOLLOW_UP,
                Kind.CHECK_IN,
                Kind.MESSAGE,
                Kind.VOICEMAIL,
                Kind.ACCEPTED,
                Kind.DECLINED,
                Kind.WITHDREW,
            ),
            Direction.BOTH: (Kind.SCREEN, Kind.INTERVIEW, Kind.MEETING, Kind.CALL, Kind.EVENT),
            Direction.IN: (Kind.REPLY, Kind.REJECTION, Kind.OFFER, Kind.ON_HOLD),
            Direction.NONE: (Kind.NOTE,),
        }.items()
        for kind in kinds
    }
)

SCHEDULABLE = frozenset({Kind.SCREEN, Kind.INTERVIEW, Kind.MEETING, Kind.CALL, Kind.EVENT})
"""Kinds that may be dated ahead."""

CLOSING = frozenset({Kind.REJECTION, Kind.ACCEPTED, Kind.DECLINED, Kind.WITHDREW})
"""Kinds that end an application; on one date they come last."""


class Source(StrEnum):
    """Where an interaction was written."""

    LOG = "log"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Pin:
    """A promised date: `next: 2027-01-15 call after the budget round`."""

    day: date
    reason: str
    place: Place


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Interaction:
    """One log line or one note file.

    Attributes:
        owner: slug of the contact whose card or folder it stands in.
        place: the log line, or the line of a note's file that says what it is (1 where its name does).
        people: slugs of who else was there, in the order written, without the owner.
        via: slug of the agency consultant who arranged it.
        thanks: False where the user wrote `thanks: no`.
        text: the rest of a log line, with the lines below that belong to it; empty for a note, whose text is
            in the book's prose.
        places: where each written value stands, by key; where the text begins, by `text`.
    """

    owner: str
    day: date
    kind: Kind
    place: Place
    source: Source = Source.LOG
    role: str | None = None
    organization: str | None = None
    people: tuple[str, ...] = ()
    via: str | None = None
    decision_by: date | None = None
    channel: Channel | None = None
    next: Pin | None = None
    thanks: bool = True
    hook: str | None = None
    title: str | None = None
    text: str = ""
    places: Mapping[str, Place] = field(default_factory=_nothing, hash=False, repr=False)

    @property
    def everyone(self) -> tuple[str, ...]:
        """Slugs of all it was with, the owner first."""
        return (self.owner, *self.people)

    @property
    def gist(self) -> str:
        """What it was about, on one line: the first paragraph of a log line's text, or a note's title."""
        told = self.text.partition("\n\n")[0] if self.source is Source.LOG else self.title or ""
        return " ".join(told.split())

    @property
    def order(self) -> tuple[date, bool, bool, str, int]:
        """The key of the one order that holds everywhere (the manual's page of the rules, "Order")."""
        where = self.place
        return (self.day, self.kind in CLOSING, self.source is Source.NOTE, where.file, where.line)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday; the year may be unknown."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        return f"{f'{self.year:04}-' if self.year else ''}{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Contact:
    """One person: the card `contacts/<slug>.md`.

    Attributes:
        slug: the file's stem; how every other file refers to the person.
        place: where `name` stands.
        fit: 1 to 5, how well the organization would suit the job seeker.
        cadence: what the card says; None where it says nothing.
        introduced_by: slug.
        places: where each written value stands, by canonical key; where the text begins, by `text`.
    """

    slug: str
    name: str
    place: Place
    organization: str | None = None
    title: str | None = None
    contact_type: ContactType | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    linkedin: tuple[str, ...] = ()
    location: str | None = None
    timezone: str | None = None
    tags: tuple[str, ...] = ()
    fit: int | None = None
    cadence: Cadence | None = None
    next: Pin | None = None
    paused_until: date | None = None
    archived: bool = False
    do_not_contact: bool = False
    met: date | None = None
    met_at: str | None = None
    introduced_by: str | None = None
    birthday: Birthday | None = None
    greeting: str | None = None
    aliases: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=_nothing, hash=False, repr=False)

    def place_of(self, key: str) -> Place:
        """Where the value of `key` stands, or else the name."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Book:
    """The whole notebook as it was read; two with the same facts are equal, whatever their prose.

    Attributes:
        contacts: by slug, in the order of slugs.
        interactions: every log line and note, in the one order that holds everywhere.
        links: what each `[[Wiki Link]]` means: normalised text → slug.
        prose: the texts of cards and notes.
    """

    contacts: Mapping[str, Contact]
    interactions: tuple[Interaction, ...] = ()
    links: Mapping[str, str] = field(default_factory=_nothing)
    prose: Prose = field(default_factory=Prose, compare=False, repr=False)

    def text_of(self, entry: Contact | Interaction) -> str:
        """What a card, a note or a log line says in the user's own words."""
        if isinstance(entry, Interaction) and entry.source is Source.LOG:
            return entry.text
        return self.prose.texts.get(entry.place.file, "")
