"""One more line in a card's log, and every other byte of the card as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intouch.card_folder import card_name
from intouch.model import Interaction, Kind
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.frontmatter import take_apart
from intouch.reading.log import end_of_log
from intouch.reading.records import read_card

_BOM = b"\xef\xbb\xbf"


class EntryError(Exception):
    """An entry that would not read back as it was meant, so nothing is written."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be logged.

    Attributes:
        day: when it happened, or will.
        word: the kind or one of its aliases, which may say by what means.
        kind: the kind that the word names.
        role: the role, or None.
        text: what there is to say, on one line; may be empty.
    """

    day: date
    word: str
    kind: Kind
    role: str | None = None
    text: str = ""

    @property
    def line(self) -> str:
        """The line without its bullet: `2026-11-23 call (Trainer): will try again`."""
        role = f" ({' '.join(self.role.split())})" if self.role else ""
        text = " ".join(self.text.split())
        return f"{self.day} {self.word}{role}{f': {text}' if text else ''}"


def with_entry(raw: bytes, slug: str, entry: NewEntry) -> bytes:
    """A card's bytes with one more line in its log; a card without a log gets one at its end.

    Args:
        raw: the card.
        slug: whose card it is.
        entry: what to log.

    Raises:
        EntryError: when the card cannot be read, or the line would not read back as it was meant.
    """
    text = decoded(raw)
    document = take_apart(_source(slug, text))
    if document.refused:
        raise EntryError("the card's front matter cannot be read")
    ending = end_of_log(document.body)
    lines = raw.splitlines(keepends=True)
    if ending is None:
        end = line_end([*lines[-1:], *lines])
        added = f"## Log{end}- {entry.line}"
        after = _appended(raw, lines, added, end)
    else:
        # The body's first line is the rest of the line on which the front matter ends.
        at = document.body_line - 1 + ending.line
        # As the line above: where a card's lines end in several ways, two ends must not become one.
        end = line_end([*lines[at - 1 : at], *lines])
        after = _inserted(lines, at, f"{ending.bullet}{entry.line}", end)
    _hold(_logged(slug, text), _logged(slug, decoded(after)), entry)
    return after


def decoded(raw: bytes) -> str:
    """A card's text, every line end a line feed.

    Raises:
        EntryError: when it is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise EntryError("the card is not UTF-8") from problem


def _source(slug: str, text: str) -> SourceFile:
    return SourceFile(card_name(slug), FileKind.CARD, slug, text)


def line_end(lines: list[bytes]) -> str:
    """How the card ends its lines."""
    for line in lines:
        for ending in ("\r\n", "\n", "\r"):
            if line.endswith(ending.encode()):
                return ending
    return "\n"


def _inserted(lines: list[bytes], at: int, line: str, line_end: str) -> bytes:
    before, after = lines[:at], lines[at:]
    if before and not before[-1].endswith((b"\n", b"\r")):
        return b"".join(before) + f"{line_end}{line}".encode()
    return b"".join(before) + f"{line}{line_end}".encode() + b"".join(after)


def _appended(raw: bytes, lines: list[bytes], added: str, line_end: str) -> bytes:
    ended = not lines or lines[-1].endswith((b"\n", b"\r"))
    if ended:
        gap = "" if not lines or not lines[-1].strip() or raw == _BOM else line_end
        return raw + f"{gap}{added}{line_end}".encode()
    return raw + f"{line_end}{line_end}{added}".encode()


def _logged(slug: str, text: str) -> tuple[Interaction, ...]:
    return read_card(_source(slug, text)).interactions


def said(interaction: Interaction) -> tuple[object, ...]:
    """What a line of the log says, wherever it stands."""
    return interaction.day, interaction.kind, interaction.role, interaction.text, interaction.channel


def _hold(before: tuple[Interaction, ...], after: tuple[Interaction, ...], entry: NewEntry) -> None:
    """Make sure that exactly the new entry came, and all others are what they were."""
    rest = [said(i) for i in after]
    for old in before:
        if said(old) not in rest:
            raise EntryError("another line of the log would read differently")
        rest.remove(said(old))
    role = " ".join(entry.role.split()) if entry.role else None
    meant = (entry.day, entry.kind, role, " ".join(entry.text.split()))
    if len(rest) != 1 or rest[0][:4] != meant:
        raise EntryError(f"'{entry.line}' would not read back as it was meant")
