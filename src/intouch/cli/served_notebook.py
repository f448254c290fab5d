"""The notebook that `intouch serve` shows: built anew whenever asked, and what is told of each build."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from intouch import project
from intouch.build import load, render
from intouch.card_folder import FOLDER
from intouch.cli import clock
from intouch.cli.opening import Opened, show_problems
from intouch.cli.progress import shown
from intouch.cli.saying import announce, say
from intouch.diagnostics import Diagnostic, Severity
from intouch.english import count
from intouch.progress import silent
from intouch.publication import plain
from intouch.reading.scan import Scanned, scan
from intouch.website import Website

if TYPE_CHECKING:
    from intouch.serving import Shown, Touched


class _Shared(Mapping[str, bytes]):
    """A site whose pages are made when they are asked for, beside a thread that builds the next one.

    Both use what is remembered; only while that is swept must the other wait, which is a moment.
    """

    def __init__(self, site: Website, using_memo: Lock) -> None:
        self._site, self._using_memo = site, using_memo
        self._paths = frozenset(site)

    def __getitem__(self, path: str) -> bytes:
        with self._using_memo:
            return self._site[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._site)

    def __len__(self) -> int:
        return len(self._site)

    def __contains__(self, path: object) -> bool:
        return path in self._paths


class ServedNotebook:
    """A notebook whose settings, too, may change between two builds."""

    def __init__(self, opened: Opened, on_day: date | None) -> None:
        self.root = opened.root
        self._settings = opened.settings
        self._memo = opened.memo
        self._using_memo = Lock()
        self._on_day = on_day
        self._scanned: Scanned | None = None
        self._told: tuple[Diagnostic, ...] = ()
        self._feeds: dict[str, bytes] = {}
        self._builds = 0

    def today(self) -> date:
        """The date, as the settings of the last build tell it."""
        return clock.calendar_of(self._settings.settings, self._on_day)()

    def build(self, touched: Touched) -> Shown:
        """Build the site as of now, and say what is wrong when that has changed.

        Args:
            touched: the files that may have changed since the last time.

        Raises:
            GoneError: when the notebook is not there: an empty site in its place would empty calendars.
        """
        from intouch.serving import GoneError, Shown
        from intouch.site.addresses import anywhere

        before, self._scanned = self._scanned, None  # where this fails, all is read the next time
        if not (self.root / FOLDER).is_dir():
            raise GoneError(f"{self.root / FOLDER} is gone; the last site is still shown, until it is back.")
        taken = clock.stopwatch()
        first = not self._builds
        read = project.read_settings(self.root, self._memo)
        if read != self._settings:
            self._settings = read
        day = self.today()
        progress = shown if first else silent
        self._scanned = scan(self.root, before, touched)
        loaded = load(self.root, self._settings, day, self._memo, progress, scanned=self._scanned)
        built = render(loaded, self._memo, progress, later=not first)
        with self._using_memo:
            # What later builds learn is remembered in memory alone: the disk would only slow them down.
            self._memo.settle(write=first)
        if built.diagnostics != self._told:
            say(lambda: show_problems(built.diagnostics), sys.stderr)
        self._told = built.diagnostics
        if not first:
            people, open_items = len(built.agenda.standings), len(built.agenda.check_ins)
            counts = f"{count(people, 'person', 'people')}, {count(open_items, 'check-in')}"
            announce(f"Rebuilt: {counts} ({taken():.2f} s).")
        self._builds += 1
        feeds = {feed.path for feed in plain(loaded.settings).feeds}
        if not built.has_errors:
            self._feeds = {path: built.site[path] for path in feeds}
        # Pages show what they can, with a banner; the feeds stay the last whole ones, so that nobody
        # disappears from a calendar because of a typo.
        site = _Shared(built.site.without(feeds).with_files(self._feeds), self._using_memo)
        errors = tuple(d for d in built.diagnostics if d.severity is Severity.ERROR)
        return Shown(site, day, errors, anywhere(self._settings.settings.site.base_url).root)
