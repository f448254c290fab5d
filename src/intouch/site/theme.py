"""The theme: the built-in templates and files, and those of the notebook that stand in for them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType

from intouch.diagnostics import Code, Diagnostic, error
from intouch.places import Place
from intouch.theme_folder import FOLDER, builtin_folder

_ASSETS = "assets/"
_LARGEST = 2_000_000
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and what is left of bytes that are not UTF-8."""

HASHED = ("style.css", "theme.js", "app.js")
"""What every page refers to: the stylesheet, what chooses the colours, and what JavaScript adds."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that decides how pages look.

    Attributes:
        templates: their sources by name, such as `today.html`.
        builtin: those of the built-in theme alone.
        assets: what pages refer to, by path below `assets/`.
        hashed: the names that the stylesheet and the scripts bear there, with a hash of their content.
        own: the names of the templates that are the notebook's.
    """

    templates: Mapping[str, str]
    builtin: Mapping[str, str]
    assets: Mapping[str, bytes]
    hashed: Mapping[str, str]
    own: frozenset[str]


def read_theme(overrides: Path | None) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Read the built-in theme, and what a notebook puts in its place, file by file.

    Args:
        overrides: the notebook's own `site_templates` folder, or None.
    """
    problems: list[Diagnostic] = []
    files = dict(_files(builtin_folder(), problems))
    builtin = _templates(files, problems)
    own = {} if overrides is None else dict(_files(overrides, problems))
    own_templates = _templates(own, problems)
    assets = {
        name.removeprefix(_ASSETS): data
        for name, data in {**files, **own}.items()
        if name.startswith(_ASSETS)
    }
    # A name that changes with the content may be kept by browsers for ever, and never shows a stale page.
    hashed = {name: _hashed(name, assets[name]) for name in HASHED}
    theme = Theme(
        templates=MappingProxyType({**builtin, **own_templates}),
        builtin=MappingProxyType(builtin),
        assets=MappingProxyType({hashed.get(name, name): data for name, data in assets.items()}),
        hashed=MappingProxyType(hashed),
        own=frozenset(own_templates),
    )
    return theme, tuple(problems)


def _hashed(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"


def _templates(files: Mapping[str, bytes], problems: list[Diagnostic]) -> dict[str, str]:
    found = {}
    for name, data in files.items():
        if not name.endswith(".html"):
            continue
        try:
            found[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as bad:
            place = Place(f"{FOLDER}/{name}", data[: bad.start].count(b"\n") + 1)
            problems.append(error(place, Code.NOT_UTF8, "the file is not UTF-8", "Save the file as UTF-8."))
    return found


def _closed_folders(folder: Path) -> list[OSError]:
    """What keeps one from looking into a folder or one below it; searching by pattern would say nothing."""
    found: list[OSError] = []
    for _ in os.walk(folder, onerror=found.append):
        pass
    return found


def _files(folder: Path, problems: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """Read the files of a theme, by path with `/`, in order; hidden ones are nobody's business."""
    root = folder.resolve()
    for bad in _closed_folders(folder):
        name = f"{FOLDER}/{Path(bad.filename).relative_to(folder).as_posix()}".removesuffix("/.")
        message = f"this folder cannot be read: {bad.strerror or bad}"
        problems.append(error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions."))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__")) for part in name.split("/")):
            continue
        place = Place(f"{FOLDER}/{name}")
        try:
            problem = _problem(path, place, root)
            if problem is not None:
                problems.append(problem)
            elif not path.is_dir():
                yield name, path.read_bytes()
        except (OSError, RuntimeError) as bad:  # Python before 3.13 raises the latter for links in a circle
            why = bad.strerror if isinstance(bad, OSError) else "its links lead in a circle"
            message = f"the file cannot be read: {why}"
            problems.append(error(place, Code.UNREADABLE_FILE, message, "Check its permissions."))


def _problem(path: Path, place: Place, root: Path) -> Diagnostic | None:
    """What speaks against a file or folder of a theme, before it is read; None for nothing.

    Raises:
        OSError: where it is gone.
        RuntimeError: where it is a link in a circle.
    """
    if _NOT_IN_NAMES.search(place.file):
        return error(place, Code.UNREADABLE_FILE, "its name holds what no address can", "Rename it.")
    if not path.resolve().is_relative_to(root):
        message = f"this link leads out of {FOLDER}"
        return error(place, Code.SYMLINK_OUTSIDE, message, "Copy the file to this place.")
    status = path.stat()
    if not S_ISREG(status.st_mode) and not S_ISDIR(status.st_mode):  # to open a pipe is to wait for ever
        remedy = "Put a file in its place, or none."
        return error(place, Code.UNREADABLE_FILE, "this is no file", remedy)
    if S_ISREG(status.st_mode) and status.st_size > _LARGEST:
        message = f"the file is larger than {_LARGEST // 1_000_000} MB"
        return error(place, Code.FILE_TOO_LARGE, message, "Use a smaller one.")
    return None
