"""The page Subscribe: the feed's addresses, and what calendar programs make of them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from markupsafe import Markup

from intouch.settings import FeedLevel
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.shell import Frame, Shell


@dataclass(frozen=True, slots=True)
class Program:
    """A calendar program.

    Attributes:
        how: where in it one subscribes.
        often: how often it looks for changes.
        local: whether it can reach a feed that only this computer serves.
    """

    name: str
    how: str
    often: str
    local: bool


@dataclass(frozen=True, slots=True)
class OtherFeed:
    """A feed beside the main one.

    Attributes:
        name: of its file.
        href: its address: on the web where the settings name one, else as seen from the page.
        level: what it tells.
    """

    name: str
    href: str
    level: str


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """The page Subscribe.

    Attributes:
        name: of the feed's file; empty where there is no feed.
        feed: address of the feed, as seen from the page.
        secret: whether its address is a secret, because the dashboard is sealed.
        published: the feed's address on the web; empty where the settings name none.
        webcal: the same as an address that calendar programs open at once; likewise.
        code: a picture of `published` for a phone's camera; empty likewise.
        level: what the feed tells to whoever sees the calendar.
        others: further feeds.
        programs: those that are known.
    """

    shell: Shell
    name: str
    feed: str
    secret: bool
    published: str
    webcal: str
    code: Markup
    level: str
    others: tuple[OtherFeed, ...]
    programs: tuple[Program, ...]


_PROGRAMS = (
    Program("Thunderbird", "New calendar, On the network", "as set there; 30 minutes at first", local=True),
    Program("GNOME Calendar", "Add calendar, and paste the address", "as set in its accounts", local=True),
    Program("Apple Calendar", "File, New calendar subscription", "you choose, up to weekly", local=True),
    Program("khal", "an http storage in vdirsyncer", "whenever it is synchronised", local=True),
    Program("iPhone and iPad", "open the webcal address, or the code", "as set under Accounts", local=False),
    Program("Android", "with the program ICSx5", "as set there", local=False),
    Program("Google Calendar", "Other calendars, From URL", "every 4 to 24 hours", local=False),
    Program("Outlook.com", "Add calendar, Subscribe from web", "about every 3 hours", local=False),
    Program("Nextcloud", "New subscription", "every 12 hours, as the feed hints", local=False),
)

_LEVELS = {
    FeedLevel.FULL: "It names the people, says why now, and holds their phone numbers and addresses.",
    FeedLevel.NAMES: "It names the people and what to do, and nothing else.",
    FeedLevel.INITIALS: "It shows initials only.",
    FeedLevel.BUSY: "It shows only that something is on.",
}


def subscribe_view(look: Lookup, frame: Frame) -> SubscribeView:
    """Gather the page Subscribe."""
    base = look.settings.site.base_url
    main = look.feeds[0] if look.feeds else None
    published = f"{base}/{main.path}" if base and main else ""
    return SubscribeView(
        shell=frame.around("Subscribe", ONE_DOWN, ONE_DOWN.subscribe),
        name=main.path.rpartition("/")[2] if main else "",
        feed=ONE_DOWN.feed(main.path) if main else "",
        secret=main is not None and main.secret,
        published=published,
        webcal=f"webcal:{published.partition(':')[2]}" if published else "",
        code=_code(published) if published else Markup(),
        level=_LEVELS[main.level] if main else "",
        others=tuple(
            OtherFeed(
                name=feed.path.rpartition("/")[2],
                href=f"{base}/{feed.path}" if base else ONE_DOWN.feed(feed.path),
                level=_LEVELS[feed.level],
            )
            for feed in look.feeds[1:]
        ),
        programs=_PROGRAMS,
    )


def _code(address: str) -> Markup:
    """The address as a QR code, as SVG without any style of its own."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, svgclass="qr", lineclass=None, omitsize=True, border=4
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made of squares only
