"""The formats that can be imported, and which of them a file has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intouch.importers.candidate import Listing
from intouch.importers.generic import read_generic
from intouch.importers.google import read_google
from intouch.importers.linkedin import read_linkedin
from intouch.importers.outlook import read_outlook
from intouch.importers.source import Source, SourceError
from intouch.importers.tables import first_columns
from intouch.importers.vcards import read_vcards
from intouch.reading.words import did_you_mean

IMPORTERS: tuple[Callable[[Source], Listing | None], ...] = (
    read_vcards,
    read_linkedin,
    read_google,
    read_outlook,
)
"""Each reads a file of its own format, and gives None for any other; the first that reads it counts."""


def read_listing(source: Source, mapped: Mapping[str, str]) -> Listing:
    """Read a file in whatever format it has.

    Args:
        source: the file.
        mapped: what the user said of its columns (see `generic`); then it is read as a plain table.

    Raises:
        SourceError: when it is no format that can be read.
    """
    found = (read(source) for read in IMPORTERS) if not mapped else iter(())
    listing = next((one for one in found if one is not None), None) or read_generic(source, mapped)
    if listing is not None:
        return listing
    columns = first_columns(source)
    missing = sorted(mapped.keys() - {name.casefold() for name in columns})
    if not columns:
        raise SourceError(
            f"'{source.name}' is no vCard and no table",
            "LinkedIn, Google, Outlook and vCard files can be read, and any CSV with a column for the name.",
        )
    if missing:
        raise SourceError(f"'{source.name}' has no column '{missing[0]}'", did_you_mean(missing[0], columns))
    raise SourceError(
        f"'{source.name}' has no column for a name",
        f"Its columns are: {', '.join(columns)}.\n"
        "  Export it with English column names, or say what they hold: "
        f"--map '{columns[0]}=name' (or first_name, last_name, organization, title, email, phone …).",
    )
