"""What is being served: the last good site, what was just broken, and who waits for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intouch.diagnostics import Diagnostic
from intouch.serving.pages import MISSING, page_token
from intouch.serving.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Shown:
    """What a build gives to be shown.

    Attributes:
        site: path without leading `/` → content.
        day: the day that it was built for.
        errors: what is wrong in the notebook and stops publishing.
        root: what the links of the page for missing addresses begin with; it alone has absolute ones.
    """

    site: Mapping[str, bytes]
    day: date
    errors: tuple[Diagnostic, ...] = ()
    root: str = "/"


class Live:
    """The site in memory. Only the event loop's thread may call its methods."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.trouble: Trouble | None = None
        self.closing = False
        self._tokens: dict[str, str] = {}
        self._changed = asyncio.Event()

    @property
    def site(self) -> Mapping[str, bytes]:
        """The files of the site by path."""
        return self.shown.site

    def show(self, shown: Shown | None, trouble: Trouble | None) -> None:
        """Serve another site from now on, or the same one beside another trouble."""
        if shown is not None:
            self.shown = shown
            self._tokens = {}
        self.trouble = trouble
        self._wake()

    def token(self, page: str) -> str:
        """A short name of all that a browser shows of a page: the same bytes, the same token."""
        name = page if page in self.site else MISSING
        if name not in self._tokens:
            self._tokens[name] = page_token(self.site, name)
        return self._tokens[name]

    def close(self) -> None:
        """Let everybody who waits go."""
        self.closing = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def next_change(self) -> asyncio.Event:
        """The change that comes next: taken before one looks, it misses none that comes while one tells."""
        return self._changed
