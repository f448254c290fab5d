"""What a user says of the columns of a table: it counts before what their names say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intouch.importers.generic import IGNORED
from intouch.importers.people import Columns, Positions
from intouch.importers.tables import Header


def with_mapped(columns: Columns, header: Header, mapped: Mapping[str, str]) -> Columns:
    """The columns of a table; those that the user speaks of hold what the user says, and nothing else.

    Args:
        columns: what they hold by their names.
        header: their names.
        mapped: name in small letters → a key of `generic.NAMES`, a key that begins with `x-`, or `IGNORED`.
    """
    spoken_of = {header[name] for name in mapped}

    def said(key: str) -> Positions:
        return tuple(header[name] for name, holds in mapped.items() if holds == key)

    def left(positions: Positions) -> Positions:
        return tuple(position for position in positions if position not in spoken_of)

    parts = () if said("name") else left(columns.name)
    own = {key: position for key, position in columns.own.items() if position not in spoken_of}
    own |= {key: header[name] for name, key in mapped.items() if key.startswith("x-")}
    return Columns(
        name=(*said("first_name"), *parts, *said("last_name")),
        whole=(*said("name"), *left(columns.whole)),
        organization=(*said("organization"), *left(columns.organization)),
        title=(*said("title"), *left(columns.title)),
        emails=(*said("email"), *left(columns.emails)),
        phones=(*said("phone"), *left(columns.phones)),
        websites=(*said("website"), *left(columns.websites)),
        linkedin=(*said("linkedin"), *left(columns.linkedin)),
        locations=(said("location"), *(left(group) for group in columns.locations)),
        tags=(*said("tags"), *left(columns.tags)),
        birthday=(*said("birthday"), *left(columns.birthday)),
        aliases=(*said("aliases"), *left(columns.aliases)),
        about=(*said("note"), *left(columns.about)),
        own=MappingProxyType(own),
        ignored=(*said(IGNORED), *left(columns.ignored)),
    )
