"""Fields: front matter values, read as strings and then typed by their key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from intouch.dates import Cadence, CadenceError, parse_cadence
from intouch.diagnostics import Code, Diagnostic, error
from intouch.model import Birthday, Pin
from intouch.places import Place
from intouch.reading.frontmatter import Document, Scalar, Sequence, Value
from intouch.reading.words import DateError, any_of, did_you_mean, link_target, parse_date

_Choice = TypeVar("_Choice", bound=StrEnum)

YES = frozenset({"yes", "true", "on"})
NO = frozenset({"no", "false", "off"})
EMAIL = re.compile(r'[^\s@<>,;:"()\[\]\\]+@[^\s@<>,;:"()\[\]\\.]+(?:\.[^\s@<>,;:"()\[\]\\.]+)+')
URL = re.compile(r'[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"]+')
BARE_URL = re.compile(r'(?!.*://)[^\s<>":/]*\.[^\s<>":/]*(?:/[^\s<>"]*)?')
"""A web address without its scheme: a host with a dot, and perhaps a path."""


@dataclass
class Fields:
    """The fields of one document: each is read once, by key, and every problem is kept."""

    document: Document
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def problem(self, place: Place, code: Code, message: str, remedy: str = "", *, length: int = 1) -> None:
        """Keep a problem."""
        self.diagnostics.append(error(place, code, message, remedy, length=length))

    def has(self, key: str) -> bool:
        """Whether the key is there, with a value or without."""
        return key in self.keys

    def _given(self, key: str) -> Value | None:
        value = self.values.get(key)
        if isinstance(value, Scalar) and (not value.text.strip() or (value.plain and value.text == "~")):
            return None
        return value

    def scalar(self, key: str) -> Scalar | None:
        """A single value; a list or mapping is a problem."""
        value = self._given(key)
        if value is None or isinstance(value, Scalar):
            return value
        what = "a list" if isinstance(value, Sequence) else "keys and values"
        remedy = f"Write one value after '{key}:'; put text with [ or {{ in quotes."
        self.problem(value.place, Code.WRONG_TYPE, f"'{key}' takes one value, not {what}", remedy)
        return None

    def text(self, key: str) -> str | None:
        """A line of text, spaces tidied."""
        value = self.scalar(key)
        return None if value is None else " ".join(value.text.split())

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """One value or a list of them; anything nested is a problem."""
        return self._plain(key, self._given(key))

    def _plain(self, key: str, value: Value | None) -> tuple[Scalar, ...]:
        if value is None:
            return ()
        if isinstance(value, Scalar):
            return (value,)
        if not isinstance(value, Sequence):
            self.problem(
                value.place, Code.WRONG_TYPE, f"'{key}' takes one value or a list", "Write [one, two]."
            )
            return ()
        found: list[Scalar] = []
        for item in value.items:
            if isinstance(item, Scalar):
                found += [item] if item.text.strip() else []
            else:
                remedy = "Put text with [ or { or ': ' in quotes."
                self.problem(item.place, Code.WRONG_TYPE, f"'{key}' takes a list of plain values", remedy)
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them, each once."""
        return tuple(dict.fromkeys(" ".join(s.text.split()) for s in self.scalars(key)))

    def tags(self, key: str) -> tuple[str, ...]:
        """Tags: a list, or one text with commas."""
        parts = (part for s in self.scalars(key) for part in s.text.split(","))
        return tuple(dict.fromkeys(tag for part in parts if (tag := " ".join(part.split()).lstrip("#"))))

    def emails(self, key: str) -> tuple[str, ...]:
        """E-mail addresses, bare."""
        found: list[str] = []
        for s in self.scalars(key):
            text = s.text.strip()
            if EMAIL.fullmatch(text):
                found.append(text)
            else:
                remedy = "Write it as name@host.example."
                self.problem(
                    s.place, Code.BAD_EMAIL, f"'{text}' is no e-mail address", remedy, length=s.length
                )
        return tuple(dict.fromkeys(found))

    def urls(self, key: str) -> tuple[str, ...]:
        """Web addresses; without a scheme they are read as https."""
        found: list[str] = []
        for s in self.scalars(key):
            url = s.text.strip()
            if BARE_URL.fullmatch(url):
                url = f"https://{url}"
            if URL.fullmatch(url):
                found.append(url)
            else:
                remedy = "Write it as https://host.example/page."
                self.problem(s.place, Code.BAD_URL, f"'{s.text}' is no web address", remedy, length=s.length)
        return tuple(dict.fromkeys(found))

    def date(self, key: str) -> date | None:
        """A date."""
        value = self.scalar(key)
        if value is None:
            return None
        try:
            return parse_date(value.text.strip())
        except DateError as problem:
            self.problem(value.place, Code.BAD_DATE, str(problem), problem.remedy, length=value.length)
            return None

    def yes(self, key: str, *, default: bool) -> bool:
        """A yes or no."""
        value = self.scalar(key)
        if value is None:
            return default
        word = value.text.strip().casefold()
        if word in YES | NO:
            return word in YES
        message = f"'{key}' is yes or no, not '{value.text}'"
        self.problem(value.place, Code.WRONG_TYPE, message, f"Write '{key}: yes'.", length=value.length)
        return default

    def choice(self, key: str, kind: type[_Choice], aliases: Mapping[str, _Choice]) -> _Choice | None:
        """One of a set of words, case aside."""
        value = self.scalar(key)
        if value is None:
            return None
        word = "-".join(value.text.casefold().split())
        if word in aliases:
            return aliases[word]
        try:
            return kind(word)
        except ValueError:
            code = Code.UNKNOWN_KIND if key == "kind" else Code.BAD_CHOICE
            message = f"'{value.text}' is no {key.replace('_', ' ')}"
            remedy = did_you_mean(word, [str(member) for member in kind])
            self.problem(value.place, code, message, remedy, length=value.length)
            return None

    def whole(self, key: str, low: int, high: int, code: Code) -> int | None:
        """A whole number within bounds."""
        value = self.scalar(key)
        if value is None:
            return None
        word = value.text.strip()
        if re.fullmatch(r"[0-9]{1,9}", word) and low <= int(word) <= high:
            return int(word)
        message = f"'{key}' is a whole number from {low} to {high}, not '{value.text}'"
        self.problem(value.place, code, message, f"Write '{key}: {high}'.", length=value.length)
        return None

    def cadence(self, key: str) -> Cadence | None:
        """How often to be in touch."""
        value = self.scalar(key)
        if value is None:
            return None
        try:
            return parse_cadence(value.text)
        except CadenceError as problem:
            remedy = f"Write {any_of(problem.proposals)}."
            self.problem(value.place, Code.BAD_CADENCE, str(problem), remedy, length=value.length)
            return None

    def pin(self, key: str) -> Pin | None:
        """A date and, after it, the reason."""
        value = self.scalar(key)
        if value is None:
            return None
        day, _, reason = " ".join(value.text.split()).partition(" ")
        try:
            return Pin(parse_date(day.rstrip(":,")), reason.lstrip(":–- ").strip(), value.place)
        except DateError as problem:
            remedy = f"{problem.remedy} A promise is a date and then the reason: 2027-01-15 call again."
            self.problem(value.place, Code.BAD_NEXT, str(problem), remedy, length=value.length)
            return None

    def timezone(self, key: str) -> str | None:
        """An IANA time zone."""
        value = self.scalar(key)
        if value is None:
            return None
        try:
            ZoneInfo(value.text.strip())
        except (KeyError, ValueError, OSError):
            remedy = "Write an IANA name such as Australia/Sydney or Europe/Berlin."
            message = f"'{value.text}' is no time zone"
            self.problem(value.place, Code.BAD_TIMEZONE, message, remedy, length=value.length)
            return None
        return value.text.strip()

    def birthday(self, key: str) -> Birthday | None:
        """A birthday, with or without its year."""
        value = self.scalar(key)
        if value is None:
            return None
        text = value.text.strip().removeprefix("--")
        try:
            if re.fullmatch(r"\d\d-\d\d", text):
                # Any leap year will do, so that 29 February is one.
                day = parse_date(f"2000-{text}")
                return Birthday(day.month, day.day)
            day = parse_date(text)
        except DateError:
            message = f"'{value.text}' is no birthday"
            remedy = "Write it as 1980-04-12, or 04-12 without the year."
            self.problem(value.place, Code.BAD_BIRTHDAY, message, remedy, length=value.length)
            return None
        return Birthday(day.month, day.day, day.year)

    def people(self, key: str) -> tuple[tuple[str, Place, int], ...]:
        """People as written, by slug or [[link]]; who they are is found out when the book is made."""
        value = self._given(key)
        if isinstance(value, Sequence):
            value = Sequence(tuple(_unlinked(item) for item in value.items), value.place)
        return tuple((link_target(s.text), s.place, s.length) for s in self._plain(key, value))


def _unlinked(item: Value) -> Value:
    """What an unquoted `[[Priya Nair]]` names: YAML reads it as a list in a list."""
    if isinstance(item, Sequence) and len(item.items) == 1 and isinstance(item.items[0], Scalar):
        return item.items[0]
    return item


def fields(document: Document, keys: Mapping[str, str]) -> Fields:
    """Sort a document's values by their canonical keys.

    Args:
        document: the file, taken apart.
        keys: every key and alias, in small letters → the canonical key.
    """
    found = Fields(document)
    for key, value in document.entries:
        word = key.text.strip().casefold()
        if word.startswith("x-"):
            continue
        canonical = keys.get(word)
        if canonical is None:
            message = f"'{key.text}' is no key of this file"
            remedy = f"{did_you_mean(word, keys)} Keys of your own begin with 'x-'."
            found.problem(key.place, Code.UNKNOWN_KEY, message, remedy, length=key.length)
        elif canonical in found.keys:
            first = found.keys[canonical]
            message = f"'{key.text}' and '{first.text}' on line {first.place.line} are one key"
            found.problem(key.place, Code.CLASHING_KEYS, message, "Keep one of the two.", length=key.length)
        else:
            found.keys[canonical] = key
            found.values[canonical] = value
            found.places[canonical] = value.place
    return found
