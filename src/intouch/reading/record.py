"""A record: what one file holds, before it is known whom it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intouch.diagnostics import Diagnostic
from intouch.model import Contact, Interaction
from intouch.reading.mentions import Reference


@dataclass(frozen=True, slots=True)
class Record:
    """One file, read.

    Attributes:
        slug: of the person it belongs to.
        contact: of a card; `introduced_by` is still as written.
        interactions: of a card's log, or the one of a note; `people` and `via` are still as written.
        references: by key, the people named, for the book to resolve.
        mentions: the wiki links of the text, likewise.
        text: the Markdown of a card without its log, or of a note.
    """

    slug: str
    contact: Contact | None
    interactions: tuple[Interaction, ...]
    references: Mapping[str, tuple[Reference, ...]]
    mentions: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]
    text: str = ""
