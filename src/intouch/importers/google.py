"""Google Contacts: the table of today, and the one it exported before."""

from __future__ import annotations

import re

from intouch.importers.people import Columns, Form, Positions, at
from intouch.importers.tables import Header, Table

_NUMBERED = re.compile(
    r"(e-mail|phone|website|organization|address|im) \d{1,3} - (?:value|name|label|type|formatted)"
)
_ADDRESS = re.compile(r"address (\d{1,3}) - ")


def _fits(header: Header) -> bool:
    names = header.keys()
    named = {"first name", "last name"} <= names or {"given name", "family name"} <= names
    numbered = any(_NUMBERED.fullmatch(name) for name in names)
    return named and (numbered or "organization name" in names or "group membership" in names)


def _columns(table: Table) -> Columns:
    """How many there are depends on the fullest of the contacts."""
    old = "given name" in table.header
    name = (
        ("given name", "additional name", "family name")
        if old
        else ("first name", "middle name", "last name")
    )
    return Columns(
        name=at(table, *name),
        whole=at(table, "name"),
        organization=(*at(table, "organization name"), *_numbered(table, "organization", "name")),
        title=(*at(table, "organization title"), *_numbered(table, "organization", "title")),
        emails=_numbered(table, "e-mail", "value"),
        phones=_numbered(table, "phone", "value"),
        websites=_numbered(table, "website", "value"),
        locations=(*_addresses(table), at(table, "location")),
        tags=at(table, "labels", "group membership"),
        birthday=at(table, "birthday"),
        aliases=at(table, "nickname"),
        about=at(table, "notes"),
        ignored=(*at(table, "file as", "photo"), *_labels(table)),
    )


def _numbered(table: Table, group: str, part: str) -> Positions:
    """`E-mail 1 - Value`, `E-mail 2 - Value` …, by number."""
    found = {}
    for name, position in table.header.items():
        if match := re.fullmatch(rf"{group} (\d{{1,3}}) - {part}", name):
            found[int(match[1])] = position
    return tuple(found[number] for number in sorted(found))


def _addresses(table: Table) -> tuple[Positions, ...]:
    """City, region and country of each address, as far as the table has them."""
    numbers = dict.fromkeys(m[1] for name in table.header if (m := _ADDRESS.match(name)))
    parts = ("city", "region", "country")
    return tuple(at(table, *(f"address {number} - {part}" for part in parts)) for number in numbers)


def _labels(table: Table) -> Positions:
    """What kind of number or address it is: nothing that a card has room for."""
    pattern = re.compile(r"(?:e-mail|phone|website|address|organization|im|event) \d{1,3} - (?:label|type)")
    return tuple(position for name, position in table.header.items() if pattern.fullmatch(name))


GOOGLE = Form("Google Contacts", _fits, _columns)
