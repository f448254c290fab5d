"""LinkedIn's `Connections.csv`, by itself or in the archive that it comes in."""

from __future__ import annotations

from intouch.importers.candidate import Listing
from intouch.importers.people import CONNECTED, Columns, at, people
from intouch.importers.source import Source
from intouch.importers.tables import Header, find_table

_COLUMNS = frozenset({"first name", "last name", "url", "email address", "company", "position"})


def _fits(header: Header) -> bool:
    """Exports name the day of the connection; a table without it has these columns alone, or is another's."""
    names = header.keys()
    return {"first name", "last name"} <= names and (
        "connected on" in names or {"company", "position"} <= names <= _COLUMNS
    )


def read_linkedin(source: Source) -> Listing | None:
    """The connections; above them stand some lines of notes, fewer or more."""
    table = find_table(source, _fits)
    if table is None:
        return None
    columns = Columns(
        name=at(table, "first name", "last name"),
        organization=at(table, "company"),
        title=at(table, "position"),
        emails=at(table, "email address"),
        linkedin=at(table, "url"),
        own={CONNECTED: table.header["connected on"]} if "connected on" in table.header else {},
    )
    return people(source, "LinkedIn", table, columns)
