"""One file of a notebook: its bytes, its text, and the slug in its name."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from intouch.diagnostics import Code, Diagnostic, error
from intouch.memo import Key
from intouch.places import Place

LARGEST = 256 * 1024
"""Bytes of the largest card, note or settings file."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")

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
class RawFile:
    """A card or a note as it lies on the disk.

    Attributes:
        name: relative to the project, with `/`.
        slug: of the contact it belongs to.
        key: a digest of name and content.
    """

    name: str
    kind: FileKind
    slug: str
    content: bytes
    key: Key


class RefusedError(Exception):
    """A file that cannot be used."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_text(path: Path, name: str, root: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read one file as text; what is wrong with it is returned, not raised."""
    try:
        refuse_outside(path, name, root)
        return _decode(content_of(path, name), name), ()
    except RefusedError as refused:
        return "", (refused.problem,)


def refuse_outside(path: Path, name: str, root: Path, *, what: str = "file") -> None:
    """Refuse a link that leads out of the notebook, or in a circle.

    Raises:
        RefusedError: for such a link.
    """
    if leads_outside(path, root):
        remedy = f"Copy the {what} into the notebook; links out of it are not followed."
        raise RefusedError(
            error(Place(name), Code.SYMLINK_OUTSIDE, "this link leads out of the notebook", remedy)
        )


def leads_outside(path: Path, root: Path) -> bool:
    """Whether a path is a link that leads out of the notebook; one in a circle leads nowhere."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # Python before 3.13 raises the latter for a circle
        return False


_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting: to open a pipe is to wait for ever."""


def content_of(path: str | Path, name: str, most: int = LARGEST) -> bytes:
    """The bytes of one file.

    Args:
        path: where it is.
        name: what to call it in a problem.
        most: bytes that it may have.

    Raises:
        RefusedError: where it is no file, too large, or cannot be read.
    """
    try:
        descriptor = os.open(path, _OPEN)
        try:
            status = os.fstat(descriptor)
            is_file = stat.S_ISREG(status.st_mode)
            if is_file and status.st_size <= most:
                return _all_of(descriptor, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as problem:
        message = f"this file cannot be read: {problem.strerror}"
        raise RefusedError(
            error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions.")
        ) from problem
    if not is_file:
        raise RefusedError(
            error(Place(name), Code.UNREADABLE_FILE, "this is no file", "Put a file in its place, or none.")
        )
    message = f"this file has {status.st_size:,} bytes; the most is {most:,}"
    remedy = "Split it into notes, and keep attachments in files of their own."
    raise RefusedError(error(Place(name), Code.FILE_TOO_LARGE, message, remedy))


def _all_of(descriptor: int, size: int) -> bytes:
    """Everything in an open file, also where it has grown since its size was asked."""
    content = os.read(descriptor, size + 1)
    while more := os.read(descriptor, LARGEST):
        content += more
    return content


def decoded(file: RawFile) -> tuple[SourceFile | None, tuple[Diagnostic, ...]]:
    """A file as text; None where it cannot be used, and why."""
    try:
        text = _decode(file.content, file.name)
    except RefusedError as refused:
        return None, (refused.problem,)
    if file.kind is FileKind.CARD and not text.strip():
        stem = file.name.rpartition("/")[2].removesuffix(".md")
        remedy = f"Start it with the lines '---', 'name: {proposed_name(stem)}', '---'."
        return None, (error(Place(file.name), Code.EMPTY_CARD, "this card is empty", remedy),)
    return SourceFile(file.name, file.kind, file.slug, text), ()


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
        raise RefusedError(error(place, Code.NOT_UTF8, what, remedy)) from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := CONTROLS.search(text):
        place = place_in(text, match.start(), name)
        message = f"this file holds the control character U+{ord(match[0]):04X}"
        raise RefusedError(error(place, Code.CONTROL_CHARACTER, message, "Delete the character."))
    return text


def place_in(text: str, offset: int, name: str) -> Place:
    """The place of a character of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def proposed_slug(text: str) -> str:
    """A slug as near to a text as it can be."""
    spelled = text.casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)) or NAMELESS
    return f"{slug}-1" if RESERVED.fullmatch(slug) else slug


def proposed_name(slug: str) -> str:
    """A person's name as a slug suggests it."""
    return " ".join(word.capitalize() for word in slug.replace("_", "-").split("-") if word) or "…"
