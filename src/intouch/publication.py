"""How a notebook is published: its feeds, what keys the UIDs in them, and where people's pages are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from intouch.settings import FeedLevel, Settings

FEED = "check-ins.ics"
LOCK_SCRIPT = "a/lock.js"
"""The script of a sealed site that holds its slots; a plain site has none."""
PLAIN_KEY = b"intouch feed"
"""Keys the UIDs of a feed that is not sealed; it keeps them apart from other programs', not secret."""


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """One calendar feed.

    Attributes:
        level: how much it tells.
        path: its file in the site.
        key: secret of the UIDs, at most 64 bytes.
    """

    level: FeedLevel
    path: str
    key: bytes = PLAIN_KEY

    @property
    def secret(self) -> bool:
        """Whether its address, and what keys its UIDs, are nobody else's to know."""
        return self.key != PLAIN_KEY

    def settings(self, settings: Settings) -> Settings:
        """The settings as this feed sees them: its level is the one asked for."""
        return replace(settings, feed=replace(settings.feed, level=self.level))


PersonPage = Callable[[str], str]
"""From a slug to the address of the person's page, seen from the site's root."""


def plain_page(slug: str) -> str:
    """The page of a person in a site that is not sealed."""
    return f"people/{quote(slug, safe='')}/"


@dataclass(frozen=True, slots=True)
class Publication:
    """Where things are once the site is published.

    Attributes:
        feeds: the calendar feeds, the main one first; there may be none.
        emptied: paths of former feeds, at which an empty one is left so that calendars forget the rest.
        person_page: the address of a person's page, seen from the site's root.
    """

    feeds: tuple[PublishedFeed, ...]
    emptied: tuple[str, ...] = ()
    person_page: PersonPage = plain_page


def plain(settings: Settings) -> Publication:
    """The publication of a site that is not sealed: everything at a telling address."""
    main = settings.feed.level or FeedLevel.FULL
    others = (
        PublishedFeed(level, f"check-ins-{level}.ics") for level in settings.feed.also if level is not main
    )
    return Publication((PublishedFeed(main, FEED), *others))
