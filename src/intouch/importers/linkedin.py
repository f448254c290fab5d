"""LinkedIn's `Connections.csv`, by itself or in the archive that it comes in."""

from __future__ import annotations

from intouch.importers.people import CONNECTED, Columns, Form, at
from intouch.importers.tables import Header, Table

_COLUMNS = frozenset({"first name", "last name", "url", "email address", "company", "position"})


def _fits(header: Header) -> bool:
    """Exports name the day of the connection; a table without it has these columns alone, or is another's."""
    names = header.keys()
    return {"first name", "last name"} <= names and (
        "connected on" in names or {"company", "position"} <= names <= _COLUMNS
    )


def _columns(table: Table) -> Columns:
    return Columns(
        name=at(table, "first name", "last name"),
        organization=at(table, "company"),
        title=at(table, "position"),
        emails=at(table, "email address"),
        linkedin=at(table, "url"),
        own={CONNECTED: table.header["connected on"]} if "connected on" in table.header else {},
    )


LINKEDIN = Form("LinkedIn", _fits, _columns)
"""The connections; above them stand some lines of notes, fewer or more."""
