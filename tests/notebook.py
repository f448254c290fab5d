"""Literal notebooks for the tests of the core: a few lines of text become a book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from intouch.agenda import plan
from intouch.checkins import Agenda, CheckIn
from intouch.dates import Away, Cadence, WorkCalendar, parse_cadence
from intouch.model import Book, Contact, ContactType, Interaction, Kind, Pin, Source
from intouch.places import Place
from intouch.settings import Settings

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([a-z-]+)(?: \(([^)]*)\))?(?: (.*))?")

NOTE_KEYS = {"org": "organization", "by": "decision_by"}
CARD_KEYS = {"org": "organization", "by": "introduced_by", "type": "contact_type", "paused": "paused_until"}
"""What the short words of a literal notebook are called in a real one."""


def day(text: str) -> date:
    """A date, as written."""
    return date.fromisoformat(text)


def pin(text: str, place: Place) -> Pin:
    """A promise as promised, or, with `|` behind the date, without a reason."""
    when, bare, reason = text.partition("|")
    return Pin(day(when), reason if bare else "as promised", place)


def interaction(owner: str, text: str, line: int) -> Interaction:
    """Read `2026-10-02 interview (Trainer) by=2026-10-16 via=sam people=a,b org=Acme next=2027-01-02`."""
    match = _LINE.fullmatch(text)
    assert match, text
    options = dict(word.split("=", 1) for word in (match[4] or "").split() if "=" in word)
    is_note = bool(options)
    name = f"contacts/{owner}/{match[1]}-{match[2]}-{line}.md" if is_note else f"contacts/{owner}.md"
    place = Place(name, 1 if is_note else line)
    places = {NOTE_KEYS.get(key, key): Place(name, number) for number, key in enumerate(options, start=2)}
    return Interaction(
        owner=owner,
        day=day(match[1]),
        kind=Kind(match[2]),
        place=place,
        source=Source.NOTE if is_note else Source.LOG,
        role=match[3],
        organization=options["org"].replace("_", " ") if "org" in options else None,
        people=tuple(options["people"].split(",")) if "people" in options else (),
        via=options.get("via"),
        decision_by=day(options["by"]) if "by" in options else None,
        next=pin(options["next"], place) if "next" in options else None,
        thanks=options.get("thanks") != "no",
        places=MappingProxyType(places),
    )


def contact(slug: str, card: str = "") -> Contact:
    """Read `org=Acme type=agency fit=4 cadence=3_months met=2026-01-02 next=… paused=… by=sam archived`."""
    words = card.split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    place = Place(f"contacts/{slug}.md", 2)
    keys = (CARD_KEYS.get(word, word).replace("-", "_") for word in (w.partition("=")[0] for w in words))
    places = {key: Place(place.file, number) for number, key in enumerate(keys, start=3)}
    cadence: Cadence | None = None
    if "cadence" in options:
        cadence = parse_cadence(options["cadence"].replace("_", " "))
    return Contact(
        slug=slug,
        name=slug.replace("-", " ").title(),
        place=place,
        organization=options["org"].replace("_", " ") if "org" in options else None,
        contact_type=ContactType(options["type"]) if "type" in options else None,
        fit=int(options["fit"]) if "fit" in options else None,
        cadence=cadence,
        met=day(options["met"]) if "met" in options else None,
        next=pin(options["next"], place) if "next" in options else None,
        paused_until=day(options["paused"]) if "paused" in options else None,
        introduced_by=options.get("by"),
        archived="archived" in words,
        do_not_contact="do-not-contact" in words,
        places=MappingProxyType(places),
    )


def book(notebook: str) -> Book:
    """Read people (`priya org=Acme fit=4`) and, indented below each, what happened."""
    contacts: dict[str, Contact] = {}
    interactions: list[Interaction] = []
    owner = ""
    for number, line in enumerate(notebook.splitlines(), start=1):
        if not line.strip():
            continue
        if line.startswith(" "):
            interactions.append(interaction(owner, line.strip(), number))
        else:
            owner, _, card = line.partition(" ")
            contacts[owner] = contact(owner, card)
    ordered = sorted(interactions, key=lambda i: i.order)
    by_slug: Mapping[str, Contact] = MappingProxyType(dict(sorted(contacts.items())))
    return Book(by_slug, tuple(ordered))


def agenda(notebook: str, today: str, settings: Settings | None = None) -> Agenda:
    """The agenda of a literal notebook."""
    return plan(book(notebook), day(today), settings or Settings())


def brief(item: CheckIn) -> str:
    """An item as one line: `priya thank-you 2026-10-05 2026-10-05 upcoming`."""
    attempt = f" {item.proposal.attempt}" if item.proposal.attempt else ""
    return f"{item.contact} {item.action}{attempt} {item.due} {item.planned} {item.state}"


def open_items(notebook: str, today: str, settings: Settings | None = None) -> list[str]:
    """Every open item of a literal notebook, a line each."""
    return [brief(item) for item in agenda(notebook, today, settings).check_ins]


def away(first: str, last: str) -> Settings:
    """Settings with one time away."""
    return Settings(calendar=WorkCalendar(away=(Away(day(first), day(last)),)))
