"""Any other table: columns by the names that people give them, or as the user maps them."""

from __future__ import annotations

from collections.abc import Mapping

from intouch.importers.candidate import Listing
from intouch.importers.people import Columns, Positions, people
from intouch.importers.source import Source
from intouch.importers.tables import Header, Table, find_table

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "contact", "contact name", "person", "display name"),
    "first_name": ("first name", "firstname", "first", "given name", "forename"),
    "last_name": ("last name", "lastname", "last", "surname", "family name"),
    "organization": (
        *("organization", "organisation", "company", "employer", "org", "firm"),
        *("company name", "organization name", "employer name"),
    ),
    "title": ("title", "job title", "role", "position", "job"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "emails"),
    "phone": ("phone", "telephone", "tel", "phone number", "mobile", "cell", "mobile phone", "phones"),
    "website": ("website", "web", "url", "site", "homepage", "web page"),
    "linkedin": ("linkedin", "linkedin url", "linkedin profile", "profile"),
    "location": ("location", "city", "place", "town"),
    "tags": ("tags", "tag", "labels", "categories", "groups", "group"),
    "birthday": ("birthday", "date of birth", "born"),
    "aliases": ("aliases", "alias", "nickname"),
    "note": ("note", "notes", "comment", "comments", "about"),
}
"""What can be mapped → the names of columns that are taken for it."""

IGNORED = "-"
"""What a column is mapped to that is not wanted."""


def read_generic(source: Source, mapped: Mapping[str, str]) -> Listing | None:
    """A table with a column for the name.

    Args:
        source: the file.
        mapped: column in small letters → a key of `NAMES`, a key that begins with `x-`, or `IGNORED`.
    """
    table = find_table(source, lambda header: _fits(header, mapped))
    if table is None:
        return None

    def positions(*keys: str) -> Positions:
        return tuple(position for key in keys for position in _columns(table, key, mapped))

    columns = Columns(
        name=positions("first_name", "last_name"),
        whole=positions("name"),
        organization=positions("organization"),
        title=_jobs(table, positions("title")),
        emails=positions("email"),
        phones=positions("phone"),
        websites=positions("website"),
        linkedin=positions("linkedin"),
        locations=(positions("location"),),
        tags=positions("tags"),
        birthday=positions("birthday"),
        aliases=positions("aliases"),
        about=positions("note"),
        own={key: table.header[name] for name, key in mapped.items() if key.startswith("x-")},
        ignored=positions(IGNORED),
    )
    return people(source, "table", table, columns)


def _jobs(table: Table, titles: Positions) -> Positions:
    """Beside a `Job title`, a `Title` is how one addresses them."""
    return tuple(sorted(titles, key=lambda position: table.columns[position].casefold() == "title"))


def _fits(header: Header, mapped: Mapping[str, str]) -> bool:
    if not mapped.keys() <= header.keys():
        return False
    keys = {mapped.get(name) or _key(name) for name in header}
    return bool(keys & {"name", "first_name", "last_name"})


def _key(name: str) -> str:
    """What a column is taken for when nobody said; empty for nothing."""
    plain = name.replace("_", " ")
    return next((key for key, names in NAMES.items() if plain in names), "")


def _columns(table: Table, key: str, mapped: Mapping[str, str]) -> Positions:
    """The columns of a key: those that are mapped to it; only without any, those that are named so."""
    said = tuple(position for name, position in table.header.items() if mapped.get(name) == key)
    named = (position for name, position in table.header.items() if name not in mapped and _key(name) == key)
    return said or tuple(named)
