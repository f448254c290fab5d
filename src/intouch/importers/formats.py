"""The formats that can be imported, and which of them a file has."""

from __future__ import annotations

from collections.abc import Mapping

from intouch.importers.candidate import Listing
from intouch.importers.generic import any_table
from intouch.importers.google import GOOGLE
from intouch.importers.linkedin import LINKEDIN
from intouch.importers.mapping import with_mapped
from intouch.importers.outlook import OUTLOOK
from intouch.importers.people import Form, people
from intouch.importers.source import Source, SourceError
from intouch.importers.tables import find_table, first_columns
from intouch.importers.vcards import read_vcards
from intouch.reading.words import did_you_mean

FORMS = (LINKEDIN, GOOGLE, OUTLOOK)
"""The tables that other programs write; the first that fits counts."""


def read_listing(source: Source, mapped: Mapping[str, str]) -> Listing:
    """Read a file in whatever format it has.

    Args:
        source: the file.
        mapped: what the user said of its columns (see `mapping`); with it, the file must be a table.

    Raises:
        SourceError: when it is no format that can be read.
    """
    listing = (None if mapped else read_vcards(source)) or _read_table(source, mapped)
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


def _read_table(source: Source, mapped: Mapping[str, str]) -> Listing | None:
    read = (_read_as(form, source, mapped) for form in (*FORMS, any_table(mapped)))
    return next((one for one in read if one is not None), None)


def _read_as(form: Form, source: Source, mapped: Mapping[str, str]) -> Listing | None:
    table = find_table(source, lambda header: mapped.keys() <= header.keys() and form.fits(header))
    if table is None:
        return None
    return people(source, form.name, table, with_mapped(form.columns(table), table.header, mapped))
