"""The files of a notebook: which there are, and their text."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from intouch.diagnostics import Code, Diagnostic, error, warning
from intouch.places import Place

LARGEST = 256 * 1024
"""Bytes of the largest card, note or settings file."""

FOLDER = "contacts"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_TEXT_SUFFIXES = frozenset({".markdown", ".mdown", ".txt", ".text", ".yaml", ".yml", ".org", ".rst"})

NAMELESS = "a-name"
"""The slug that is proposed for a name without a letter that a slug may hold."""

_SPELLED = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that are no letter with a mark, as one spells them."""


class FileKind(StrEnum):
    """What a file of the notebook is."""

    CARD = "card"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A card or a note, read.

    Attributes:
        name: relative to the project, with `/`.
        slug: of the contact it belongs to.
        text: without a byte order mark, every line end a line feed.
    """

    name: str
    kind: FileKind
    slug: str
    text: str

    @property
    def stem(self) -> str:
        """The file's own name without `.md`."""
        return self.name.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Found:
    """All files of a notebook, in the order of their names."""

    files: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


class _RefusedError(Exception):
    """A file that cannot be used."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_text(path: Path, name: str, root: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read one file as text; what is wrong with it is returned, not raised."""
    try:
        _refuse_outside(path, name, root)
        return _decode(_bytes(path, name), name), ()
    except _RefusedError as refused:
        return "", (refused.problem,)


def _refuse_outside(path: Path, name: str, root: Path) -> None:
    if _leads_outside(path, root):
        remedy = "Copy the file into the notebook; links out of it are not followed."
        raise _RefusedError(
            error(Place(name), Code.SYMLINK_OUTSIDE, "this link leads out of the notebook", remedy)
        )


def _leads_outside(path: Path, root: Path) -> bool:
    """Whether a path is a link that leads out of the notebook; one in a circle leads nowhere."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # Python before 3.13 raises the latter for a circle
        return False


def _bytes(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        is_file = stat.S_ISREG(status.st_mode)  # to read a pipe is to wait for ever
        if is_file and status.st_size <= LARGEST:
            return path.read_bytes()
    except OSError as problem:
        message = f"this file cannot be read: {problem.strerror}"
        raise _RefusedError(
            error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions.")
        ) from problem
    if not is_file:
        raise _RefusedError(
            error(Place(name), Code.UNREADABLE_FILE, "this is no file", "Put a file in its place, or none.")
        )
    message = f"this file has {status.st_size:,} bytes; the most is {LARGEST:,}"
    remedy = "Split it into notes, and keep attachments in files of their own."
    raise _RefusedError(error(Place(name), Code.FILE_TOO_LARGE, message, remedy))


def _decode(raw: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark; refuse everything else by its line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        place = Place(name, before.count(b"\n") + 1, column)
        utf_16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        what = "this file is UTF-16" if utf_16 else f"byte 0x{raw[problem.start]:02x} is not UTF-8"
        remedy = "Save the file as UTF-8."
        raise _RefusedError(error(place, Code.NOT_UTF8, what, remedy)) from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONTROLS.search(text):
        place = place_in(text, match.start(), name)
        message = f"this file holds the control character U+{ord(match[0]):04X}"
        raise _RefusedError(error(place, Code.CONTROL_CHARACTER, message, "Delete the character."))
    return text


def place_in(text: str, offset: int, name: str) -> Place:
    """The place of a character of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def find(root: Path) -> Found:
    """Read every card and note of the notebook at `root`."""
    scan = _Scan(root)
    folder = root / FOLDER
    if _leads_outside(folder, root):
        remedy = "Copy the folder into the notebook; links out of it are not followed."
        problem = error(Place(FOLDER), Code.SYMLINK_OUTSIDE, "this link leads out of the notebook", remedy)
        return Found((), (problem,))
    scan.contacts(folder)
    return Found(
        tuple(sorted(scan.files, key=lambda f: (f.slug, f.kind is FileKind.NOTE, f.name))),
        tuple(scan.diagnostics),
    )


class _Scan:
    """A walk through the folder, gathering files and problems."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: list[SourceFile] = []
        self.diagnostics: list[Diagnostic] = []

    def _entries(self, folder: Path, name: str) -> Iterator[tuple[Path, str]]:
        """What is in a folder, sorted; hidden files and editors' leavings left out."""
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as problem:
            message = f"this folder cannot be read: {problem.strerror}"
            self._say(error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions."))
            return
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith(
                ("~", ".swp", ".swx", ".tmp", ".bak")
            ):
                continue
            yield Path(entry.path), f"{name}/{entry.name}"

    def _say(self, problem: Diagnostic) -> None:
        self.diagnostics.append(problem)

    def contacts(self, folder: Path) -> None:
        """Read the cards and the folders of their notes."""
        cards: dict[str, str] = {}
        folders: list[tuple[Path, str]] = []
        for path, name in self._entries(folder, FOLDER):
            if path.suffix.lower() == ".md" and not path.is_dir():
                self._card(path, name, cards)
            elif path.is_dir():
                folders.append((path, name))
            else:
                self._stray(path, name)
        for path, name in folders:
            self._folder(path, name, cards)

    def _card(self, path: Path, name: str, cards: dict[str, str]) -> None:
        stem = path.name[: -len(path.suffix)]
        folded = unicodedata.normalize("NFC", stem).casefold()
        if folded in cards:
            message = f"'{path.name}' and '{cards[folded].rpartition('/')[2]}' are one name on some computers"
            remedy = "Rename one of the two cards, or merge them."
            self._say(error(Place(name), Code.SLUG_CLASH, message, remedy))
            return
        cards[folded] = name
        slug = self._slug(stem, name, path.suffix)
        if slug is None:
            return
        text, problems = read_text(path, name, self._root)
        self.diagnostics += problems
        if problems:
            return
        if not text.strip():
            remedy = f"Start it with the lines '---', 'name: {proposed_name(stem)}', '---'."
            self._say(error(Place(name), Code.EMPTY_CARD, "this card is empty", remedy))
            return
        self.files.append(SourceFile(name, FileKind.CARD, slug, text))

    def _slug(self, stem: str, name: str, suffix: str) -> str | None:
        """The slug, or a problem."""
        if _SLUG.fullmatch(stem) and not _RESERVED.fullmatch(stem) and suffix == ".md":
            return stem
        what = "is reserved on Windows" if _RESERVED.fullmatch(stem.lower()) else "is no slug"
        message = f"the file name '{stem}{suffix}' {what}"
        rule = "small letters a to z and digits, in words joined by hyphens"
        remedy = f"Rename it to '{proposed_slug(stem)}.md': {rule}."
        self._say(error(Place(name), Code.BAD_SLUG, message, remedy))
        return None

    def _folder(self, path: Path, name: str, cards: dict[str, str]) -> None:
        """Read the notes of one person."""
        if _leads_outside(path, self._root):
            remedy = "Copy the folder into the notebook; links out of it are not followed."
            self._say(error(Place(name), Code.SYMLINK_OUTSIDE, "this link leads out of the notebook", remedy))
            return
        slug = path.name
        if unicodedata.normalize("NFC", slug).casefold() not in cards or not _SLUG.fullmatch(slug):
            message = f"there is no card '{FOLDER}/{slug}.md' for this folder"
            remedy = "Add the card, or rename the folder to the slug of the person it belongs to."
            self._say(error(Place(name), Code.FOLDER_WITHOUT_CARD, message, remedy))
            return
        for note, note_name in self._entries(path, name):
            if note.is_dir():
                remedy = "Move its notes up into the person's folder; folders below it are not read."
                self._say(warning(Place(note_name), Code.STRAY_FILE, "this folder is not read", remedy))
            elif note.suffix.lower() == ".md":
                text, problems = read_text(note, note_name, self._root)
                self.diagnostics += problems
                if not problems:
                    self.files.append(SourceFile(note_name, FileKind.NOTE, slug, text))
            else:
                self._stray(note, note_name)

    def _stray(self, path: Path, name: str) -> None:
        """Mention a text file that somebody may take for a card or note; attachments are fine."""
        if path.suffix.lower() in _TEXT_SUFFIXES or not path.suffix:
            remedy = "Give it the ending '.md' if it is a card or note; otherwise move it out of 'contacts'."
            self._say(warning(Place(name), Code.STRAY_FILE, "this file is not read", remedy))


def proposed_slug(text: str) -> str:
    """A slug as near to a text as it can be."""
    spelled = text.casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)) or NAMELESS
    return f"{slug}-1" if _RESERVED.fullmatch(slug) else slug


def proposed_name(slug: str) -> str:
    """A person's name as a slug suggests it."""
    return " ".join(word.capitalize() for word in slug.replace("_", "-").split("-") if word) or "…"
