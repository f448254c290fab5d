"""Programs that some tests drive: without them a test is skipped and says so; in CI it fails."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

NODE_MODULES = Path(__file__).parent / "node" / "node_modules"


def needs_program(name: str) -> str:
    """The path of a program; without it, the test is skipped, or fails where `CI` is `true`."""
    beside_python = Path(sys.executable).parent
    places = os.pathsep.join([str(beside_python), str(NODE_MODULES / ".bin"), os.environ.get("PATH", "")])
    path = shutil.which(name, path=places)
    if path is not None:
        return path
    return _missing(f"the program '{name}'")


def needs_node_package(name: str) -> Path:
    """The folder of a package for node; without it, as for a program."""
    folder = NODE_MODULES / name
    if folder.is_dir():
        return folder
    return _missing(f"the node package '{name}'")


def _missing(what: str) -> NoReturn:
    message = f"NOT TESTED: {what} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
