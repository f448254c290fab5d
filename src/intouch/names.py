"""Names of people, roles and organizations as they are compared."""

from __future__ import annotations


def folded(name: str | None) -> str:
    """A name as it is compared: case and spacing aside; empty for none."""
    return " ".join((name or "").casefold().split())
