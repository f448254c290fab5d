"""The calendar around the events: its head, its order, its limits, and a last look before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from intouch.checkins import Agenda, CheckIn
from intouch.diagnostics import Code, Diagnostic, warning
from intouch.drafts.writer import Drafts, occasion_of
from intouch.feed.event import LONGEST_DESCRIPTION, Around, Content, content_of
from intouch.feed.text import END, one_line
from intouch.memo import Memo, digest
from intouch.model import Book
from intouch.parallel import in_parallel
from intouch.places import Place
from intouch.publication import PLAIN_KEY, PersonPage, Publication, plain_page
from intouch.settings import Settings

MOST_EVENTS = 2_000
_FEED = "check-ins.ics"
_MANY = 200
"""Events that are worth a second process."""

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


def render_feed(
    *,
    book: Book,
    agenda: Agenda,
    settings: Settings,
    drafts: Drafts | None = None,
    key: bytes = PLAIN_KEY,
    person_page: PersonPage = plain_page,
    memo: Memo | None = None,
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Render every open check-in as a calendar.

    Args:
        book: the people.
        agenda: what is open; its order decides what is left out of a feed that is too long.
        settings: name, level of detail, alarm, addresses.
        drafts: the messages for the check-ins.
        key: secret of the UIDs, at most 64 bytes.
        person_page: the address of a person's page, seen from the site's root.
        memo: events that were written before.

    Returns:
        The file, CRLF and UTF-8, and warnings about what had to be clipped.

    Raises:
        FeedError: when an event does not read back; nothing may replace the old feed then.
    """
    memo = memo or Memo()
    latest = memo.latest("contents", Content)
    contents = []
    for item in agenda.check_ins[:MOST_EVENTS]:
        occasion, around = occasion_of(item), _around(item, book, agenda, person_page)
        say = partial(_said, item, around, drafts, settings=settings, today=agenda.today, key=key)
        orders = None if drafts is None else drafts.orders[occasion]
        made_of = item, around, orders, settings, agenda.today, key
        contents.append(latest.of((settings.feed.level, occasion), made_of, say))
    ordered = sorted(contents, key=lambda c: (c.start, c.uid)) or [_PLACEHOLDER]
    return _whole(ordered, settings, memo), tuple(_clipped(agenda, contents))


def _clipped(agenda: Agenda, contents: Iterable[Content]) -> Iterator[Diagnostic]:
    """What the feed leaves out."""
    for item, content in zip(agenda.check_ins, contents, strict=False):
        if content.clipped:
            yield warning(
                item.proposal.because[0] if item.proposal.because else Place(_FEED),
                Code.FEED_CLIPPED,
                f"the calendar's text about this was cut to {LONGEST_DESCRIPTION:,} characters",
                "Shorten the line it repeats.",
            )
    if len(agenda.check_ins) > MOST_EVENTS:
        message = f"the feed holds the first {MOST_EVENTS:,} of {len(agenda.check_ins):,} check-ins"
        remedy = "Give fewer people a cadence; calendar programs choke on more events."
        yield warning(Place(_FEED), Code.FEED_CLIPPED, message, remedy)


def render_feeds(
    published: Publication,
    *,
    book: Book,
    agenda: Agenda,
    settings: Settings,
    drafts: Drafts | None = None,
    memo: Memo | None = None,
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Render every feed of a publication, and an empty one wherever a former one was.

    Returns:
        The feeds by their path in the site, and each warning once. Of a secret feed nothing is remembered.
    """
    made = {path: emptied_feed() for path in published.emptied}
    problems: dict[Diagnostic, None] = {}
    for feed in published.feeds:
        made[feed.path], found = render_feed(
            book=book,
            agenda=agenda,
            settings=feed.settings(settings),
            drafts=drafts,
            key=feed.key,
            person_page=published.person_page,
            memo=None if feed.secret else memo,
        )
        problems |= dict.fromkeys(found)
    return made, tuple(problems)


def emptied_feed() -> bytes:
    """The feed that is left at a former address, so that calendars forget what they were told there.

    It does not bear the name that the calendar has today: whoever knows the old address is not to learn it.
    """
    return _whole([_PLACEHOLDER], Settings(), Memo())


def _whole(contents: list[Content], settings: Settings, memo: Memo) -> bytes:
    """The feed of its parts: each event is written, and read back by the library, once."""
    shelf = memo.shelf("events", bytes)
    name = one_line(settings.feed.name) or "Keep in touch"
    begin = shelf.all_of([name], lambda text: digest("head", text), lambda names: map(_head, names))
    keys = memo.latest("event-keys", bytes)
    events = shelf.all_of(
        contents,
        lambda said: keys.of((settings.feed.level, said.uid), said, lambda: digest("event", repr(said))),
        _events,
    )
    return b"".join([*begin, *events, END])


def _head(name: str) -> bytes:
    # The library is imported only where something is to be written: it takes a while.
    from intouch.feed.ical import head

    return head(name)


def _events(contents: Sequence[Content]) -> Iterable[bytes]:
    from intouch.feed.ical import event

    return in_parallel(event, contents, enough=_MANY)


def _around(item: CheckIn, book: Book, agenda: Agenda, person_page: PersonPage) -> Around:
    standing = agenda.standings.get(item.contact)
    last = standing.last_contact if standing else None
    return Around(book.contacts[item.contact], last, None, person_page(item.contact))


def _said(
    item: CheckIn, around: Around, drafts: Drafts | None, *, settings: Settings, today: date, key: bytes
) -> Content:
    """What an event says, once the message for it is written."""
    if drafts is not None:
        around = replace(around, draft=drafts[occasion_of(item)][0])
    return content_of(item, around, settings=settings, today=today, key=key)
