"""E-mail or call every few months whoever you have really dealt with.

The rhythm is the card's cadence; without one, a default by contact type and fit. It is counted from the
last contact and waits while an application with the person is open or a talk with them is scheduled.
Two unanswered messages double a default rhythm, three put it to sleep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intouch.checkins import Action, Proposal, Sentence, Standing, Status, Withheld, sentence
from intouch.dates import Period
from intouch.history import History
from intouch.model import Contact, Kind
from intouch.places import Place
from intouch.standing import latest_application, standing

ID = Action.KEEP_IN_TOUCH
SOURCE = (
    "[The Ladders](https://www.theladders.com/career-advice/how-to-handle-job-rejection): "
    "once a quarter, with a reason; more and less often by fit is our own"
)

_WHY_NOT = {
    Status.DORMANT: (
        "three messages went unanswered; asleep until they are heard from or the card gets a cadence"
    ),
    Status.MOVED_ON: "their last application ended without a reply; moved on",
    Status.UNTRACKED: "no rhythm yet: the card has no cadence and you have not really dealt with them",
}


def propose(history: History) -> Iterator[Proposal | Withheld]:
    """Ask for the next check-in with everyone who has a rhythm."""
    for contact in history.contacts.values():
        stands = standing(contact, history)
        if stands.rhythm is None:
            yield Withheld(contact.slug, ID, _no_rhythm(stands), _places(stands, history))
            continue
        held = _held_back(contact, history)
        yield held if held is not None else _proposal(contact, stands, stands.rhythm, history)


def _no_rhythm(stands: Standing) -> Sentence:
    if stands.resting is Status.SILENT:
        return sentence(f"no rhythm is wanted ({_source(stands)})")
    return sentence(_WHY_NOT[stands.resting])


def _places(stands: Standing, history: History) -> tuple[Place, ...]:
    """The line that explains why there is no rhythm."""
    if stands.resting is Status.MOVED_ON:
        ended = latest_application(stands.contact, history)
        return () if ended is None else (ended.interactions[-1].place,)
    return () if stands.rhythm_place is None else (stands.rhythm_place,)


def _source(stands: Standing) -> str:
    return "cadence on the card" if stands.rhythm_source == "card" else stands.rhythm_source


def _held_back(contact: Contact, history: History) -> Withheld | None:
    """Why someone with a rhythm is not checked in with for now."""
    process = next((a for a in history.applications_with(contact.slug) if a.is_open), None)
    if process is not None:
        role = f" for {process.role}" if process.role else ""
        reason = sentence(f"the application{role} is open ({process.stage})")
        return Withheld(contact.slug, ID, reason, (process.interactions[-1].place,))
    ahead = history.timeline.ahead_with(contact.slug)
    if ahead:
        reason = sentence(f"a {ahead[0].kind} is ahead on ", ahead[0].day)
        return Withheld(contact.slug, ID, reason, (ahead[0].place,))
    return None


def _proposal(contact: Contact, stands: Standing, rhythm: Period, history: History) -> Proposal:
    start = _start(contact, stands)
    due = history.today if start.day is None else rhythm.after(start.day)
    backed_off = ", twice as long after two unanswered messages" if stands.unanswered > 1 else ""
    return Proposal(
        contact=contact.slug,
        action=ID,
        due=due,
        reason=sentence(*start.told, f", every {_every(rhythm)}", aside=f"{_source(stands)}{backed_off}"),
        because=(start.place,),
        fact=start.fact,
        latest=start.day,
        done_by=sentence("anything that moves the last contact: what you say to them, or they to you"),
        done_kind=Kind.CHECK_IN,
        rhythm=rhythm,
    )


def _every(rhythm: Period) -> str:
    return str(rhythm.unit) if rhythm.count == 1 else str(rhythm)


@dataclass(frozen=True, slots=True)
class _Start:
    """From when a rhythm counts.

    Attributes:
        day: the day itself; None where that is today, on every day.
        told: the same in words.
        fact: the same as a fact for the feed.
        place: where it stands.
    """

    day: date | None
    told: tuple[str | date, ...]
    fact: str
    place: Place


def _start(contact: Contact, stands: Standing) -> _Start:
    last = stands.last_contact
    if last is not None:
        return _Start(last.day, ("last contact ", last.day), f"since {last.day}", last.place)
    if contact.met is not None:
        return _Start(contact.met, ("met ", contact.met), "since met", contact.place_of("met"))
    return _Start(None, ("not yet in touch",), "first", contact.place_of("cadence"))
