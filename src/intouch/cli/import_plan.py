"""The plan of an import, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from intouch.cli import tables
from intouch.cli.report import headline, json_bytes, visible
from intouch.cli.shapes import ImportData, ImportProblemData, ImportStepData
from intouch.diagnostics import Diagnostic
from intouch.english import count
from intouch.front_matter import Value
from intouch.importers.candidate import Listing
from intouch.importers.planning import ImportPlan, Status, Step
from intouch.importers.writing import Outcome

if TYPE_CHECKING:
    from rich.console import Console

_FIRST = 20
"""How many of a kind are listed when nobody asks for all."""

_TITLES = (
    (Status.CREATE, "create", "a card for each"),
    (Status.UPDATE, "update", "what their card does not say yet"),
    (Status.MOVED, "moved", "they work elsewhere now; the card stays as it is"),
    (Status.CONFLICT, "conflict", "your card stays as it is; look yourself"),
)


def show_plan(listings: Sequence[Listing], plan: ImportPlan, *, everyone: bool) -> None:
    """Print what was read and what would be done, in groups."""
    tables.show(lambda console: _print(console, listings, plan, everyone=everyone))


def _print(console: Console, listings: Sequence[Listing], plan: ImportPlan, *, everyone: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    for listing in listings:
        found = count(len(listing.candidates), "person", "people")
        console.print(Text(visible(f"{listing.name}: {listing.form}, {found}")))
    for status, title, meaning in _TITLES:
        steps = [step for step in plan.steps if step.status is status]
        if not steps:
            continue
        console.print()
        console.print(Text.assemble((f"{title} {len(steps):,}", "bold"), (f"  {meaning}", "dim")))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), show_header=False)
        for step in steps if everyone else steps[:_FIRST]:
            table.add_row(*(Text(visible(cell)) for cell in (_who(step), ", ".join(step.slugs), _what(step))))
        console.print(table)
        if len(steps) > _FIRST and not everyone:
            console.print(Text(f"  … and {len(steps) - _FIRST:,} more (--all lists them)", style="dim"))
    skipped = sum(step.status is Status.SKIP for step in plan.steps)
    if skipped:
        console.print()
        console.print(Text.assemble((f"skip {skipped:,}", "bold"), ("  nothing new", "dim")))


def _who(step: Step) -> str:
    candidate = step.candidate
    return f"{candidate.name} ({candidate.organization})" if candidate.organization else candidate.name


def _what(step: Step) -> str:
    """What is added, kept or thought of someone."""
    if step.status is Status.CREATE:
        return ", ".join(key for key in step.added if key not in {"name", "organization"})
    said = [step.reason] if step.status in {Status.MOVED, Status.CONFLICT} and not _is_plain(step) else []
    said += [f"+ {key}: {_text(value)}" for key, value in step.added.items()]
    said += [f"{key} there: {_text(value)}" for key, value in step.kept.items() if not _is_told(step, key)]
    return "; ".join(said)


def _is_plain(step: Step) -> bool:
    """Whether the values say all there is: the card was found, and differs."""
    return step.status is Status.CONFLICT and bool(step.kept)


def _is_told(step: Step, key: str) -> bool:
    return step.status is Status.MOVED and key in {"organization", "title"}


def _text(value: Value) -> str:
    text = " ".join((value if isinstance(value, str) else ", ".join(value)).split())
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - a cell of the table


def show_problems_of(listings: Iterable[Listing], *, everyone: bool) -> None:
    """Print rows, cells and columns that could not be used, on stderr."""
    problems = [diagnostic for listing in listings for diagnostic in listing.diagnostics]
    shown = problems if everyone else problems[:_FIRST]
    if shown:
        click.echo("", err=True)
    for diagnostic in shown:
        click.echo(headline(diagnostic), err=True)
        click.echo(f"    {visible(diagnostic.remedy)}", err=True)
    if len(problems) > len(shown):
        click.echo(f"… and {len(problems) - len(shown):,} more (--all lists them)", err=True)


def as_json(listings: Sequence[Listing], plan: ImportPlan, written: Sequence[Outcome]) -> bytes:
    """The plan for programs; the shape is stable."""
    refused = {outcome.change.slug: outcome.refused for outcome in written if outcome.refused}
    data: ImportData = {
        "files": [{"file": one.name, "format": one.form, "people": len(one.candidates)} for one in listings],
        "counts": {str(status): sum(step.status is status for step in plan.steps) for status in Status},
        "written": sum(not outcome.refused for outcome in written),
        "refused": refused,
        "steps": [_step(step) for step in plan.steps],
        "problems": [_problem(d) for listing in listings for d in listing.diagnostics],
    }
    return json_bytes(data)


def _step(step: Step) -> ImportStepData:
    return {
        "status": str(step.status),
        "file": step.candidate.place.file,
        "line": step.candidate.place.line,
        "name": step.candidate.name,
        "organization": step.candidate.organization or None,
        "contacts": list(step.slugs),
        "added": dict(step.added),
        "kept": dict(step.kept),
        "reason": step.reason or None,
    }


def _problem(d: Diagnostic) -> ImportProblemData:
    return {
        "file": d.place.file,
        "line": d.place.line,
        "severity": str(d.severity),
        "code": str(d.code),
        "message": d.message,
        "remedy": d.remedy,
    }
