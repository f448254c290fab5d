"""What to do and when: every rule's proposals, set against each other and given a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from intouch.checkins import Action, Agenda, Proposal, Withheld, sentence
from intouch.history import History, history
from intouch.model import Book
from intouch.planning import plan_days
from intouch.rules import RULES
from intouch.settings import Settings
from intouch.silence import replaces
from intouch.standing import standing


def plan(book: Book, today: date, settings: Settings) -> Agenda:
    """Work out whom to write to, when and why.

    A pure function: the same book, day and settings give the same agenda.
    """
    return plan_history(history(book, today, settings))


def plan_history(seen: History) -> Agenda:
    """Work out the agenda of a history gathered before."""
    proposals: list[Proposal] = []
    withheld: list[Withheld] = []
    for rule in RULES:
        for said in rule.propose(seen):
            if isinstance(said, Proposal):
                proposals.append(said)
            else:
                withheld.append(said)
    kept = _precedence(proposals, withheld, seen)
    check_ins = sorted(
        plan_days(kept, seen),
        key=lambda c: (c.planned, c.due, c.contact, c.action, c.proposal.because, c.proposal.fact),
    )
    return Agenda(
        today=seen.today,
        check_ins=tuple(check_ins),
        standings=MappingProxyType({c.slug: standing(c, seen) for c in seen.contacts.values()}),
        applications=seen.applications,
        withheld=tuple(withheld),
    )


def _precedence(proposals: Iterable[Proposal], withheld: list[Withheld], seen: History) -> list[Proposal]:
    """Keep what may stand; note down in `withheld` what gives way, and to what."""
    welcome = [p for p in proposals if p.contact in seen.contacts]
    pins: dict[str, list[Proposal]] = {}
    for proposal in welcome:
        if proposal.pin is not None:
            pins.setdefault(proposal.contact, []).append(proposal)
    kept: dict[tuple[str, Action, str, date], Proposal] = {}
    for proposal in welcome:
        reason = _gives_way(proposal, pins.get(proposal.contact, []), seen)
        if reason is not None:
            withheld.append(reason)
            continue
        application = proposal.application.key if proposal.application else ""
        # Two promises on different dates are two, also where a holiday rolls them onto one day.
        apart = proposal.pin or proposal.due
        kept.setdefault((proposal.contact, proposal.action, application, apart), proposal)
    return list(kept.values())


def _gives_way(proposal: Proposal, pins: list[Proposal], seen: History) -> Withheld | None:
    """Why a proposal does not stand; None where it does."""
    contact = seen.contacts[proposal.contact]
    action = proposal.action
    if contact.do_not_contact:
        place = contact.place_of("do_not_contact")
        return Withheld(contact.slug, action, sentence("the card says do not contact"), (place,))
    if action is Action.KEEP_IN_TOUCH and contact.archived:
        return Withheld(
            contact.slug, action, sentence("the card is archived"), (contact.place_of("archived"),)
        )
    for promise in pins:
        day = promise.pin or promise.due
        if action is Action.KEEP_IN_TOUCH or (action is Action.FOLLOW_UP and replaces(day, proposal.due)):
            reason = sentence("the promise for ", day, " stands in for it")
            return Withheld(contact.slug, action, reason, promise.because)
    return None
