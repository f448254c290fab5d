"""What the search shows so far: shares, medians and coverage, each with what it counts, of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from types import MappingProxyType

from intouch.checkins import Agenda, Application, Stage, Status
from intouch.history import History
from intouch.model import Contact, ContactType, Interaction, Kind
from intouch.names import folded
from intouch.standing import GOOD_FIT

YEAR = timedelta(days=364)
"""The activity shown: today, and as many days before it; 52 weeks and a day."""

_OUT_OF_REACH = frozenset({Status.DO_NOT_CONTACT, Status.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time in days, the middle one of several.

    Attributes:
        middle: the median; None where nothing was measured.
        whole: how many were measured.
    """

    middle: float | None
    whole: int


@dataclass(frozen=True, slots=True)
class Route:
    """How one way into an organization did.

    Attributes:
        agency: through an agency; else direct.
        applications: how many began this way.
        interviewed: how many of them came to an interview.
        offered: how many of them came to an offer.
    """

    agency: bool
    applications: int
    interviewed: int
    offered: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What the search shows so far.

    Attributes:
        answered: applications sent that were answered, of those no longer merely waiting.
        interviews: interviews that took place, and the applications there are.
        offers: applications with an offer, of those with an interview that are decided.
        first_reply: from sending an application to the first answer.
        follow_ups: for the first and the second: those that were answered, of those no longer waiting.
        silent: applications that ended in silence, of those that ended.
        routes: agency and direct.
        coverage: organizations of good fit where somebody will be written to, of all of good fit.
        uncovered: the names of the others, in order.
        activity: how often something was said to people or heard from them, by day, over a year.
    """

    answered: Share
    interviews: Share
    offers: Share
    first_reply: Days
    follow_ups: tuple[Share, Share]
    silent: Share
    routes: tuple[Route, Route]
    coverage: Share
    uncovered: tuple[str, ...]
    activity: Mapping[date, int]


def insights(history: History, agenda: Agenda) -> Insights:
    """Measure the search on one day.

    What is still waiting for an answer is left out of every share of answers: it is no failure yet.
    """
    applications = [a for a in agenda.applications if a.happened]
    replies = [days for a in applications if (days := _days_to_reply(a)) is not None]
    covered, uncovered = _coverage(history.contacts, agenda)
    return Insights(
        answered=_share(_answered(a) for a in applications),
        interviews=Share(
            sum(i.kind is Kind.INTERVIEW for a in applications for i in a.happened), len(applications)
        ),
        offers=_share(_offered(a) for a in applications),
        first_reply=Days(median(replies) if replies else None, len(replies)),
        follow_ups=(_follow_ups(applications, 1), _follow_ups(applications, 2)),
        silent=_share(None if a.is_open else a.stage is Stage.NO_REPLY for a in applications),
        routes=(_route(applications, history, agency=True), _route(applications, history, agency=False)),
        coverage=Share(covered, covered + len(uncovered)),
        uncovered=uncovered,
        activity=_activity(history),
    )


def _share(verdicts: Iterable[bool | None]) -> Share:
    """Count the verdicts; None takes no part."""
    known = [verdict for verdict in verdicts if verdict is not None]
    return Share(sum(known), len(known))


def _first_answer(application: Application) -> tuple[Interaction, Interaction | None] | None:
    """The first sending of an application and the first answer to it; None where none was sent."""
    happened = application.happened
    sent = next((n for n, i in enumerate(happened) if i.kind is Kind.APPLIED), None)
    if sent is None:
        return None
    answer = next((i for i in happened[sent + 1 :] if i.kind.hears_from_them), None)
    return happened[sent], answer


def _answered(application: Application) -> bool | None:
    found = _first_answer(application)
    if found is None:
        return None
    if found[1] is not None:
        return True
    return None if application.is_open else False


def _days_to_reply(application: Application) -> int | None:
    found = _first_answer(application)
    if found is None or found[1] is None:
        return None
    return (found[1].day - found[0].day).days


def _has(application: Application, kind: Kind) -> bool:
    return any(i.kind is kind for i in application.happened)


def _offered(application: Application) -> bool | None:
    if not _has(application, Kind.INTERVIEW):
        return None
    if _has(application, Kind.OFFER):
        return True
    return None if application.is_open else False


def _follow_ups(applications: Iterable[Application], number: int) -> Share:
    """How often the n-th follow-up in a row was answered before another one was sent."""
    verdicts: list[bool | None] = []
    for application in applications:
        unanswered = 0
        for index, i in enumerate(application.happened):
            if i.kind.hears_from_them:
                unanswered = 0
            elif i.kind is Kind.FOLLOW_UP:
                unanswered += 1
                if unanswered == number:
                    verdicts.append(_follow_up_answered(application, index))
    return _share(verdicts)


def _follow_up_answered(application: Application, sent: int) -> bool | None:
    """Whether a follow-up was answered; None while it may still be."""
    for i in application.happened[sent + 1 :]:
        if i.kind.hears_from_them:
            return True
        if i.kind is Kind.FOLLOW_UP:
            return False
    return None if application.is_open else False


def _route(applications: Iterable[Application], history: History, *, agency: bool) -> Route:
    taken = [a for a in applications if _through_agency(a, history) is agency]
    return Route(
        agency=agency,
        applications=len(taken),
        interviewed=sum(_has(a, Kind.INTERVIEW) for a in taken),
        offered=sum(_has(a, Kind.OFFER) for a in taken),
    )


def _through_agency(application: Application, history: History) -> bool:
    owners = (history.contacts.get(i.owner) for i in application.interactions)
    return application.via is not None or any(c and c.contact_type is ContactType.AGENCY for c in owners)


def _coverage(contacts: Mapping[str, Contact], agenda: Agenda) -> tuple[int, tuple[str, ...]]:
    """Organizations of good fit: how many are kept in touch with, and the names of the others."""
    names: dict[str, str] = {}
    for contact in contacts.values():
        key = folded(contact.organization)
        if key and (contact.fit or 0) >= GOOD_FIT:
            names.setdefault(key, contact.organization or "")
    # Who is written to there need not be who said how well it fits.
    kept = {folded(contact.organization) for contact in contacts.values() if _is_kept(contact, agenda)}
    kept |= {folded(a.organization) for a in agenda.applications if a.is_open}
    uncovered = sorted((names[key] for key in names.keys() - kept), key=str.casefold)
    return len(kept & names.keys()), tuple(uncovered)


def _is_kept(contact: Contact, agenda: Agenda) -> bool:
    """Whether a person will be written to some day."""
    stands = agenda.standings[contact.slug]
    if stands.status in _OUT_OF_REACH:
        return False
    return stands.rhythm is not None or stands.status is Status.IN_PROCESS


def _activity(history: History) -> Mapping[date, int]:
    """What happened with people on each day of the year before today, and today."""
    since = history.today - YEAR
    days = Counter(i.day for i in history.timeline.happened if since <= i.day <= history.today)
    return MappingProxyType(dict(sorted(days.items())))
