"""The drafts of a whole notebook; a template that fails is told once, and the built-in one steps in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from intouch.checkins import Agenda, CheckIn
from intouch.diagnostics import Code, Diagnostic, error
from intouch.drafts.compose import Draft, compose, remember_templates
from intouch.drafts.facts import Facts, gather
from intouch.drafts.messages import MessageKind, kind_for, read_templates
from intouch.history import History
from intouch.memo import Memo
from intouch.places import Place
from intouch.theme_folder import FOLDER

_REGULAR = frozenset({MessageKind.KEEP_IN_TOUCH, MessageKind.RECONNECT, MessageKind.PROMISED})
"""The messages in whose place a call is as good."""


Occasion = tuple[str, str, str, str]
"""What a check-in hangs on; no two have the same."""

Drafts = Mapping[Occasion, tuple[Draft, ...]]
"""The message for each check-in, and talking points where a call is as good."""

NOTHING_WRITTEN: Drafts = MappingProxyType({})


def occasion_of(item: CheckIn) -> Occasion:
    """What a check-in hangs on."""
    application = item.proposal.application
    return item.contact, item.action, application.key if application else "", item.proposal.fact


def write_drafts(
    agenda: Agenda, history: History, overrides: Path | None, memo: Memo | None = None
) -> tuple[Drafts, tuple[Diagnostic, ...]]:
    """Fill in the messages for every open check-in.

    Args:
        agenda: what is open.
        history: the notebook, seen on one day.
        overrides: the notebook's own `site_templates` folder, or None.
        memo: templates that were compiled before.

    Returns:
        The drafts, and the problems of the notebook's own templates.
    """
    memo = memo or Memo()
    remember_templates(memo)
    writer = Writer(overrides, memo)
    drafts = {occasion_of(item): writer.drafts_for(item, history) for item in agenda.check_ins}
    return MappingProxyType(drafts), tuple(writer.problems)


class Writer:
    """Fills in messages, keeping every problem of the notebook's own templates."""

    def __init__(self, overrides: Path | None, memo: Memo | None = None) -> None:
        self._latest = (memo or Memo()).latest("drafts", Draft)
        self._builtin = read_templates(None)
        self._own = self._builtin
        self.problems: list[Diagnostic] = []
        try:
            self._own = read_templates(overrides)
        except (OSError, UnicodeDecodeError) as bad:
            message = f"the messages cannot be read: {bad}"
            place = Place(f"{FOLDER}/messages")
            self.problems.append(error(place, Code.BAD_TEMPLATE, message, "Save them as UTF-8 texts."))

    def drafts_for(self, item: CheckIn, history: History) -> tuple[Draft, ...]:
        """The message that a check-in asks for, and talking points where the person has a telephone."""
        contact = history.contacts[item.contact]
        facts = gather(contact, item, history)
        kind = kind_for(item, history)
        occasion = occasion_of(item)
        drafts = [self._draft(kind, facts, occasion)]
        if kind in _REGULAR and contact.phones:
            drafts.append(self._draft(MessageKind.KEEP_IN_TOUCH_PHONE, facts, occasion))
        return tuple(drafts)

    def _draft(self, kind: MessageKind, facts: Facts, occasion: Occasion) -> Draft:
        name = str(kind)
        source = self._own[name]
        try:
            return self._latest.of((occasion, kind), (facts, source), lambda: compose(kind, facts, source))
        except Exception as bad:  # noqa: BLE001 - a template of the user's may fail in any way
            line = getattr(bad, "lineno", None) or 1
            remedy = "Compare it with the built-in template of that name, which is used meanwhile."
            place = Place(f"{FOLDER}/messages/{name}.txt", line)
            self.problems.append(error(place, Code.BAD_TEMPLATE, f"the message fails: {bad}", remedy))
            self._own = {**self._own, name: self._builtin[name]}
            return compose(kind, facts, self._builtin[name])
