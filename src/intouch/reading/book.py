"""The book: every record together, with each person that a text names found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType

from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.model import Book, Contact, Interaction
from intouch.names import folded, linked
from intouch.places import Place
from intouch.reading.records import Record, Reference

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_NO_PERSON = re.compile(r"\d{4}-\d\d.*|.*/.*|.*\.[A-Za-z0-9]{2,6}")
"""Links as Obsidian writes them to files that are nobody's card: by date, by path, by their ending."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TICKS = re.compile(r"`+")


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
        if record.contact is not None:
            introducer = linking.one(record.references.get("introduced_by", ()), record.source.slug)
            contacts[record.contact.slug] = replace(record.contact, introduced_by=introducer)
        interactions += linking.interactions(record)
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

    def interactions(self, record: Record) -> Iterator[Interaction]:
        """A record's interactions, with `people` and `via` as slugs."""
        if not record.references or record.contact is not None:
            yield from record.interactions
            return
        owner = record.source.slug
        people = self._all(record.references.get("people", ()))
        others = tuple(dict.fromkeys(slug for slug in people if slug != owner))
        via = self.one(record.references.get("via", ()), None)
        for interaction in record.interactions:
            yield replace(interaction, people=others, via=via)

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
        text = record.source.text
        if "[[" not in text:
            return
        lines = text.split("\n")
        start = sum(len(line) + 1 for line in lines[: record.body_line - 1])
        body = _without_code(text[start:])
        for match in _LINK.finditer(body):
            name = match[1].partition("#")[0].strip()
            if not name or self.directory.meant(name):
                continue
            embedded = match.start() > 0 and body[match.start() - 1] == "!"
            if embedded or _NO_PERSON.fullmatch(linked(name)):
                continue
            line = record.body_line + body.count("\n", 0, match.start())
            column = match.start() - body.rfind("\n", 0, match.start())
            self.diagnostics.append(
                warning(
                    Place(record.source.name, line, column),
                    Code.UNKNOWN_LINK,
                    f"this link leads to nobody: '{name}'",
                    self._hint(name),
                    length=len(match[0]),
                )
            )


def _without_code(text: str) -> str:
    """A text with spaces in place of its code, so that everything else keeps its place."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        rest = line[mark.end() :] if mark else line
        if mark and not fence and (mark[1][0] == "~" or "`" not in rest):
            fence = mark[1]
        elif not fence:
            lines.append(line)
            continue
        elif mark and mark[1].startswith(fence) and not rest.strip():
            fence = ""
        lines.append(" " * len(line))
    return _without_spans("\n".join(lines))


def _without_spans(text: str) -> str:
    """A text with spaces in place of what stands between backticks, as many behind as before."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    closing: dict[int, int] = {}  # run → the next one of its length
    next_of: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        if length in next_of:
            closing[number] = next_of[length]
        next_of[length] = number
    kept: list[str] = []
    at = number = 0
    while number < len(runs):
        if number in closing:
            start, end = runs[number][0], runs[closing[number]][1]
            kept += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
            at, number = end, closing[number]
        number += 1
    return "".join([*kept, text[at:]])
