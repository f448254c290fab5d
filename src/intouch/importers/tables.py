"""Tables: the delimiter, the row that names the columns, and the rows below it, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from intouch.diagnostics import Code, Diagnostic, error
from intouch.importers.cells import tidy
from intouch.importers.source import Source
from intouch.places import Place

_DELIMITERS = (",", ";", "\t")
_LAST_HEADER_LINE = 60
_MOST_UNCLOSED = 50
_LONGEST_CELL = 1_000_000

Header = Mapping[str, int]
"""Column names in small letters → which column."""

Line = tuple[int, tuple[str, ...]]
"""The line on which a row begins, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns have names.

    Attributes:
        columns: the names as they are written, in order.
        header: the same in small letters, by which they are found; of equal names the first.
        rows: in order, the blank ones left out.
        diagnostics: lines that are no rows.
    """

    columns: tuple[str, ...]
    header: Header
    rows: tuple[Line, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_table(source: Source, fits: Callable[[Header], bool]) -> Table | None:
    """The table whose header fits: the first such line near the top, at whatever delimiter.

    Args:
        source: the file.
        fits: whether a line's names, in small letters, are those of the format.
    """
    for number, line in enumerate(islice(_lines(source), _LAST_HEADER_LINE)):
        for delimiter in _DELIMITERS:
            columns = _cells(line, delimiter)
            header = _header(columns)
            if len(header) > 1 and fits(header):
                return _below(source, columns, delimiter, number + 1)
    return None


def first_columns(source: Source) -> tuple[str, ...]:
    """The names of a file that may be a table: the widest of its first lines; empty for what is none."""
    lines = list(islice(_lines(source), _LAST_HEADER_LINE))
    if any("\0" in line for line in lines):  # no text at all
        return ()
    rows = [_cells(line, delimiter) for line in lines for delimiter in _DELIMITERS]
    widest = max(rows, key=len, default=())
    return tuple(name for name in widest if name) if len(widest) > 1 else ()


def _lines(source: Source) -> io.StringIO:
    return io.StringIO(source.text, newline="")


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return tuple(tidy(cell) for cell in next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()


def _header(columns: tuple[str, ...]) -> Header:
    names: dict[str, int] = {}
    for position, name in enumerate(columns):
        if name:
            names.setdefault(name.casefold(), position)
    return names


def _below(source: Source, columns: tuple[str, ...], delimiter: str, first: int) -> Table:
    """The rows from a line on, counted from 0."""
    rows, unclosed = _rows(list(_lines(source)), delimiter, first)
    problems = [
        error(
            Place(source.name, line),
            Code.IMPORT_ROW,
            "a quotation mark in this row is never closed",
            "Close it, or delete it; the row was left out.",
        )
        for line in unclosed
    ]
    kept: list[Line] = []
    for line, cells in rows:
        width = max((n for n, cell in enumerate(cells, start=1) if cell.strip()), default=0)
        if width > len(columns):
            message = f"this row has {width} cells, and the table {len(columns)} columns"
            remedy = "Put a cell that holds the delimiter in quotation marks; the row was left out."
            problems.append(error(Place(source.name, line), Code.IMPORT_ROW, message, remedy))
        elif width:
            kept.append((line, cells))
    return Table(columns, _header(columns), tuple(kept), tuple(problems))


def _rows(lines: list[str], delimiter: str, first: int) -> tuple[list[Line], list[int]]:
    """Rows, and the lines of those whose quotation is never closed: each loses itself and no other."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[Line] = []
    unclosed: list[int] = []
    start = first
    while len(unclosed) < _MOST_UNCLOSED:
        at = began = start
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        try:
            for cells in reader:
                rows.append((at + 1, tuple(cells)))
                began, at = at, start + reader.line_num
        except csv.Error:  # a cell beyond all measure
            began = at
        else:
            if not _ends_open(lines[began:at], delimiter):
                break
            rows.pop()
        unclosed.append(began + 1)
        start = began + 1
    return rows, unclosed


def _ends_open(lines: list[str], delimiter: str) -> bool:
    """Whether the last row ran over several lines to the end of the file in search of its quotation mark."""
    if len(lines) < 2:  # noqa: PLR2004 - one line has swallowed no other
        return False
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False
