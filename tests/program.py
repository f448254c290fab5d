"""The real program, run in a process of its own on a literal notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PRIYA = """
=== contacts/priya-nair.md
---
name: Priya Nair
organization: Brightpath College
cadence: every month
---
## Log
- 2026-10-01 call: told me about the night class
"""
"""One person to keep in touch with, as files for `write_files`."""


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def write_files(root: Path, text: str) -> Path:
    """Write a notebook from one text, in which `=== path` begins each file."""
    for part in text.split("=== ")[1:]:
        name, _, content = part.partition("\n")
        path = root / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    (root / "contacts").mkdir(parents=True, exist_ok=True)
    return root


def run(*arguments: str, cwd: Path, **environment: str) -> Done:
    """Run `intouch`, without a terminal, and read what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "intouch", *arguments],
        cwd=cwd,
        # As at home: in CI, a plain build of a notebook that is no demo is refused.
        env={**os.environ, "PYTHONUTF8": "1", "CI": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)
