"""The rounds: every shape in turn, again and again, so that a noisy minute hits them all alike."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from measuring import MeasureError, Served, added, edit, free_port, peak_memory, timed
from peers import Contender
from results import Measure, OfShape
from sources import Person
from verify import NotTheWorkError, verify

_STEP = 37
"""Edits go to this many people further each time: nobody gets by with knowing one page."""
WARM_UP = "first"
_ATTEMPTS = 3
_REST = 2.0


@dataclass(slots=True)
class Rounds:
    """The rounds at one size."""

    contenders: list[Contender]
    people: list[Person]
    runs: int
    measures: frozenset[str]
    tell: Callable[[str], None]
    """Called before every step with what it is."""
    found: dict[str, OfShape] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = {one.shape.name: OfShape() for one in self.contenders}

    def steps(self) -> int:
        """How many steps there will be."""
        rounds = len(self.measures) * self.runs + 3 + ("serve" in self.measures)
        return len(self.contenders) * rounds

    def run(self) -> dict[str, OfShape]:
        """Measure everything; a shape that fails says so and sits out the rest."""
        self._each("first build, looked over; memory", self._first)
        self._each("first edit, looked over; memory", self._first_edit)
        for key, step in (("cold", self._cold), ("warm", self._warm), ("same", self._same)):
            for number in range(self.runs if key in self.measures else 0):
                self._each(f"{key} {number + 1} of {self.runs}", partial(step, number), number)
        self._each("looking everything over again", lambda one: verify(one, self.people))
        if "serve" in self.measures:
            self._serve()
        return self.found

    def _left(self, turn: int = 0) -> Iterator[Contender]:
        """Who has not failed; each round begins with another one."""
        left = [one for one in self.contenders if "failed" not in self.found[one.shape.name]]
        return iter(left[turn % len(left) :] + left[: turn % len(left)] if left else [])

    def _each(self, what: str, step: Callable[[Contender], None], turn: int = 0) -> None:
        for one in self._left(turn):
            self._try(one, what, step)

    def _try(self, one: Contender, what: str, step: Callable[[Contender], None]) -> None:
        self.tell(f"{what}: {one.shape.name}")
        try:
            step(one)
        except NotTheWorkError as problem:
            self.found[one.shape.name] = OfShape(failed=f"{what}: {problem}")
        except (MeasureError, OSError) as problem:
            # What was found before was right, and stays.
            self.found[one.shape.name]["failed"] = f"{what}: {problem}"

    def _first(self, one: Contender) -> None:
        delete(one)
        self.found[one.shape.name]["cold_memory"] = peak_memory(one.build(), one.root, environment(one))
        verify(one, self.people)

    def _first_edit(self, one: Contender) -> None:
        shown = self._edit(one, WARM_UP, 0)
        self.found[one.shape.name]["warm_memory"] = peak_memory(one.build(), one.root, environment(one))
        look(one, *shown)

    def _cold(self, _number: int, one: Contender) -> None:
        delete(one)
        self._add(one, "cold", timed(one.build(), one.root, environment(one)))

    def _warm(self, number: int, one: Contender) -> None:
        shown = self._edit(one, f"run{number}", number + 1)
        seconds = timed(one.build(), one.root, environment(one))
        look(one, *shown)
        self._add(one, "warm", seconds)

    def _same(self, _number: int, one: Contender) -> None:
        self._add(one, "same", timed(one.build(), one.root, environment(one)))

    def _edit(self, one: Contender, word: str, number: int) -> tuple[str, str]:
        """Edit the next person's last note; returns their page and what it has to show now."""
        file, page = self._next(one, number)
        edit(file, word)
        return page, added(word)

    def _next(self, one: Contender, number: int) -> tuple[Path, str]:
        person = self.people[(len(self.people) // 2 + number * _STEP) % len(self.people)]
        return one.shape.file_of(one.root, person.slug, person.notes[-1][0]), one.shape.page_of(person.slug)

    def _serve(self) -> None:
        """Start every server, then let one at a time live and be edited."""
        servers: dict[str, Served] = {}
        with ExitStack() as stack:
            self._each("starting to serve", partial(self._start, stack, servers))
            for number in range(self.runs):
                what = f"save {number + 1} of {self.runs}"
                self._each(what, partial(self._save, servers, number), number)

    def _start(self, stack: ExitStack, servers: dict[str, Served], one: Contender) -> None:
        """Start a server and wait until it has shown a first save, which is not counted."""
        port = free_port()
        # Else some would answer with what the last build left, before they have built and watch.
        shutil.rmtree(one.output, ignore_errors=True)
        server = stack.enter_context(Served(one.serve(port), one.root, environment(one), port))
        servers[one.shape.name] = server
        file, page = self._next(one, 0)
        server.until(address(page), added(WARM_UP), self._patience())
        self._rest(one)
        for attempt in range(_ATTEMPTS):
            # Some answer before they watch, and never see what was saved in between.
            with suppress(MeasureError):
                server.save_to_page(file, address(page), f"served{attempt}", self._patience())
                break
        else:
            raise MeasureError(f"saw none of {_ATTEMPTS} saves within {self._patience():.0f} s each")
        self._rest(one)
        server.pause()

    def _rest(self, one: Contender) -> None:
        """Let a server finish: some show a page before they have written the rest, and watch only then."""
        time.sleep(_REST + max(self.found[one.shape.name].get("cold", [0.0])))

    def _patience(self) -> float:
        """Seconds to wait for a page: many times what the slowest needs for everything."""
        slowest = max((max(found.get("cold", [0.0])) for found in self.found.values()), default=0.0)
        return 20 + 5 * slowest

    def _save(self, servers: dict[str, Served], number: int, one: Contender) -> None:
        server = servers[one.shape.name]
        file, page = self._next(one, number + 1)
        server.wake()
        self._add(one, "serve", server.save_to_page(file, address(page), f"save{number}", self._patience()))
        self.found[one.shape.name]["serve_memory"] = server.memory()
        self._rest(one)
        server.pause()

    def _add(self, one: Contender, key: Measure, seconds: float) -> None:
        self.found[one.shape.name].setdefault(key, []).append(seconds)


def environment(one: Contender) -> dict[str, str]:
    """The environment of a contender: everybody has a cache folder of their own."""
    own = dict.fromkeys(("XDG_CACHE_HOME", "XDG_STATE_HOME"), str(one.cache))
    # Nothing is remembered in CI, and here that is what is measured.
    return {**os.environ, **own, "NO_COLOR": "1", "CI": ""}


def delete(one: Contender) -> None:
    """Delete what a cold build must not find."""
    for path in one.to_delete():
        shutil.rmtree(path, ignore_errors=True)
        with suppress(OSError):
            path.unlink()


def look(one: Contender, page: str, text: str) -> None:
    """See that a page shows a text.

    Raises:
        NotTheWorkError: when it does not.
    """
    if text not in (one.output / page).read_text(encoding="utf-8"):
        raise NotTheWorkError(f"{one.shape.name}: /{page} does not show {text!r}")


def address(page: str) -> str:
    """A page as it is asked for."""
    return page.removesuffix("index.html")
