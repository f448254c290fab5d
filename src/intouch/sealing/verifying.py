"""Verifying: what a host or a folder holds against a rebuild, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from intouch.sealing.refusals import SealError

_PATIENCE = 30.0
"""Seconds for one file."""

_MOST_MORE = 1_024

Fetch = Callable[[str], bytes | None]
"""From a path of the site to what is there; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How what is published differs from a rebuild.

    Attributes:
        code: paths of the shell that differ or are missing; they would be handed the passphrase.
        content: paths of envelopes and feeds that differ or are missing.
        more: paths that the rebuild does not have; only a folder can be asked for them.
        same: how many files are as they should be.
    """

    code: tuple[str, ...]
    content: tuple[str, ...]
    more: tuple[str, ...]
    same: int


def compare(site: Mapping[str, bytes], fetch: Fetch, more: tuple[str, ...] = ()) -> Compared:
    """Hold every file of a rebuild against what is published."""
    differ = [path for path, content in site.items() if fetch(path) != content]
    code = tuple(path for path in differ if path == "index.html" or path.startswith("a/"))
    content = tuple(path for path in differ if path not in code)
    return Compared(code, content, more, len(site) - len(differ))


def from_folder(folder: Path) -> Fetch:
    """Read what is published from a folder; a link in it is nothing."""

    def fetch(path: str) -> bytes | None:
        file = folder / path
        try:
            return file.read_bytes() if file.is_file() and not file.is_symlink() else None
        except OSError as problem:
            raise SealError(f"'{file}' cannot be read: {problem.strerror or problem}") from problem

    return fetch


def more_in(folder: Path, site: Mapping[str, bytes], marker: str) -> tuple[str, ...]:
    """What a folder holds beyond a rebuild, but for the marker that a build leaves."""
    needed = {parent.as_posix() for name in site for parent in PurePosixPath(name).parents}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        # The name of a folder with nothing in it tells something too.
        if path.is_symlink() or not path.is_dir() or path.relative_to(folder).as_posix() not in needed
    }
    return tuple(sorted(there - site.keys() - {marker}))


def from_host(address: str, sizes: Mapping[str, bytes]) -> Fetch:
    """Fetch what is published from its host.

    Args:
        address: of the site, http or https.
        sizes: the rebuild; no more than a little over its sizes is ever read.

    Raises:
        SealError: when the address is none.
    """
    base = f"{address.rstrip('/')}/"
    host = urlsplit(base)
    if host.scheme not in {"http", "https"} or not host.hostname:
        raise SealError(
            f"'{address}' is no web address", "Write it as https://host.example/path, or name a folder."
        )

    def fetch(path: str) -> bytes | None:
        # No cache between must answer in the host's place.
        request = Request(base + path, headers={"Cache-Control": "no-cache", "User-Agent": "intouch"})  # noqa: S310 - http or https
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - likewise
                if urlsplit(answer.url)[:2] != host[:2]:
                    return None
                content: bytes = answer.read(len(sizes[path]) + _MOST_MORE)
                return content
        except HTTPError as problem:
            if problem.code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}:
                return None
            raise SealError(f"the host answers {problem.code} for {path}") from problem
        except (URLError, OSError, ValueError) as problem:
            reason = getattr(problem, "reason", problem)
            raise SealError(f"the host cannot be reached: {reason}") from problem

    return fetch
