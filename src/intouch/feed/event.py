"""One check-in as a calendar event: what it says, made of nothing but the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from intouch.checkins import Action, CheckIn
from intouch.dates import ONE_DAY, WorkCalendar
from intouch.done import log_command, log_page
from intouch.drafts.compose import Draft
from intouch.english import capital, ended, spoken
from intouch.feed.text import TITLES, clean, initials, one_line
from intouch.mail_links import mail_link
from intouch.model import Contact, Interaction
from intouch.publication import PLAIN_KEY
from intouch.settings import FeedLevel, Settings

LONGEST_DESCRIPTION = 1_000
_LONGEST_SUMMARY = 200
_SHORTEST = 60
"""Characters of a text that are worth beginning it."""
_BEFORE_ALL = date(2000, 1, 1)
_KEPT_FROM_AWAY = frozenset({Action.FOLLOW_UP, Action.KEEP_IN_TOUCH})


@dataclass(frozen=True, slots=True)
class Content:
    """What an event says.

    Attributes:
        uid: keyed hash of person, action, application and fact; the same until the item is done.
        stamp_day: the day of the latest fact, or the one on which time moved the event.
        clipped: whether the description was longer than calendar programs bear.
    """

    uid: str
    stamp_day: date
    start: date
    summary: str
    description: str
    url: str
    category: str
    sequence: int
    alarm: int | None
    clipped: bool = False


def uid_of(item: CheckIn, key: bytes) -> str:
    """The identity of an open item, telling nothing to whoever lacks the key."""
    application = item.proposal.application
    parts = (item.contact, str(item.action), application.key if application else "", item.proposal.fact)
    # A lone surrogate in a role is no reason to have no feed.
    digest = blake2b("\0".join(parts).encode(errors="surrogatepass"), key=key, digest_size=16)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a check-in: the person, the last contact with them, the message for it, and their page.

    Attributes:
        page: address of the person's page, seen from the site's root; it has no fragment, or ends in one.
    """

    contact: Contact
    last: Interaction | None
    draft: Draft | None
    page: str = ""


def content_of(item: CheckIn, around: Around, *, settings: Settings, today: date, key: bytes) -> Content:
    """Say what is to be said of a check-in, at the level of detail that the settings ask for."""
    uid = uid_of(item, key)
    level = settings.feed.level or FeedLevel.FULL
    contact = around.contact
    full = level is FeedLevel.FULL
    text, clipped = _description(item, around, settings, aside=key == PLAIN_KEY) if full else ("", False)
    return Content(
        uid=uid,
        stamp_day=_stamp_day(item, contact, settings, today),
        start=item.planned,
        summary=_summary(item, contact, level),
        description=text,
        url=_url(around.page, settings, uid),
        category=str(item.action) if level in {FeedLevel.FULL, FeedLevel.NAMES} else "",
        sequence=(item.planned - item.due).days,
        alarm=settings.feed.alarm,
        clipped=clipped,
    )


def _origin(item: CheckIn) -> date:
    """The day from which its moves are counted: when it is due, unless that is today on every day."""
    always_today = item.action is Action.KEEP_IN_TOUCH and item.proposal.latest is None
    return _BEFORE_ALL if always_today else item.due


def _stamp_day(item: CheckIn, contact: Contact, settings: Settings, today: date) -> date:
    """When the event last changed: on the day of the latest fact, or on the one that moved it.

    A talk ahead is no fact yet, and some facts bear no date: those carry the oldest stamp.
    """
    origin = max(_origin(item), contact.paused_until or _BEFORE_ALL)
    if origin < today:
        moved = _reached(item, settings.calendar)
        if origin < moved <= today:
            return moved
    latest = item.proposal.latest
    return _BEFORE_ALL if latest is None or latest > today else latest


def _reached(item: CheckIn, calendar: WorkCalendar) -> date:
    """The day on which time moves an overdue event to its planned day: the one after the last possible."""
    possible = calendar.is_open if item.action in _KEPT_FROM_AWAY else calendar.is_business_day
    day = item.planned
    while day > _BEFORE_ALL and not possible(day - ONE_DAY):
        day -= ONE_DAY
    return day


def _summary(item: CheckIn, contact: Contact, level: FeedLevel) -> str:
    if level is FeedLevel.BUSY:
        return "Busy"
    if level is FeedLevel.INITIALS:
        return one_line(f"Check in · {initials(contact.name)}")
    attempt = f" ({item.proposal.attempt})" if item.proposal.attempt else ""
    organization = f" ({contact.organization})" if contact.organization and level is FeedLevel.FULL else ""
    summary = one_line(f"{TITLES[item.action]}{attempt}: {contact.name}{organization}")
    return _cut(summary, _LONGEST_SUMMARY)


def _url(page: str, settings: Settings, uid: str) -> str:
    """The person's page; where none is published, a name of the event's own.

    Events alike but for their UID are taken for one by some programs, so each has a URL that differs.
    """
    telling = settings.feed.level in {None, FeedLevel.FULL, FeedLevel.NAMES}
    if telling and settings.site.base_url:
        return f"{settings.site.base_url}/{page}{'~' if '#' in page else '#'}{uid[:8]}"
    return f"urn:uuid:{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:32]}"


def _description(item: CheckIn, around: Around, settings: Settings, *, aside: bool) -> tuple[str, bool]:
    """Why now, what happened last, how to reach them, and how to log it; and whether it had to be cut.

    The mail link carries the draft where there is room for all of it. What happened last is cut first, and
    then the reason: whoever is away from the notebook needs the number more than the story. A sealed site's
    feed is read by others, a calendar service at least, and does not say how well somebody would suit.
    """
    reason = ended(capital(clean(item.proposal.reason.written(spoken, aside=aside))))
    story = "" if around.last is None else _story(around.last)
    draft = around.draft.link if around.draft is not None else ""
    means = _means(item, around.contact, settings, draft)
    whole = _lines(reason, story, means)
    if draft and len(whole) > LONGEST_DESCRIPTION:
        means = _means(item, around.contact, settings)
        whole = _lines(reason, story, means)
    if len(whole) <= LONGEST_DESCRIPTION:
        return whole, False
    room = LONGEST_DESCRIPTION - len(means) - 1
    for_story = room - len(reason) - 1
    if for_story >= _SHORTEST:
        whole = _lines(reason, _cut(story, for_story), means)
    elif room >= _SHORTEST:
        whole = _lines(_cut(reason, room), means)
    return _cut(whole, LONGEST_DESCRIPTION), True


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _story(last: Interaction) -> str:
    text = one_line(last.gist)
    return f"Last: {spoken(last.day)}, {last.kind}{f': {text}' if text else ''}"


def _means(item: CheckIn, contact: Contact, settings: Settings, draft: str = "") -> str:
    """How to reach them, the first address with the draft if there is one, and how to log it."""
    lines = [f"Phone: {one_line(phone)}" for phone in contact.phones[:2]]
    for number, email in enumerate(contact.emails[:2]):
        link = draft if draft and number == 0 else mail_link(one_line(email))
        lines += [f"E-mail: {one_line(email)}", *([link] if link else [])]
    page = log_page(item, contact, item.planned, settings.site)
    return clean("\n".join([*lines, f"Log it: {page or log_command(item)}"]))
