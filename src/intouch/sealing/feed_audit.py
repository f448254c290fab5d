"""Whether a published feed says no more than its level allows, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intouch.checkins import Action
from intouch.feed.text import TITLES, initials, one_line
from intouch.sealing.hiding import found_in
from intouch.sealing.needles import Needle
from intouch.settings import FeedLevel, Settings

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
_NOTHING = "Nothing due"
_PROPERTIES = ("SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "ATTENDEE", "ORGANIZER", "COMMENT", "LOCATION")
_CLIPPED = "…"
_CALENDAR_NAME = re.compile(r"(?:NAME|X-WR-CALNAME):(.*)")
_TITLE = re.compile(r"(?:SUMMARY|DESCRIPTION):(.*)")
_TEXT = re.compile(r"DESCRIPTION:.*")
_NAMED = re.compile(rf"(?:{'|'.join(map(re.escape, TITLES.values()))})(?: \(\d+\))?: ?(.*)")
_CATEGORY = re.compile(rf"CATEGORIES:(?:{'|'.join(map(re.escape, Action))})")
_PAGE = re.compile(r"/#/[0-9a-f]{32}~[0-9a-f]{8}")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class FeedAudit:
    """What the feeds of a sealed site are held against.

    Attributes:
        wanted: what of the notebook the name of a calendar must not hold.
        names: of the people; a title may hold one of them, or its initials, where the level says so.
        settings: of the notebook.
    """

    wanted: tuple[Needle, ...]
    names: frozenset[str]
    settings: Settings

    def says_more(self, feed: bytes, level: FeedLevel) -> Iterator[str]:
        """What a feed tells beyond its level.

        At `full`, which was asked for, titles and descriptions are not searched; but no line is there that no
        feed has, such as an attendee.
        """
        titles = frozenset(self._titles(level))
        for line in feed.decode("utf-8", "replace").replace("\r\n ", "").split("\r\n"):
            if line == "" or _SHAPE.fullmatch(line):
                continue
            if name := _CALENDAR_NAME.fullmatch(line):
                if level in {FeedLevel.BUSY, FeedLevel.INITIALS} and self._tells(_unescaped(name[1])):
                    yield "has something of the notebook in its own name; change [feed] name"
            elif not self._allowed(line, level, titles):
                yield f"says more than its level '{level}' allows: {_property(line)}"
        if not feed.endswith(b"END:VCALENDAR\r\n"):
            yield f"says more than its level '{level}' allows: something follows it"

    def _tells(self, name: str) -> bool:
        return name != _OWN_NAME and any(found_in(name, self.wanted))

    def _allowed(self, line: str, level: FeedLevel, titles: frozenset[str]) -> bool:
        if level in {FeedLevel.FULL, FeedLevel.NAMES} and (_CATEGORY.fullmatch(line) or self._is_page(line)):
            return True
        if level is FeedLevel.FULL and _TEXT.fullmatch(line):
            return True
        title = _TITLE.fullmatch(line)
        if title is None:
            return False
        said = _unescaped(title[1])
        if level in {FeedLevel.BUSY, FeedLevel.INITIALS} or said == _NOTHING:
            return said in titles
        named = _NAMED.fullmatch(said)
        if named is None or level is FeedLevel.FULL:
            return named is not None
        start, clipped, _ = named[1].rpartition(_CLIPPED)
        return named[1] in titles or (clipped != "" and any(title.startswith(start) for title in titles))

    def _titles(self, level: FeedLevel) -> Iterator[str]:
        """Everything that the title of an event may be; at `names`, what follows what is to be done."""
        yield _NOTHING
        if level is FeedLevel.BUSY:
            yield "Busy"
        if level is FeedLevel.INITIALS:
            yield from (one_line(f"Check in · {initials(name)}") for name in self.names)
        if level is FeedLevel.NAMES:
            yield from map(one_line, self.names)

    def _is_page(self, line: str) -> bool:
        """Whether it is the address of somebody's page, whose name tells nothing."""
        start = f"URL:{self.settings.site.base_url}"
        told = line.removeprefix(start)
        return bool(self.settings.site.base_url) and told != line and _PAGE.fullmatch(told) is not None


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(r"\1", value)


def _property(line: str) -> str:
    """What a line is about; a name that no property has may be somebody's."""
    name = line.partition(":")[0].partition(";")[0]
    return name if name in _PROPERTIES else "a line that no feed has"
