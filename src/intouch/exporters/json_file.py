"""Everything that a notebook says of people, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from intouch.exporters.records import card_record, interaction_record
from intouch.model import Book, Contact, Interaction


def write_json(contacts: Iterable[Contact], book: Book) -> bytes:
    """The cards with their text, and beneath each what happened; the shape is stable."""
    of_owner: dict[str, list[Interaction]] = {}
    for happened in book.interactions:
        of_owner.setdefault(happened.owner, []).append(happened)
    people = [
        {
            "contact": contact.slug,
            **card_record(contact),
            "text": book.text_of(contact).strip(),
            "interactions": [interaction_record(i, book.text_of(i)) for i in of_owner.get(contact.slug, ())],
        }
        for contact in contacts
    ]
    return json.dumps({"contacts": people}, ensure_ascii=False, indent=1).encode() + b"\n"
