"""Whole notebooks as people write them, for laws: cards, log lines, notes and settings, all of them text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from intouch import project
from intouch.build import Loaded, load
from intouch.model import SCHEDULABLE, Kind

TODAY = date(2026, 11, 23)
SLUGS = ("ann", "ben", "cho", "dag", "eva", "fin")
OUT_AND_IN = sorted(str(kind) for kind in Kind)
AHEAD = sorted(str(kind) for kind in SCHEDULABLE)
ROLES = ("", "", "Trainer", "Coach")


@dataclass(frozen=True)
class Line:
    """A line of a log."""

    day: date
    text: str

    def __str__(self) -> str:
        return f"- {self.day} {self.text}"


@dataclass(frozen=True)
class Person:
    """A card, its log, and the notes beside it by the names of their files."""

    slug: str
    name: str
    keys: tuple[str, ...] = ()
    log: tuple[Line, ...] = ()
    notes: Mapping[str, str] = ()  # type: ignore[assignment] # an empty one

    def files(self) -> Iterable[tuple[str, str]]:
        front = "\n".join((f"name: {self.name}", *self.keys))
        log = "".join(f"{line}\n" for line in self.log)
        yield f"contacts/{self.slug}.md", f"---\n{front}\n---\nMet somewhere.\n\n## Log\n{log}"
        for name, text in dict(self.notes).items():
            yield f"contacts/{self.slug}/{name}.md", text


@dataclass(frozen=True)
class Written:
    """A notebook."""

    people: tuple[Person, ...]
    settings: str = ""

    def with_person(self, person: Person) -> Written:
        """The same with somebody added, or somebody's card written anew."""
        others = (each for each in self.people if each.slug != person.slug)
        return replace(self, people=(*others, person))

    def read(self, today: date = TODAY) -> Loaded:
        """Write it to a disk and read it there, as every command does."""
        with TemporaryDirectory() as folder:
            root = Path(folder)
            files = [
                ("intouch.toml", self.settings),
                *(file for each in self.people for file in each.files()),
            ]
            for name, text in files:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            loaded = load(root, project.read_settings(root), today)
        assert not loaded.has_errors, loaded.diagnostics
        return loaded


def days(first: int, last: int) -> st.SearchStrategy[date]:
    """Days so many days from today; the last weeks oftener, where most boundaries are."""
    near = st.integers(max(first, -45), last)
    return st.one_of(near, near, st.integers(first, last)).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def lines(draw: st.DrawFn, *, last: int = 30, kinds: Iterable[str] = OUT_AND_IN) -> Line:
    day = draw(days(-300, last))
    kind = draw(st.sampled_from(AHEAD if day > TODAY else list(kinds)))
    role = draw(st.sampled_from(ROLES))
    return Line(day, f"{kind}{f' ({role})' if role else ''}{draw(st.sampled_from(['', ': hi']))}")


@st.composite
def notes(draw: st.DrawFn, *, last: int = 30) -> tuple[str, str]:
    """A note's name and text; it may name others, the consultant, a decision and a promise."""
    day = draw(days(-300, last))
    kind = draw(st.sampled_from(AHEAD if day > TODAY else OUT_AND_IN))
    ahead = days(-30, 90).map(str)
    keys = {
        "role": draw(st.sampled_from(ROLES)),
        "organization": draw(st.sampled_from(["", "", "Acme", "Bell"])),
        "people": draw(st.sampled_from(["", "", *SLUGS[:2]])),
        "via": draw(st.sampled_from(["", "", "", SLUGS[0]])),
        "decision_by": draw(st.one_of(st.just(""), st.just(""), ahead)),
        "next": draw(st.one_of(st.just(""), st.just(""), ahead)),
        "thanks": draw(st.sampled_from(["", "", "no"])),
    }
    front = "".join(f"{key}: {value}\n" for key, value in keys.items() if value)
    return f"{day}-{kind}", f"---\n{front}---\nWhat was said.\n" if front else "What was said.\n"


@st.composite
def people(draw: st.DrawFn, slug: str, others: tuple[str, ...] = (), *, last: int = 30) -> Person:
    values = {
        "organization": draw(st.sampled_from(["", "Acme", "Bell"])),
        "contact_type": draw(st.sampled_from(["", "", "agency", "hiring-manager"])),
        "fit": draw(st.sampled_from(["", "1", "3", "4", "5"])),
        "cadence": draw(st.sampled_from(["", "", "none", "every 2 weeks", "quarterly"])),
        "met": draw(st.one_of(st.just(""), days(-300, 0).map(str))),
        "next": draw(st.one_of(st.just(""), st.just(""), days(-30, 90).map(str))),
        "paused_until": draw(st.one_of(st.just(""), st.just(""), days(-30, 30).map(str))),
        "introduced_by": draw(st.sampled_from(["", "", *others])),
        "archived": draw(st.sampled_from(["", "", "", "yes"])),
        "do_not_contact": draw(st.sampled_from(["", "", "", "", "yes"])),
    }
    keys = tuple(f"{key}: {value}" for key, value in values.items() if value)
    log = draw(st.lists(lines(last=last), max_size=6))
    beside = dict(draw(st.lists(notes(last=last), max_size=2)))
    return Person(slug, slug.title(), keys, tuple(log), beside)


SETTINGS = (
    "",
    "",
    'calendar.country = "AU"\n',
    "limits.per_day = 1\nlimits.per_week = 2\n[[away]]\nfrom = 2026-11-25\nto = 2026-12-03\n",
    'calendar.quiet = []\ncalendar.workdays = ["tue", "sat"]\ncalendar.holidays = [2026-11-24]\n',
)


@st.composite
def notebooks(draw: st.DrawFn, *, last: int = 30) -> Written:
    """Notebooks of a few people; nothing in them lies more than `last` days ahead."""
    slugs = SLUGS[: draw(st.integers(2, len(SLUGS)))]
    some = tuple(draw(people(slug, slugs[:number], last=last)) for number, slug in enumerate(slugs))
    return Written(some, draw(st.sampled_from(SETTINGS)))
