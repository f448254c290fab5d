"""The messages: which one an occasion asks for, how long it may be, and its template."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from intouch.checkins import Action, CheckIn
from intouch.history import History
from intouch.places import Place
from intouch.theme_folder import FOLDER, UnusableError, builtin_folder, no_file, read_file

A_YEAR = timedelta(days=365)


class MessageKind(StrEnum):
    """The kinds of messages there are; each is a template of that name."""

    THANK_YOU = "thank-you"
    THANK_YOU_LETTER = "thank-you-letter"
    THANK_YOU_AGENCY = "thank-you-agency"
    FOLLOW_UP = "follow-up"
    FOLLOW_UP_LAST = "follow-up-last"
    THANK_ANYWAY = "thank-anyway"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    PROMISED = "promised"
    REPORT_BACK = "report-back"
    KEEP_IN_TOUCH = "keep-in-touch"
    KEEP_IN_TOUCH_PHONE = "keep-in-touch-phone"
    RECONNECT = "reconnect"
    BACK_FROM_AWAY = "back-from-away"


ABOUT_APPLICATIONS = frozenset(
    {
        MessageKind.THANK_YOU,
        MessageKind.THANK_YOU_LETTER,
        MessageKind.FOLLOW_UP,
        MessageKind.FOLLOW_UP_LAST,
        MessageKind.THANK_ANYWAY,
        MessageKind.ANSWER,
        MessageKind.WITHDRAW,
    }
)
"""The messages to whoever may hire; where an agency leads, its consultant gets them."""

WORDS: dict[MessageKind, tuple[int, int]] = {
    MessageKind.THANK_YOU: (60, 120),
    MessageKind.THANK_YOU_LETTER: (60, 100),
    MessageKind.THANK_YOU_AGENCY: (80, 130),
    MessageKind.FOLLOW_UP: (40, 80),
    MessageKind.FOLLOW_UP_LAST: (30, 60),
    MessageKind.THANK_ANYWAY: (50, 100),
    MessageKind.ANSWER: (40, 80),
    MessageKind.WITHDRAW: (40, 80),
    MessageKind.PROMISED: (30, 80),
    MessageKind.REPORT_BACK: (40, 80),
    MessageKind.KEEP_IN_TOUCH: (50, 110),
    MessageKind.RECONNECT: (70, 120),
    MessageKind.BACK_FROM_AWAY: (50, 90),
}
"""How many words a body has, from the salutation to the signature; talking points have no such limits."""

_BY_ACTION = {
    Action.THANK_YOU: MessageKind.THANK_YOU,
    Action.FOLLOW_UP: MessageKind.FOLLOW_UP,
    Action.THANK_ANYWAY: MessageKind.THANK_ANYWAY,
    Action.ANSWER: MessageKind.ANSWER,
    Action.WITHDRAW: MessageKind.WITHDRAW,
    Action.PROMISED: MessageKind.PROMISED,
    Action.REPORT_BACK: MessageKind.REPORT_BACK,
    Action.KEEP_IN_TOUCH: MessageKind.KEEP_IN_TOUCH,
}


def kind_for(item: CheckIn, history: History) -> MessageKind:
    """The message that a check-in asks for."""
    kind = _BY_ACTION[item.action]
    application = item.proposal.application
    if kind is MessageKind.THANK_YOU and application is not None and application.via == item.contact:
        return MessageKind.THANK_YOU_AGENCY
    if kind is MessageKind.FOLLOW_UP and (item.proposal.attempt or 1) > 1:
        return MessageKind.FOLLOW_UP_LAST
    if kind is MessageKind.KEEP_IN_TOUCH:
        last = history.timeline.last_contact(item.contact)
        if last is not None and item.planned - last.day > A_YEAR:
            return MessageKind.RECONNECT
    return kind


def builtin_templates() -> dict[str, str]:
    """The built-in templates by kind."""
    return {str(kind): read_template(kind, None) for kind in MessageKind}


def read_template(kind: MessageKind, overrides: Path | None) -> str:
    """The template of one kind; a notebook's own stands in for the built-in one.

    Args:
        kind: of message.
        overrides: the notebook's own folder of templates, or None.

    Raises:
        UnusableError: when the notebook's own is not used, as a link out of its folder is not.
        UnicodeDecodeError: when it is not UTF-8.
    """
    name = f"messages/{kind}.txt"
    content = _own(overrides, name) if overrides is not None else None
    if content is None:
        content = (builtin_folder() / name).read_bytes()
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _own(overrides: Path, name: str) -> bytes | None:
    """What a file of the notebook's own folder holds; None where nothing bears its name."""
    try:
        (overrides / name).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        pass  # the attempt to read it tells
    content = read_file(overrides, name)
    if content is None:
        raise UnusableError(no_file(Place(f"{FOLDER}/{name}")))
    return content
