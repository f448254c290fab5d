"""How to write down that a check-in was done: a shell command, or a page of the notebook's git host."""

from __future__ import annotations

import re
import shlex
from datetime import date

from intouch.checkins import CheckIn
from intouch.front_matter import front_matter
from intouch.git_host import new_note_url
from intouch.model import Contact
from intouch.names import folded
from intouch.settings import SiteSettings

_PLAIN = re.compile(r"[^\W_][\w .,:/+&()#-]*")


def log_command(item: CheckIn, day: date | None = None) -> str:
    """The shell command that logs a check-in as done.

    Args:
        item: what is done.
        day: when it will have been done; None for the day on which the command is run.
    """
    application = item.proposal.application
    words = ["intouch", "log", item.contact, str(item.proposal.done_kind)]
    if application is not None and application.role:
        words += ["--role", _quoted(application.role)]
    if day is not None:
        words += ["--date", day.isoformat()]
    return " ".join(words)


def _quoted(text: str) -> str:
    """A text as one word of a command: every shell takes double quotes, if nothing in them is special."""
    return f'"{text}"' if _PLAIN.fullmatch(text) else shlex.quote(text)


def log_page(item: CheckIn, contact: Contact, day: date, site: SiteSettings) -> str:
    """The page that logs a check-in as done: path and front matter are there, saving is all it takes.

    The name of the note says date and kind; its front matter what the name cannot.

    Args:
        item: what is done.
        contact: with whom.
        day: when it will have been done.
        site: where the notebook lives.

    Returns:
        The address; empty where the settings name no repository.
    """
    if not site.repository:
        return ""
    application = item.proposal.application
    role = (application.role or "") if application else ""
    organization = (application.organization or "") if application and role else ""
    elsewhere = folded(organization) != folded(contact.organization)
    values = {"role": role, "organization": organization if elsewhere else ""}
    content = front_matter(values) if role else ""
    return new_note_url(
        site.repository, site.branch, contact.slug, f"{day}-{item.proposal.done_kind}.md", content
    )
