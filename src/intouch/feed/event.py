"""One check-in as a calendar event: what it says, and its stamps, made of nothing but the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b

from icalendar import Alarm, Event
from icalendar.prop import vDate, vDatetime, vDuration, vInt, vText, vUri

from intouch.checkins import CheckIn
from intouch.dates import ONE_DAY
from intouch.feed.text import (
    TITLES,
    capitalised,
    clean,
    initials,
    mailto,
    one_line,
    spoken,
)
from intouch.model import Contact, Interaction
from intouch.repository import new_note_url
from intouch.settings import FeedLevel, Settings

LONGEST_DESCRIPTION = 1_000
_LONGEST_SUMMARY = 200
_BEFORE_ALL = date(2000, 1, 1)
_A_DAY = 86_400


class Text(vText):
    """A text in which a backslash and N stay as written; the library would make them a line end."""

    def to_ical(self) -> bytes:
        """Escape it as RFC 5545 says."""
        text = str(self)
        for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
            text = text.replace(plain, escaped)
        return text.encode()


@dataclass(frozen=True, slots=True)
class Content:
    """What an event says.

    Attributes:
        uid: keyed hash of person, action, application and fact; the same until the item is done.
        stamp_day: the day of the latest fact, or today where today moved the event.
        clipped: whether the description was longer than calendar programs bear.
    """

    uid: str
    stamp_day: date
    start: date
    summary: str
    description: str
    url: str
    category: str
    sequence: int
    alarm: int | None
    clipped: bool = False


def uid_of(item: CheckIn, key: bytes) -> str:
    """The identity of an open item, telling nothing to whoever lacks the key."""
    application = item.proposal.application
    parts = (item.contact, str(item.action), application.key if application else "", item.proposal.fact)
    digest = blake2b("\0".join(parts).encode(), key=key, digest_size=16)
    return digest.hexdigest()


def content_of(
    item: CheckIn, contact: Contact, last: Interaction | None, *, settings: Settings, today: date, key: bytes
) -> Content:
    """Say what is to be said of a check-in, at the level of detail that the settings ask for."""
    uid = uid_of(item, key)
    level = settings.feed.level
    full = level is FeedLevel.FULL
    text = clean(_description(item, contact, last, settings)) if full else ""
    clipped = len(text) > LONGEST_DESCRIPTION
    if clipped:
        text = text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"
    return Content(
        uid=uid,
        stamp_day=_stamp_day(item, today),
        start=item.planned,
        summary=_summary(item, contact, level),
        description=text,
        url=_url(contact, settings, uid),
        category=str(item.action) if level in {FeedLevel.FULL, FeedLevel.NAMES} else "",
        sequence=max(0, (item.planned - item.due).days),
        alarm=settings.feed.alarm,
        clipped=clipped,
    )


def _stamp_day(item: CheckIn, today: date) -> date:
    """When the event last changed. A talk ahead is no fact yet: its thanks carry the oldest stamp."""
    if item.due <= today and item.planned > item.due:
        return today
    return item.proposal.latest if item.proposal.latest <= today else _BEFORE_ALL


def _summary(item: CheckIn, contact: Contact, level: FeedLevel) -> str:
    if level is FeedLevel.BUSY:
        return "Busy"
    if level is FeedLevel.INITIALS:
        return one_line(f"Check in · {initials(contact.name)}")
    attempt = f" ({item.proposal.attempt})" if item.proposal.attempt else ""
    organization = f" ({contact.organization})" if contact.organization and level is FeedLevel.FULL else ""
    summary = one_line(f"{TITLES[item.action]}{attempt}: {contact.name}{organization}")
    return summary if len(summary) <= _LONGEST_SUMMARY else f"{summary[: _LONGEST_SUMMARY - 1]}…"


def _url(contact: Contact, settings: Settings, uid: str) -> str:
    """The person's page; where none is published, a name of the event's own.

    Events alike but for their UID are taken for one by some programs, so each has a URL that differs.
    """
    telling = settings.feed.level in {FeedLevel.FULL, FeedLevel.NAMES}
    if telling and settings.site.base_url:
        return f"{settings.site.base_url}/people/{contact.slug}/#{uid[:8]}"
    return f"urn:uuid:{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:32]}"


def _description(item: CheckIn, contact: Contact, last: Interaction | None, settings: Settings) -> str:
    """Why now, what happened last, how to reach them, and how to log it."""
    lines = [capitalised(item.proposal.reason.written(spoken))]
    if last is not None:
        text = one_line(last.text.split("\n", 1)[0]) if last.source == "log" else one_line(last.title or "")
        lines.append(f"Last: {spoken(last.day)}, {last.kind}{f': {text}' if text else ''}")
    lines += [f"Phone: {one_line(phone)}" for phone in contact.phones[:2]]
    for email in contact.emails[:2]:
        lines += [f"E-mail: {one_line(email)}", mailto(one_line(email))]
    kind = item.proposal.done_kind
    if settings.site.repository:
        name = f"{item.planned}-{kind}.md"
        url = new_note_url(settings.site.repository, settings.site.branch, contact.slug, name)
        lines.append(f"Log it: {url}")
    else:
        lines.append(f'Log it: echo "- {item.planned} {kind}" >> contacts/{contact.slug}.md')
    return "\n".join(lines)


def serialise(content: Content) -> bytes:
    """The event as iCalendar lines; the same content gives the same bytes."""
    event = Event()
    event["UID"] = vText(f"{content.uid}@intouch")
    event["DTSTAMP"] = vDatetime(_stamp(content))
    event["DTSTART"] = _all_day(content.start)
    event["DTEND"] = _all_day(content.start + ONE_DAY)
    event["SUMMARY"] = Text(content.summary)
    if content.description:
        event["DESCRIPTION"] = Text(content.description)
    event["URL"] = vUri(content.url)
    if content.category:
        event["CATEGORIES"] = Text(content.category)
    event["CLASS"] = vText("PRIVATE")
    event["STATUS"] = vText("CONFIRMED")
    event["TRANSP"] = vText("TRANSPARENT")
    event["SEQUENCE"] = vInt(content.sequence)
    if content.alarm is not None:
        event.add_component(_alarm(content))
    return bytes(event.to_ical(sorted=False))


def _all_day(day: date) -> vDate:
    value = vDate(day)
    value.params["VALUE"] = "DATE"
    return value


def _alarm(content: Content) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = vText("DISPLAY")
    alarm["DESCRIPTION"] = Text(content.summary)
    alarm["TRIGGER"] = vDuration(timedelta(minutes=content.alarm or 0))
    return alarm


def _stamp(content: Content) -> datetime:
    """The stamp's day at a time taken from the content: another content, another stamp."""
    told = "\0".join(
        (content.summary, content.description, content.url, content.start.isoformat(), str(content.alarm))
    )
    seconds = int.from_bytes(blake2b(told.encode(), digest_size=8).digest()) % _A_DAY
    midnight = datetime.combine(content.stamp_day, time(), UTC)
    return midnight + timedelta(seconds=seconds)
