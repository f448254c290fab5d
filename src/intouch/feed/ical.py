"""Contents as iCalendar lines, written and read back by the library; same content, same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDate, vDatetime, vDuration, vInt, vText, vUri

from intouch.dates import ONE_DAY
from intouch.feed.event import Content
from intouch.feed.text import END

_A_DAY = 86_400


class FeedError(RuntimeError):
    """An event that does not read back as it was meant: a fault of this program, never published."""


class Text(vText):
    """A text in which a backslash and N stay as written; the library would make them a line end."""

    def to_ical(self) -> bytes:
        """Escape it as RFC 5545 says."""
        text = str(self)
        for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
            text = text.replace(plain, escaped)
        return text.encode()


def head(name: str) -> bytes:
    """The calendar's own lines; no UID, which would make some programs keep one event of all."""
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText("-//intouch//intouch 1//EN")
    calendar["CALSCALE"] = vText("GREGORIAN")
    calendar["NAME"] = Text(name)
    calendar["X-WR-CALNAME"] = Text(name)
    calendar["COLOR"] = vText("teal")
    refresh = vText("PT12H")
    # RFC 7986 wants the parameter, which the library's own property leaves out.
    refresh.params["VALUE"] = "DURATION"
    calendar["REFRESH-INTERVAL"] = refresh
    calendar["X-PUBLISHED-TTL"] = vText("PT12H")
    whole = bytes(calendar.to_ical(sorted=False))
    return whole.removesuffix(END)


def event(content: Content) -> bytes:
    """The lines of one event, read back once.

    Raises:
        FeedError: when they do not say what was meant; nothing may replace the old feed then.
    """
    lines = serialise(content)
    whole = head("") + lines + END
    read = [
        (str(one["UID"]), str(one["SUMMARY"]), one.decoded("DTSTART"))
        for one in Calendar.from_ical(whole).walk("VEVENT")
    ]
    if read != [(f"{content.uid}@intouch", content.summary, content.start)]:
        raise FeedError(f"the event {content.uid} does not read back as meant")
    return lines


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
