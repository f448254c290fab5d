"""Answer an offer within a business day, and decide by the day they named.

The first answer is settled by anything you said to them after the offer; the decision itself only by
accepting, declining or withdrawing.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Application, Proposal, Stage, Withheld, sentence
from intouch.dates import ONE_DAY
from intouch.history import History
from intouch.model import Interaction, Kind

ID = Action.ANSWER
SOURCE = (
    "[Duke Law School](https://law.duke.edu/career/2l/professionaldevelopment/interviewing/offer/): "
    "acknowledge an offer within 24 hours, and ask for time if you need it"
)


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the answers that open offers want."""
    for application in history.applications:
        if application.stage is not Stage.OFFER:
            continue
        offers = [i for i in application.happened if i.kind is Kind.OFFER]
        yield from _answers(offers[-1], len(offers), application, history)


def _answers(
    offer: Interaction, number: int, application: Application, history: History
) -> Iterator[Proposal]:
    slug = application.via or offer.owner
    role = f" for {application.role}" if application.role else ""
    if not history.was_reached(slug, offer.day + ONE_DAY):
        yield Proposal(
            contact=slug,
            action=ID,
            due=history.business_days_after(offer.day),
            reason=sentence(f"offer{role} on ", offer.day, ": thank them and say when you will decide"),
            because=(offer.place,),
            fact=f"offer {number}",
            latest=offer.day,
            done_by=sentence("anything you say to them after ", offer.day),
            done_kind=Kind.MESSAGE,
            not_before=offer.day + ONE_DAY,
            application=application,
        )
    if offer.decision_by is not None:
        yield Proposal(
            contact=slug,
            action=ID,
            due=history.settings.calendar.rolled_back(offer.decision_by),
            reason=sentence(
                f"offer{role} on ", offer.day, ", your decision is expected by ", offer.decision_by
            ),
            because=(offer.places.get("decision_by", offer.place),),
            fact=f"decision {number}",
            latest=offer.day,
            done_by=sentence("accepted, declined or withdrew"),
            done_kind=Kind.ACCEPTED,
            application=application,
        )
