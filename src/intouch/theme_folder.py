"""Where the built-in theme lies: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

FOLDER = "site_templates"
"""The folder's name in a notebook, and that of the built-in theme."""


def builtin_folder() -> Path:
    """The folder of the built-in templates."""
    package = Path(__file__).resolve().parent
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parent.parent / FOLDER
