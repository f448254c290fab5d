"""The theme: the built-in templates and files, and those of the notebook that stand in for them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from intouch.diagnostics import Code, Diagnostic, error
from intouch.places import Place
from intouch.theme_folder import FOLDER, UnusableError, builtin_folder, read_file

_ASSETS = "assets/"

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
    for bad in _closed_folders(folder):
        name = f"{FOLDER}/{Path(bad.filename).relative_to(folder).as_posix()}".removesuffix("/.")
        message = f"this folder cannot be read: {bad.strerror or bad}"
        problems.append(error(Place(name), Code.UNREADABLE_FILE, message, "Check its permissions."))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__")) for part in name.split("/")):
            continue
        try:
            data = read_file(folder, name)
        except UnusableError as refused:
            problems.append(refused.diagnostic)
        else:
            if data is not None:
                yield name, data
