"""Tell whoever introduced you how it went, and thank them.

Due the next business day after your first screen, interview, meeting or call with the person they
introduced you to; settled by anything you say to the introducer on that day or later. After twenty more
business days the moment has passed.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Proposal, Withheld, sentence
from intouch.history import History
from intouch.model import Contact, Interaction, Kind

ID = Action.REPORT_BACK
SOURCE = (
    "[Seattle University](http://www.law.seattleu.edu/careers/students/interviewing/fielding-offers): "
    "tell and thank everyone who helped you"
)

_FIRST_TALKS = frozenset({Kind.SCREEN, Kind.INTERVIEW, Kind.MEETING, Kind.CALL})
_LAPSE = 20


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the reports owed to introducers."""
    for contact in history.contacts.values():
        introducer = contact.introduced_by
        if introducer is None or introducer not in history.contacts:
            continue
        theirs = history.timeline.happened_with(contact.slug)
        first = next((i for i in theirs if i.kind in _FIRST_TALKS), None)
        if first is not None and not history.was_reached(introducer, first.day):
            yield _owed(contact, introducer, first, history)


def _owed(contact: Contact, introducer: str, first: Interaction, history: History) -> Proposal | Withheld:
    due = history.business_days_after(first.day)
    last = history.business_days_after(due, _LAPSE)
    places = (first.place, contact.place_of("introduced_by"))
    if history.today > last:
        reason = sentence(f"no word about the {first.kind} with {contact.name} by ", last)
        return Withheld(introducer, ID, reason, places)
    return Proposal(
        contact=introducer,
        action=ID,
        due=due,
        reason=sentence(f"{first.kind} with {contact.name} on ", first.day, ", whom they introduced you to"),
        because=places,
        fact=f"introduced {contact.slug}",
        latest=first.day,
        done_by=sentence("anything you say to them on ", first.day, " or later"),
        done_kind=Kind.MESSAGE,
        not_before=first.day,
    )
