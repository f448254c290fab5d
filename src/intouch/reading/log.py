"""The log: the list under `## Log`, a line an interaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from intouch.diagnostics import Code, Diagnostic, error
from intouch.model import Channel, Kind
from intouch.places import Place
from intouch.reading.kinds import ALIAS_CHANNELS, KIND_WORDS, kind_of
from intouch.reading.words import DateError, parse_date

_MENTIONS_LOG = re.compile(r"^[ >#]*log\b", re.IGNORECASE | re.MULTILINE)
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_ENTRY = re.compile(r"(?P<date>\S+)(?:[ \t]+(?P<kind>[^\s:(]+))?[ \t]*(?P<rest>.*)", re.DOTALL)
_SIGN = re.compile(r" {0,3}[-*+] ")
_SEPARATOR = re.compile(r"^[ \t]*(?:[:–—,;]|- )")
_CLIPPED = 40
_ENTRY_WITHIN = re.compile(r"\s*(?:[-*+][ \t]+)?(?P<date>\d{4}-\d\d-\d\d)[ \t]+(?P<kind>[A-Za-z-]+)")
_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log."""

    day: date
    kind: Kind
    role: str | None
    text: str
    channel: Channel | None
    place: Place


@dataclass(frozen=True, slots=True)
class Log:
    """What a card's log says, and the card's text without it."""

    entries: tuple[Entry, ...]
    body: str
    diagnostics: tuple[Diagnostic, ...]


@cache
def _blocks() -> MarkdownIt:
    """A parser of blocks only: where things stand, not what is in them."""
    return MarkdownIt("commonmark", {"html": False}).disable(["inline", "text_join"], ignoreInvalid=True)


def read_log(body: str, name: str, body_line: int) -> Log:
    """Find the log in a card's Markdown and read its lines.

    Args:
        body: the Markdown below the front matter.
        name: the file.
        body_line: the line of the file on which `body` starts.
    """
    if not _MENTIONS_LOG.search(body):
        return Log((), body.strip("\n"), ())
    lines = body.split("\n")
    reader = _Reader(name, body_line, lines)
    kept = [True] * len(lines)
    for section in _sections(_blocks().parse(body), len(lines)):
        kept[section.first : section.end] = [False] * (section.end - section.first)
        reader.section(section.tokens)
    rest = "\n".join(line for line, keep in zip(lines, kept, strict=True) if keep)
    return Log(tuple(reader.entries), rest.strip("\n"), tuple(reader.diagnostics))


@dataclass(frozen=True, slots=True)
class Ending:
    """Where one more line of a log goes.

    Attributes:
        line: how many lines of the body come before it.
        bullet: what it begins with, as the line before it does.
    """

    line: int
    bullet: str


def end_of_log(body: str) -> Ending | None:
    """Find the place after the last line of the last log; None where there is no log."""
    lines = body.split("\n")
    found: Ending | None = None
    for section in _sections(_blocks().parse(body), len(lines)):
        written = [n for n in range(section.first, section.end) if lines[n].strip()]
        found = Ending(written[-1] + 1, "- ")
        for index, token in enumerate(section.tokens):
            if token.type == "list_item_open" and token.level == 1 and token.map:
                bullet = _SIGN.match(lines[token.map[0]])
                end = _end_of_item(section.tokens, index)
                found = Ending(end, bullet[0] if bullet else "- ")
    return found


@dataclass(frozen=True, slots=True)
class _Section:
    """A log section: its first line, the line after its last, and the blocks below its heading."""

    first: int
    end: int
    tokens: list[Token]


def _sections(tokens: list[Token], count: int) -> Iterator[_Section]:
    """Each log section."""
    headings = [
        (index, int(token.tag[1]), token.map[0])
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    covered = -1
    for position, (index, level, line) in enumerate(headings):
        if index <= covered or tokens[index + 1].content.strip().strip(":").casefold() != "log":
            continue
        later = (headings[p] for p in range(position + 1, len(headings)))
        after = next(((i, n) for i, other, n in later if other <= level), None)
        end, end_line = after or (len(tokens), count)
        covered = end - 1
        yield _Section(line, end_line, tokens[index + 3 : end])


class _Reader:
    """Reads log sections, keeping every entry and every problem."""

    def __init__(self, name: str, body_line: int, lines: list[str]) -> None:
        self._name = name
        self._body_line = body_line
        self._lines = lines
        self.entries: list[Entry] = []
        self.diagnostics: list[Diagnostic] = []

    def section(self, tokens: list[Token]) -> None:
        """Read the top-level list items; a paragraph that looks like one has lost its bullet."""
        for index, token in enumerate(tokens):
            if token.type == "list_item_open" and token.level == 1 and token.map:
                end = _end_of_item(tokens, index)
                self._item(token.map[0], end)
                self._swallowed(token.map[0] + 1, end)
            elif token.type == "paragraph_open" and token.level == 0 and token.map:
                self._paragraph(*token.map)

    def _paragraph(self, first: int, end: int) -> None:
        for number in range(first, end):
            line = self._lines[number]
            if _DATED.match(line.strip()):
                place = self._place(number, len(line) - len(line.lstrip()))
                message = "this line of the log has no bullet"
                self._say(place, message, "Start it with '- '.", len(line.strip()))

    def _swallowed(self, first: int, end: int) -> None:
        """Report lines that Markdown takes into the item above though they begin like one of their own."""
        for number in range(first, end):
            line = self._lines[number]
            match = _ENTRY_WITHIN.match(line)
            if match is not None and kind_of(match["kind"]) is not None:
                place = self._place(number, match.start("date"))
                message = "this line of the log is taken into the one above"
                self._say(place, message, "Start it with '- ' at the left edge.", len(match["date"]))

    def _item(self, first: int, end: int) -> None:
        line = self._lines[first]
        bullet = _BULLET.match(line)
        start = bullet.end() if bullet else len(line)
        text = "\n".join([line[start:], *(more.strip() for more in self._lines[first + 1 : end])]).strip()
        place = self._place(first, start)
        match = _ENTRY.fullmatch(text)
        if match is None:
            self._say(place, "this line of the log is empty", "Write '- 2026-11-23 call: what happened'.", 1)
            return
        self._entry(match, place, first)

    def _entry(self, match: re.Match[str], place: Place, line: int) -> None:
        """Read date, kind, role and text; say what is wrong with each."""
        day: date | None = None
        date_text = match["date"].rstrip(":,")
        try:
            day = parse_date(date_text)
        except DateError as problem:
            example = "A line of the log is '- 2026-11-23 call (ROLE): TEXT'."
            dated = _DATED.match(date_text) is not None
            code = Code.BAD_DATE if dated else Code.BAD_LOG_LINE
            remedy = problem.remedy if dated else example
            self.diagnostics.append(error(place, code, str(problem), remedy, length=len(date_text)))
            if not dated:
                return
        kind = self._kind(match, place)
        if kind is None:
            return
        role, text = self._rest(match, place)
        if day is None:
            return
        channel = ALIAS_CHANNELS.get((match["kind"] or "").casefold())
        line_place = Place(self._name, self._body_line + line, place.column)
        self.entries.append(Entry(day, kind, role, text, channel, line_place))

    def _kind(self, match: re.Match[str], place: Place) -> Kind | None:
        word = match["kind"]
        if word is None:
            remedy = "After the date comes what happened: '- 2026-11-23 call: TEXT'."
            self._say(place, "this line of the log does not say what happened", remedy, len(match["date"]))
            return None
        kind = kind_of(word)
        if kind is None:
            at = _beside(place, match.start("kind"))
            close = get_close_matches(word.casefold(), KIND_WORDS, n=1)
            remedy = f"Did you mean '{close[0]}'?" if close else f"It may be one of: {', '.join(Kind)}."
            message = f"'{word}' is no kind of interaction"
            self.diagnostics.append(error(at, Code.UNKNOWN_KIND, message, remedy, length=len(word)))
        return kind

    def _rest(self, match: re.Match[str], place: Place) -> tuple[str | None, str]:
        """The role and the text after the kind."""
        rest, role = match["rest"], None
        at = match.start("rest")
        if rest.startswith("("):
            close = _closing(rest)
            if close is None:
                self._say(
                    _beside(place, at), "the role's bracket is never closed", "Add ')' after the role.", 1
                )
                return None, rest
            role = " ".join(rest[1:close].split()) or None
            at += close + 1
            rest = rest[close + 1 :].lstrip(" \t")
        if rest and not rest.startswith((":", "–", "—", "- ", ",", ";", "\n")):
            self._say(
                _beside(place, at),
                "after the kind comes a role in brackets or a colon",
                f"Write '{match['date']} {match['kind'] or 'call'}: {_clip(rest)}'.",
                1,
            )
        return role, _SEPARATOR.sub("", rest, count=1).strip()

    def _place(self, line: int, offset: int) -> Place:
        return Place(self._name, self._body_line + line, offset + 1)

    def _say(self, place: Place, message: str, remedy: str, length: int) -> None:
        self.diagnostics.append(error(place, Code.BAD_LOG_LINE, message, remedy, length=max(1, length)))


def _end_of_item(tokens: list[Token], index: int) -> int:
    """The line after the last block of a list item: trailing blank lines are not its own."""
    first, end = tokens[index].map or (0, 0)
    last = first + 1
    for position in range(index + 1, len(tokens)):
        token = tokens[position]
        if token.type == "list_item_close" and token.level == tokens[index].level:
            break
        if token.map:
            last = max(last, token.map[1])
    return min(last, end)


def _closing(text: str) -> int | None:
    """Where the bracket opened by the first character closes; brackets inside count."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index
    return None


def _beside(place: Place, offset: int) -> Place:
    return Place(place.file, place.line, place.column + offset)


def _clip(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= _CLIPPED else f"{line[:_CLIPPED]}…"
