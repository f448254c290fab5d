"""Withdraw from what is still open once you have accepted elsewhere.

Due the next business day after the acceptance, for every application that had begun by then; settled by
closing the application, and never by silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Proposal, Withheld, sentence
from intouch.history import History
from intouch.model import Kind

ID = Action.WITHDRAW
SOURCE = (
    "[University of Louisville](http://www.law.louisville.edu/node/9117): "
    "let those whom you are waiting for know that you have accepted"
)


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask to withdraw from every application left open by an acceptance."""
    for application in history.applications:
        accepted = application.accepted_elsewhere
        if accepted is None or not application.is_open:
            continue
        role = f" for {application.role}" if application.role else ""
        latest = application.happened[-1]
        yield Proposal(
            contact=application.via or latest.owner,
            action=ID,
            due=history.business_days_after(accepted.day),
            reason=sentence(
                "you accepted another offer on ", accepted.day, f"; the application{role} is open"
            ),
            because=(accepted.place, latest.place),
            fact="withdraw",
            latest=max(accepted.day, latest.day),
            done_by=sentence("withdrew, or any other end of the application"),
            done_kind=Kind.WITHDREW,
            application=application,
        )
