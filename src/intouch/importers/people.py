"""Rows of a table as candidates: what each format's columns are, and what is made of their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from intouch.diagnostics import Code, Diagnostic, in_order, warning
from intouch.importers.candidate import Candidate, Listing
from intouch.importers.cells import Row, several, several_urls, tidy
from intouch.importers.source import Source
from intouch.importers.tables import Header, Table
from intouch.places import Place

Positions = tuple[int, ...]

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold what; of several for one text, the first that is not empty counts.

    Attributes:
        name: in parts that belong together.
        whole: the name in one column, for rows without its parts.
        locations: groups of columns that make a place together; the first group that holds something counts.
        own: key that begins with `x-` → column; `x-connected` is a date.
        ignored: what holds nothing of a person, and need not be mentioned.
    """

    name: Positions = ()
    whole: Positions = ()
    organization: Positions = ()
    title: Positions = ()
    emails: Positions = ()
    phones: Positions = ()
    websites: Positions = ()
    linkedin: Positions = ()
    locations: tuple[Positions, ...] = ()
    tags: Positions = ()
    birthday: Positions = ()
    aliases: Positions = ()
    about: Positions = ()
    own: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    ignored: Positions = ()

    @property
    def used(self) -> frozenset[int]:
        """Every column that is taken over, or need not be."""
        groups = (
            *(self.name, self.whole, self.organization, self.title, self.emails, self.phones, self.websites),
            *(self.linkedin, *self.locations, self.tags, self.birthday, self.aliases, self.about),
            *(tuple(self.own.values()), self.ignored),
        )
        return frozenset(position for group in groups for position in group)


@dataclass(frozen=True, slots=True)
class Form:
    """A format of tables.

    Attributes:
        name: in words.
        fits: whether a line's names, in small letters, are those of its columns.
        columns: what they hold.
    """

    name: str
    fits: Callable[[Header], bool]
    columns: Callable[[Table], Columns]


def at(table: Table, *names: str) -> Positions:
    """The columns of these names, in small letters, that the table has, in the given order."""
    return tuple(table.header[name] for name in names if name in table.header)


def people(source: Source, form: str, table: Table, columns: Columns) -> Listing:
    """Every row of a table that is a person; the others are said."""
    candidates: list[Candidate] = []
    problems = [*table.diagnostics]
    for line, cells in table.rows:
        source.reached(line)
        row = Row(Place(source.name, line))
        candidate = _candidate(row, _Cells(cells), columns)
        if candidate is not None:
            candidates.append(candidate)
        problems += row.diagnostics
    problems += _left_out(source, table, columns)
    return Listing(source.name, form, tuple(candidates), in_order(problems))


class _Cells:
    """The cells of one row; a row may be shorter than the header."""

    def __init__(self, cells: tuple[str, ...]) -> None:
        self._cells = cells

    def raw(self, position: int) -> str:
        return self._cells[position] if position < len(self._cells) else ""

    def texts(self, positions: Positions) -> list[str]:
        """What is not empty."""
        return [text for position in positions if (text := tidy(self.raw(position)))]

    def first(self, positions: Positions) -> str:
        return next(iter(self.texts(positions)), "")

    def several(self, positions: Positions) -> list[str]:
        return [text for position in positions for text in several(self.raw(position))]

    def urls(self, positions: Positions) -> list[str]:
        return [url for position in positions for url in several_urls(self.raw(position))]


def _candidate(row: Row, cells: _Cells, columns: Columns) -> Candidate | None:
    name = " ".join(cells.texts(columns.name)) or cells.first(columns.whole)
    organization = cells.first(columns.organization)
    if not is_person(row, name, organization):
        return None
    websites, profiles = row.urls(cells.urls(columns.websites))
    linkedin = tuple(p for text in cells.urls(columns.linkedin) for p in row.profile(text))
    dates = {
        key: row.day(cells.first((position,)), key)
        for key, position in columns.own.items()
        if key == CONNECTED
    }
    return Candidate(
        place=row.place,
        name=name,
        organization=organization,
        title=cells.first(columns.title),
        emails=row.emails(cells.several(columns.emails)),
        phones=once(cells.several(columns.phones)),
        websites=websites,
        linkedin=once((*linkedin, *profiles)),
        location=_location(cells, columns),
        tags=tags(tag.strip() for text in cells.several(columns.tags) for tag in text.split(",")),
        birthday=row.birthday(cells.first(columns.birthday)),
        aliases=tuple(alias for alias in once(cells.several(columns.aliases)) if alias != name),
        own=MappingProxyType({key: cells.first((at_,)) for key, at_ in columns.own.items()} | dates),
        about=paragraphs(cells.raw(position) for position in columns.about),
    )


CONNECTED = "x-connected"
"""The day on which LinkedIn connected you; no meeting, so it is a key of its own and makes no rhythm."""


def is_person(row: Row, name: str, organization: str) -> bool:
    """Whether there is a name that a card may bear; what else it is, is said."""
    if not name:
        what = (
            f"only the organization '{organization}' is named here"
            if organization
            else "nobody is named here"
        )
        row.no_person(what, "A card is about a person: add a name if it is one.")
    elif len(name) > LONGEST_NAME:
        row.no_person(f"this name has {len(name)} characters", f"Shorten it to {LONGEST_NAME}.")
    return 0 < len(name) <= LONGEST_NAME


def paragraphs(texts: Iterable[str]) -> str:
    """Texts of several lines, one below the other."""
    return "\n\n".join("\n".join(text.strip().splitlines()) for text in texts if text.strip())


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def tags(groups: Iterable[str]) -> tuple[str, ...]:
    """The groups of an address book as tags, but for those that the program made itself."""
    made = {"mycontacts", "my contacts", "starred", "imported", "contacts"}
    names = (group.lstrip("#") for group in groups)
    return once(name for name in names if not name.startswith("* ") and name.casefold() not in made)


def _location(cells: _Cells, columns: Columns) -> str:
    places = (", ".join(once(cells.texts(group))) for group in columns.locations)
    return next((place for place in places if place), "")


def _left_out(source: Source, table: Table, columns: Columns) -> list[Diagnostic]:
    """Say which columns hold something that was not taken over."""
    unused = [n for n in range(len(table.columns)) if n not in columns.used]
    filled = [n for n in unused if any(n < len(cells) and cells[n].strip() for _, cells in table.rows)]
    if not filled:
        return []
    names = ", ".join(f"'{table.columns[n]}'" for n in filled)
    remedy = "Say what one holds, if you want it: --map 'COLUMN=KEY', with a key of your own 'COLUMN=x-KEY'."
    return [warning(Place(source.name), Code.IMPORT_COLUMN, f"not taken over: {names}", remedy)]
