"""Injection into the feed: whatever stands in whatever place, not one line comes to it and none goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feeds import forbidden, rendered, unfolded
from intouch.agenda import plan
from intouch.dates import Cadence, Period, Unit
from intouch.feed import render_feeds
from intouch.model import Book, Contact, Interaction, Kind, Pin, Source
from intouch.places import Place
from intouch.sealing.feed_audit import FeedAudit
from intouch.sealing.feeds import publication
from intouch.sealing.keys import derived
from intouch.sealing.needles import needles
from intouch.settings import FeedLevel, FeedSettings, Me, Settings, SiteSettings
from nasty_texts import TODAY

KEYS = derived(bytes(range(32)))
LINE_ENDS = {
    "CRLF": "\r\n",
    "LF": "\n",
    "CR": "\r",
    "CR CR LF": "\r\r\n",
    "LF CR": "\n\r",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
    "VT": "\x0b",
    "FF": "\x0c",
    "FS": "\x1c",
    "GS": "\x1d",
    "RS": "\x1e",
    "NUL and LF": "\x00\n",
    "written": "\\n",
    "written large": "\\N",
    "written and escaped": "\\\\n",
    "a fold": "\r\n ",
    "a fold with a tab": "\n\t",
    "in percent": "%0D%0A",
    "an entity": "&#13;&#10;",
    "in another width": "\uff3cn",
    "in a surrogate": "\ud800\n",
    "in bidi controls": "\u202e\n\u202c",
}
SMUGGLED = (
    "ATTENDEE:mailto:eve@evil.example",
    "BEGIN:VALARM\r\nACTION:EMAIL\r\nATTENDEE:mailto:eve@evil.example\r\nTRIGGER:PT0S\r\nEND:VALARM",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nDTSTART:20261123\r\nSUMMARY:evil",
    "END:VCALENDAR\r\nBEGIN:VCALENDAR",
    "URL:https://evil.example/",
    "ATTACH;FMTTYPE=text/html:https://evil.example/",
    "X-ALT-DESC;FMTTYPE=text/html:<script>alert(1)</script>",
    "RRULE:FREQ=SECONDLY",
)
PLACES = (
    *("name", "organization", "title", "email", "phone", "website", "greeting"),
    *("role", "said", "note", "hook", "promise", "calendar", "tag", "me"),
)
PAYLOADS = {
    f"{end}, {smuggled.partition(':')[0].partition(';')[0]}": f"Ann{LINE_ENDS[end]}{smuggled}"
    for number, end in enumerate(LINE_ENDS)
    for smuggled in (SMUGGLED[number % len(SMUGGLED)],)
}
CASES = [(place, name) for place in PLACES for name in PAYLOADS]


def notebook(place: str, text: str) -> tuple[Book, Settings]:
    """A notebook with a text in one place; all others are plain."""

    def put(here: str) -> str:
        return text if here == place else "plain"

    card = Contact(
        slug="ann",
        name=put("name"),
        place=Place("contacts/ann.md", 2),
        organization=put("organization"),
        title=put("title"),
        emails=(f"{put('email')}@a.example",),
        phones=(put("phone"),),
        websites=(f"https://a.example/{put('website')}",),
        greeting=put("greeting"),
        tags=(put("tag"),),
        cadence=Cadence(Period(1, Unit.MONTH)),
        next=Pin(date(2026, 12, 1), put("promise"), Place("contacts/ann.md", 3)),
        fit=5,
    )
    ben = Contact("ben", "Ben", Place("contacts/ben.md", 2), cadence=Cadence(Period(1, Unit.MONTH)))
    call = Interaction("ben", date(2026, 10, 30), Kind.CALL, Place("contacts/ben.md", 9), text=put("said"))
    interview = Interaction(
        "ann",
        date(2026, 11, 20),
        Kind.INTERVIEW,
        Place("contacts/ann/2026-11-20-interview.md"),
        Source.NOTE,
        role=put("role"),
        text=put("note"),
        hook=put("hook"),
    )
    book = Book({"ann": card, "ben": ben}, (call, interview))
    settings = Settings(
        me=replace(Me(), name=put("me")), feed=replace(FeedSettings(), name=put("calendar"), alarm=540)
    )
    return book, settings


def feed(place: str, text: str) -> list[str]:
    """The lines of a feed, unfolded, of a notebook with a text in one place."""
    book, settings = notebook(place, text)
    return unfolded(rendered(book, plan(book, TODAY, settings), settings)).split("\n")


def sealed_feeds(place: str, text: str) -> dict[FeedLevel, bytes]:
    """The feeds of all four levels, as a sealed site has them."""
    book, settings = notebook(place, text)
    told = replace(settings.feed, also=tuple(FeedLevel))
    settings = replace(settings, feed=told, site=SiteSettings(base_url="https://me.example"))
    published = publication(KEYS, settings, TODAY)
    made, _ = render_feeds(published, book=book, agenda=plan(book, TODAY, settings), settings=settings)
    return {each.level: made[each.path] for each in published.feeds}


def names(lines: list[str]) -> list[str]:
    """What each line is about, in order."""
    return [line.partition(":")[0].partition(";")[0] for line in lines]


@pytest.fixture(scope="module")
def plain() -> list[str]:
    return names(feed("nowhere", ""))


@pytest.mark.parametrize(("place", "payload"), CASES, ids=[f"{place}: {name}" for place, name in CASES])
def test_no_line_comes_and_none_goes(place: str, payload: str, plain: list[str]) -> None:
    lines = feed(place, PAYLOADS[payload])
    assert names(lines) == plain
    assert not [line for line in lines if any(forbidden(c) and c != "\t" for c in line)]


@pytest.fixture(scope="module")
def plain_sealed() -> dict[FeedLevel, list[str]]:
    feeds = sealed_feeds("nowhere", "")
    return {level: names(unfolded(content).split("\n")) for level, content in feeds.items()}


@pytest.mark.parametrize(("place", "payload"), CASES, ids=[f"{place}: {name}" for place, name in CASES])
def test_no_line_comes_and_none_goes_at_any_level_of_a_sealed_site(
    place: str, payload: str, plain_sealed: dict[FeedLevel, list[str]]
) -> None:
    text = PAYLOADS[payload]
    book, settings = notebook(place, text)
    people = frozenset(contact.name for contact in book.contacts.values())
    settings = replace(settings, site=SiteSettings(base_url="https://me.example"))
    audit = FeedAudit(needles(book, settings), people, settings)
    feeds = sealed_feeds(place, text)
    assert set(feeds) == set(FeedLevel)
    for level, content in feeds.items():
        lines = unfolded(content).split("\n")
        assert names(lines) == plain_sealed[level], level
        assert not [line for line in lines if any(forbidden(c) and c != "\t" for c in line)], level
        # A calendar that is called after something of the notebook is one, and is told; nothing else is.
        assert [what for what in audit.says_more(content, level) if "its own name" not in what] == []


def test_the_texts_do_arrive() -> None:
    """Places whose text the feed does not show are tried all the same; these it shows."""
    shown = {place for place in PLACES if "Canary" in "\n".join(feed(place, "Canary"))}
    assert shown >= {"name", "organization", "role", "said", "promise", "calendar", "phone", "email"}


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 90
    assert len(CASES) * len(FeedLevel) >= 1_000, "at every level"
