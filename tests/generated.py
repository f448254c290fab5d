"""Parts of the manual that are made from the code: held, or written anew with `RECORD=1`."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def hold(page: str, name: str, meant: str) -> None:
    """Hold what stands between two comments of a page against what it should be.

    The comments are `<!-- begin NAME -->` and `<!-- end NAME -->`; no reader of the page sees them.
    """
    path = DOCS / page
    text = path.read_text(encoding="utf-8")
    whole, found = re.subn(
        rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)",
        lambda match: f"{match[1]}{meant}{match[2]}",
        text,
        flags=re.DOTALL,
    )
    assert found == 1, f"docs/{page} has no place for '{name}'"
    if "RECORD" in os.environ:
        path.write_text(whole, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == whole, "run the tests once with RECORD=1"


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def said_of(owner: type) -> dict[str, str]:
    """What a docstring says of each attribute."""
    _, _, listed = inspect.cleandoc(owner.__doc__ or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in listed.splitlines():
        match = re.match(r"    (\w+): (.*)", line)
        if match:
            name = match[1]
            found[name] = match[2]
        elif name:
            found[name] += f" {line.strip()}"
    return found
