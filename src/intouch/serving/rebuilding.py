"""Rebuilding: when something has changed and come to rest, or the date has; one build at a time."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from datetime import date

from intouch.serving.live import Shown
from intouch.serving.trouble import GoneError, Known, Trouble, broken, crashed, gone, known
from intouch.serving.watching import Touched, Watch

SETTLE = 0.05
"""Seconds of quiet after a change before a rebuild: an editor's save is several changes."""
SETTLE_MANY = 0.25
"""The same after many changes, which are a checkout or a copy."""
MANY = 20
LONGEST = 1.0
"""Seconds after which a folder that never comes to rest is built all the same."""
PULSE = 1.0
"""Seconds between two looks at the date and the folder, and at its files when polling.

A timer set for midnight would sleep through a laptop's sleep."""
LOOK = 20
"""Pulses between two looks at all files where events tell of changes: for those that got lost."""

UNTIDY = 20
"""Builds after which memory is tidied though nobody pauses; else it is done in the first quiet second."""

Show = Callable[[Shown | None, Trouble | None], object]


class Changes:
    """Counts changes, from any thread, and waits until there are no more."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._count = 0

    def note(self) -> None:
        """Something has changed."""
        self._count += 1
        self._event.set()

    def wait(self, longest: float) -> bool:
        """Wait for a change; tells whether there was one."""
        return self._event.wait(longest)

    def settle(self, meanwhile: Callable[[], None]) -> None:
        """Wait until it is quiet, though not for ever; what comes later counts as another change.

        Args:
            meanwhile: what to do in the time of waiting; done again when there was another change since.
        """
        first, end = self._count, time.monotonic() + LONGEST
        while True:
            self._event.clear()
            half = (SETTLE if self._count - first < MANY else SETTLE_MANY) / 2
            restless = self._event.wait(half)
            if restless and time.monotonic() < end:
                continue
            rest = time.monotonic() + half
            self._event.clear()
            meanwhile()
            if not self._event.wait(max(0.0, rest - time.monotonic())) or time.monotonic() >= end:
                return


class Rebuilder(threading.Thread):
    """Builds whenever it has to, in a thread of its own, and hands on what is to be shown."""

    def __init__(
        self,
        build: Callable[[Touched], Shown],
        *,
        watch: Watch,
        changes: Changes,
        today: Callable[[], date],
        say: Callable[[str], None],
        pulse: float,
    ) -> None:
        super().__init__(name="rebuilder", daemon=True)
        self._build, self._watch, self._changes = build, watch, changes
        self._today, self._say, self._pulse = today, say, pulse
        self._day = date.min
        self._untidy = 0
        self._before: Known = frozenset()
        self._show: Show = lambda _shown, _trouble: None
        self._stopping = threading.Event()

    def first(self) -> Shown:
        """Build for the first time; here an exception is the caller's."""
        shown = self._build(None)
        # What there is now stays: it need not be looked through for garbage ever again.
        gc.collect()
        gc.freeze()
        self._day, self._before = shown.day, known(shown.errors)
        return shown

    def tell(self, show: Show) -> None:
        """Say whom to give each new site."""
        self._show = show

    def stop(self) -> None:
        """Build no more; a build that is under way is left to end by itself, with nobody to hear of it."""
        self._stopping.set()
        self._changes.note()
        self.join(timeout=0.2)

    def run(self) -> None:
        """Wait for a change or another day, let it settle, build."""
        pulses = 0
        while not self._stopping.is_set():
            if not self._changes.wait(self._pulse):
                pulses += 1
                self._tidy(after=1)
                if self._watch.polling or pulses % LOOK == 0:
                    self._watch.look()
                if self._watch.moved() or self._today() != self._day:
                    self._changes.note()
                continue
            # Watched first and read then: a save in between is a change like any other.
            self._changes.settle(self._watch.refresh)
            if not self._stopping.is_set():
                self._rebuild()
                self._tidy(after=UNTIDY)

    def _tidy(self, *, after: int) -> None:
        """Give back the memory of former builds, which Python by itself would do too seldom."""
        if self._untidy >= after:
            self._untidy = 0
            gc.collect()

    def _rebuild(self) -> None:
        self._untidy += 1
        gc.disable()
        try:
            self._build_and_show()
        finally:
            gc.enable()

    def _build_and_show(self) -> None:
        shown: Shown | None = None
        trouble: Trouble | None
        said = ""
        try:
            shown = self._build(self._watch.taken())
        except GoneError as problem:
            trouble, said = gone(), str(problem)
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the last good site is still served
            trouble = crashed()
            said = f"The build failed ({type(problem).__name__}: {problem}); the last site is still shown."
        else:
            trouble = broken(shown.errors, self._before)
            # An error that was mended is a new one when it comes back.
            self._before &= known(shown.errors)
        # Tried once a day: what fails today would fail at every look.
        self._day = shown.day if shown else self._today()
        if self._stopping.is_set():
            return
        if said:
            self._say(said)
        self._show(shown, trouble)
