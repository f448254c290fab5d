"""The calendar around the events: its head, its order, its limits, and a last look before it leaves."""

from __future__ import annotations

from datetime import date
from functools import partial

from icalendar import Calendar
from icalendar.prop import vText

from intouch.checkins import Agenda, CheckIn
from intouch.diagnostics import Code, Diagnostic, warning
from intouch.drafts.writer import NOTHING_WRITTEN, Drafts, occasion_of
from intouch.feed.event import LONGEST_DESCRIPTION, Around, Content, Text, content_of, serialise
from intouch.feed.text import one_line
from intouch.model import Book
from intouch.places import Place
from intouch.publication import PLAIN_KEY, PersonPage, plain_page
from intouch.settings import Settings

MOST_EVENTS = 2_000
_FEED = "check-ins.ics"
_END = b"END:VCALENDAR\r\n"
_PLACEHOLDER = Content(
    uid="nothing-due",
    stamp_day=date(2000, 1, 1),
    start=date(2000, 1, 1),
    summary="Nothing due",
    description="",
    url="urn:intouch:nothing-due",
    category="",
    sequence=0,
    alarm=None,
)
"""Some programs keep stale events when a feed is empty, so it never is."""


class FeedError(RuntimeError):
    """A feed that does not read back as it was meant: a fault of this program, never published."""


def render_feed(
    *,
    book: Book,
    agenda: Agenda,
    settings: Settings,
    drafts: Drafts = NOTHING_WRITTEN,
    key: bytes = PLAIN_KEY,
    person_page: PersonPage = plain_page,
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Render every open check-in as a calendar.

    Args:
        book: the people.
        agenda: what is open; its order decides what is left out of a feed that is too long.
        settings: name, level of detail, alarm, addresses.
        drafts: the messages for the check-ins.
        key: secret of the UIDs, at most 64 bytes.
        person_page: the address of a person's page, seen from the site's root.

    Returns:
        The file, CRLF and UTF-8, and warnings about what had to be clipped.

    Raises:
        FeedError: when the result does not read back; nothing may replace the old feed then.
    """
    say = partial(content_of, settings=settings, today=agenda.today, key=key)
    shown = agenda.check_ins[:MOST_EVENTS]
    contents = [say(item, _around(item, book, agenda, drafts, person_page)) for item in shown]
    problems = [
        warning(
            item.proposal.because[0] if item.proposal.because else Place(_FEED),
            Code.FEED_CLIPPED,
            f"the calendar's text about this was cut to {LONGEST_DESCRIPTION:,} characters",
            "Shorten the line it repeats.",
        )
        for item, content in zip(shown, contents, strict=True)
        if content.clipped
    ]
    if len(agenda.check_ins) > MOST_EVENTS:
        message = f"the feed holds the first {MOST_EVENTS:,} of {len(agenda.check_ins):,} check-ins"
        remedy = "Give fewer people a cadence; calendar programs choke on more events."
        problems.append(warning(Place(_FEED), Code.FEED_CLIPPED, message, remedy))
    ordered = sorted(contents, key=lambda c: (c.start, c.uid)) or [_PLACEHOLDER]
    return _whole(settings, ordered), tuple(problems)


def emptied_feed(settings: Settings) -> bytes:
    """The feed that is left at a former address, so that calendars forget what they were told there."""
    return _whole(settings, [_PLACEHOLDER])


def _whole(settings: Settings, contents: list[Content]) -> bytes:
    feed = _head(settings) + b"".join(serialise(content) for content in contents) + _END
    _look_over(feed, contents)
    return feed


def _around(item: CheckIn, book: Book, agenda: Agenda, drafts: Drafts, person_page: PersonPage) -> Around:
    standing = agenda.standings.get(item.contact)
    (draft, *_) = drafts.get(occasion_of(item)) or (None,)
    return Around(
        book.contacts[item.contact],
        standing.last_contact if standing else None,
        draft,
        person_page(item.contact),
    )


def _head(settings: Settings) -> bytes:
    """The calendar's own lines; no UID, which would make some programs keep one event of all."""
    calendar = Calendar()
    name = one_line(settings.feed.name) or "Keep in touch"
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
    return whole.removesuffix(_END)


def _look_over(feed: bytes, contents: list[Content]) -> None:
    """Read the feed back and hold it against what was meant."""
    read = [
        (str(event["UID"]), str(event["SUMMARY"]), event.decoded("DTSTART"))
        for event in Calendar.from_ical(feed).walk("VEVENT")
    ]
    meant = [(f"{c.uid}@intouch", c.summary, c.start) for c in contents]
    if read != meant:
        wrong = next((a for a, b in zip(read, meant, strict=False) if a != b), ("", "", ""))
        raise FeedError(f"the feed does not read back as meant, at {wrong[0]} or in its count")
