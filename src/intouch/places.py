"""Where in the user's files a value was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the notebook.

    Attributes:
        file: path relative to the project, with `/`, such as `contacts/bob.md`.
        line: counted from 1.
        column: counted from 1, in characters.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
