"""A site all of whose inputs are what they were: known without reading, planning or printing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from intouch.diagnostics import Diagnostic
from intouch.memo import Key, Memo, digest
from intouch.theme_folder import FOLDER, builtin_folder
from intouch.website import Website


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to.

    Attributes:
        people: how many there are.
        check_ins: how many are open.
    """

    site: Website
    people: int
    check_ins: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The same as it is remembered: of the site, only a digest of each file."""

    digests: tuple[tuple[str, Key], ...]
    people: int
    check_ins: int
    diagnostics: tuple[Diagnostic, ...]


def inputs_key(root: Path, files: Key, settings: str, today: date) -> Key:
    """A digest of all that a site is made of.

    Args:
        root: the notebook.
        files: a digest of its cards, notes and pictures.
        settings: the text of its settings, and what is wrong with them.
        today: the day.
    """
    themes = (_contents(folder) for folder in (builtin_folder(), root / FOLDER))
    return digest(files, settings, today.isoformat(), *themes)


def _contents(folder: Path) -> Key:
    parts: list[bytes | str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        try:
            parts += [name, path.read_bytes() if path.is_file() else b""]
        except OSError as problem:
            parts += [name, str(problem)]
    return digest(*parts)


def known_or_built(
    key: Key, memo: Memo, build: Callable[[], Outcome], key_now: Callable[[], Key] | None = None
) -> Outcome:
    """The outcome of a build, whose site is only made where somebody asks for one of its files.

    Args:
        key: of the inputs.
        memo: what earlier builds came to.
        build: the build itself.
        key_now: the key anew; where it is another after the build, a template was saved meanwhile, and nobody
            knows which of the two was used.
    """
    shelf = memo.shelf("sites", _Known)
    known = shelf.get(key)
    if known is None:
        outcome = build()
        digests = tuple((path, outcome.site.digest_of(path)) for path in outcome.site)
        if key_now is None or key_now() == key:
            shelf.put(key, _Known(digests, outcome.people, outcome.check_ins, outcome.diagnostics))
        return outcome
    site = _Later(dict(known.digests), build)
    return Outcome(site, known.people, known.check_ins, known.diagnostics)


class _Later(Website):
    """A site that is known by its digests, and built where somebody asks for one of its files after all."""

    def __init__(self, digests: Mapping[str, Key], build: Callable[[], Outcome]) -> None:
        self._built = cache(lambda: build().site)
        super().__init__({}, {path: partial(self._file, path) for path in digests}, digests)

    def _file(self, path: str) -> bytes:
        return self._built()[path]

    def some(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Files by path."""
        if paths:
            yield from self._built().some(paths)
