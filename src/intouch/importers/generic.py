"""Any other table: columns by the names that people give them, or as the user maps them."""

from __future__ import annotations

from collections.abc import Mapping

from intouch.importers.people import Columns, Form, Positions
from intouch.importers.tables import Header, Table

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


def any_table(mapped: Mapping[str, str]) -> Form:
    """Whatever table has a column for the name.

    Args:
        mapped: what the user says of its columns: name in small letters → what it holds.
    """
    return Form("table", lambda header: _fits(header, mapped), _columns)


def _fits(header: Header, mapped: Mapping[str, str]) -> bool:
    keys = {mapped.get(name) or _key(name) for name in header}
    return bool(keys & {"name", "first_name", "last_name"})


def _columns(table: Table) -> Columns:
    def named(*keys: str) -> Positions:
        return tuple(at for key in keys for name, at in table.header.items() if _key(name) == key)

    return Columns(
        name=named("first_name", "last_name"),
        whole=named("name"),
        organization=named("organization"),
        title=_jobs(table, named("title")),
        emails=named("email"),
        phones=named("phone"),
        websites=named("website"),
        linkedin=named("linkedin"),
        locations=(named("location"),),
        tags=named("tags"),
        birthday=named("birthday"),
        aliases=named("aliases"),
        about=named("note"),
    )


def _jobs(table: Table, titles: Positions) -> Positions:
    """Beside a `Job title`, a `Title` is how one addresses them."""
    return tuple(sorted(titles, key=lambda position: table.columns[position].casefold() == "title"))


def _key(name: str) -> str:
    """What a column is taken for by its name; empty for nothing."""
    plain = name.replace("_", " ")
    return next((key for key, names in NAMES.items() if plain in names), "")
