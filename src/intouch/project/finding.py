"""Finding the folder of a notebook."""

from __future__ import annotations

from pathlib import Path

from intouch.card_folder import FOLDER


def find(start: Path) -> Path | None:
    """The nearest folder, from `start` upward, that holds `contacts/`; None where there is none."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / FOLDER).is_dir()), None)
