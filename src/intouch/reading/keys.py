"""Every key of front matter: what it takes, and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from intouch.model import SCHEDULABLE, Channel, ContactType, Direction, Kind
from intouch.reading.kinds import ALIAS_CHANNELS, KIND_ALIASES


class Takes(StrEnum):
    """What a key takes."""

    NAME = "a text that is not empty"
    TEXT = "a text"
    TEXTS = "a text, or a list of them"
    EMAILS = "an e-mail address, or a list of them"
    URLS = "a web address, or a list of them"
    PEOPLE = "a person, or a list of them"
    DATE = "a date"
    PIN = "a date and a reason"
    BIRTHDAY = "a date, with or without its year"
    CADENCE = "how often"
    TIMEZONE = "a time zone"
    FIT = "1 to 5"
    YES = "yes or no"
    CHOICE = "one of some words"


@dataclass(frozen=True, slots=True)
class Key:
    """One key.

    Attributes:
        says: what it means, for the manual and for editors.
        aliases: other names of the key.
        words: of a choice: the words proposed, in the order of the manual.
        also: of a choice: further words that are read.
    """

    name: str
    takes: Takes
    says: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


WORST_FIT, BEST_FIT = 1, 5

CHANNEL_ALIASES: Mapping[str, Channel] = MappingProxyType(
    {**ALIAS_CHANNELS, "call": Channel.PHONE, "mail": Channel.EMAIL}
)

_ORGANIZATION = ("organisation", "company", "org")
_ALSO = f"also read: {', '.join(f'`{alias}`' for alias in _ORGANIZATION)}"
_OR_LIST = "one, or a list"


def _choice(
    name: str, words: type[StrEnum], says: str, also: Iterable[str] = (), *, listed: bool = True
) -> Key:
    named = tuple(str(word) for word in words)
    listing = f": {', '.join(f'`{word}`' for word in named)}" if listed else ""
    further = tuple(word for word in also if word not in named)
    return Key(name, Takes.CHOICE, says + listing, words=named, also=further)


CARD: tuple[Key, ...] = (
    Key("name", Takes.NAME, "their name; required"),
    Key("organization", Takes.TEXT, f"where they work; {_ALSO}", _ORGANIZATION),
    Key("title", Takes.TEXT, "their job title"),
    _choice("contact_type", ContactType, "what they are to you"),
    Key("email", Takes.EMAILS, f"their e-mail address: {_OR_LIST}"),
    Key("phone", Takes.TEXTS, f"their phone number: {_OR_LIST}"),
    Key("website", Takes.URLS, f"a web page of theirs: {_OR_LIST}"),
    Key("linkedin", Takes.URLS, f"their page on LinkedIn: {_OR_LIST}"),
    Key("location", Takes.TEXT, "the place where they are"),
    Key("timezone", Takes.TIMEZONE, "an IANA name such as `Australia/Sydney`"),
    Key("tags", Takes.TEXTS, "a list of words of your own"),
    Key("fit", Takes.FIT, f"{WORST_FIT} to {BEST_FIT}: how well the organization would suit you"),
    Key(
        "cadence",
        Takes.CADENCE,
        "how often to be in touch: `every 3 months`, `6w`, `quarterly`, `twice a year`, `none` …",
    ),
    Key(
        "next",
        Takes.PIN,
        "a promised date and, after it, the reason: `2027-01-15 call after the budget round`",
    ),
    Key("paused_until", Takes.DATE, "a date: nothing is planned with them before it"),
    Key("archived", Takes.YES, "`yes`: no more check-ins"),
    Key("do_not_contact", Takes.YES, "`yes`: nothing, ever"),
    Key("met", Takes.DATE, "the date you met"),
    Key("met_at", Takes.TEXT, "where you met"),
    Key("introduced_by", Takes.PEOPLE, "whoever introduced you, by slug"),
    Key("birthday", Takes.BIRTHDAY, "`1980-04-12`, or `04-12`"),
    Key("greeting", Takes.TEXT, "what you call them, if it is not the first word of the name"),
    Key("aliases", Takes.TEXTS, "a list of other names, for `[[Wiki Links]]`"),
)

_AS_NAMED = "must agree with the file's name where that says it"

NOTE: tuple[Key, ...] = (
    Key("date", Takes.DATE, f"the day it happened; {_AS_NAMED}"),
    _choice("kind", Kind, f"what happened, a kind as in the log; {_AS_NAMED}", KIND_ALIASES, listed=False),
    Key("role", Takes.TEXT, "the position; notes and log lines of one role belong to one application"),
    Key("organization", Takes.TEXT, f"where it differs from the card's; {_ALSO}", _ORGANIZATION),
    Key("people", Takes.PEOPLE, "who else was there, by slug"),
    Key(
        "via",
        Takes.PEOPLE,
        "the agency consultant who arranged it, by slug: then you write to them, not to the client",
    ),
    Key("decision_by", Takes.DATE, "when they said they would decide"),
    _choice("channel", Channel, "how you were in touch", CHANNEL_ALIASES),
    Key("next", Takes.PIN, "a promised date and its reason"),
    Key("thanks", Takes.YES, "`no`: none are owed"),
    Key("hook", Takes.TEXT, "what only they said; it goes into the thank-you"),
    Key("title", Takes.TEXT, "a heading for the note"),
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.APPLIED: "you applied for a position",
        Kind.THANK_YOU: "you thanked them",
        Kind.FOLLOW_UP: "you asked where things stand",
        Kind.CHECK_IN: "you wrote or called to keep in touch",
        Kind.MESSAGE: "you wrote to them about anything else",
        Kind.VOICEMAIL: "you called and reached nobody",
        Kind.ACCEPTED: "you took the position",
        Kind.DECLINED: "you turned their offer down",
        Kind.WITHDREW: "you took your application back",
        Kind.SCREEN: "a first short talk about the position",
        Kind.INTERVIEW: "an interview",
        Kind.MEETING: "you met, not to be interviewed",
        Kind.CALL: "you talked on the phone",
        Kind.EVENT: "you met at a conference, a fair, a meetup; no thanks are owed",
        Kind.REPLY: "they wrote or called",
        Kind.REJECTION: "the answer is no",
        Kind.OFFER: "they made you an offer",
        Kind.ON_HOLD: "they put the position on hold",
        Kind.NOTE: "a thought of your own; counts for nothing",
    }
)
_SPOKE = MappingProxyType(
    {Direction.OUT: "you", Direction.IN: "they", Direction.BOTH: "both", Direction.NONE: "nobody"}
)


def names(keys: Iterable[Key]) -> Mapping[str, str]:
    """Every name and alias → the name."""
    listed = tuple(keys)
    own = {key.name: key.name for key in listed}
    return MappingProxyType(own | {alias: key.name for key in listed for alias in key.aliases})


def manual(keys: Iterable[Key]) -> str:
    """The manual's table of keys, in Markdown."""
    rows = (f"| `{key.name}` | {key.says} |" for key in keys)
    return "\n".join(("| key | value |", "| --- | --- |", *rows)) + "\n"


def manual_of_kinds() -> str:
    """The manual's table of the kinds, in Markdown."""
    rows = ["| kind | who spoke | what happened | also read | ahead |", "| --- | --- | --- | --- | --- |"]
    for kind, says in KINDS.items():
        also = ", ".join(f"`{alias}`" for alias, named in KIND_ALIASES.items() if named is kind)
        ahead = "yes" if kind in SCHEDULABLE else ""
        rows.append(f"| `{kind}` | {_SPOKE[kind.direction]} | {says} | {also} | {ahead} |")
    return "\n".join(rows) + "\n"
