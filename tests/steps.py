"""Work measured in steps: lines of Python that run, which are the same on every machine, busy or not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many lines run until some work is done, in this program and in the libraries that it calls."""
    count = 0

    def trace(_frame: FrameType, event: str, _about: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], object], size: int) -> float:
    """How much more is to be done for twice as much: 2 where each part costs the same, 4 for its square."""
    work(1)  # what is made once, and imports
    return steps(lambda: work(2 * size)) / steps(lambda: work(size))
