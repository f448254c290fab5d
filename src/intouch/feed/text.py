"""Texts made safe for a calendar, and what it calls actions and people."""

from __future__ import annotations

import re

from intouch.checkins import Action

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")

END = b"END:VCALENDAR\r\n"
"""The last line of every feed."""

TITLES = {
    Action.THANK_YOU: "Thank you",
    Action.FOLLOW_UP: "Follow up",
    Action.THANK_ANYWAY: "Thank them anyway",
    Action.ANSWER: "Answer the offer",
    Action.WITHDRAW: "Withdraw",
    Action.PROMISED: "As promised",
    Action.REPORT_BACK: "Report back",
    Action.KEEP_IN_TOUCH: "Keep in touch",
}


def clean(text: str) -> str:
    """Text without anything that breaks calendar programs.

    Controls, bidirectional marks and lone surrogates go; every line end becomes a line feed. A name with
    U+2028 in it became a property of its own in one calendar program, and crashed another.
    """
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Clean text on a single line."""
    return " ".join(clean(text).split())


def initials(name: str) -> str:
    """`Priya Nair` → `P.N.`."""
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha()) or "·"
