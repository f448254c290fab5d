"""How long an application waits for an answer, and when the silence has been an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intouch.model import Interaction, Kind
from intouch.settings import Settings
from intouch.timeline import Promise

BASES = frozenset({Kind.APPLIED, Kind.SCREEN, Kind.INTERVIEW, Kind.REPLY, Kind.CALL, Kind.ON_HOLD})
"""The kinds after which an answer is owed."""

_OTHER_FOLLOW_UPS = frozenset({Kind.CHECK_IN, Kind.MESSAGE, Kind.VOICEMAIL})

PROMISE_REACH = timedelta(days=60)
"""An open promise replaces follow-ups due less than this long before its date, or after it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The waiting after one base.

    Attributes:
        base: the interaction that is owed an answer.
        writer: slug of the person to write to.
        sent: the follow-ups sent so far.
        allowed: how many follow-ups this base gets.
        due: when the next follow-up is due; None when all allowed ones were sent.
        ends: the day on which silence closes the application, promises aside.
    """

    base: Interaction
    writer: str
    sent: tuple[Interaction, ...]
    allowed: int
    due: date | None
    ends: date

    @property
    def attempt(self) -> int:
        """The number of the next follow-up."""
        return len(self.sent) + 1


def replaces(promised: date, due: date) -> bool:
    """Whether an open promise for that day stands in for a follow-up due then."""
    return due > promised - PROMISE_REACH


def _wait_days(base: Interaction, settings: Settings) -> int:
    waits = settings.waits
    return {
        Kind.APPLIED: waits.applied,
        Kind.SCREEN: waits.screen,
        Kind.INTERVIEW: waits.interview,
        Kind.REPLY: waits.reply,
        Kind.CALL: waits.reply,
        Kind.ON_HOLD: waits.on_hold,
    }[base.kind]


def wait_after(base: Interaction, later: Iterable[Interaction], via: str | None, settings: Settings) -> Wait:
    """Follow the waiting from a base through what was done since.

    Args:
        base: the latest interaction of the application that is owed an answer.
        later: the application's interactions after the base that happened, in the one order.
        via: slug of the consultant to write to instead of the base's owner.
        settings: waits and limits.
    """
    add = settings.calendar.add_business_days
    waits = settings.waits
    writer = via or base.owner
    allowed = min(1, settings.limits.follow_ups) if base.kind is Kind.APPLIED else settings.limits.follow_ups
    decision = base.decision_by
    decided = None if decision is None else add(decision, waits.after_decision)
    due = decided or add(base.day, _wait_days(base, settings))
    sent: list[Interaction] = []
    for i in later:
        if i.day <= base.day or writer not in i.everyone:
            continue
        stands_in = i.kind in _OTHER_FOLLOW_UPS and len(sent) < allowed and i.day >= due
        if i.kind is Kind.FOLLOW_UP or stands_in:
            sent.append(i)
            due = max(add(i.day, waits.between_follow_ups), decided or i.day)
    if len(sent) < allowed:
        return Wait(base, writer, tuple(sent), allowed, due, add(due, 2 * waits.give_up))
    last = sent[-1].day if sent else due
    ends = add(last, waits.give_up)
    if decision is not None:
        ends = max(ends, add(decision, waits.give_up))
    return Wait(base, writer, tuple(sent), allowed, None, ends)


def end_of(wait: Wait, promises: Sequence[Promise], settings: Settings) -> date | None:
    """The day on which silence closes the application; None while a promise keeps it open.

    A promise that was kept kept the attempt alive while it was open: the time to send it runs anew
    from the day on which it was kept.

    Args:
        wait: the waiting.
        promises: those to `wait.writer`, by date.
        settings: waits.
    """
    end = wait.ends
    if wait.due is None:
        return end
    for promise in promises:
        made_too_late = promise.since is not None and promise.since > end
        if made_too_late or not replaces(promise.pin.day, wait.due):
            continue
        if promise.kept is None:
            return None
        end = max(end, settings.calendar.add_business_days(promise.kept.day, 2 * settings.waits.give_up))
    return end
