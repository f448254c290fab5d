"""Feeds taken apart by hand: a reader and a structural checker that know nothing of any library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from intouch.checkins import Agenda
from intouch.feed import render_feed
from intouch.model import Book
from intouch.settings import Settings

HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//intouch//intouch 1//EN
CALSCALE:GREGORIAN
NAME:{name}
X-WR-CALNAME:{name}
COLOR:teal
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
"""
_EVENT = re.compile(
    r"UID:(?P<uid>[0-9a-z-]+@intouch)\n"
    r"DTSTAMP:(?P<stamp>\d{8}T\d{6}Z)\n"
    r"DTSTART;VALUE=DATE:(?P<start>\d{8})\n"
    r"DTEND;VALUE=DATE:(?P<end>\d{8})\n"
    r"SUMMARY:(?P<summary>.*)\n"
    r"(?:DESCRIPTION:(?P<description>.*)\n)?"
    r"URL:(?P<url>\S+)\n"
    r"(?:CATEGORIES:(?P<category>[a-z-]+)\n)?"
    r"CLASS:PRIVATE\n"
    r"STATUS:CONFIRMED\n"
    r"TRANSP:TRANSPARENT\n"
    r"SEQUENCE:(?P<sequence>\d+)\n"
    r"(?:BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:(?P<said>.*)\nTRIGGER:(?P<alarm>P\S+)\nEND:VALARM\n)?"
)
_ESCAPE = re.compile(r"\\(.)")
_BARE = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
_DIRECTIONS = {
    chr(n) for n in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
}


@dataclass(frozen=True)
class Event:
    uid: str
    stamp: datetime
    start: date
    summary: str
    description: str
    url: str
    category: str
    sequence: int
    alarm: str
    raw: str


def rendered(book: Book, agenda: Agenda, settings: Settings | None = None) -> bytes:
    """The feed alone, checked against the whole table of its specification."""
    settings = settings or Settings()
    feed, _ = render_feed(book=book, agenda=agenda, settings=settings)
    verify(feed, agenda, settings)
    return feed


def unfolded(feed: bytes) -> str:
    """The lines as meant, joined by line feeds; every law of lines and folds is asserted on the way."""
    assert feed.endswith(b"\r\n")
    assert not feed.startswith(b"\xef\xbb\xbf")
    physical = feed.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, physical)) <= 75
    lines: list[str] = []
    for line in physical:
        assert line.strip(), "no line is empty"
        text = line.decode("utf-8")  # each by itself: no character is cut in two
        assert not [c for c in text if forbidden(c) and c != "\t"], text
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return "\n".join(lines) + "\n"


def forbidden(char: str) -> bool:
    """Controls, line ends, lone surrogates and characters that turn the direction of text."""
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in _DIRECTIONS


def tidied(text: str) -> str:
    """What is left of a text on its way into the feed."""
    lines = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    return "".join(c for c in lines if c in "\n\t" or not forbidden(c))


def on_one_line(text: str) -> str:
    return " ".join(tidied(text).split())


def unescaped(value: str) -> str:
    """A TEXT value read back; it must have been escaped as RFC 5545 says, no more and no less."""
    assert _BARE.fullmatch(value), value
    return _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], value)


def escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n")


def read(feed: bytes) -> list[Event]:
    """Every event, in the feed's order."""
    text = unfolded(feed)
    body = text[text.index("\nBEGIN:VEVENT\n") :].removesuffix("\nEND:VEVENT\nEND:VCALENDAR\n")
    return [_event(f"{block}\n".removeprefix("\n")) for block in re.split(r"\nEND:VEVENT(?=\n)", body)]


def _event(block: str) -> Event:
    assert block.startswith("BEGIN:VEVENT\n"), block
    match = _EVENT.fullmatch(block.removeprefix("BEGIN:VEVENT\n"))
    assert match, block
    start, end = (datetime.strptime(match[key], "%Y%m%d").replace(tzinfo=UTC) for key in ("start", "end"))
    assert end - start == timedelta(days=1), "the end is the day after, which is not part of it"
    assert match["said"] in {None, match["summary"]}
    return Event(
        uid=match["uid"],
        stamp=datetime.strptime(match["stamp"], "%Y%m%dT%H%M%S%z"),
        start=start.date(),
        summary=unescaped(match["summary"]),
        description=unescaped(match["description"] or ""),
        url=match["url"],
        category=match["category"] or "",
        sequence=int(match["sequence"]),
        alarm=match["alarm"] or "",
        raw=block,
    )


def verify(feed: bytes, agenda: Agenda | None = None, settings: Settings | None = None) -> None:
    """Hold a feed against every clause of its specification."""
    text = unfolded(feed)
    name = on_one_line((settings or Settings()).feed.name) or "Keep in touch"
    assert text.startswith(HEAD.format(name=escaped(name)) + "BEGIN:VEVENT\n")
    assert text.endswith("END:VEVENT\nEND:VCALENDAR\n")
    events = read(feed)
    assert 1 <= len(events) <= 2_000
    assert [(e.start, e.uid) for e in events] == sorted((e.start, e.uid) for e in events)
    assert len({e.uid for e in events}) == len(events), "two items share a UID"
    assert len({e.url for e in events}) == len(events), "two events share a URL"
    for event in events:
        assert "\n" not in event.summary
        assert len(event.summary) <= 200
        assert len(event.description) <= 1_000
    if agenda is not None and agenda.check_ins:
        shown = agenda.check_ins[:2_000]
        assert sorted(e.start for e in events) == sorted(c.planned for c in shown)
        told = sorted((c.planned, (c.planned - c.due).days) for c in shown)
        assert sorted((e.start, e.sequence) for e in events) == told
        assert max(e.stamp.date() for e in events) <= agenda.today, "no stamp is of the future"
    elif agenda is not None:
        assert [(e.uid, e.start, e.summary) for e in events] == [
            ("nothing-due@intouch", date(2000, 1, 1), "Nothing due")
        ]
