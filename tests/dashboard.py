"""Notebooks for the tests of the dashboard, made of the nouns themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from intouch.agenda import plan_history
from intouch.diagnostics import Diagnostic
from intouch.drafts.writer import write_drafts
from intouch.history import history
from intouch.model import Book, Contact, Interaction, Kind, Source
from intouch.names import folded
from intouch.places import Place
from intouch.prose import Prose
from intouch.settings import Settings
from intouch.site.render import render_site


@dataclass
class Notebook:
    """A notebook in the making; the lines of its files are counted as it grows."""

    today: date = date(2026, 11, 23)
    settings: Settings = field(default_factory=Settings)
    contacts: dict[str, Contact] = field(default_factory=dict)
    interactions: list[Interaction] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    overrides: Path | None = None
    found: tuple[Diagnostic, ...] = ()

    def card(self, slug: str, name: str, body: str = "", **values: object) -> None:
        place = Place(f"contacts/{slug}.md", 2)
        self.texts[place.file] = body
        self.contacts[slug] = Contact(slug, name, place, **values)  # type: ignore[arg-type] # tests spell them out

    def log(self, slug: str, day: str, kind: Kind, text: str = "", **values: object) -> None:
        place = Place(f"contacts/{slug}.md", 20 + len(self.interactions))
        self._add(slug, day, kind, place, text=text, **values)

    def note(self, slug: str, day: str, kind: Kind, text: str = "", **values: object) -> None:
        place = Place(f"contacts/{slug}/{day}-{kind}-{len(self.interactions)}.md")
        self.texts[place.file] = text
        self._add(slug, day, kind, place, source=Source.NOTE, **values)

    def _add(self, slug: str, day: str, kind: Kind, place: Place, **values: object) -> None:
        made = Interaction(slug, date.fromisoformat(day), kind, place, **values)  # type: ignore[arg-type] # likewise
        self.interactions.append(made)

    @property
    def book(self) -> Book:
        links = {folded(name): c.slug for c in self.contacts.values() for name in (c.name, *c.aliases)}
        contacts = MappingProxyType(dict(sorted(self.contacts.items())))
        happened = tuple(sorted(self.interactions, key=lambda i: i.order))
        return Book(contacts, happened, links, Prose(self.texts))

    def rendered(self) -> Mapping[str, bytes]:
        book = self.book
        seen = history(book, self.today, self.settings)
        agenda = plan_history(seen)
        drafts, of_drafts = write_drafts(agenda, seen, self.overrides)
        site, of_pages = render_site(
            book=book,
            history=seen,
            agenda=agenda,
            drafts=drafts,
            diagnostics=(*self.diagnostics, *of_drafts),
            overrides=self.overrides,
        )
        self.found = (*of_drafts, *of_pages)
        return site

    def pages(self) -> dict[str, str]:
        return {path: data.decode() for path, data in self.rendered().items() if path.endswith(".html")}
