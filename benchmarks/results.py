"""What a comparison found, as it is kept in JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
from pathlib import Path
from typing import Literal, TypedDict, cast

Seconds = list[float]


class OfShape(TypedDict, total=False):
    """What one shape took at one size; what was not measured is left out."""

    cold: Seconds
    warm: Seconds
    same: Seconds
    serve: Seconds
    cold_memory: float
    warm_memory: float
    serve_memory: float
    failed: str


class OfSize(TypedDict):
    """One size: the notebook's files, and every shape by name."""

    files: int
    shapes: dict[str, OfShape]
    commands: dict[str, Seconds]
    """Our own other commands."""


class Feed(TypedDict):
    """Ours with as many check-ins as people."""

    check_ins: int
    events: int
    cold: Seconds
    changed: Seconds


class Results(TypedDict):
    """A whole comparison."""

    date: str
    machine: str
    settle: float
    """Seconds that our `serve` waits after a change, for the rest of the save."""
    versions: dict[str, str]
    sizes: dict[str, OfSize]
    startup: dict[str, dict[str, Seconds]]
    """Tool → `--help` or `--version` → seconds."""
    sample: dict[str, Seconds]
    """Command → seconds, on the sample notebook."""
    feed: Feed | None


Measure = Literal["cold", "warm", "same", "serve"]
MEASURES: tuple[Measure, ...] = ("cold", "warm", "same", "serve")


def median(seconds: Seconds | None) -> float | None:
    """The median, or None for what was not measured."""
    return statistics.median(seconds) if seconds else None


def of(results: Results, size: int, shape: str) -> OfShape:
    """What a shape took; empty when it was not measured."""
    at = results["sizes"].get(str(size))
    return at["shapes"].get(shape, {}) if at else {}


def machine_class() -> str:
    """The kind of this machine, without its name."""
    model = platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        model = f"{names[0]}, {model}" if names else model
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, {system}"


def save(results: Results, file: Path) -> None:
    """Write them as JSON, seconds to four places."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rounded = json.loads(json.dumps(results), parse_float=lambda text: round(float(text), 4))
    file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def load(file: Path) -> Results:
    """Read them."""
    return cast("Results", json.loads(file.read_text(encoding="utf-8")))
