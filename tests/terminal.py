"""The real program on a real terminal, for what it shows only there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def on_a_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """What a terminal gets to see, both streams together."""
    import pty

    told, terminal = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    settings |= {"TERM": "xterm", "COLUMNS": "80", "PYTHONUTF8": "0", **environment}
    child = subprocess.Popen(
        [sys.executable, "-m", "intouch", *arguments],
        cwd=cwd,
        env=settings,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    try:
        while part := os.read(told, 4096):
            seen += part
    except OSError:  # how Linux says that nobody writes to it any more
        pass
    finally:
        os.close(told)
    child.wait(timeout=30)
    return seen.decode("utf-8")
