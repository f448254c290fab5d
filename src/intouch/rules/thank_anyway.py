"""When the answer is no, thank them anyway and say that you would like to keep in touch.

Due the next business day after a rejection of an application in which they had spoken with you; settled
by a thank-you, or by anything else you said to them later. After twenty more business days the moment
has passed.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Application, Proposal, Withheld, sentence
from intouch.history import History
from intouch.model import Interaction, Kind

ID = Action.THANK_ANYWAY
SOURCE = (
    "[The Ladders](https://www.theladders.com/career-advice/how-to-handle-job-rejection): "
    "say thank you, ask for feedback, stay in touch, move on"
)

_LAPSE = 20


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the thanks owed after a no."""
    for application in history.applications:
        number = 0
        had_dealings = False
        for i in application.happened:
            if i.kind is Kind.REJECTION:
                number += 1
                slug = application.via or i.owner
                if had_dealings and not history.was_thanked(slug, i.day):
                    yield _owed(i, slug, application, number, history)
            had_dealings = had_dealings or i.kind.hears_from_them


def _owed(
    i: Interaction, slug: str, application: Application, number: int, history: History
) -> Proposal | Withheld:
    due = history.business_days_after(i.day)
    last = history.business_days_after(due, _LAPSE)
    if history.today > last:
        reason = sentence("no thanks after the rejection on ", i.day, "; the moment passed on ", last)
        return Withheld(slug, ID, reason, (i.place,))
    role = f" for {application.role}" if application.role else ""
    return Proposal(
        contact=slug,
        action=ID,
        due=due,
        reason=sentence(f"rejection{role} on ", i.day, ": thank them anyway and say you would keep in touch"),
        because=(i.place,),
        fact=f"rejection {number}",
        latest=i.day,
        done_by=sentence(
            "a thank-you to them on ", i.day, " or later, or anything else you say to them after that day"
        ),
        done_kind=Kind.THANK_YOU,
        not_before=i.day,
        application=application,
    )
