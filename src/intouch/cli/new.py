"""`intouch new`: a card for someone you have met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from intouch.build import Loaded
from intouch.card_folder import FOLDER, card_name
from intouch.cli.days import asked_day
from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE, MACHINE, PROBLEMS, USAGE, stop
from intouch.cli.opening import notebook_options, open_project, show_problems
from intouch.cli.report import visible
from intouch.cli.whom import PERSON, find_person
from intouch.diagnostics import has_errors
from intouch.front_matter import Value
from intouch.model import ContactType
from intouch.reading.files import NAMELESS, RESERVED, SLUG, proposed_slug
from intouch.writing.cards import card
from intouch.writing.files import WriteError, create


@click.command(
    "new",
    cls=Command,
    examples=(
        Example("Somebody from an interview", 'intouch new "Ann Bell" --organization "Bell Books" --fit 5'),
        Example(
            "An agency consultant",
            'intouch new "Max Ode" --type agency --email max@ode.example --met yesterday',
        ),
    ),
)
@click.argument("name")
@click.option("--organization", "--org", metavar="NAME", default="", help="Where they work.")
@click.option("--title", metavar="TEXT", default="", help="What they do there.")
@click.option(
    "--type", "contact_type", type=click.Choice([str(t) for t in ContactType]), help="What they are to you."
)
@click.option("--email", metavar="ADDRESS", multiple=True, help="Their e-mail address; may be given again.")
@click.option("--phone", metavar="NUMBER", multiple=True, help="Their phone number; may be given again.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A word of your own; may be given again.")
@click.option(
    "--fit", type=click.IntRange(1, 5), metavar="N", help="How well the organization would suit you."
)
@click.option("--cadence", metavar="TEXT", default="", help='How often to be in touch, such as "3 months".')
@click.option("--met", metavar="DAY", default="", help="The day you met: 2026-11-23, yesterday, fri, -3d …")
@click.option("--met-at", metavar="TEXT", default="", help="Where you met.")
@click.option("--introduced-by", type=PERSON, help="Who introduced you.")
@click.option("--slug", metavar="SLUG", help="The file's name, where another one has the name's own.")
@notebook_options
def command(name: str, slug: str | None, directory: Path | None, on_day: date | None, **given: Any) -> None:
    """Write a card for someone you have met.

    NAME is their whole name. The file is named after it (`priya-nair.md`), and that is their slug.
    """
    opened = open_project(directory, on_day)
    loaded = opened.load()
    chosen = slug or proposed_slug(name)
    if chosen == NAMELESS:
        stop(USAGE, visible(f"no file can be named after '{name}'"), "Name it: --slug misaki-hayashi")
    _refuse_bad(chosen)
    known = loaded.book.contacts.get(chosen)
    if known is not None:
        remedy = f"If this is somebody else, give them another file: --slug {chosen}-2"
        stop(USAGE, visible(f"{known.name} has the card {card_name(chosen)} already"), remedy)
    _refuse_taken(chosen, opened.root / FOLDER)
    text = card(_values(name, given, loaded))
    try:
        create(opened.root / card_name(chosen), text.encode())
    except WriteError as problem:
        stop(MACHINE, problem.message, problem.remedy)
    click.echo(f"{card_name(chosen)} is written. Log what happens: intouch log {chosen} meeting")
    wrong = tuple(d for d in opened.load().diagnostics if d.place.file == card_name(chosen))
    show_problems(wrong)
    raise SystemExit(PROBLEMS if has_errors(wrong) else FINE)


def _refuse_bad(slug: str) -> None:
    """Refuse what would be no card, or lie elsewhere."""
    if not SLUG.fullmatch(slug) or RESERVED.fullmatch(slug):
        what = "is reserved on Windows" if RESERVED.fullmatch(slug) else "is no slug"
        rule = "small letters a to z and digits, in words joined by hyphens"
        stop(USAGE, visible(f"'{slug}' {what}"), f"A slug is {rule}: --slug {proposed_slug(slug)}")


def _refuse_taken(slug: str, folder: Path) -> None:
    """Refuse a name that is another file's on computers which take small and large letters for one."""
    taken = next((path.name for path in folder.iterdir() if path.name.casefold() == f"{slug}.md"), None)
    if taken is not None:
        remedy = f"Mend that file first, or give the new card another name: --slug {slug}-2"
        stop(USAGE, visible(f"{FOLDER}/{taken} is there already, and is no card that can be read"), remedy)


def _values(name: str, given: Mapping[str, Any], loaded: Loaded) -> dict[str, Value]:
    """The card's values, by key, in the order in which a card is read."""
    introducer, met = given["introduced_by"], given["met"]
    return {
        "name": name,
        "organization": given["organization"],
        "title": given["title"],
        "contact_type": given["contact_type"] or "",
        "email": given["email"],
        "phone": given["phone"],
        "tags": given["tags"],
        "fit": str(given["fit"] or ""),
        "cadence": given["cadence"],
        "met": asked_day(met, loaded.today).isoformat() if met else "",
        "met_at": given["met_at"],
        "introduced_by": find_person(introducer, loaded).slug if introducer else "",
    }
