"""Files to import from: their text, also out of a zip archive, whatever its encoding."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read; address books with pictures are large."""

_IN_ARCHIVES = frozenset({"connections.csv"})
"""What is looked for in an archive: LinkedIn's, which also holds messages, adverts and much else."""


class SourceError(Exception):
    """A file that is nothing to import from.

    Attributes:
        message: what is wrong.
        remedy: what to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import from.

    Attributes:
        name: as the user named it; `archive.zip/Connections.csv` within an archive.
        text: decoded, line ends as they were.
        reached: told the line of each row or vCard while they are read, for whoever waits.
    """

    name: str
    text: str
    reached: Callable[[int], None] = lambda _line: None

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n") + 1


_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError),
)
"""What the standard library raises for archives in which lengths, places and names are wrong."""

_FOLDED = re.compile(rb"([\xc2-\xf4][\x80-\xbf]*)(\r?\n[ \t])([\x80-\xbf]+)")
"""A letter of several bytes through which a vCard's line was folded: older programs counted bytes."""


def open_source(path: Path) -> Source:
    """Read a file, or the one within an archive that can be imported.

    Raises:
        SourceError: when it is too large, or an archive without such a file.
        OSError: when it cannot be read.
    """
    name = path.as_posix()
    if path.is_file() and zipfile.is_zipfile(path):
        return _from_archive(path, name)
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)  # what is no file on a disk has no size, and may have no end
    _refuse_large(name, max(len(raw), path.stat().st_size))
    return Source(name, decoded(raw))


def _from_archive(path: Path, name: str) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = sorted(
                archive.infolist(), key=lambda member: (member.filename.count("/"), member.filename)
            )
            for member in inside:
                if PurePosixPath(member.filename).name.casefold() in _IN_ARCHIVES:
                    _refuse_large(f"{name}/{member.filename}", member.file_size)
                    return Source(f"{name}/{member.filename}", decoded(archive.read(member)))
    except _DAMAGED as problem:
        raise SourceError(f"'{name}' is a damaged archive: {problem}", "Download it once more.") from problem
    if any(member.filename == "[Content_Types].xml" for member in inside):
        raise SourceError(f"'{name}' is a workbook", "Save its table as CSV, and import that.")
    remedy = "Only LinkedIn's archive is read as it is; unpack others, and name the files within."
    raise SourceError(f"'{name}' holds no Connections.csv", remedy)


def _refuse_large(name: str, size: int) -> None:
    if size > LARGEST:
        raise SourceError(
            f"'{name}' has {size:,} bytes; the most is {LARGEST:,}", "Split it, or leave pictures out of it."
        )


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-16 where it says so, else UTF-8, else what Windows calls ANSI.

    One damaged letter makes no ANSI of a file: it would spoil every other.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    joined = _FOLDED.sub(rb"\1\3\2", raw)
    for some in (raw, joined):
        with suppress(UnicodeDecodeError):
            return some.decode("utf-8-sig")
    text = joined.decode("utf-8-sig", "replace")
    damaged = text.count("\ufffd")
    whole_letters = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if whole_letters > damaged:  # by chance ANSI hardly ever looks like UTF-8
        return text
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
