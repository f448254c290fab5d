"""The folder of the cards: its name, and that of each card in it."""

from __future__ import annotations

FOLDER = "contacts"


def card_name(slug: str) -> str:
    """A card's path in the notebook, such as `contacts/priya-nair.md`."""
    return f"{FOLDER}/{slug}.md"
