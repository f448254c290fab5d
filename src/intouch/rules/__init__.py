"""The rules, in a literal tuple; each one proposes, none sees another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from intouch.checkins import Action, Proposal, Withheld
from intouch.history import History
from intouch.rules import (
    answer,
    follow_up,
    keep_in_touch,
    promised,
    report_back,
    thank_anyway,
    thank_you,
    withdraw,
)


class Rule(Protocol):
    """A module of this package.

    Attributes:
        ID: the action it proposes.
        SOURCE: whose advice it is, in Markdown, for the manual.
        __doc__: its page of the manual, also printed by `intouch why`.
    """

    ID: Action
    SOURCE: str
    __doc__: str | None

    def propose(self, history: History) -> Iterator[Proposal | Withheld]:
        """Say what is to be done, and what is not and why."""


RULES: tuple[Rule, ...] = (
    thank_you,
    follow_up,
    thank_anyway,
    answer,
    withdraw,
    promised,
    report_back,
    keep_in_touch,
)
