"""Verifying: what a host or a folder holds against a rebuild, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from intouch.sealing.refusals import SealError

_PATIENCE = 30.0
"""Seconds for one file."""

_MOST_MORE = 1_024

_AS_A_BROWSER = {
    # A host that serves hostile code would hardly serve it to a program that is called after this one.
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    # No cache between must answer in the host's place; browsers say this when a page is loaded anew.
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
}

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


class _SameHost(HTTPRedirectHandler):
    """Follows a host's redirections to itself only: the address of a feed is nobody else's to know."""

    def redirect_request(  # noqa: PLR0917 - the library's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """None where it would lead elsewhere, or from https to plain http."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def from_host(address: str, sizes: Mapping[str, bytes]) -> Fetch:
    """Fetch what is published from its host, the way a browser asks for it.

    Args:
        address: of the site, as a browser shows it: https, or http on this computer.
        sizes: the rebuild; no more than a little over its sizes is ever read.

    Raises:
        SealError: when the address is none, or everybody on the way could read what is asked for.
    """
    base = _base(address)
    host = urlsplit(base)
    if host.scheme == "http" and not _is_here(host.hostname or ""):
        raise SealError(
            f"'{address}' is not https: whoever is on the way would learn the addresses of the feeds, and "
            "could answer in the host's place",
            f"Write it as https{base.removeprefix('http')}",
        )
    asking = build_opener(_SameHost)

    def fetch(path: str) -> bytes | None:
        request = Request(base + path, headers=_AS_A_BROWSER)  # noqa: S310 - http or https
        try:
            with asking.open(request, timeout=_PATIENCE) as answer:
                content: bytes = answer.read(len(sizes[path]) + _MOST_MORE)
                return content
        except HTTPError as problem:
            elsewhere = HTTPStatus.MULTIPLE_CHOICES <= problem.code < HTTPStatus.BAD_REQUEST
            if elsewhere or problem.code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}:
                return None
            raise SealError(f"the host answers {problem.code} for {path}") from problem
        except (URLError, HTTPException, OSError, ValueError) as problem:
            reason = getattr(problem, "reason", problem)
            raise SealError(f"the host cannot be reached: {reason}") from problem

    return fetch


def _base(address: str) -> str:
    """The folder of a site, whichever of its pages an address is of: all of them are one file."""
    try:
        shown = urlsplit(address)
    except ValueError:  # half a bracket
        shown = urlsplit("")
    if shown.scheme not in {"http", "https"} or not shown.hostname:
        raise SealError(
            f"'{address}' is no web address", "Write it as https://host.example/path, or name a folder."
        )
    folder = shown.path.removesuffix("index.html").rstrip("/")
    return f"{shown.scheme}://{shown.netloc}{folder}/"


def _is_here(host: str) -> bool:
    """Whether a host is this computer, so that nobody is on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
