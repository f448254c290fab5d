"""An import carried out: cards made and filled in, one by one, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intouch.card_folder import FOLDER, card_name
from intouch.importers.planning import Change
from intouch.importers.quoting import quoted
from intouch.reading.files import LARGEST
from intouch.writing.cards import card
from intouch.writing.entries import EntryError
from intouch.writing.files import alone_writing_in, create_alone, rewrite_alone
from intouch.writing.values import with_values


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change.

    Attributes:
        refused: why the card could not be written; empty where it was.
    """

    change: Change
    refused: str = ""


@contextmanager
def alone_among_cards(root: Path) -> Iterator[None]:
    """Wait until no other command writes cards, and keep others waiting: read, plan and write in one go."""
    with alone_writing_in(root / FOLDER):
        yield


def carry_out(root: Path, changes: tuple[Change, ...]) -> Iterator[Outcome]:
    """Write one card after the other; whoever stops in the middle has whole cards up to there.

    Raises:
        WriteError: when the machine refuses.
    """
    for change in changes:
        path = root / card_name(change.slug)
        try:
            if change.is_new:
                create_alone(path, new_card(change))
            else:
                _fill_in(path, change)
        except EntryError as problem:
            yield Outcome(change, str(problem))
        else:
            yield Outcome(change)


def _fill_in(path: Path, change: Change) -> None:
    rewrite_alone(path, lambda raw: with_values(raw, change.slug, change.values))


def new_card(change: Change) -> bytes:
    """The card of somebody new.

    Raises:
        EntryError: when it would be larger than a card may be.
    """
    made = card(change.values, about=quoted(change.about)).encode()
    if len(made) > LARGEST:
        raise EntryError(f"the card would have {len(made):,} bytes; the most is {LARGEST:,}")
    return made
