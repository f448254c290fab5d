"""A card and its log as plain values, by the keys that the user writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from intouch.model import Contact, Interaction, Pin

Plain = str | int | bool | list[str] | None


def card_record(contact: Contact) -> Mapping[str, Plain]:
    """Every key of a card, in the order of the manual; empty where it is not given."""
    return {
        "name": contact.name,
        "organization": contact.organization,
        "title": contact.title,
        "contact_type": _text(contact.contact_type),
        "email": [*contact.emails],
        "phone": [*contact.phones],
        "website": [*contact.websites],
        "linkedin": [*contact.linkedin],
        "location": contact.location,
        "timezone": contact.timezone,
        "tags": [*contact.tags],
        "fit": contact.fit,
        "cadence": _text(contact.cadence),
        "next": _pin(contact.next),
        "paused_until": _text(contact.paused_until),
        "archived": contact.archived,
        "do_not_contact": contact.do_not_contact,
        "met": _text(contact.met),
        "met_at": contact.met_at,
        "introduced_by": contact.introduced_by,
        "birthday": _text(contact.birthday),
        "greeting": contact.greeting,
        "aliases": [*contact.aliases],
    }


def interaction_record(interaction: Interaction, text: str) -> Mapping[str, Plain]:
    """Every key of a note, what it says, and where it stands; a log line has but some of them."""
    return {
        "date": interaction.day.isoformat(),
        "kind": str(interaction.kind),
        "role": interaction.role,
        "organization": interaction.organization,
        "people": [*interaction.people],
        "via": interaction.via,
        "decision_by": _text(interaction.decision_by),
        "channel": _text(interaction.channel),
        "next": _pin(interaction.next),
        "thanks": interaction.thanks,
        "hook": interaction.hook,
        "title": interaction.title,
        "text": text,
        "place": f"{interaction.place.file}:{interaction.place.line}",
    }


def _text(value: object | None) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _pin(pin: Pin | None) -> str | None:
    return None if pin is None else f"{pin.day} {pin.reason}".strip()
