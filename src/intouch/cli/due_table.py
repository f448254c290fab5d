"""The table that `intouch due` prints for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from intouch.build import Loaded
from intouch.checkins import Agenda, CheckIn, State
from intouch.cli import tables
from intouch.cli.days import day_form
from intouch.cli.report import visible
from intouch.english import count

if TYPE_CHECKING:
    from rich.console import Console


def show(loaded: Loaded, agenda: Agenda, items: tuple[CheckIn, ...]) -> None:
    """Print the items in groups: overdue, today, this week, later."""
    tables.show(lambda console: _print(console, loaded, agenda, items))


def _print(console: Console, loaded: Loaded, agenda: Agenda, items: tuple[CheckIn, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(Text(_headline(agenda, items)))
    if not items:
        console.print(Text(_nothing(agenda)))
        return
    for title, group in _groups(agenda, items):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title_justify="left")
        for heading, width in _COLUMNS:
            table.add_column(heading, header_style="dim", min_width=width)
        for item in group:
            table.add_row(*(Text(visible(cell)) for cell in _cells(item, loaded)))
        console.print()
        console.print(Text(title, style="bold"))
        console.print(table)


_COLUMNS = (("planned", 15), ("who", 12), ("what", 12), ("why", 20))
"""Headings, and the least width of each column."""


def _cells(item: CheckIn, loaded: Loaded) -> tuple[str, ...]:
    contact = loaded.book.contacts[item.contact]
    who = f"{contact.name}, {contact.organization}" if contact.organization else contact.name
    attempt = f" {item.proposal.attempt}" if item.proposal.attempt else ""
    moved = f" (due {day_form(item.due)})" if item.due != item.planned else ""
    why = item.proposal.reason.written(day_form)
    return day_form(item.planned), who, f"{item.action}{attempt}", f"{why}{moved}"


def _groups(agenda: Agenda, items: Iterable[CheckIn]) -> list[tuple[str, list[CheckIn]]]:
    sunday = agenda.today + timedelta(days=6 - agenda.today.weekday())
    groups: dict[str, list[CheckIn]] = {"Overdue": [], "Today": [], "This week": [], "Later": []}
    for item in items:
        if item.state is State.OVERDUE and item.planned <= sunday:
            groups["Overdue"].append(item)
        elif item.planned == agenda.today:
            groups["Today"].append(item)
        else:
            groups["This week" if item.planned <= sunday else "Later"].append(item)
    return [(title, group) for title, group in groups.items() if group]


def _headline(agenda: Agenda, items: tuple[CheckIn, ...]) -> str:
    found = count(len(items), "check-in") if items else "nothing"
    rest = len(agenda.check_ins) - len(items)
    later = f", {rest:,} more later (--all shows them)" if rest else ""
    return f"{day_form(agenda.today)}: {found} to do{later}."


def _nothing(agenda: Agenda) -> str:
    if not agenda.check_ins:
        return "Nobody to write to. When you have met someone, write it on their card, and it starts here."
    return f"The next one is planned for {day_form(agenda.check_ins[0].planned)}."
