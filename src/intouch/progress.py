"""How far long work has come, told to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

Made = TypeVar("Made")


class Progress(Protocol):
    """Passes on what is being made, one by one, and may show how much of it is there."""

    def __call__(self, made: Iterable[Made], /, *, total: int, what: str) -> Iterable[Made]:
        """The same things.

        Args:
            made: what is being made.
            total: how much it will be.
            what: what is done, in a word: `Reading`.
        """


def silent(made: Iterable[Made], /, *, total: int, what: str) -> Iterable[Made]:  # noqa: ARG001 - as agreed
    """Show nothing."""
    return made
