"""What a draft may say: what is known of a person and the occasion, as finished texts, or empty."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.checkins import Action, Application, CheckIn
from intouch.dates import ONE_DAY
from intouch.english import WEEKDAYS, spoken, spoken_in_year
from intouch.history import History
from intouch.model import Contact, Interaction, Kind
from intouch.settings import Me

_TITLES = frozenset(["dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "dame"])
_TALKS = {Kind.INTERVIEW: "interview", Kind.SCREEN: "first talk", Kind.MEETING: "meeting", Kind.CALL: "call"}
"""What there is to talk about, and what a message calls it."""

_LONGEST_ECHO = 80


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """The person to write to."""

    greeting: str
    name: str
    title: str
    organization: str
    email: str
    phone: str
    met_at: str


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The application that it is about; all empty where there is none."""

    role: str = ""
    organization: str = ""
    applied: str = ""
    decision_by: str = ""


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """The latest talk with the person, or of the application.

    Attributes:
        what: `interview`, `meeting` …
        people: who else was there.
        hook: what only they said.
        thanked: whether thanks were sent since.
    """

    what: str = ""
    day: str = ""
    weekday: str = ""
    people: str = ""
    decision_by: str = ""
    hook: str = ""
    thanked: bool = False


@dataclass(frozen=True, slots=True)
class LastFacts:
    """The last contact."""

    day: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What was promised."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class IntroducedFacts:
    """Whom the person introduced, and the first talk with them."""

    name: str = ""
    first: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class AwayFacts:
    """The last time away."""

    first: str = ""
    last: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it."""

    contact: ContactFacts
    me: Me
    application: ApplicationFacts
    talk: TalkFacts
    last: LastFacts
    promise: PromiseFacts
    introduced: IntroducedFacts
    away: AwayFacts
    today: str


def gather(contact: Contact, item: CheckIn | None, history: History) -> Facts:
    """Gather what is known for a message to a person, on the occasion of a check-in or of none."""
    application = item.proposal.application if item else None
    last = history.timeline.last_contact(contact.slug)
    return Facts(
        contact=_contact(contact),
        me=history.settings.me,
        application=ApplicationFacts() if application is None else _application(application),
        talk=_talk(contact, item, history),
        last=LastFacts() if last is None else LastFacts(spoken_in_year(last.day), _echo(last)),
        promise=PromiseFacts(_promised(contact, item, history)),
        introduced=_introduced(contact, item, history),
        away=_away(history),
        today=spoken(history.today),
    )


def greeting_of(contact: Contact) -> str:
    """The card's greeting, else the first name; a title stays with the family name."""
    if contact.greeting:
        return contact.greeting
    first, *rest = contact.name.split() or [contact.name]
    titled = first.rstrip(".").casefold() in _TITLES and rest
    return f"{first} {rest[-1]}" if titled else first


def _contact(contact: Contact) -> ContactFacts:
    return ContactFacts(
        greeting=greeting_of(contact),
        name=contact.name,
        title=contact.title or "",
        organization=contact.organization or "",
        email=next(iter(contact.emails), ""),
        phone=next(iter(contact.phones), ""),
        met_at=contact.met_at or "",
    )


def _application(application: Application) -> ApplicationFacts:
    happened = application.happened
    sent = next((i for i in reversed(happened) if i.kind is Kind.APPLIED), None)
    offer = next((i for i in reversed(happened) if i.kind is Kind.OFFER), None)
    return ApplicationFacts(
        role=application.role or "",
        organization=application.organization or "",
        applied=spoken_in_year(sent.day) if sent else "",
        decision_by=spoken_in_year(offer.decision_by) if offer and offer.decision_by else "",
    )


def _occasion(contact: Contact, item: CheckIn | None, history: History) -> Interaction | None:
    """The talk that a message is about: the one that its thanks hang on, else the latest one."""
    application = item.proposal.application if item else None
    theirs = application.happened if application else history.timeline.happened_with(contact.slug)
    talks = [i for i in theirs if i.kind in _TALKS]
    if item is not None and item.action is Action.THANK_YOU:
        ahead = application.ahead if application else history.timeline.ahead_with(contact.slug)
        known = [i for i in (*theirs, *ahead) if i.kind in _TALKS]
        talks = [i for i in known if i.place in item.proposal.because] or known
    return talks[-1] if talks else None


def _talk(contact: Contact, item: CheckIn | None, history: History) -> TalkFacts:
    talk = _occasion(contact, item, history)
    if talk is None:
        return TalkFacts()
    others = [history.contacts[s].name for s in talk.everyone if s != contact.slug and s in history.contacts]
    return TalkFacts(
        what=_TALKS[talk.kind],
        day=spoken_in_year(talk.day),
        weekday=WEEKDAYS[talk.day.weekday()],
        people=" and ".join(others),
        decision_by=spoken_in_year(talk.decision_by) if talk.decision_by else "",
        hook=_phrase(talk.hook or ""),
        thanked=any(i.kind is Kind.THANK_YOU for i in history.timeline.since(contact.slug, talk.day)),
    )


def _promised(contact: Contact, item: CheckIn | None, history: History) -> str:
    """What was promised for the day that the check-in hangs on, else next."""
    open_ones = [p for p in history.timeline.promises_to(contact.slug) if p.kept is None]
    if item is not None and item.proposal.pin is not None:
        open_ones = [p for p in open_ones if p.pin.day == item.proposal.pin] or open_ones
    return _phrase(open_ones[0].pin.reason) if open_ones else ""


def _introduced(contact: Contact, item: CheckIn | None, history: History) -> IntroducedFacts:
    theirs = history.introduced_by(contact.slug)
    if item is not None and item.action is Action.REPORT_BACK:
        theirs = tuple(c for c in theirs if item.proposal.fact == f"introduced {c.slug}") or theirs
    for person in theirs:
        met = next((i for i in history.timeline.happened_with(person.slug) if i.kind in _TALKS), None)
        if met is not None:
            return IntroducedFacts(person.name, greeting_of(person), spoken_in_year(met.day))
    return IntroducedFacts()


def _away(history: History) -> AwayFacts:
    """The time away that is on, or that ended last."""
    begun = [away for away in history.settings.calendar.away if away.first <= history.today]
    if not begun:
        return AwayFacts()
    away = max(begun, key=lambda a: a.last)
    return AwayFacts(
        spoken_in_year(away.first), spoken_in_year(away.last), spoken_in_year(away.last + ONE_DAY)
    )


def _echo(last: Interaction) -> str:
    """What the log says of the last contact, if it is short enough to be echoed."""
    return _phrase(last.gist) if len(last.gist) <= _LONGEST_ECHO else ""


def _phrase(text: str) -> str:
    """A text that can stand within a sentence."""
    return " ".join(text.split()).rstrip(".!;, ")
