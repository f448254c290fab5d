"""How each person stands: their rhythm, and the first status that holds."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.checkins import Application, Stage, Standing, Status
from intouch.dates import Period
from intouch.history import History
from intouch.model import Contact, ContactType, Kind
from intouch.places import Place

GOOD_FIT = 4
"""From this fit on an organization fits well: its silence is not let go."""

_UNANSWERED_KINDS = frozenset({Kind.CHECK_IN, Kind.MESSAGE, Kind.VOICEMAIL})
_SLOWS_DOWN = 2
_FALLS_ASLEEP = 3


@dataclass(frozen=True, slots=True)
class _Default:
    """The rhythm that someone without a cadence gets."""

    period: Period | None
    source: str
    place: Place | None


def _default(contact: Contact, history: History) -> _Default:
    """The default by type, else by fit."""
    rhythm = history.settings.rhythm
    if contact.contact_type is ContactType.AGENCY:
        return _Default(rhythm.agency, "agency", contact.place_of("contact_type"))
    if contact.fit is None:
        return _Default(rhythm.fit_3, "fit not given", None)
    by_fit = {5: rhythm.fit_5, 4: rhythm.fit_4, 3: rhythm.fit_3}
    return _Default(by_fit.get(contact.fit, rhythm.fit_low), f"fit {contact.fit}", contact.place_of("fit"))


def latest_application(slug: str, history: History) -> Application | None:
    """The application with the latest last interaction in which the person is owner or companion."""
    theirs = (a for a in history.applications_with(slug) if slug in a.people)
    return max(theirs, key=lambda a: a.interactions[-1].order, default=None)


def _moved_on(contact: Contact, history: History) -> bool:
    """Whether their silence was let go: it is their loss, unless the organization fits well."""
    if contact.contact_type is ContactType.AGENCY or (contact.fit or 0) >= GOOD_FIT:
        return False
    latest = latest_application(contact.slug, history)
    return latest is not None and latest.stage is Stage.NO_REPLY


def _unanswered(slug: str, history: History) -> int:
    """How often they were written to, outside applications, on later days than they were last heard from."""
    heard = history.timeline.last_heard(slug)
    count = 0
    for i in reversed(history.timeline.happened_with(slug)):
        if heard is not None and i.day <= heard.day:
            break
        if i.kind in _UNANSWERED_KINDS and history.application_of(i) is None:
            count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """A person's rhythm, and the status it implies where nothing stronger holds."""

    period: Period | None
    status: Status
    source: str = ""
    place: Place | None = None
    unanswered: int = 0


def _rhythm(contact: Contact, history: History) -> _Rhythm:
    if contact.cadence is not None:
        status = Status.SILENT if contact.cadence.period is None else Status.TRACKED
        return _Rhythm(contact.cadence.period, status, "card", contact.place_of("cadence"))
    if not history.timeline.really_dealt_with(contact.slug):
        return _Rhythm(None, Status.UNTRACKED)
    default = _default(contact, history)
    if _moved_on(contact, history):
        return _Rhythm(None, Status.MOVED_ON, default.source, default.place)
    if default.period is None:
        return _Rhythm(None, Status.SILENT, default.source, default.place)
    unanswered = _unanswered(contact.slug, history)
    if unanswered >= _FALLS_ASLEEP:
        return _Rhythm(None, Status.DORMANT, default.source, default.place, unanswered)
    period = default.period.doubled() if unanswered == _SLOWS_DOWN else default.period
    return _Rhythm(period, Status.TRACKED, default.source, default.place, unanswered)


def _status(contact: Contact, rhythm: _Rhythm, history: History) -> Status:
    if contact.do_not_contact:
        return Status.DO_NOT_CONTACT
    if contact.archived:
        return Status.ARCHIVED
    if contact.paused_until is not None and history.today < contact.paused_until:
        return Status.PAUSED
    if any(a.is_open for a in history.applications_with(contact.slug)):
        return Status.IN_PROCESS
    return rhythm.status


def standing(contact: Contact, history: History) -> Standing:
    """How a person stands today."""
    return history.once(f"standing {contact.slug}", lambda: _standing(contact, history))


def _standing(contact: Contact, history: History) -> Standing:
    rhythm = _rhythm(contact, history)
    return Standing(
        contact=contact.slug,
        status=_status(contact, rhythm, history),
        last_contact=history.timeline.last_contact(contact.slug),
        rhythm=rhythm.period,
        rhythm_source=rhythm.source,
        rhythm_place=rhythm.place,
        unanswered=rhythm.unanswered,
        resting=rhythm.status,
    )
