"""Start here: a notebook is read, planned and rendered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from intouch import checks, project
from intouch.checkins import Agenda
from intouch.diagnostics import Diagnostic, has_errors, in_order, with_excerpts
from intouch.history import History, history
from intouch.memo import Memo
from intouch.model import Book
from intouch.pictures.attachment import Attachment
from intouch.progress import Progress, silent
from intouch.publication import Publication, plain
from intouch.reading import notebook
from intouch.reading.attachments import picture_file
from intouch.reading.files import leads_outside
from intouch.reading.scan import Scanned, scan
from intouch.settings import Settings
from intouch.site.gallery import Gallery
from intouch.theme_folder import FOLDER
from intouch.website import Website


@dataclass(frozen=True, slots=True)
class Loaded:
    """A notebook as read on one day, with every problem found."""

    root: Path
    today: date
    book: Book
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something stops publishing."""
        return has_errors(self.diagnostics)

    @property
    def own_theme(self) -> Path | None:
        """The notebook's folder of templates, where it has one; one elsewhere is none of its own."""
        folder = self.root / FOLDER
        return folder if folder.is_dir() and not leads_outside(folder, self.root) else None


@dataclass(frozen=True, slots=True)
class Built:
    """A site, and every problem of the notebook it was built from."""

    site: Website
    agenda: Agenda
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something stops publishing."""
        return has_errors(self.diagnostics)


def load(
    root: Path,
    settings: project.ReadSettings,
    today: date,
    memo: Memo | None = None,
    progress: Progress = silent,
    *,
    scanned: Scanned | None = None,
) -> Loaded:
    """Read the notebook and check it; everything wrong with it is in the diagnostics."""
    reading = notebook.understand(scanned or scan(root), memo, progress)
    found = (*settings.diagnostics, *reading.diagnostics, *checks.check(reading.book, today))
    told = with_excerpts(in_order(found), reading.texts, {project.SETTINGS_FILE: settings.text})
    return Loaded(root, today, reading.book, settings.settings, told, reading.attachments)


def gather(loaded: Loaded, memo: Memo | None = None) -> History:
    """Look at the book the way the rules do."""
    seen = loaded.book, loaded.today, loaded.settings
    return (memo or Memo()).once("history", seen, lambda: history(*seen))


def plan(loaded: Loaded, memo: Memo | None = None) -> Agenda:
    """Work out what to do and when."""
    from intouch.agenda import plan_history

    seen = gather(loaded, memo)
    return (memo or Memo()).once("agenda", seen, lambda: plan_history(seen))


def render(
    loaded: Loaded,
    memo: Memo | None = None,
    progress: Progress = silent,
    publication: Publication | None = None,
    *,
    later: bool = False,
) -> Built:
    """Render the site and its feeds, by default plain; pages, if told so, when somebody asks for them."""
    from intouch.drafts.writer import write_drafts
    from intouch.feed import render_feeds
    from intouch.site.render import render_site

    memo = memo or Memo()
    seen, agenda = gather(loaded, memo), plan(loaded, memo)
    drafts, of_drafts = write_drafts(agenda, seen, loaded.own_theme, memo)
    published = publication or plain(loaded.settings)
    feeds, of_feeds = render_feeds(
        published, book=loaded.book, agenda=agenda, settings=loaded.settings, drafts=drafts, memo=memo
    )
    known = in_order((*loaded.diagnostics, *of_drafts, *of_feeds))
    pages, of_pages = render_site(
        book=loaded.book,
        history=seen,
        agenda=agenda,
        drafts=drafts,
        diagnostics=known,
        overrides=loaded.own_theme,
        feeds=published.feeds,
        gallery=Gallery(loaded.attachments, partial(picture_file, loaded.root), memo),
        memo=memo,
        progress=progress,
        later=later,
    )
    return Built(pages.with_files(feeds), agenda, in_order((*known, *of_pages)))
