"""Whether a published feed says no more than its level allows, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intouch.feed.text import TITLES
from intouch.sealing.needles import Needle, found_in
from intouch.settings import FeedLevel

_SHAPE = re.compile(
    r"""
    (?:BEGIN|END):V(?:CALENDAR|EVENT|ALARM)
    | VERSION:2\.0 | PRODID:-//intouch//intouch\ 1//EN | CALSCALE:GREGORIAN | COLOR:teal
    | REFRESH-INTERVAL;VALUE=DURATION:PT12H | X-PUBLISHED-TTL:PT12H
    | UID:(?:[0-9a-f]{32}|nothing-due)@intouch
    | URL:urn:(?:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|intouch:nothing-due)
    | DTSTAMP:\d{8}T\d{6}Z | DT(?:START|END);VALUE=DATE:\d{8}
    | CLASS:PRIVATE | STATUS:CONFIRMED | TRANSP:TRANSPARENT | SEQUENCE:-?\d+
    | ACTION:DISPLAY | TRIGGER:-?P[0-9DTHMS]+
    """,
    re.VERBOSE,
)
_OWN_NAME = "Keep in touch"
_CALENDAR_NAME = re.compile(r"(?:NAME|X-WR-CALNAME):(.*)")
_TITLE = re.compile(r"(?:SUMMARY|DESCRIPTION):(.*)")
_BUSY = re.compile(r"Busy|Nothing due")
_INITIALS = re.compile(r"Check in · (?:(?:\S{1,3}\.)+|·)|Nothing due")
_NAMES = re.compile(rf"(?:{'|'.join(TITLES.values())})(?: \(.{{0,40}}\))?: .*|Nothing due")
_OF_NAMES = re.compile(r"CATEGORIES:[a-z-]+|URL:https?://\S*#/[0-9a-f]{32}~[0-9a-f]{8}")
_TITLES = {FeedLevel.BUSY: _BUSY, FeedLevel.INITIALS: _INITIALS, FeedLevel.NAMES: _NAMES}


def says_more(feed: bytes, level: FeedLevel, wanted: tuple[Needle, ...]) -> Iterator[str]:
    """What a feed tells beyond its level; nothing at `full`, which was asked for.

    Args:
        feed: the file.
        level: how much it may tell.
        wanted: what of the notebook the calendar's own name must not hold.
    """
    if level is FeedLevel.FULL:
        return
    for line in feed.decode("utf-8", "replace").replace("\r\n ", "").split("\r\n"):
        if line == "" or _SHAPE.fullmatch(line):
            continue
        if name := _CALENDAR_NAME.fullmatch(line):
            if name[1] != _OWN_NAME and level is not FeedLevel.NAMES and any(found_in(name[1], wanted)):
                yield "has something of the notebook in its own name; change [feed] name"
            continue
        title = _TITLE.fullmatch(line)
        if title and _TITLES[level].fullmatch(title[1]):
            continue
        if level is FeedLevel.NAMES and _OF_NAMES.fullmatch(line):
            continue
        yield f"says more than its level '{level}' allows: {line.partition(':')[0]}"
    if not feed.endswith(b"END:VCALENDAR\r\n"):
        yield f"says more than its level '{level}' allows: something follows it"
