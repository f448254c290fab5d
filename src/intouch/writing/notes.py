"""New notes: a file each, under the first name that is free."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from intouch.card_folder import FOLDER
from intouch.front_matter import Value, front_matter
from intouch.writing.entries import NewEntry
from intouch.writing.files import TakenError, create


def write_note(root: Path, slug: str, entry: NewEntry, people: tuple[str, ...]) -> str:
    """Write a note; its name says day and kind, its front matter only what there is to say.

    Args:
        root: the notebook.
        slug: whose folder.
        entry: what happened.
        people: slugs of who else was there.

    Returns:
        The note's name in the notebook.

    Raises:
        WriteError: when the machine refuses.
    """
    values: dict[str, Value] = {"role": entry.role or "", "people": people}
    front = front_matter(values) if any(values.values()) else ""
    text = f"{front}{entry.text}\n" if entry.text else front
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        name = f"{FOLDER}/{slug}/{entry.day}-{entry.word}{ending}.md"
        try:
            create(root / name, text.encode())
        except TakenError:
            continue
        return name
    raise AssertionError
