"""Programs that some tests drive: without them a test is skipped and says so; in CI it fails."""

from __future__ import annotations

import os
import shutil

import pytest


def needs_program(name: str) -> str:
    """The path of a program; without it, the test is skipped, or fails where `CI` is `true`."""
    path = shutil.which(name)
    if path is not None:
        return path
    message = f"NOT TESTED: the program '{name}' is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
