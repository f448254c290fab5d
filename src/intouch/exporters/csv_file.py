"""The cards as a table, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from intouch.exporters.records import Plain, card_record
from intouch.model import Book, Contact

_FORMULA = re.compile(r"[=+@\t\r-]")
"""With what a cell begins that a spreadsheet would work out instead of show."""


def write_csv(contacts: Iterable[Contact], book: Book) -> bytes:
    """A row each, in UTF-8 with a mark, so that spreadsheets know it.

    A cell that would be a formula begins with an apostrophe, which `intouch import` takes away again.
    """
    text = io.StringIO(newline="")
    rows = [{**card_record(contact), "note": book.text_of(contact).strip()} for contact in contacts]
    table = csv.writer(text)
    table.writerow(rows[0] if rows else ["name"])
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Plain) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if value is None:
        return ""
    cell = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{cell}" if _FORMULA.match(cell) else cell
