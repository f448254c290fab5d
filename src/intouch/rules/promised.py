"""Keep the dates you promised: `next: 2027-01-15 call after the budget round`.

Due on the date, or the first business day after it; settled by anything you say to that person on the
date or later. It stands in for the person's check-ins, and for follow-ups that fall due around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Proposal, Withheld, sentence
from intouch.history import History
from intouch.model import Kind

ID = Action.PROMISED
SOURCE = "your own word"


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for every promise that is still open."""
    for slug in history.contacts:
        for promise in history.timeline.promises_to(slug):
            if promise.kept is not None:
                continue
            pin = promise.pin
            reason = f": {pin.reason}" if pin.reason else ""
            yield Proposal(
                contact=slug,
                action=ID,
                due=history.settings.calendar.rolled(pin.day),
                reason=sentence("promised for ", pin.day, reason),
                because=(pin.place,),
                fact=promise.fact,
                latest=promise.since,
                done_by=sentence("anything you say to them on ", pin.day, " or later"),
                done_kind=Kind.MESSAGE,
                not_before=pin.day,
                pin=pin.day,
            )
