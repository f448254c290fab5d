"""Which interactions make up an application, and how far each application has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from intouch.checkins import Application, Stage
from intouch.dates import ONE_DAY
from intouch.model import Contact, ContactType, Interaction, Kind
from intouch.names import folded
from intouch.settings import Settings
from intouch.silence import BASES, end_of, wait_after
from intouch.timeline import Timeline, is_scheduled

_REVIVAL = timedelta(days=60)
"""How long after its last interaction a silent application takes up a roleless one again."""

_STARTERS = frozenset({Kind.APPLIED, Kind.SCREEN, Kind.INTERVIEW, Kind.REJECTION, Kind.OFFER, Kind.ON_HOLD})
_REVIVERS = frozenset({Kind.SCREEN, Kind.INTERVIEW, Kind.REPLY, Kind.REJECTION, Kind.OFFER})
_REOPENERS = frozenset({Kind.SCREEN, Kind.INTERVIEW, Kind.REPLY, Kind.OFFER})
_REGISTRATION_TALKS = frozenset({Kind.SCREEN, Kind.INTERVIEW})
_ADVANCES = {Kind.SCREEN: Stage.SCREENING, Kind.INTERVIEW: Stage.INTERVIEWING, Kind.OFFER: Stage.OFFER}
_CLOSES = {
    Kind.REJECTION: Stage.REJECTED,
    Kind.ACCEPTED: Stage.ACCEPTED,
    Kind.DECLINED: Stage.DECLINED,
    Kind.WITHDREW: Stage.WITHDRAWN,
}
_LADDER = (Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEWING, Stage.OFFER)


@dataclass
class _Case:
    """An application while its interactions are being gathered."""

    key: str
    role: str | None
    organization: str | None
    timeline: Timeline
    settings: Settings
    interactions: list[Interaction] = field(default_factory=list)
    scheduled: int = 0
    people: dict[str, None] = field(default_factory=dict)
    consultants: set[str] = field(default_factory=set)
    via: str | None = None
    progress: Stage = Stage.APPLIED
    peak: Stage = Stage.APPLIED
    on_hold: bool = False
    closed: Stage | None = None
    since: date = date.min
    base: Interaction | None = None
    after_base: list[Interaction] = field(default_factory=list)
    accepted_elsewhere: Interaction | None = None
    touched: int = 0
    silent_from: date | None = None
    """The day on which silence closes it as far as gathered, if it is then open; None where none does."""

    def add(self, i: Interaction) -> None:
        """Take in an interaction, in the one order."""
        ahead = is_scheduled(i, self.timeline.today)
        if not ahead:
            self.settle(i.day)
        self.interactions.append(i)
        self.people.update(dict.fromkeys(i.everyone))
        if i.via is not None:
            self.via = i.via
            self.consultants.add(i.via)
        if ahead:
            self._schedule(i)
            return
        if i.kind in BASES:
            self.base = i
            self.after_base.clear()
        else:
            self.after_base.append(i)
        if self.base is not None:
            wait = wait_after(self.base, self.after_base, self.via, self.settings)
            self.silent_from = end_of(wait, self.timeline.promises_to(wait.writer), self.settings)
        before = self.stage
        self._advance(i)
        if self.stage is not before or len(self.interactions) == 1:
            self.since = i.day
        if not self.stage.is_open:
            self.accepted_elsewhere = None

    def _schedule(self, i: Interaction) -> None:
        """Count what lies ahead: it keeps silence from being an answer.

        Only where nothing has happened yet does it set the stage.
        """
        self.scheduled += 1
        if self.closed is Stage.NO_REPLY:
            self.closed, self.since = None, self.interactions[-2].day
        if len(self.interactions) == 1:
            self.progress = _ADVANCES.get(i.kind, Stage.APPLIED)
            self.since = i.day

    def _advance(self, i: Interaction) -> None:
        """Move the stage by one interaction that happened."""
        if i.kind in _CLOSES:
            self.closed = _CLOSES[i.kind]
        elif self.closed is not None and i.kind is Kind.APPLIED:
            self.closed, self.progress, self.peak = None, Stage.APPLIED, Stage.APPLIED
        elif self.closed is not None and i.kind in _REOPENERS:
            self.closed = None
            self.progress = _higher(self.peak, _ADVANCES.get(i.kind, Stage.APPLIED))
        elif self.closed is None:
            self.progress = _higher(self.progress, _ADVANCES.get(i.kind, Stage.APPLIED))
        self.on_hold = self.closed is None and i.kind is Kind.ON_HOLD
        if self.closed is None and self.progress is not Stage.OFFER:
            self.peak = _higher(self.peak, self.progress)

    @property
    def stage(self) -> Stage:
        """The stage as far as gathered."""
        if self.closed is not None:
            return self.closed
        return Stage.ON_HOLD if self.on_hold else self.progress

    def settle(self, day: date) -> None:
        """Close it if silence did so before `day`; what happens on that day itself is still in time."""
        end = self.silent_from
        if end is None or end >= day or self.scheduled or self.accepted_elsewhere is not None:
            return
        if self.closed is None and (self.on_hold or self.progress is not Stage.OFFER):
            self.closed, self.since, self.on_hold = Stage.NO_REPLY, end, False

    def is_open_on(self, day: date) -> bool:
        """Whether an interaction on `day` still finds it open."""
        self.settle(day)
        return self.closed is None

    def conclude(self) -> None:
        """Settle it for today."""
        self.settle(self.timeline.today + ONE_DAY)

    def frozen(self) -> Application:
        """The finished value."""
        return Application(
            key=self.key,
            organization=self.organization,
            role=self.role,
            stage=self.stage,
            since=self.since,
            people=tuple(self.people),
            via=self.via,
            interactions=tuple(self.interactions),
            scheduled=self.scheduled,
            accepted_elsewhere=self.accepted_elsewhere,
        )


def _higher(one: Stage, other: Stage) -> Stage:
    return max(one, other, key=_LADDER.index)


class _Gathering:
    """The cases of a book, grown one interaction at a time."""

    def __init__(self, timeline: Timeline, settings: Settings) -> None:
        self._timeline = timeline
        self._settings = settings
        self.cases: list[_Case] = []
        self._of_person: dict[str, dict[str, _Case]] = {}
        self._of_position: dict[tuple[str, str], list[_Case]] = {}
        self._begun: dict[tuple[str, str], int] = {}
        self._touches = 0
        self._arranged: dict[tuple[str, str], set[str]] = {}
        for i in timeline.counted:
            if i.via is not None and i.role is not None:
                self._arranged.setdefault((i.via, folded(i.role)), set()).add(i.owner)

    def add(self, i: Interaction) -> None:
        """Let an interaction join a case, start one, or belong to none."""
        case = self._by_role(i) if i.role is not None else self._by_owner(i)
        if case is None:
            return
        case.add(i)
        self._touches += 1
        case.touched = self._touches
        for slug in (*i.everyone, *([i.via] if i.via else ())):
            self._of_person.setdefault(slug, {})[case.key] = case
        if i.kind is Kind.ACCEPTED:
            self._tell_the_others(case, i)

    def _owner(self, i: Interaction) -> Contact | None:
        return self._timeline.book.contacts.get(i.owner)

    def _organization(self, i: Interaction) -> str | None:
        owner = self._owner(i)
        return i.organization or (owner.organization if owner else None)

    def _by_role(self, i: Interaction) -> _Case:
        """The case of that role: the owner's own first, then one at the organization, else a new one."""
        role = folded(i.role)
        theirs = [c for c in self._cases_of(i.owner) if folded(c.role) == role]
        if i.organization:
            # One role at two clients of one consultant: the organization written on the note decides,
            # and a case that stands for another client is not joined.
            there = self._of_position.get((role, folded(i.organization)), [])
            at_agency = {"", folded(owner.organization) if (owner := self._owner(i)) else ""}
            theirs = (
                [c for c in there if c.key in self._of_person.get(i.owner, {})]
                or there
                or [c for c in theirs if folded(c.organization) in at_agency]
            )
        organization = self._organization(i)
        if not theirs and not i.organization:
            theirs = self._arranged_by(i.owner, role)
        if not theirs and organization:
            theirs = self._of_position.get((role, folded(organization)), [])
        return _latest(theirs) or self._begin(i, organization)

    def _arranged_by(self, consultant: str, role: str) -> list[_Case]:
        """Cases of a role in which a consultant takes part by a later interaction, one ahead perhaps.

        Else what the consultant of next week's interview says today would begin a case of its own.
        """
        clients = sorted(self._arranged.get((consultant, role), ()))
        return [c for client in clients for c in self._cases_of(client) if folded(c.role) == role]

    def _by_owner(self, i: Interaction) -> _Case | None:
        """The case a roleless interaction belongs to."""
        today = self._timeline.today
        theirs = self._cases_of(i.owner)
        day = today + ONE_DAY if is_scheduled(i, today) else i.day
        found = _latest([c for c in theirs if c.is_open_on(day)]) if theirs else None
        if found is None and theirs and i.kind in _REVIVERS:
            found = _latest(
                c for c in theirs if c.closed is Stage.NO_REPLY and i.day - c.interactions[-1].day <= _REVIVAL
            )
        if found is not None or i.kind not in _STARTERS:
            return found
        owner = self._owner(i)
        with_agency = owner is not None and owner.contact_type is ContactType.AGENCY
        if with_agency and i.kind in _REGISTRATION_TALKS:
            return None
        return self._begin(i, self._organization(i))

    def _cases_of(self, slug: str) -> Collection[_Case]:
        theirs = self._of_person.get(slug)
        return theirs.values() if theirs else ()

    def _begin(self, i: Interaction, organization: str | None) -> _Case:
        role = folded(i.role)
        number = self._begun.get((i.owner, role), 0)
        self._begun[i.owner, role] = number + 1
        key = f"{i.owner}/{role}/{number}"
        case = _Case(key, i.role, organization, self._timeline, self._settings)
        self.cases.append(case)
        if role and organization:
            self._of_position.setdefault((role, folded(organization)), []).append(case)
        return case

    def _tell_the_others(self, accepted: _Case, acceptance: Interaction) -> None:
        """Mark what is still open elsewhere: it wants to be withdrawn from."""
        for case in self.cases:
            begun = len(case.interactions) > case.scheduled
            if case is not accepted and begun and case.is_open_on(acceptance.day):
                case.accepted_elsewhere = case.accepted_elsewhere or acceptance


def _latest(cases: Iterable[_Case]) -> _Case | None:
    return max(cases, key=lambda c: c.touched, default=None)


def assemble(timeline: Timeline, settings: Settings) -> tuple[Application, ...]:
    """Gather a book's interactions into applications, in the order in which these began."""
    gathering = _Gathering(timeline, settings)
    for interaction in timeline.counted:
        gathering.add(interaction)
    for case in gathering.cases:
        case.conclude()
    return tuple(case.frozen() for case in gathering.cases)
