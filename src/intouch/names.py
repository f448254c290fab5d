"""Names of people, roles and organizations as they are compared."""

from __future__ import annotations

import unicodedata

from intouch.card_folder import FOLDER


def folded(name: str | None) -> str:
    """A name as it is compared: case, spacing and how its accents are stored aside; empty for none.

    A Mac may store an accent as a character of its own (Unicode's form NFD), other systems within the letter.
    """
    plain = " ".join((name or "").casefold().split())
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


_PATHS = (f"{FOLDER}/", "../")
"""How a link to a card begins where Obsidian is set to write paths, from the top or from a note."""


def linked(target: str) -> str:
    """The name in a wiki link as it is compared: as any name, and a card's path is its slug."""
    name = folded(target)
    for path in _PATHS:
        name = name.removeprefix(path)
    return name
