"""The files of a notebook: which there are, and what lies among them that is none."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.memo import Key, digest
from intouch.pictures.attachment import ENDINGS, Attachment
from intouch.places import Place
from intouch.reading.attachments import look_at
from intouch.reading.files import (
    FOLDER,
    RESERVED,
    SLUG,
    FileKind,
    RawFile,
    RefusedError,
    content_of,
    proposed_slug,
    refuse_outside,
)

_TEXT_SUFFIXES = (".markdown", ".mdown", ".txt", ".text", ".yaml", ".yml", ".org", ".rst")
_EMBEDDED = b"!["
"""With this every picture in a text begins, as CommonMark and as Obsidian have it."""

_LEAVINGS = ("~", ".swp", ".swx", ".tmp", ".bak")


@dataclass(frozen=True, slots=True)
class Scanned:
    """All files of a notebook, in the order of their owners' names, each owner's card first.

    Attributes:
        attachments: what may be a picture; none where no text could show one.
    """

    files: tuple[RawFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def key(self) -> Key:
        """A digest of everything that was found."""
        return digest(*(file.key for file in self.files), repr((self.diagnostics, self.attachments)))


def scan(root: Path) -> Scanned:
    """Find and load every card and note of the notebook at `root`."""
    found = _Scan(root)
    try:
        refuse_outside(root / FOLDER, FOLDER, root, what="folder")
    except RefusedError as refused:
        return Scanned((), (refused.problem,))
    found.contacts(str(root / FOLDER))
    shows = any(_EMBEDDED in file.content for file in found.files)
    return Scanned(
        tuple(sorted(found.files, key=lambda f: (f.slug, f.kind is FileKind.NOTE, f.name))),
        tuple(found.diagnostics),
        look_at(found.pictures, root) if shows else (),
    )


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """What is in a folder, sorted; hidden files and editors' leavings left out."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name[0] not in ".#" and not entry.name.endswith(_LEAVINGS):
                yield entry


class _Scan:
    """A walk through the folder, gathering files and problems."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: list[RawFile] = []
        self.diagnostics: list[Diagnostic] = []
        self.pictures: list[str] = []

    def _say(self, problem: Diagnostic) -> None:
        self.diagnostics.append(problem)

    def _in(self, folder: str, name: str) -> list[os.DirEntry[str]]:
        try:
            return list(_entries(folder))
        except OSError as problem:
            message = f"this folder cannot be read: {problem.strerror}"
            self._say(error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions."))
            return []

    def contacts(self, folder: str) -> None:
        """Load the cards, and the notes in their folders."""
        cards: dict[str, str] = {}
        folders: list[os.DirEntry[str]] = []
        for entry in self._in(folder, FOLDER):
            name = f"{FOLDER}/{entry.name}"
            if _is_folder(entry):
                folders.append(entry)
            elif _suffix(entry.name).lower() == ".md":
                self._card(entry, name, cards)
            else:
                self._stray(entry.name, name)
        for entry in folders:
            self._folder(entry, f"{FOLDER}/{entry.name}", cards)

    def _card(self, entry: os.DirEntry[str], name: str, cards: dict[str, str]) -> None:
        suffix = _suffix(entry.name)
        stem = entry.name.removesuffix(suffix)
        folded = _folded(stem)
        if folded in cards:
            other = cards[folded].rpartition("/")[2]
            message = f"'{entry.name}' and '{other}' are one name on some computers"
            remedy = "Rename one of the two cards, or merge them."
            self._say(error(Place(name), Code.SLUG_CLASH, message, remedy))
            return
        cards[folded] = name
        slug = self._slug(stem, name, suffix)
        if slug is not None:
            self._load(entry, name, FileKind.CARD, slug)

    def _load(self, entry: os.DirEntry[str], name: str, kind: FileKind, slug: str) -> None:
        try:
            if entry.is_symlink():
                refuse_outside(Path(entry.path), name, self._root)
            content = content_of(entry.path, name)
            self.files.append(RawFile(name, kind, slug, content, digest(name, content)))
        except RefusedError as refused:
            self._say(refused.problem)

    def _slug(self, stem: str, name: str, suffix: str) -> str | None:
        """The slug, or a problem."""
        if SLUG.fullmatch(stem) and not RESERVED.fullmatch(stem) and suffix == ".md":
            return stem
        what = "is reserved on Windows" if RESERVED.fullmatch(stem.lower()) else "is no slug"
        message = f"the file name '{stem}{suffix}' {what}"
        rule = "small letters a to z and digits, in words joined by hyphens"
        remedy = f"Rename it to '{proposed_slug(stem)}.md': {rule}."
        self._say(error(Place(name), Code.BAD_SLUG, message, remedy))
        return None

    def _folder(self, entry: os.DirEntry[str], name: str, cards: dict[str, str]) -> None:
        """Load the notes of one person."""
        slug = entry.name
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
        for note in self._in(entry.path, name):
            note_name = f"{name}/{note.name}"
            if _is_folder(note):
                remedy = "Move its notes up into the person's folder; folders below it are not read."
                self._say(warning(Place(note_name), Code.STRAY_FILE, "this folder is not read", remedy))
            elif _suffix(note.name).lower() == ".md":
                self._load(note, note_name, FileKind.NOTE, slug)
            else:
                self._stray(note.name, note_name)

    def _stray(self, own_name: str, name: str) -> None:
        """Mention a text file that somebody may take for a card or note; attachments are fine."""
        suffix = _suffix(own_name).lower()
        if suffix in ENDINGS:
            self.pictures.append(name)
        if suffix in _TEXT_SUFFIXES or not suffix:
            remedy = "Give it the ending '.md' if it is a card or note; otherwise move it out of 'contacts'."
            self._say(warning(Place(name), Code.STRAY_FILE, "this file is not read", remedy))


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
