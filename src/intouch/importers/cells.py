"""Cells as they come, and the values that are made of them; what cannot be used is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, unquote, urlsplit

from intouch.dates import EARLIEST, LATEST
from intouch.diagnostics import Code, Diagnostic, warning
from intouch.english import SHORT_MONTHS
from intouch.places import Place
from intouch.reading.fields import EMAIL, URL
from intouch.reading.files import CONTROLS

_MONTHS = {name.casefold(): number for number, name in enumerate(SHORT_MONTHS, start=1)}
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*\.?[ -](\d{4}|\d\d)")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_MONTH_DAY = re.compile(r"--?(\d\d)-?(\d\d)|(\d\d)-(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NO_DATE = re.compile(r"0{1,4}[/.-]0{1,2}[/.-]0{1,4}")
_GUARDED = re.compile(r"'[=+@\t-]")
_SEPARATORS = re.compile(r"\s*:::\s*|\s*;\s*|\n+")
_URL_SEPARATORS = re.compile(r"\s*:::\s*|[;,]?\s+|;(?=https?://)")
"""An address may hold a semicolon or a comma, but no space."""

_LINKEDIN = re.compile(r"(?:www\.|[a-z]{2,3}\.)?linkedin\.com")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_YEARLESS = 1604
"""The year that Apple writes where there is none."""

_HALF_CENTURY = 50


def tidy(text: str) -> str:
    """A text on one line, without what no file of a notebook may hold, and without a spreadsheet's guard."""
    plain = " ".join(CONTROLS.sub(" ", text).split())
    return plain[1:] if _GUARDED.match(plain) else plain


def several(text: str) -> list[str]:
    """The values of a cell that holds several: `one ::: two`, `one; two`, or a line each."""
    return [value for part in _SEPARATORS.split(text) if (value := tidy(part))]


def several_urls(text: str) -> list[str]:
    """The addresses of a cell that holds several."""
    return [url for part in _URL_SEPARATORS.split(text) if (url := tidy(part))]


@dataclass
class Row:
    """One row or one vCard while it is read; keeps every problem with it."""

    place: Place
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def leave_out(self, what: str, remedy: str) -> None:
        """Say that a value was left out."""
        self.diagnostics.append(warning(self.place, Code.IMPORT_CELL, f"left out: {what}", remedy))

    def no_person(self, message: str, remedy: str) -> None:
        """Say that the row is nobody."""
        self.diagnostics.append(warning(self.place, Code.IMPORT_ROW, message, remedy))

    def emails(self, texts: Iterable[str]) -> tuple[str, ...]:
        """E-mail addresses, bare or as `Ann Ray <ann@acme.example>`; anything else is left out."""
        found: dict[str, str] = {}
        for text in (part.strip() for t in texts for part in t.split(",") if part.strip()):
            named = _NAMED.fullmatch(text)
            address = (named[1] if named else text).removeprefix("mailto:")
            if EMAIL.fullmatch(address):
                found.setdefault(address.casefold(), address)
            else:
                self.leave_out(f"'{text}' is no e-mail address", "Add the address to the card by hand.")
        return tuple(found.values())

    def urls(self, texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Web addresses, and those of LinkedIn apart from the others."""
        websites: list[str] = []
        profiles: list[str] = []
        for text in (t for t in texts if t):
            url = (
                text if "://" in text or not re.match(r"[\w-]+\.[\w.-]+(?:/|$)", text) else f"https://{text}"
            )
            profile = linkedin(url)
            if profile:
                profiles.append(profile)
            elif URL.fullmatch(url):
                websites.append(url)
            else:
                self.leave_out(f"'{text}' is no web address", "Add the address to the card by hand.")
        return tuple(dict.fromkeys(websites)), tuple(dict.fromkeys(profiles))

    def profile(self, text: str) -> tuple[str, ...]:
        """A cell that must hold an address on linkedin.com."""
        found = linkedin(text) if "://" in text else linkedin(f"https://{text}")
        if text and not found:
            self.leave_out(f"'{text}' is no address on linkedin.com", "Add the address to the card by hand.")
        return (found,) if found else ()

    def day(self, text: str, what: str) -> str:
        """A date in ISO form; empty for none, and for one that cannot be read for sure."""
        if not text or _NO_DATE.fullmatch(text):
            return ""
        found = _day(text)
        if found is None or not EARLIEST <= found <= LATEST:
            self.leave_out(f"{what} '{text}' cannot be read for sure", "Write it to the card as 2026-11-23.")
            return ""
        return found.isoformat()

    def birthday(self, text: str, *, omit_year: str = "") -> str:
        """A birthday as a card has it; the year may be missing."""
        if not text or _NO_DATE.fullmatch(text):
            return ""
        if match := _MONTH_DAY.fullmatch(text):
            month, day = (int(part) for part in match.groups() if part)
            found = _date(2000, month, day)
            yearless = True
        else:
            found = _day(text)
            yearless = found is not None and (found.year == _YEARLESS or str(found.year) == omit_year)
        if found is None or not (yearless or EARLIEST <= found <= LATEST):
            remedy = "Write it to the card as 1980-04-12, or 04-12 without the year."
            self.leave_out(f"birthday '{text}' cannot be read for sure", remedy)
            return ""
        return f"{found:%m-%d}" if yearless else found.isoformat()


def linkedin(url: str) -> str:
    """An address on linkedin.com in the form that can be compared; empty for any other."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").casefold() if parts.scheme in {"http", "https"} else ""
    path = parts.path.rstrip("/")
    if not _LINKEDIN.fullmatch(host) or not path or re.search(r"[\s<>\"]", path):
        return ""
    # An address bar shows `josé` where an export writes `jos%C3%A9`.
    return f"https://www.linkedin.com{quote(unquote(path).lower(), errors='replace').lower()}"


def _day(text: str) -> date | None:
    """A date that can be read for sure; None where day and month could be either way round."""
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if (match := _DAY_MONTH_YEAR.fullmatch(text)) and (month := _MONTHS.get(match[2].casefold())):
        year = int(match[3])
        if len(match[3]) == 2:  # noqa: PLR2004 - as a spreadsheet shortens it
            year += 2000 if year < _HALF_CENTURY else 1900
        return _date(year, month, int(match[1]))
    if match := _SLASHED.fullmatch(text):
        one, two, year = (int(part) for part in match.groups())
        either = {_date(year, one, two), _date(year, two, one)} - {None}
        return either.pop() if len(either) == 1 else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
