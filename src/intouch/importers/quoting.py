"""Other people's texts as quotations in a card: they are read, and mean nothing to the program."""

from __future__ import annotations

from intouch.importers.cells import tidy


def quoted(text: str) -> str:
    """A text as a quotation in Markdown; its `[[links]]` lead nowhere."""
    lines = [tidy(line) for line in text.strip().splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines).replace("[[", "[\\[") if text.strip() else ""
