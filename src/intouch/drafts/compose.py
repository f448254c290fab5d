"""A draft: a template filled in from the facts, its gaps shown, and what to mend before it goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intouch.compiled import Compiled
from intouch.drafts.facts import Facts
from intouch.drafts.messages import WORDS, MessageKind
from intouch.mail_links import mail_link_with
from intouch.memo import Memo

LONGEST_LINK = 1_800
_SUBJECT = re.compile(r"\ASubject:[ \t]*(.*)\n+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that nobody has sent.

    Attributes:
        to: the person's first e-mail address, or empty.
        gaps: what is missing, in the order in which it stands; shown in the text as `[…]`.
    """

    kind: MessageKind
    to: str
    subject: str
    body: str
    gaps: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps

    @property
    def link(self) -> str:
        """A mail link with address, subject and text; empty without an address, or where it is too long."""
        whole = mail_link_with(self.to, self.subject, self.body)
        return whole if len(whole) <= LONGEST_LINK else ""


def compose(kind: MessageKind, facts: Facts, source: str, *, trusted: bool = False) -> Draft:
    """Fill in a template.

    Args:
        kind: of message.
        facts: what is known.
        source: the template: a line `Subject: …`, a blank line, the body.
        trusted: whether it is one of our own, which need no sandbox.

    Raises:
        jinja2.TemplateError: for a template that cannot be filled in.
    """
    gaps: list[str] = []

    def gap(what: str) -> str:
        gaps.append(what)
        return f"[{what}]"

    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    text = (_TRUSTED if trusted else _SANDBOX).get_template(source).render(**known, gap=gap)
    subject = _SUBJECT.match(text)
    body = text[subject.end() :] if subject else text
    return Draft(
        kind=kind,
        to=facts.contact.email,
        subject=" ".join(subject[1].split()) if subject else "",
        body=re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n|\Z)", "", body)).strip() + "\n",
        gaps=tuple(dict.fromkeys(gaps)),
    )


def _environment(kind: type[Environment]) -> Environment:
    return kind(
        # A template goes by its own text.
        loader=FunctionLoader(lambda source: source),
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,
    )


_TRUSTED = _environment(Environment)
_SANDBOX = _environment(ImmutableSandboxedEnvironment)
"""For a notebook's own templates, which may come from somebody else."""


def remember_templates(memo: Memo) -> None:
    """Take templates from a memo that were compiled before, and keep those that are compiled from now on."""
    _TRUSTED.bytecode_cache = _SANDBOX.bytecode_cache = Compiled(memo)


def lint(draft: Draft, *, to_client: bool = False, same_as: str = "") -> tuple[str, ...]:
    """What to mend before a draft goes out, a sentence each.

    Args:
        draft: the draft.
        to_client: whether it goes to the client of an agency that leads.
        same_as: the name of somebody at the same organization who would get the same text; else empty.
    """
    found = [f"a gap is left: {what}" for what in draft.gaps]
    if to_client:
        found.append("an agency leads here: write to its consultant, not to the client")
    if same_as:
        found.append(f"{same_as} would get the same text: write each their own, for people compare")
    if draft.kind in {MessageKind.FOLLOW_UP, MessageKind.FOLLOW_UP_LAST} and draft.body.count("?") > 1:
        found.append("a follow-up asks one question; this one asks more")
    least, most = WORDS.get(draft.kind, (0, 10_000))
    words = len(draft.body.split())
    if words > most:
        found.append(f"it has {words} words; {least} to {most} are read more gladly")
    return tuple(found)


def alike(draft: Draft, other: Draft) -> bool:
    """Whether two people would get the same text, but for the salutation."""
    return draft.body.partition("\n")[2] == other.body.partition("\n")[2]
