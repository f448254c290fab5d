"""Needles: what of a notebook nobody may find in what is published."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from intouch.card_folder import FOLDER
from intouch.model import Book, Contact, Interaction
from intouch.settings import Settings

_SHORTEST = 2
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
"""A file's stem that tells nothing: `photo`, `banner`. One with a digit, a hyphen or a space does tell."""


@dataclass(frozen=True, slots=True)
class Needle:
    """Something of the notebook.

    Attributes:
        text: as it is written there.
        what: what it is, for a message that does not repeat it.
    """

    text: str
    what: str


def needles(book: Book, settings: Settings, files: Iterable[str] = ()) -> tuple[Needle, ...]:
    """Every name, e-mail address, phone number, organization, slug, tag, role and file name of a notebook.

    Args:
        book: the people and what happened.
        settings: the owner's own name and addresses.
        files: every file of the notebook, relative to it, with `/`; see `files_of`.
    """
    each = (
        *(needle for contact in book.contacts.values() for needle in _of_person(contact)),
        *(needle for interaction in book.interactions for needle in _of_interaction(interaction)),
        *_of_owner(settings),
        *(needle for file in files for needle in _of_file(file)),
    )
    found: dict[str, Needle] = {}
    for needle in each:
        found.setdefault(needle.text.strip(), needle)
    return tuple(needle for text, needle in found.items() if len(text) >= _SHORTEST)


def files_of(root: Path) -> tuple[str, ...]:
    """Every file of a notebook, read or not: pictures, papers, and what lies there by mistake."""
    top = str(root / FOLDER)
    found = (
        f"{FOLDER}{parent.removeprefix(top)}/{name}".replace(os.sep, "/")
        for parent, _, names in os.walk(top)
        for name in names
    )
    return tuple(sorted(found))


def _of_person(contact: Contact) -> Iterator[Needle]:
    yield Needle(contact.slug, "a slug")
    names = (contact.name, *contact.aliases)
    for texts, what in (
        ((*names, contact.greeting), "a name"),
        ([word for name in names for word in name.split()], "part of a name"),
        (contact.emails, "an e-mail address"),
        (contact.phones, "a phone number"),
        ((contact.organization,), "an organization"),
        ((contact.title, contact.location, contact.met_at), "a line of a card"),
        ((contact.next.reason if contact.next else None,), "a promise"),
        ((*contact.websites, *contact.linkedin), "a web address"),
        (contact.tags, "a tag"),
    ):
        yield from (Needle(text, what) for text in texts if text)
    yield from _of_file(contact.place.file)


def _of_interaction(interaction: Interaction) -> Iterator[Needle]:
    for text, what in (
        (interaction.role, "a role"),
        (interaction.organization, "an organization"),
        (interaction.title, "a note's title"),
        (interaction.hook, "a note's hook"),
        (interaction.next.reason if interaction.next else None, "a promise"),
    ):
        if text:
            yield Needle(text, what)
    yield from _of_file(interaction.place.file)


def _of_owner(settings: Settings) -> Iterator[Needle]:
    me, usual = settings.me, type(settings.site)()
    title = settings.site.title if settings.site.title != usual.title else ""
    for texts, what in (
        ((me.name, *me.name.split()), "your name"),
        ((me.email,), "your e-mail address"),
        ((me.phone,), "your phone number"),
        ((me.link, settings.site.repository), "a web address of yours"),
        ((me.headline, me.availability, title), "a line of your settings"),
        ((away.note for away in settings.calendar.away), "a line of your settings"),
    ):
        yield from (Needle(text, what) for text in texts if text)


def _of_file(file: str) -> Iterator[Needle]:
    """A file's path, its name, and the stem of its name where that is more than a word."""
    name = file.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    telling = (file, name) if _PLAIN_WORD.fullmatch(stem) else (file, name, stem)
    yield from (Needle(text, "a file's name") for text in telling)
