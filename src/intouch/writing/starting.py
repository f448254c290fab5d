"""A notebook of one's own: the files it begins with, and which of them are there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from intouch.card_folder import FOLDER, card_name
from intouch.project.reading import SETTINGS_FILE
from intouch.writing.editors import editor_files
from intouch.writing.files import create

EXAMPLE = card_name("example-person")

_CARD = """\
---
name: Example Person
organization: Example College
contact_type: hiring-manager
email: person@example.org
fit: 4
# cadence: every 3 months     # instead of what the fit gives
# next: 2027-01-15 call after the budget round
---
This card is an example: delete it when you have written one of your own. Below the front matter you may
write whatever you like.

## Log
- {day} meeting: over coffee; everything you write down moves the next date by itself
"""

_SETTINGS = """\
# Every key is optional. What each one does: docs/settings.md of intouch.

{timezone}

[me]                                 # for the drafts
# name = "Ailsa Moore"

[calendar]
# country = "AU"                     # public holidays; subdivision = "NSW"
# quiet = ["12-20/01-04"]            # yearly; no follow-ups or check-ins then

# [[away]]                           # a trip; check-ins wait until you are back
# from = 2026-12-10
# to = 2027-02-08
# note = "long service leave"

[rhythm]
# agency = "2 months"                # and fit_5, fit_4, fit_3, fit_low

[feed]
# alarm = "09:00"
"""

_ANY_TIMEZONE = """\
# timezone = "Australia/Sydney"      # the machine's own, unless it is set"""

_IGNORED = """\
# What a build makes can always be made again.
/_site/
/._site.*
/_sealed/
/._sealed.*
# What is left for a moment by a command that was killed; the next one takes it away.
.intouch-*.tmp
.intouch.lock
# Obsidian: which windows were open, and what was deleted.
/.obsidian/workspace*.json
/.trash/
"""


def beginning(today: date, zone: str = "") -> Mapping[str, str]:
    """The files of a new notebook, by path.

    Args:
        today: when the example was met.
        zone: the notebook's time zone; empty where it is whatever the machine has.
    """
    timezone = f'timezone = "{zone}"'.ljust(36) + " # whose day it is, also where others build"
    return MappingProxyType(
        {
            EXAMPLE: _CARD.format(day=today),
            SETTINGS_FILE: _SETTINGS.replace("{timezone}", timezone if zone else _ANY_TIMEZONE),
            ".gitignore": _IGNORED,
            **editor_files(),
        }
    )


def start(
    root: Path, today: date, zone: str = "", more: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what is missing of a new notebook; what is there stays as it is.

    Args:
        root: its folder; made when absent.
        today: when the example was met.
        zone: for new settings.
        more: further files, by path.

    Returns:
        The files that were written, and those that were there already.

    Raises:
        WriteError: when the machine refuses.
    """
    contacts = root / FOLDER
    has_cards = contacts.is_dir() and any(contacts.glob("*.md"))
    written, kept = [], []
    for name, text in {**beginning(today, zone), **more}.items():
        if name == EXAMPLE and has_cards:
            continue
        path = root / name
        if path.exists() or path.is_symlink():
            kept.append(name)
            continue
        create(path, text.encode())
        written.append(name)
    return tuple(written), tuple(kept)
