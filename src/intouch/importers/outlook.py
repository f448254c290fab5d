"""Outlook's tables: of the desktop, of the web, and the one that Google makes for it."""

from __future__ import annotations

from intouch.importers.people import Columns, Form, Positions, at
from intouch.importers.tables import Header, Table

_ITS_OWN = frozenset(
    {"e-mail 2 address", "e-mail type", "business phone", "home phone", "primary phone", "business street"}
)
"""What tells its tables from one that somebody made: that one may call its columns anything."""


def _fits(header: Header) -> bool:
    names = header.keys()
    return {"first name", "last name", "e-mail address"} <= names and bool(_ITS_OWN & names)


def _columns(table: Table) -> Columns:
    """`Title` is how one addresses them, and their job is `Job Title`."""
    return Columns(
        name=at(table, "first name", "middle name", "last name", "suffix"),
        organization=at(table, "company"),
        title=at(table, "job title"),
        emails=at(table, "e-mail address", "e-mail 2 address", "e-mail 3 address"),
        phones=_phones(table),
        websites=at(table, "web page", "personal web page", "business web page"),
        locations=(*(_town(table, of) for of in ("business", "home", "other")), at(table, "location")),
        tags=at(table, "categories", "keywords"),
        birthday=at(table, "birthday"),
        aliases=at(table, "nickname"),
        about=at(table, "notes"),
        ignored=_bookkeeping(table),
    )


def _phones(table: Table) -> Positions:
    """Those that reach the person first; no fax, and nobody else's."""
    whose = ("mobile", "business", "primary", "home", "other", "car", "radio")
    names = [f"{of} phone{number}" for of in whose for number in ("", " 2")]
    return at(table, *names)


def _town(table: Table, of: str) -> Positions:
    return at(table, f"{of} city", f"{of} state", f"{of} country/region", f"{of} country")


def _bookkeeping(table: Table) -> Positions:
    """What the program keeps for itself: types and display names of addresses, priorities."""
    names = ("priority", "private", "sensitivity", "gender", "initials", "e-mail type", "e-mail display name")
    numbered = (f"e-mail {n} {part}" for n in (2, 3) for part in ("type", "display name"))
    return at(table, *names, *numbered)


OUTLOOK = Form("Outlook", _fits, _columns)
