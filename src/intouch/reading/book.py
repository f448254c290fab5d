"""The book: every record together, with each person that a text names found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType

from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.model import Book, Contact, Interaction
from intouch.names import folded, linked
from intouch.places import Place
from intouch.reading.mentions import Reference
from intouch.reading.record import Record


class _Directory:
    """Who is meant by a slug, a name or an alias."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._meant: dict[str, list[str]] = {}
        slugs = []
        for contact in contacts:
            slugs.append(contact.slug)
            for name in (contact.name, *contact.aliases):
                known = self._meant.setdefault(folded(name), [])
                if contact.slug not in known:
                    known.append(contact.slug)
        # A slug is exact: it wins over another person's name.
        for slug in slugs:
            self._meant[slug] = [slug]

    def meant(self, name: str) -> list[str]:
        """The slugs of everyone a text may mean."""
        return self._meant.get(linked(name), [])

    def nearest(self, name: str) -> str | None:
        """The slug of whoever may have been meant."""
        close = get_close_matches(linked(name), self._meant, n=1, cutoff=0.6)
        return self._meant[close[0]][0] if close else None

    def links(self) -> Mapping[str, str]:
        """Every unambiguous name → slug."""
        return MappingProxyType({name: slugs[0] for name, slugs in self._meant.items() if len(slugs) == 1})


def make_book(records: Iterable[Record]) -> tuple[Book, tuple[Diagnostic, ...]]:
    """Put all records together and find out who is meant by each name in them."""
    all_records = tuple(records)
    contacts = {r.contact.slug: r.contact for r in all_records if r.contact is not None}
    linking = _Linking(_Directory(contacts.values()))
    interactions: list[Interaction] = []
    for record in all_records:
        if record.contact is not None and record.references:
            introducer = linking.one(record.references.get("introduced_by", ()), record.slug)
            contacts[record.contact.slug] = replace(record.contact, introduced_by=introducer)
        interactions += linking.interactions(record)
        if record.mentions:
            linking.mentions(record)
    book = Book(
        contacts=MappingProxyType(dict(sorted(contacts.items()))),
        interactions=tuple(sorted(interactions, key=lambda i: i.order)),
        links=linking.directory.links(),
    )
    return book, tuple(linking.diagnostics)


class _Linking:
    """Resolves the people that records name, keeping every problem."""

    def __init__(self, directory: _Directory) -> None:
        self.directory = directory
        self.diagnostics: list[Diagnostic] = []

    def interactions(self, record: Record) -> Sequence[Interaction]:
        """A record's interactions, with `people` and `via` as slugs."""
        if not record.references or record.contact is not None:
            return record.interactions
        owner = record.slug
        people = self._all(record.references.get("people", ()))
        others = tuple(dict.fromkeys(slug for slug in people if slug != owner))
        via = self.one(record.references.get("via", ()), None)
        return [replace(interaction, people=others, via=via) for interaction in record.interactions]

    def one(self, references: tuple[Reference, ...], owner: str | None) -> str | None:
        """The one person named; nobody is their own introducer."""
        found = self._all(references)
        if len(references) > 1:
            text, place, length = references[1]
            message = f"one person is named here, not '{text}' as well"
            self._say(place, Code.WRONG_TYPE, message, "Keep one of them.", length)
        if found and found[0] == owner:
            _, place, length = references[0]
            self._say(
                place, Code.UNKNOWN_PERSON, "nobody introduces themselves", "Name somebody else.", length
            )
            return None
        return found[0] if found else None

    def _all(self, references: tuple[Reference, ...]) -> list[str]:
        found: list[str] = []
        for text, place, length in references:
            meant = self.directory.meant(text)
            if len(meant) == 1:
                found += meant
            elif meant:
                message = f"'{text}' may be any of {len(meant)} people"
                remedy = f"Write the slug: {' or '.join(sorted(meant))}."
                self._say(place, Code.AMBIGUOUS_PERSON, message, remedy, length)
            else:
                self._say(place, Code.UNKNOWN_PERSON, f"nobody is called '{text}'", self._hint(text), length)
        return found

    def _hint(self, text: str) -> str:
        near = self.directory.nearest(text)
        if near is not None:
            return f"Did you mean '{near}'?"
        return "Write the name of their file in 'contacts' without '.md', or add a card for them."

    def _say(self, place: Place, code: Code, message: str, remedy: str, length: int) -> None:
        self.diagnostics.append(error(place, code, message, remedy, length=length))

    def mentions(self, record: Record) -> None:
        """Warn of wiki links in a text that lead to nobody."""
        for name, place, length in record.mentions:
            if not self.directory.meant(name):
                message = f"this link leads to nobody: '{name}'"
                self.diagnostics.append(
                    warning(place, Code.UNKNOWN_LINK, message, self._hint(name), length=length)
                )
