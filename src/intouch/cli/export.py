"""`intouch export`: the people of the notebook for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import click

from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.whom import PERSON, find_person
from intouch.english import count
from intouch.exporters.csv_file import write_csv
from intouch.exporters.json_file import write_json
from intouch.exporters.vcards import write_vcards
from intouch.model import Book, Contact
from intouch.writing.files import TakenError, WriteError, create

EXPORTERS: Mapping[str, Callable[[Iterable[Contact], Book], bytes]] = MappingProxyType(
    {"vcard": write_vcards, "csv": write_csv, "json": write_json}
)
_ENDINGS = MappingProxyType({".vcf": "vcard", ".vcard": "vcard", ".csv": "csv", ".json": "json"})


@click.command(
    "export",
    cls=Command,
    examples=(
        Example("Everyone, for a phone or an address book", "intouch export -o people.vcf"),
        Example("Two of them, as a table", "intouch export priya sam --format csv"),
    ),
)
@click.argument("people", nargs=-1, type=PERSON, metavar="[PERSON]…")
@click.option("--format", "form", type=click.Choice([*EXPORTERS]), help="Default: as the file's ending says.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="A new file (default: stdout)."
)
@notebook_options
def command(
    *,
    people: tuple[str, ...],
    form: str | None,
    output: Path | None,
    directory: Path | None,
    on_day: date | None,
) -> None:
    """Write people out for other programs: vCards, a table, or JSON.

    Everyone goes out, or each PERSON that is named: by slug, name, alias, or a part that is only theirs. A
    file that is there is never overwritten.
    """
    chosen = form or _ENDINGS.get(output.suffix.casefold() if output else ".vcf")
    if chosen is None:
        stop(USAGE, f"no format is known by the ending '{output}'", "Name it: --format vcard, csv or json.")
    opened = open_project(directory, on_day)
    loaded = opened.load()
    contacts = loaded.book.contacts
    slugs = dict.fromkeys(find_person(person, loaded).slug for person in people) or contacts
    written = EXPORTERS[chosen]([contacts[slug] for slug in slugs], loaded.book)
    if output is None:
        click.echo(written, nl=False)
    else:
        _put(output, written)
        click.echo(f"{output}: {count(len(slugs), 'person', 'people')}")
    # A card that cannot be read is not in the file: that must be said.
    show_problems(tuple(d for d in loaded.diagnostics if d.severity == "error"))
    raise SystemExit(PROBLEMS if loaded.has_errors else FINE)


def _put(output: Path, content: bytes) -> None:
    try:
        create(output, content)
    except TakenError as problem:
        stop(USAGE, problem.message, "It was left as it is: name another file, or delete it first.")
    except WriteError as problem:
        stop(MACHINE, problem.message, problem.remedy)
