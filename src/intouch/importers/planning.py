"""What an import would do, person by person; nothing that a user wrote is ever replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from types import MappingProxyType

from intouch.front_matter import Value
from intouch.importers.candidate import Candidate
from intouch.importers.known import Directory, Doubt, Known, Match, comparable, known, organization_key
from intouch.importers.quoting import quoted
from intouch.model import Book
from intouch.reading.files import NAMELESS, proposed_slug

_LONGEST_SLUG = 60
_UNREMARKABLE = frozenset({"tags", "aliases"})
"""Keys whose differences are nobody's news."""


class Status(StrEnum):
    """What becomes of a candidate."""

    CREATE = "create"
    UPDATE = "update"
    MOVED = "moved"
    CONFLICT = "conflict"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one candidate.

    Attributes:
        slugs: the card's; where it is uncertain whose, those of all whom they may be.
        added: by key, what the card gets.
        kept: by key, what the file says where the card says something else, and keeps it.
        reason: why, in words; may be empty.
    """

    status: Status
    candidate: Candidate
    slugs: tuple[str, ...]
    added: Mapping[str, Value]
    kept: Mapping[str, Value]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one card gets, from all candidates together.

    Attributes:
        is_new: whether the card is made.
        about: text for a new card.
    """

    slug: str
    is_new: bool
    values: Mapping[str, Value]
    about: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: a step for each candidate, in their order, and a change for each card."""

    steps: tuple[Step, ...]
    changes: tuple[Change, ...]


def plan_import(
    candidates: Iterable[Candidate], book: Book, *, taken: Collection[str] = (), separate: bool = False
) -> ImportPlan:
    """Work out what an import would do.

    Args:
        candidates: of all files, in order.
        book: the notebook.
        taken: names of cards that may not be used, beside those of the book.
        separate: whether those who only share a name or an address with somebody get cards of their own.
    """
    planning = _Planning(
        Directory(known(c, book.text_of(c)) for c in book.contacts.values()),
        {*taken, *book.contacts},
        separate,
    )
    entries = [_Entry(candidate) for candidate in candidates]
    # What one candidate adds to a card may be what another is known by: until nothing is added any more.
    # A card is made once for a candidate, and a key of a card is filled in once, so this ends, and soon.
    while sum(planning.take(entry) for entry in entries):
        pass
    return ImportPlan(tuple(entry.step for entry in entries), tuple(planning.changes()))


@dataclass
class _Entry:
    """A candidate on the way: what was done for it so far, and how it stands.

    Attributes:
        match: whose card it was made for or has filled in: it is theirs, whoever else it fits later.
    """

    candidate: Candidate
    status: Status = Status.SKIP
    slugs: tuple[str, ...] = ()
    match: Match | None = None
    added: dict[str, Value] = field(default_factory=dict)
    kept: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""

    @property
    def step(self) -> Step:
        return Step(
            self.status,
            self.candidate,
            self.slugs,
            MappingProxyType(self.added),
            MappingProxyType(dict(self.kept)),
            self.reason,
        )


class _Planning:
    """The cards as they would be while candidates are taken in, one after the other."""

    def __init__(self, directory: Directory, taken: set[str], separate: bool) -> None:  # noqa: FBT001 - a field
        self._directory = directory
        self._taken = taken
        self._separate = separate
        self._values: dict[str, dict[str, Value]] = {}
        self._abouts: dict[str, str] = {}

    def changes(self) -> Iterator[Change]:
        """What each card gets, in the order in which they were touched."""
        for slug, values in self._values.items():
            person = self._directory.people[slug]
            yield Change(slug, person.is_new, MappingProxyType(values), self._abouts.get(slug, ""))

    def take(self, entry: _Entry) -> bool:
        """Take a candidate in; tells whether a card got something."""
        found = entry.match or self._directory.find(entry.candidate)
        if isinstance(found, Match):
            return self._merge(entry, found)
        if found is None or (found.may_be_new and self._separate):
            self._create(entry)
            return True
        self._leave(entry, found)
        return False

    def _create(self, entry: _Entry) -> None:
        candidate = entry.candidate
        slug = self._free_slug(candidate)
        values = dict(candidate.values)
        person = Known(slug, values, quoted(candidate.about), is_new=True)
        self._directory.add(person)
        self._values[slug] = dict(values)
        self._abouts[slug] = candidate.about
        entry.status, entry.slugs, entry.reason = Status.CREATE, (slug,), ""
        entry.match = Match(person, "card made for them")
        entry.added = dict(values)

    def _leave(self, entry: _Entry, doubt: Doubt) -> None:
        entry.status = Status.CONFLICT
        entry.slugs = tuple(sorted(person.slug for person in doubt.people))
        entry.reason = doubt.reason

    def _merge(self, entry: _Entry, match: Match) -> bool:
        person, candidate = match.person, entry.candidate
        made_here = entry.status is Status.CREATE
        entry.slugs = (person.slug,)
        if person.do_not_contact:
            entry.status, entry.reason = Status.SKIP, "do_not_contact: left alone"
            return False
        moved = _has_moved(person, candidate)
        said = _said(candidate, person)
        left = {"organization", "title"} if moved else set()
        missing = {k: v for k, v in said.items() if k not in person.values and k not in left}
        kept = {k: v for k, v in said.items() if _differs(k, v, person)}
        if candidate.about and not _says(person.body, candidate.about):
            kept["note"] = candidate.about
        if missing:
            person.values |= missing
            self._directory.add(person)
            self._values.setdefault(person.slug, {}).update(missing)
            entry.match = match
        if not made_here:
            entry.added |= missing
            entry.status = _status(entry, moved=moved, kept=bool(kept))
            entry.reason = _moved(person, candidate) if moved else f"known by the {match.by}"
        entry.kept = kept
        return bool(missing)

    def _free_slug(self, candidate: Candidate) -> str:
        profile = next(iter(candidate.linkedin), "").rpartition("/")[2]
        address = next(iter(candidate.emails), "").partition("@")[0]
        proposals = (proposed_slug(text) for text in (candidate.name, profile, address) if text)
        slug = next((one for one in proposals if one != NAMELESS), "person")
        if len(slug) > _LONGEST_SLUG:
            slug = slug[:_LONGEST_SLUG].rstrip("-")
        numbered = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        free = next(one for one in numbered if one not in self._taken)
        self._taken.add(free)
        return free


def _status(entry: _Entry, *, moved: bool, kept: bool) -> Status:
    if moved:
        return Status.MOVED
    if entry.added:
        return Status.UPDATE
    return Status.CONFLICT if kept else Status.SKIP


def _has_moved(person: Known, candidate: Candidate) -> bool:
    theirs = organization_key(candidate.organization)
    return bool(theirs and person.keys("organization")) and theirs not in person.keys("organization")


def _moved(person: Known, candidate: Candidate) -> str:
    title = f" ({candidate.title})" if candidate.title else ""
    stale = next(iter(v for v in (person.values.get("email"),) if v), None)
    address = stale if isinstance(stale, str) else next(iter(stale or ()), "")
    check = f"; {address} may no longer reach them" if address else ""
    return (
        f"now at {candidate.organization}{title}, the card says {person.values['organization']}: "
        f"a reason to congratulate{check}"
    )


def _said(candidate: Candidate, person: Known) -> dict[str, Value]:
    """What a candidate says, but for web addresses that the card has, and for what only a new card gets."""
    said = {key: value for key, value in candidate.values.items() if not key.startswith("x-")}
    for key in ("website", "linkedin"):
        urls = tuple(url for url in said.get(key, ()) if not comparable(key, url) <= person.addresses)
        said[key] = urls
    return {key: value for key, value in said.items() if value}


def _differs(key: str, value: Value, person: Known) -> bool:
    """Whether the file says something of a key that the card does not."""
    if key in _UNREMARKABLE or key not in person.values:
        return False
    if key == "name":
        return not person.is_called(str(value))
    return not comparable(key, value) <= person.keys(key)


def _says(body: str, about: str) -> bool:
    """Whether a card holds a note already, as it came or as an import writes it."""
    flat = " ".join(body.split())
    return any(" ".join(text.split()) in flat for text in (about, quoted(about)))
