"""The feeds of a sealed site: addresses that nobody guesses, and what is left behind when they move."""

from __future__ import annotations

import base64
import hmac
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import quote

from intouch.publication import Publication, PublishedFeed
from intouch.sealing.envelopes import envelope_name
from intouch.sealing.keys import Keys
from intouch.settings import FeedLevel, Settings

LEFT_BEHIND = timedelta(days=30)
"""How long an emptied feed stays at a former address: the slowest calendar program looks weekly."""

_LETTERS = 26
_MOST_MOVES = 3


def feed_path(keys: Keys, level: FeedLevel, epoch: int) -> str:
    """Where a feed is: 130 bits that only the root gives."""
    digest = hmac.digest(keys.feed, f"address\0{level}\0{epoch}".encode(), sha256)
    return f"f/{base64.b32encode(digest).decode().lower()[:_LETTERS]}.ics"


def publication(keys: Keys, settings: Settings, today: date) -> Publication:
    """How a sealed site is published.

    Its main feed tells initials, unless the settings ask for more. The addresses before the last rise of
    `feed.epoch` hold an emptied feed: for 30 days where `feed.moved` says since when, else for good, because
    names that stay in a calendar are worse than a file that says nothing.
    """
    main = settings.feed.level or FeedLevel.INITIALS
    levels = tuple(dict.fromkeys((main, *settings.feed.also))) if settings.publish_feed else ()
    epoch, moved = settings.feed.epoch, settings.feed.moved
    left = epoch > 1 and (moved is None or today < moved + LEFT_BEHIND)
    earlier = range(max(1, epoch - _MOST_MOVES), epoch) if left else ()
    return Publication(
        feeds=tuple(
            PublishedFeed(level, feed_path(keys, level, epoch), _uid_key(keys, level)) for level in levels
        ),
        # The level may have been another one then, and the last move may not have been the first this month.
        emptied=tuple(feed_path(keys, level, former) for former in earlier for level in FeedLevel),
        person_page=lambda slug: f"#/{envelope_name(keys, f'people/{quote(slug)}/index.html')}",
    )


def _uid_key(keys: Keys, level: FeedLevel) -> bytes:
    return hmac.digest(keys.feed, f"uid\0{level}".encode(), sha256)
