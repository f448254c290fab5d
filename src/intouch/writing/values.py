"""Values that a card did not have yet, and every other byte of the card as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intouch.card_folder import card_name
from intouch.front_matter import Value as Written
from intouch.front_matter import written
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.frontmatter import Document, Scalar, Sequence, Value, take_apart
from intouch.reading.record import Record
from intouch.reading.records import CARD_KEYS, read_card
from intouch.writing.entries import EntryError, decoded, line_end, said


def with_values(raw: bytes, slug: str, values: Mapping[str, Written]) -> bytes:
    """A card's bytes with more values in its front matter.

    A key that is there without a value, such as `tags: []`, gets it behind its colon; others get a line each
    at the end of the front matter. A key that has a value keeps it.

    Args:
        raw: the card.
        slug: whose card it is.
        values: by the key of a card.

    Raises:
        EntryError: when the card cannot be read, or would not read back as it was meant.
    """
    text = decoded(raw)
    source = SourceFile(card_name(slug), FileKind.CARD, slug, text)
    document = take_apart(source)
    if document.refused or not document.entries:
        raise EntryError("the card's front matter cannot be read")
    lines = raw.splitlines(keepends=True)
    end = line_end(lines)
    given = _given(document)
    added: list[str] = []
    for key, value in values.items():
        if key not in given:
            added.append(f"{key}: {written(value)}{end}")
            continue
        at, old = given[key]
        if _is_empty(old):
            number = at.place.line - 1
            lines[number] = _filled(lines[number], written(value))
    # The body begins with the rest of the line that ends the front matter, or of a blank line below it.
    last = min(document.body_line, len(lines)) - 1
    closing = next(n for n in range(last, 0, -1) if lines[n].startswith(b"---"))
    after = b"".join((*lines[:closing], *(line.encode() for line in added), *lines[closing:]))
    filled = SourceFile(source.name, FileKind.CARD, slug, decoded(after))
    _hold(read_card(source), read_card(filled))
    now = _given(take_apart(filled))
    for key, value in values.items():
        if (key not in given or _is_empty(given[key][1])) and _texts(now.get(key)) != _meant(value):
            raise EntryError(
                f"'{key}' cannot be filled in where it stands; delete the key, or write it yourself"
            )
    return after


def _given(document: Document) -> dict[str, tuple[Scalar, Value]]:
    """What front matter gives, by canonical key."""
    return {
        CARD_KEYS.get(key.text.strip().casefold(), key.text): (key, value) for key, value in document.entries
    }


def _texts(given: tuple[Scalar, Value] | None) -> tuple[str, ...]:
    value = given[1] if given else None
    items = value.items if isinstance(value, Sequence) else (value,)
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _meant(value: Written) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in ((value,) if isinstance(value, str) else value))


def _is_empty(value: Value) -> bool:
    """Whether a key counts as not given."""
    if isinstance(value, Sequence):
        return all(_is_empty(item) for item in value.items)
    return isinstance(value, Scalar) and (not value.text.strip() or (value.plain and value.text == "~"))


def _filled(line: bytes, value: str) -> bytes:
    """A line `key:` with a value behind the colon; unchanged where something else stands there."""
    match = re.match(rb"([^:#]+:)(?:[ \t]*(?:~|\"\"|''|\[[ \t]*\]))?([ \t]*(?:#[^\r\n]*)?[\r\n]*)\Z", line)
    if match is None:
        return line
    return match[1] + f" {value}".encode() + (b" " if match[2].startswith(b"#") else b"") + match[2]


def _hold(before: Record, after: Record) -> None:
    """Make sure that everything which was there reads as it did, and that nothing new is wrong."""
    if before.contact is None or after.contact is None:
        raise EntryError("the card cannot be read")
    known = {(d.code, d.message) for d in before.diagnostics}
    wrong = next((d for d in after.diagnostics if (d.code, d.message) not in known), None)
    if wrong is not None:
        raise EntryError(wrong.message)
    for name in before.contact.__slots__:
        old, new = getattr(before.contact, name), getattr(after.contact, name)
        if name not in {"places", "place", "next"} and old and old != new:
            raise EntryError(f"'{name}' would read differently")
    if [said(i) for i in before.interactions] != [said(i) for i in after.interactions]:
        raise EntryError("the log would read differently")
