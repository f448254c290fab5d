"""What happened, as people write it: each kind of interaction by its name and its aliases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intouch.model import Channel, Kind

ALIAS_CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "email": Channel.EMAIL,
        "e-mail": Channel.EMAIL,
        "mail": Channel.EMAIL,
        "letter": Channel.LETTER,
        "text": Channel.MESSAGE,
        "dm": Channel.MESSAGE,
    }
)

KIND_ALIASES: Mapping[str, Kind] = MappingProxyType(
    {
        "application": Kind.APPLIED,
        "thanks": Kind.THANK_YOU,
        "thankyou": Kind.THANK_YOU,
        "followup": Kind.FOLLOW_UP,
        "chaser": Kind.FOLLOW_UP,
        "checkin": Kind.CHECK_IN,
        **dict.fromkeys(ALIAS_CHANNELS, Kind.MESSAGE),
        "withdrawn": Kind.WITHDREW,
        "phone-screen": Kind.SCREEN,
        "screening": Kind.SCREEN,
        "coffee": Kind.MEETING,
        "lunch": Kind.MEETING,
        "met": Kind.MEETING,
        "phone": Kind.CALL,
        "conference": Kind.EVENT,
        "meetup": Kind.EVENT,
        "replied": Kind.REPLY,
        "rejected": Kind.REJECTION,
        "freeze": Kind.ON_HOLD,
    }
)

KIND_WORDS: Mapping[str, Kind] = MappingProxyType({**{str(kind): kind for kind in Kind}, **KIND_ALIASES})
"""Every word that names a kind, in small letters."""


def kind_of(word: str) -> Kind | None:
    """The kind that a word names, case aside; None where it names none."""
    return KIND_WORDS.get(word.casefold())
