"""The files of a notebook: which there are, and what lies among them that is none."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import MappingProxyType

from intouch.card_folder import FOLDER
from intouch.diagnostics import Code, Diagnostic, error, in_order, warning
from intouch.memo import Key, digest
from intouch.pictures.attachment import ENDINGS, Attachment
from intouch.places import Place
from intouch.reading.attachments import look_at
from intouch.reading.files import (
    RESERVED,
    SLUG,
    FileKind,
    RawFile,
    RefusedError,
    content_of,
    proposed_slug,
    refuse_outside,
)
from intouch.theme_folder import FOLDER as THEME

_TEXT_SUFFIXES = (".markdown", ".mdown", ".txt", ".text", ".yaml", ".yml", ".org", ".rst")
_EMBEDDED = b"!["
"""With this every picture in a text begins, as CommonMark and as Obsidian have it."""

_LEAVINGS = ("~", ".swp", ".swx", ".tmp", ".bak")


@dataclass(frozen=True, slots=True)
class Part:
    """What one entry of the folder holds: a card, or the notes of one person."""

    files: tuple[RawFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    pictures: tuple[str, ...]
    shows: bool
    """Whether a text may show a picture."""
    linked: bool
    """Whether a link leads to some of it: then nothing is told of changes at its own place."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """All files of a notebook, in the order of their owners' names, each owner's card first.

    Attributes:
        attachments: what may be a picture; none where no text could show one.
        parts: the same by entry of the folder, for the next time.
    """

    files: tuple[RawFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    attachments: tuple[Attachment, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict, repr=False, compare=False)

    @property
    def key(self) -> Key:
        """A digest of everything that was found."""
        return digest(*(file.key for file in self.files), repr((self.diagnostics, self.attachments)))


def scan(root: Path, before: Scanned | None = None, touched: Collection[str] | None = None) -> Scanned:
    """Find and load every card and note of the notebook at `root`.

    Args:
        root: the notebook.
        before: what was found the last time.
        touched: every file that may have changed since then, relative to the notebook, with `/`; None where
            that is not known. The others are taken as they were.
    """
    found = _Scan(root, _untouched(before, touched))
    try:
        refuse_outside(root / FOLDER, FOLDER, root, what="folder")
    except RefusedError as refused:
        return Scanned((), (refused.problem,))
    found.contacts(str(root / FOLDER))
    found.theme()
    parts = found.parts
    pictures = (name for part in parts.values() for name in part.pictures)
    return Scanned(
        tuple(file for slug in sorted(found.of_slug) for part in found.of_slug[slug] for file in part.files),
        in_order(found.diagnostics),
        look_at(pictures, root) if any(part.shows for part in parts.values()) else (),
        MappingProxyType(parts),
    )


def _untouched(before: Scanned | None, touched: Collection[str] | None) -> Mapping[str, Part]:
    """What need not be read again, by entry of the folder."""
    if before is None or touched is None:
        return {}
    # The system may tell a name in another form than the folder's own.
    entries = {_folded(name.split("/")[1]) for name in touched if name.startswith(f"{FOLDER}/")}
    return {
        name: part for name, part in before.parts.items() if not part.linked and _folded(name) not in entries
    }


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What is in a folder, sorted; hidden files and editors' leavings left out."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name[0] not in ".#" and not entry.name.endswith(_LEAVINGS):
                yield entry


class _Scan:
    """A walk through the folder, gathering files and problems; what is known already is not read again."""

    def __init__(self, root: Path, known: Mapping[str, Part]) -> None:
        self._root = root
        self._known = known
        self._taken: frozenset[str] = frozenset()
        self.parts: dict[str, Part] = {}
        self.of_slug: dict[str, list[Part]] = {}
        self.diagnostics: list[Diagnostic] = []

    def _say(self, problem: Diagnostic) -> None:
        self.diagnostics.append(problem)

    def contacts(self, folder: str) -> None:
        """Load the cards, and the notes in their folders."""
        cards: dict[str, str] = {}
        folders: list[os.DirEntry[str]] = []
        top = _Reading(self._root)
        entries = top.entries(folder, FOLDER)
        self._taken = frozenset(entry.name for entry in entries)
        for entry in entries:
            if _is_folder(entry):
                folders.append(entry)
            elif _suffix(entry.name).lower() == ".md":
                self._card(entry, cards)
            else:
                top.stray(entry.name, f"{FOLDER}/{entry.name}")
        self._add("", "", top.part())
        for entry in folders:
            self._folder(entry, cards)

    def theme(self) -> None:
        """See where the folder of templates leads, if there is one; what is in it is read by who prints."""
        try:
            refuse_outside(self._root / THEME, THEME, self._root, what="folder")
        except RefusedError as refused:
            self._say(refused.problem)

    def _add(self, entry: str, slug: str, part: Part) -> None:
        self.parts[entry] = part
        self.of_slug.setdefault(slug, []).append(part)
        self.diagnostics += part.diagnostics

    def _card(self, entry: os.DirEntry[str], cards: dict[str, str]) -> None:
        suffix = _suffix(entry.name)
        stem = entry.name.removesuffix(suffix)
        folded = _folded(stem)
        if folded in cards:
            message = f"'{entry.name}' and '{cards[folded]}' are one name on some computers"
            remedy = "Rename one of the two cards, or merge them."
            self._say(error(Place(f"{FOLDER}/{entry.name}"), Code.SLUG_CLASH, message, remedy))
            return
        cards[folded] = entry.name
        if self._is_slug(stem, entry.name, suffix):
            self._add(entry.name, stem, self._known.get(entry.name) or self._read_card(entry, stem))

    def _read_card(self, entry: os.DirEntry[str], slug: str) -> Part:
        reading = _Reading(self._root)
        reading.load(entry, f"{FOLDER}/{entry.name}", FileKind.CARD, slug)
        return reading.part()

    def _is_slug(self, stem: str, file_name: str, suffix: str) -> bool:
        """Whether a file may be a card by its name; else that is a problem."""
        if SLUG.fullmatch(stem) and not RESERVED.fullmatch(stem) and suffix == ".md":
            return True
        what = "is reserved on Windows" if RESERVED.fullmatch(stem.lower()) else "is no slug"
        message = f"the file name '{stem}{suffix}' {what}"
        rule = "small letters a to z and digits, in words joined by hyphens"
        remedy = f"Rename it to '{self._free(proposed_slug(stem))}.md': {rule}."
        self._say(error(Place(f"{FOLDER}/{file_name}"), Code.BAD_SLUG, message, remedy))
        return False

    def _free(self, slug: str) -> str:
        """A slug that no card bears yet: who renames a file to a name that is taken loses the other."""
        numbered = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        return next(one for one in numbered if f"{one}.md" not in self._taken)

    def _folder(self, entry: os.DirEntry[str], cards: Container[str]) -> None:
        """Load the notes of one person."""
        slug, name = entry.name, f"{FOLDER}/{entry.name}"
        if entry.is_symlink():
            try:
                refuse_outside(Path(entry.path), name, self._root, what="folder")
            except RefusedError as refused:
                self._say(refused.problem)
                return
        if _folded(slug) not in cards or not SLUG.fullmatch(slug):
            message = f"there is no card '{FOLDER}/{slug}.md' for this folder"
            remedy = "Add the card, or rename the folder to the slug of the person it belongs to."
            self._say(error(Place(name), Code.FOLDER_WITHOUT_CARD, message, remedy))
            return
        self._add(slug, slug, self._known.get(slug) or self._read_folder(entry, slug))

    def _read_folder(self, entry: os.DirEntry[str], slug: str) -> Part:
        reading = _Reading(self._root, linked=entry.is_symlink())
        notes: dict[str, str] = {}
        for note in reading.entries(entry.path, f"{FOLDER}/{slug}"):
            name = f"{FOLDER}/{slug}/{note.name}"
            if _is_folder(note):
                remedy = "Move its notes up into the person's folder; folders below it are not read."
                reading.say(warning(Place(name), Code.STRAY_FILE, "this folder is not read", remedy))
            elif _suffix(note.name).lower() == ".md":
                other = notes.setdefault(_folded(note.name), note.name)
                if other != note.name:
                    message = f"'{note.name}' and '{other}' are one name on some computers"
                    remedy = "Rename one of the two notes: on such a computer the other is lost."
                    reading.say(warning(Place(name), Code.SLUG_CLASH, message, remedy))
                reading.load(note, name, FileKind.NOTE, slug)
            else:
                reading.stray(note.name, name)
        return reading.part()


class _Reading:
    """Gathers one part."""

    def __init__(self, root: Path, *, linked: bool = False) -> None:
        self._root = root
        self._linked = linked
        self._files: list[RawFile] = []
        self._diagnostics: list[Diagnostic] = []
        self._pictures: list[str] = []

    def part(self) -> Part:
        """What was gathered."""
        shows = any(_EMBEDDED in file.content for file in self._files)
        found = tuple(self._files), tuple(self._diagnostics), tuple(self._pictures)
        return Part(*found, shows=shows, linked=self._linked)

    def say(self, problem: Diagnostic) -> None:
        """Keep a problem."""
        self._diagnostics.append(problem)

    def entries(self, folder: str, name: str) -> list[os.DirEntry[str]]:
        """What is in a folder."""
        try:
            return list(_entries(folder))
        except OSError as problem:
            message = f"this folder cannot be read: {problem.strerror}"
            self.say(error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions."))
            return []

    def load(self, entry: os.DirEntry[str], name: str, kind: FileKind, slug: str) -> None:
        """Read a file."""
        try:
            if entry.is_symlink():
                self._linked = True
                refuse_outside(Path(entry.path), name, self._root)
            content = content_of(entry.path, name)
            self._files.append(RawFile(name, kind, slug, content, digest(name, content)))
        except RefusedError as refused:
            self.say(refused.problem)

    def stray(self, own_name: str, name: str) -> None:
        """Mention a text file that somebody may take for a card or note; attachments are fine."""
        suffix = _suffix(own_name).lower()
        if suffix in ENDINGS:
            self._pictures.append(name)
        if suffix in _TEXT_SUFFIXES or not suffix:
            remedy = "Give it the ending '.md' if it is a card or note; otherwise move it out of 'contacts'."
            self.say(warning(Place(name), Code.STRAY_FILE, "this file is not read", remedy))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; a link in a circle is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _suffix(name: str) -> str:
    """The ending of a file's name with its full stop; empty where there is none."""
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 else ""


def _folded(stem: str) -> str:
    """A name as computers that ignore case and the form of marks compare it."""
    return stem if stem.isascii() and stem.islower() else unicodedata.normalize("NFC", stem).casefold()
