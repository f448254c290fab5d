"""A whole notebook, read: the story of this package on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from intouch.diagnostics import Diagnostic
from intouch.model import Book
from intouch.reading import files
from intouch.reading.book import make_book
from intouch.reading.files import FileKind
from intouch.reading.records import read_card, read_note


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notebook holds, every problem found in it, and the texts, for excerpts.

    Attributes:
        texts: the file's name → its text.
    """

    book: Book
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def read(root: Path) -> Reading:
    """Read the notebook at `root`.

    Nothing is raised for what a user wrote: a value that cannot be read is a diagnostic, and everything
    around it still stands.
    """
    found = files.find(root)
    records = [read_card(f) if f.kind is FileKind.CARD else read_note(f) for f in found.files]
    book, of_book = make_book(records)
    of_records = (problem for record in records for problem in record.diagnostics)
    return Reading(
        book=book,
        diagnostics=(*found.diagnostics, *of_records, *of_book),
        texts=MappingProxyType({f.name: f.text for f in found.files}),
    )
