"""`intouch schema`: the front matter of cards and notes as a JSON Schema, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, stop
from intouch.reading.files import FileKind
from intouch.reading.schema import as_json, schema_of, schema_of_both
from intouch.writing.files import WriteError, create, rewrite


@click.command(
    "schema",
    cls=Command,
    examples=(
        Example("The schema of a card", "intouch schema card"),
        Example(
            "The one of a note, anew, after an update of intouch",
            "intouch schema note --output .vscode/intouch-note.schema.json",
        ),
    ),
)
@click.argument("kind", type=click.Choice([str(kind) for kind in FileKind]), required=False)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to this file instead, over what is there.",
)
def command(kind: str | None, output: Path | None) -> None:
    """The front matter of cards and notes as a JSON Schema, for editors.

    Prints the schema of a card, of a note, or without either, of both. `intouch init` puts the two into
    .vscode already.
    """
    text = as_json(schema_of(FileKind(kind)) if kind else schema_of_both())
    if output is None:
        click.echo(text, nl=False)
        raise SystemExit(FINE)
    content = text.encode()
    try:
        if output.exists():
            rewrite(output, lambda _before: content)
        else:
            create(output, content)
    except WriteError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    click.echo(f"  written  {output}")
    raise SystemExit(FINE)
