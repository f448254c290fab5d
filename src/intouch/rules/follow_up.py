"""Follow up once or twice when nobody answers, then move on.

Counted from the latest application, screen, interview, reply, call or hold of an open application; an
announced decision date moves the first follow-up to two business days after it. Two follow-ups at most
(one after a mere application). When these, too, stay unanswered, or are never sent, the application ends
as no-reply: it is their loss.
"""

from __future__ import annotations

from collections.abc import Iterator

from intouch.checkins import Action, Application, Proposal, Stage, Withheld, sentence
from intouch.history import History
from intouch.model import Kind
from intouch.silence import BASES, Wait, wait_after

ID = Action.FOLLOW_UP
SOURCE = (
    "[Georgetown University](https://careercenter.georgetown.edu/major-career-guides/interviewing/"
    "after-the-interview/): a week after the day they named, else after the interview; then once more"
)

_SINCE = {
    Kind.APPLIED: "the application",
    Kind.REPLY: "their reply",
    Kind.ON_HOLD: "they put it on hold",
}


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the next follow-up of every open application that waits for an answer."""
    for application in history.applications:
        wait = _wait(application, history)
        if wait is None:
            continue
        if application.accepted_elsewhere is not None:
            reason = sentence("you accepted another offer on ", application.accepted_elsewhere.day)
            yield Withheld(wait.writer, ID, reason, (application.accepted_elsewhere.place,))
        elif application.ahead:
            first = application.ahead[0]
            reason = sentence(f"{first.kind} ahead on ", first.day, ", so no follow-up for now")
            yield Withheld(wait.writer, ID, reason, (first.place,))
        elif wait.due is None:
            sent = "the follow-up was" if len(wait.sent) == 1 else f"all {len(wait.sent)} follow-ups were"
            reason = sentence(f"{sent} sent; without an answer it ends as no-reply on ", wait.ends)
            yield Withheld(wait.writer, ID, reason, tuple(i.place for i in wait.sent))
        else:
            yield _proposal(application, wait)


def _wait(application: Application, history: History) -> Wait | None:
    """The waiting of an application that may be followed up at all."""
    if not application.is_open or application.stage is Stage.OFFER:
        return None
    happened = application.happened
    last = next((n for n in reversed(range(len(happened))) if happened[n].kind in BASES), None)
    if last is None:
        return None
    return wait_after(happened[last], happened[last + 1 :], application.via, history.settings)


def _proposal(application: Application, wait: Wait) -> Proposal:
    base = wait.base
    role = f" for {application.role}" if application.role else ""
    decision = ("; they meant to decide by ", base.decision_by) if base.decision_by is not None else ()
    again = ("; you followed up on ", wait.sent[-1].day) if wait.sent else ()
    number = sum(1 for i in application.happened if i.kind in BASES)
    return Proposal(
        contact=wait.writer,
        action=ID,
        due=wait.due or wait.ends,
        reason=sentence(
            f"no answer{role} since {_SINCE.get(base.kind, f'the {base.kind}')} on ",
            base.day,
            *decision,
            *again,
        ),
        because=(base.place, *(i.place for i in wait.sent)),
        fact=f"base {number} attempt {wait.attempt}",
        latest=(wait.sent[-1] if wait.sent else base).day,
        done_by=sentence("a follow-up to them, or a message, check-in or voicemail on the due day or later"),
        done_kind=Kind.FOLLOW_UP,
        application=application,
        attempt=wait.attempt,
    )
