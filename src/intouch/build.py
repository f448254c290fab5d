"""Start here: a notebook is read, planned and rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from intouch import checks, project
from intouch.checkins import Agenda
from intouch.diagnostics import Diagnostic, has_errors, in_order, with_excerpts
from intouch.history import History, history
from intouch.model import Book
from intouch.publication import FEED, Publication, plain
from intouch.reading import notebook
from intouch.settings import Settings
from intouch.theme_folder import FOLDER

__all__ = ["FEED", "Built", "Loaded", "gather", "load", "plan", "render"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A notebook as read on one day, with every problem found."""

    root: Path
    today: date
    book: Book
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something stops publishing."""
        return has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """A site, and every problem of the notebook it was built from."""

    site: Mapping[str, bytes]
    agenda: Agenda
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something stops publishing."""
        return has_errors(self.diagnostics)


def load(root: Path, settings: project.ReadSettings, today: date) -> Loaded:
    """Read the notebook and check it; everything wrong with it is in the diagnostics."""
    reading = notebook.read(root)
    texts = {**reading.texts, project.SETTINGS_FILE: settings.text}
    found = (*settings.diagnostics, *reading.diagnostics, *checks.check(reading.book, today))
    return Loaded(root, today, reading.book, settings.settings, with_excerpts(in_order(found), texts))


def gather(loaded: Loaded) -> History:
    """Look at the book the way the rules do."""
    return history(loaded.book, loaded.today, loaded.settings)


def plan(loaded: Loaded) -> Agenda:
    """Work out what to do and when."""
    from intouch.agenda import plan_history

    return plan_history(gather(loaded))


def render(loaded: Loaded, publication: Publication | None = None) -> Built:
    """Render the site and its feeds, as they are published: by default plain."""
    from intouch.agenda import plan_history
    from intouch.drafts.writer import write_drafts
    from intouch.feed import emptied_feed, render_feed
    from intouch.site.render import render_site

    seen = gather(loaded)
    agenda = plan_history(seen)
    folder = loaded.root / FOLDER
    own = folder if folder.is_dir() else None
    drafts, of_drafts = write_drafts(agenda, seen, own)
    published = publication or plain(loaded.settings)
    site: dict[str, bytes] = {path: emptied_feed(loaded.settings) for path in published.emptied}
    known = (*loaded.diagnostics, *of_drafts)
    for feed in published.feeds:
        site[feed.path], of_feed = render_feed(
            book=loaded.book,
            agenda=agenda,
            settings=feed.settings(loaded.settings),
            drafts=drafts,
            key=feed.key,
            person_page=published.person_page,
        )
        known += tuple(problem for problem in of_feed if problem not in known)
    pages, of_pages = render_site(
        history=seen,
        agenda=agenda,
        drafts=drafts,
        diagnostics=in_order(known),
        overrides=own,
        feeds=published.feeds,
    )
    return Built(MappingProxyType({**pages, **site}), agenda, in_order((*known, *of_pages)))
