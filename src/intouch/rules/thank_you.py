"""Thank everyone you met within a business day, by e-mail or letter.

After every interview, screen or meeting a thank-you is due the next business day, to everyone it was
with, or to the agency consultant who arranged it. It is settled by a thank-you, or by anything else you
said to them later; a rejection turns it into thanks for telling you. After ten more business days the
moment has passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intouch.checkins import Action, Application, Proposal, Withheld, sentence
from intouch.history import History
from intouch.model import Interaction, Kind

ID = Action.THANK_YOU
SOURCE = (
    "[Iowa State University](https://www.engineering.iastate.edu/ecs/students/the-employment-process/"
    "step-7-interview-and-follow-up/thank-you-notes/): within one or two days, to every person, each its own"
)

_OWED_FOR = frozenset({Kind.INTERVIEW, Kind.SCREEN, Kind.MEETING})
_LAPSE = 10


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the thanks still owed."""
    numbers: dict[tuple[str, str], int] = {}
    for i in (*history.timeline.happened, *history.timeline.ahead):
        if i.kind not in _OWED_FOR:
            continue
        application = history.application_of(i)
        via = (application.via if application else None) or i.via
        due = history.business_days_after(i.day)
        for slug in (via,) if via else i.everyone:
            counted = (slug, application.key if application else "")
            numbers[counted] = numbers.get(counted, 0) + 1
            settled = history.was_thanked(slug, i.day) or _refused(application, i.day)
            if i.thanks and not settled:
                last = history.business_days_after(due, _LAPSE)
                fact = f"thanks {numbers[counted]}"
                lapsed = history.today > last
                yield _lapsed(i, slug, last) if lapsed else _owed(i, slug, due, application, fact)


def _refused(application: Application | None, day: date) -> bool:
    """Whether a rejection came on that day or later: thanks for telling you take over."""
    return application is not None and any(
        i.kind is Kind.REJECTION and i.day >= day for i in application.happened
    )


def _lapsed(i: Interaction, slug: str, last: date) -> Withheld:
    reason = sentence(f"no thank-you after the {i.kind} on ", i.day, "; the moment passed on ", last)
    return Withheld(slug, ID, reason, (i.place,))


def _owed(i: Interaction, slug: str, due: date, application: Application | None, fact: str) -> Proposal:
    role = f" for {application.role}" if application and application.role else ""
    return Proposal(
        contact=slug,
        action=ID,
        due=due,
        reason=sentence(f"{i.kind}{role} on ", i.day, ", thanks are due the next business day"),
        because=(i.place,),
        fact=fact,
        latest=i.day,
        done_by=sentence(
            "a thank-you to them on ", i.day, " or later, or anything else you say to them after that day"
        ),
        done_kind=Kind.THANK_YOU,
        not_before=i.day,
        application=application,
    )
