"""Records: a card becomes a contact and its log, a note an interaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import TypeVar

from intouch.diagnostics import Code, Diagnostic, error
from intouch.model import (
    Channel,
    Contact,
    ContactType,
    Interaction,
    Kind,
    Source,
)
from intouch.places import Place
from intouch.reading.fields import Fields, fields
from intouch.reading.files import SourceFile, proposed_name
from intouch.reading.frontmatter import Document, take_apart
from intouch.reading.keys import BEST_FIT, CARD, CHANNEL_ALIASES, NOTE, WORST_FIT, names
from intouch.reading.kinds import ALIAS_CHANNELS, KIND_ALIASES, KIND_WORDS
from intouch.reading.log import Entry, read_log
from intouch.reading.mentions import mentions
from intouch.reading.record import Record
from intouch.reading.words import DateError, parse_date

CARD_KEYS = names(CARD)
NOTE_KEYS = names(NOTE)

_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(.+))?")

_Said = TypeVar("_Said", date, Kind)


def read_card(source: SourceFile) -> Record:
    """Read a card. What is wrong with one value leaves the others standing."""
    document = take_apart(source)
    f = fields(document, CARD_KEYS)
    log = read_log(document.body, source.name, document.body_line)
    introducers = f.people("introduced_by")
    contact = Contact(
        slug=source.slug,
        name=_name(f, source, refused=document.refused),
        place=f.places.get("name", Place(source.name)),
        organization=f.text("organization"),
        title=f.text("title"),
        contact_type=f.choice("contact_type", ContactType, {}),
        emails=f.emails("email"),
        phones=f.texts("phone"),
        websites=f.urls("website"),
        linkedin=f.urls("linkedin"),
        location=f.text("location"),
        timezone=f.timezone("timezone"),
        tags=f.tags("tags"),
        fit=f.whole("fit", WORST_FIT, BEST_FIT, Code.BAD_FIT),
        cadence=f.cadence("cadence"),
        next=f.pin("next"),
        paused_until=f.date("paused_until"),
        archived=f.yes("archived", default=False),
        do_not_contact=f.yes("do_not_contact", default=False),
        met=f.date("met"),
        met_at=f.text("met_at"),
        birthday=f.birthday("birthday"),
        greeting=f.text("greeting"),
        aliases=f.texts("aliases"),
        places=MappingProxyType(f.places | {"text": _text_place(document)}),
    )
    return Record(
        slug=source.slug,
        contact=contact,
        interactions=tuple(_logged(source.slug, entry) for entry in log.entries),
        references=MappingProxyType({"introduced_by": introducers} if introducers else {}),
        mentions=mentions(document.body, source.name, document.body_line),
        diagnostics=(*document.diagnostics, *f.diagnostics, *log.diagnostics),
        text=log.body,
    )


def _name(f: Fields, source: SourceFile, *, refused: bool) -> str:
    """The person's name; where there is none, one made of the slug, and a problem."""
    given = f.text("name")
    if given is not None:
        return given
    guessed = proposed_name(source.slug)
    misspelt = any(get_close_matches(key.text.casefold(), ["name"]) for key, _ in f.document.entries)
    empty = f.has("name") and not f.diagnostics
    if not refused and (empty or not misspelt):
        place = f.keys["name"].place if f.has("name") else Place(source.name)
        remedy = f"Add 'name: {guessed}' between '---' lines."
        f.problem(place, Code.MISSING_NAME, "this card has no name", remedy)
    return guessed


def _text_place(document: Document) -> Place:
    """Where the text below the front matter begins, empty lines left out."""
    empty = len(document.body) - len(document.body.lstrip("\n"))
    return Place(document.source.name, document.body_line + empty)


def _logged(slug: str, entry: Entry) -> Interaction:
    return Interaction(
        owner=slug,
        day=entry.day,
        kind=entry.kind,
        place=entry.place,
        role=entry.role,
        text=entry.text,
        channel=entry.channel,
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What a note's file name says."""

    day: date | None = None
    kind: Kind | None = None
    channel: Channel | None = None


def read_note(source: SourceFile) -> Record:
    """Read a note by its front matter, its file name, or both."""
    document = take_apart(source)
    f = fields(document, NOTE_KEYS)
    named, problems = _from_name(source)
    day = _agreed("date", f.date("date"), named.day, f)
    kind = _agreed("kind", f.choice("kind", Kind, KIND_ALIASES), named.kind, f)
    _complete(f, source, day=day, kind=kind, told=document.refused or bool(problems))
    people, via = f.people("people"), f.people("via")
    channel = f.choice("channel", Channel, CHANNEL_ALIASES) or named.channel
    # Read also where the note counts for nothing yet: all that is wrong with it is told at once.
    happened = Interaction(
        owner=source.slug,
        day=day or date.min,
        kind=kind or Kind.NOTE,
        place=f.places.get("kind", f.places.get("date", Place(source.name))),
        source=Source.NOTE,
        role=f.text("role"),
        organization=f.text("organization"),
        decision_by=f.date("decision_by"),
        channel=channel or ALIAS_CHANNELS.get((f.text("kind") or "").casefold()),
        next=f.pin("next"),
        thanks=f.yes("thanks", default=True),
        hook=f.text("hook"),
        title=f.text("title"),
        places=MappingProxyType(f.places | {"text": _text_place(document)}),
    )
    interactions = () if day is None or kind is None else (happened,)
    references = {key: some for key, some in (("people", people), ("via", via)) if some}
    told = (*document.diagnostics, *problems, *f.diagnostics)
    links = mentions(document.body, source.name, document.body_line)
    text = document.body.strip("\n")
    return Record(source.slug, None, interactions, MappingProxyType(references), links, told, text)


def _from_name(source: SourceFile) -> tuple[_Named, tuple[Diagnostic, ...]]:
    """Read `2026-10-14-interview-panel`: a date, the longest kind that fits, and anything."""
    match = _NAMED.fullmatch(source.stem)
    if match is None:
        return _Named(), ()
    problems: tuple[Diagnostic, ...] = ()
    day: date | None = None
    try:
        day = parse_date(match[1])
    except DateError as problem:
        problems = (
            error(Place(source.name), Code.BAD_DATE, f"{problem}, in the file's name", problem.remedy),
        )
    word = _longest_kind((match[2] or "").casefold())
    kind = None if word is None else KIND_WORDS[word]
    return _Named(day, kind, ALIAS_CHANNELS.get(word or "")), problems


def _longest_kind(rest: str) -> str | None:
    """The longest kind or alias that a name starts with, as whole words."""
    fitting = (word for word in KIND_WORDS if rest == word or rest.startswith(f"{word}-"))
    return max(fitting, key=len, default=None)


def _agreed(key: str, written: _Said | None, named: _Said | None, f: Fields) -> _Said | None:
    """The front matter's value, or the name's; where both are there they must agree."""
    if written is not None and named is not None and written != named:
        value = f.values[key]
        message = f"the file's name says {named}, its '{key}' says {written}"
        f.problem(value.place, Code.NAME_DISAGREES, message, "Rename the file or change the key.")
    return written if written is not None else named


def _complete(f: Fields, source: SourceFile, *, day: date | None, kind: Kind | None, told: bool) -> None:
    """Say that date or kind are missing, unless what was written for them is wrong already."""
    place = Place(source.name)
    if day is None and f.text("date") is None and not told:
        remedy = "Name the file '2026-11-23-call.md', or add 'date: 2026-11-23' to its front matter."
        f.problem(place, Code.MISSING_DATE, "this note has no date", remedy)
    if kind is None and f.text("kind") is None and not told:
        remedy = "Name the file '2026-11-23-call.md', or add 'kind: call' to its front matter."
        f.problem(place, Code.MISSING_KIND, "this note does not say what happened", remedy)
