"""From the agenda to the pages of the site, as bytes by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from intouch.checkins import Agenda, Application, CheckIn
from intouch.diagnostics import Diagnostic
from intouch.drafts.writer import Drafts
from intouch.fingerprint import Fingerprints
from intouch.history import History
from intouch.memo import Key, Memo, digest
from intouch.model import Book, Contact, Interaction
from intouch.parallel import in_parallel
from intouch.progress import Progress, silent
from intouch.publication import PublishedFeed, plain
from intouch.settings import Me, Settings
from intouch.site.addresses import FIND
from intouch.site.find import find_index
from intouch.site.gallery import NO_PICTURES, Gallery
from intouch.site.lookup import Lookup, look_up
from intouch.site.near import key_of, near
from intouch.site.press import Press, Printed, View
from intouch.site.texts import Texts
from intouch.site.theme import Theme, read_theme
from intouch.site.views.calendar import calendar_view
from intouch.site.views.insights import insights_view
from intouch.site.views.organizations import organizations_view
from intouch.site.views.people import people_view
from intouch.site.views.person import person_view
from intouch.site.views.pipeline import pipeline_view
from intouch.site.views.problems import missing_view, problems_view
from intouch.site.views.shell import Assets, Frame, frame
from intouch.site.views.subscribe import subscribe_view
from intouch.site.views.today import today_view
from intouch.timeline import Timeline
from intouch.website import Website

Which = TypeVar("Which", int, str)

ICON = "icon.svg"

PAGES: tuple[tuple[str, str, Callable[[Lookup, Frame], View]], ...] = (
    ("index.html", "today.html", today_view),
    ("people/index.html", "people.html", people_view),
    ("organizations/index.html", "organizations.html", organizations_view),
    ("pipeline/index.html", "pipeline.html", pipeline_view),
    ("calendar/index.html", "calendar.html", calendar_view),
    ("insights/index.html", "insights.html", insights_view),
    ("subscribe/index.html", "subscribe.html", subscribe_view),
    ("problems/index.html", "problems.html", problems_view),
    ("404.html", "404.html", missing_view),
)
"""Where a page goes, its template, and what gathers its view; a page a person comes beside these."""

_MANY_PEOPLE = 400
"""People whose pages, or whose names on every other page, are worth a second process."""


def person_path(slug: str) -> str:
    """Where a person's page goes."""
    return f"people/{slug}/index.html"


def render_site(
    *,
    book: Book,
    history: History,
    agenda: Agenda,
    drafts: Drafts,
    diagnostics: tuple[Diagnostic, ...],
    overrides: Path | None,
    feeds: tuple[PublishedFeed, ...] | None = None,
    gallery: Gallery = NO_PICTURES,
    memo: Memo | None = None,
    progress: Progress = silent,
    later: bool = False,
) -> tuple[Website, tuple[Diagnostic, ...]]:
    """Render every page of the site.

    Args:
        book: the notebook, its texts included.
        history: its facts and its settings, seen on one day.
        agenda: what the rules make of it.
        drafts: the messages for every open check-in.
        diagnostics: the problems found so far, for the page of problems.
        overrides: the notebook's own `site_templates` folder, or None.
        feeds: where the calendar feeds are; None for where a plain site has them.
        gallery: the pictures that texts may show.
        memo: what earlier builds rendered.
        progress: is told how far the rendering has come.
        later: whether pages are printed only when somebody asks for them. A notebook's own templates are
            tried on all of them all the same, since what is wrong with them is to be told.

    Returns:
        The files of the site by path with `/`, and the problems that rendering found.
    """
    memo = memo or Memo()
    theme, of_theme = read_theme(overrides)
    texts = Texts(book, gallery, memo, progress)
    shown = plain(history.settings).feeds if feeds is None else feeds
    look = look_up(book, history, agenda, (*diagnostics, *of_theme), drafts, texts=texts, feeds=shown)
    printing = _Printing(look, frame(look, _assets(theme)), Press(theme, memo), memo, progress)
    assets = {f"assets/{name}": data for name, data in theme.assets.items()}
    pictures = gallery.site(texts.pictures())
    if later and not theme.own:
        return printing.later().with_files(assets).with_site(pictures), (*of_theme, *texts.problems)
    # The pages of everything are printed elsewhere while we see here which people have changed.
    begun = printing.begin_others()
    keys = printing.keys()
    others, of_others = printing.others(begun)
    site, of_pages = printing.people(keys)
    site = site.with_files({**others, FIND: find_index(look), **assets}).with_site(pictures)
    return site, (*of_theme, *texts.problems, *of_others, *of_pages)


def _assets(theme: Theme) -> Assets:
    return Assets(
        stylesheet=theme.hashed["style.css"],
        theme_script=theme.hashed["theme.js"],
        script=theme.hashed["app.js"],
        icon=ICON,
    )


Kept = tuple[Key, tuple[Diagnostic, ...]]
"""What is remembered of a page: a digest of its bytes, and what was wrong with its template."""


@dataclass(frozen=True)
class _Printing:
    """Prints the pages of one site; those of people that would come out the same are not made anew."""

    look: Lookup
    around: Frame
    press: Press
    memo: Memo
    progress: Progress

    def later(self) -> Website:
        """All pages, each made when it is asked for, once."""
        makers: dict[str, Callable[[], bytes]] = {FIND: cache(partial(find_index, self.look))}
        for number, (path, _, _) in enumerate(PAGES):
            makers[path] = cache(partial(_content, self._other, number))
        for slug in self.look.book.contacts:
            makers[person_path(slug)] = cache(partial(_content, self.person, slug))
        return Website({}, makers)

    def begin_others(self) -> Iterable[Printed]:
        """Begin with the pages that show the whole notebook: elsewhere, if they are large."""
        enough = 0 if len(self.look.book.contacts) >= _MANY_PEOPLE else len(PAGES) + 1
        return in_parallel(self._other, range(len(PAGES)), enough=enough, chunk=1)

    def others(self, begun: Iterable[Printed]) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
        """The pages that show the whole notebook, by path."""
        made = list(begun)
        found = {path: printed.content for (path, _, _), printed in zip(PAGES, made, strict=True)}
        return found, tuple(problem for printed in made for problem in printed.problems)

    def _other(self, number: int) -> Printed:
        _, template, view = PAGES[number]
        return self.press.printed(template, view(self.look, self.around))

    def person(self, slug: str) -> Printed:
        """The page of a person."""
        view = person_view(slug, near(slug, self.look), self.around)
        return self.press.printed("person.html", view)

    def people(self, keys: Mapping[str, Key]) -> tuple[Website, tuple[Diagnostic, ...]]:
        """The pages of people, only those made now of which nothing is remembered."""
        shelf = self.memo.shelf("pages", tuple[Key, tuple[Diagnostic, ...]])
        known = {slug: kept for slug, key in keys.items() if (kept := shelf.get(key)) is not None}
        missing = [slug for slug in keys if slug not in known]
        made: dict[str, bytes] = {}
        pages = in_parallel(self.person, missing, enough=_MANY_PEOPLE)
        shown = self.progress(pages, total=len(missing), what="Printing")
        for slug, printed in zip(missing, shown, strict=True):
            made[person_path(slug)] = printed.content
            known[slug] = digest(printed.content), printed.problems
            shelf.put(keys[slug], known[slug])
        makers = {person_path(slug): partial(_content, self.person, slug) for slug in keys}
        digests = {person_path(slug): known[slug][0] for slug in keys}
        return Website(made, makers, digests), tuple(p for slug in keys for p in known[slug][1])

    def keys(self) -> Mapping[str, Key]:
        """A digest of all that each person's page is made of, by slug."""
        prints = Fingerprints(
            lasting=(Application, CheckIn, Settings, Me),
            repeated=(Book, Timeline),
            known_by={Contact: self._card_known_by, Interaction: self._entry_known_by},
        )
        same = prints.of(self.around, self.look.settings, self.press.key)
        look = self.look
        return {slug: digest(same, key_of(slug, near(slug, look), prints)) for slug in look.book.contacts}

    def _card_known_by(self, contact: Contact) -> object | None:
        """A card that was read is known by its file, but for whom its introducer's name means."""
        file = self.look.book.prose.digests.get(contact.place.file)
        return None if file is None else (file, contact.introduced_by)

    def _entry_known_by(self, entry: Interaction) -> object | None:
        """A log line or a note that was read is known by its file and line, but for whom its names mean."""
        file = self.look.book.prose.digests.get(entry.place.file)
        return None if file is None else (file, entry.place.line, entry.people, entry.via)


def _content(printed: Callable[[Which], Printed], which: Which) -> bytes:
    return printed(which).content
