"""Values added to a card: what was there keeps every byte, whatever line ends and comments it has."""

from __future__ import annotations

import pytest

from intouch.writing.entries import EntryError
from intouch.writing.values import with_values


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nname: Ann\n---\nTall.\n", "---\nname: Ann\ntitle: Head\n---\nTall.\n"),
        # A key without a value gets it where it stands, in front of the comment.
        ("---\ntitle:\nname: Ann\n---\n", "---\ntitle: Head\nname: Ann\n---\n"),
        ("---\ntitle:   # ask\nname: Ann\n---\n", "---\ntitle: Head   # ask\nname: Ann\n---\n"),
        # However its emptiness is written, as Obsidian does when a property is emptied.
        ("---\ntitle: []\nname: Ann\n---\n", "---\ntitle: Head\nname: Ann\n---\n"),
        ("---\ntitle: [ ] # ask\nname: Ann\n---\n", "---\ntitle: Head # ask\nname: Ann\n---\n"),
        ("---\ntitle: ~\nname: Ann\n---\n", "---\ntitle: Head\nname: Ann\n---\n"),
        ('---\ntitle: ""\nname: Ann\n---\n', "---\ntitle: Head\nname: Ann\n---\n"),
        # A key that has a value keeps it.
        ("---\nname: Ann\ntitle: Boss\n---\n", "---\nname: Ann\ntitle: Boss\n---\n"),
        # As others write their files.
        ("\ufeff---\r\nname: Ann\r\n---\r\n", "\ufeff---\r\nname: Ann\r\ntitle: Head\r\n---\r\n"),
        ("---\nname: Ann\n---", "---\nname: Ann\ntitle: Head\n---"),
        ("---\nname: Ann\n---\n\n---\n\n- a rule\n", "---\nname: Ann\ntitle: Head\n---\n\n---\n\n- a rule\n"),
    ],
)
def test_a_value_is_added_and_every_other_byte_stays(before: str, after: str) -> None:
    assert with_values(before.encode(), "ann", {"title": "Head"}).decode() == after


@pytest.mark.parametrize(
    "raw",
    [b"", b"no front matter\n", b"---\nname: [Ann\n---\n", b"---\nname: Ann\n", b"\xff---\nname: A\n---\n"],
)
def test_a_card_that_cannot_be_read_is_left_alone(raw: bytes) -> None:
    with pytest.raises(EntryError):
        with_values(raw, "ann", {"title": "Head"})


@pytest.mark.parametrize("empty", ["|\n  \n", ">-\n", "\n  - \n", "[\n]\n"])
def test_what_cannot_be_filled_in_is_said_and_not_passed_over(empty: str) -> None:
    with pytest.raises(EntryError, match="'title' cannot be filled in where it stands"):
        with_values(f"---\nname: Ann\ntitle: {empty}---\n".encode(), "ann", {"title": "Head"})


def test_a_value_that_would_be_wrong_is_not_written() -> None:
    with pytest.raises(EntryError):
        with_values(b"---\nname: Ann\n---\n", "ann", {"email": "nobody"})
