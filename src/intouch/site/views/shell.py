"""What every page shows around its content: title, navigation, banners."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.diagnostics import has_errors
from intouch.english import count
from intouch.settings import Settings
from intouch.site.addresses import Addresses
from intouch.site.lookup import Lookup
from intouch.site.words import Day, clipped, day_of

LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; an empty `href` leads nowhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation.

    Attributes:
        current: whether it is the page that shows it.
        badge: a short number beside it, or empty.
        badge_text: what the number counts, for those who only hear it.
    """

    text: str
    href: str
    current: bool
    badge: str
    badge_text: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A message across the page.

    Attributes:
        kind: `demo` or `problems`.
        link: where to read more; its `href` is empty where there is nothing more.
    """

    kind: str
    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds the content of a page.

    Attributes:
        title: of the page and the dashboard, short enough for a tab.
        site_title: of the dashboard.
        home: address of the page Today.
        today: the day that the dashboard shows.
        stylesheet: address of the theme's stylesheet.
        theme_script: address of the script that sets the chosen colours before anything is shown.
        script: address of the script that adds what needs one.
        icon: address of the theme's icon.
        find: where the quick find goes without JavaScript.
        find_data: address of what the quick find searches.
        root: what leads from the page to the site's root.
        more: further pages, named at the foot.
    """

    title: str
    site_title: str
    home: str
    today: Day
    nav: tuple[NavItem, ...]
    banners: tuple[Banner, ...]
    stylesheet: str
    theme_script: str
    script: str
    icon: str
    find: str
    find_data: str
    root: str
    more: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Assets:
    """The names of the theme's files below `assets/`."""

    stylesheet: str
    theme_script: str
    script: str
    icon: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Makes the shells of one site: what is the same on all its pages.

    Attributes:
        problems: how many there are.
        broken: whether some of them stop publishing.
    """

    settings: Settings
    today: Day
    assets: Assets
    problems: int
    broken: bool

    def around(self, title: str, at: Addresses, current: str = "") -> Shell:
        """The shell of a page.

        Args:
            title: of the page.
            at: the site as seen from the page.
            current: the address of the navigation's entry that the page belongs to.
        """
        entries = (
            ("Today", at.today),
            ("People", at.people),
            ("Organizations", at.organizations),
            ("Pipeline", at.pipeline),
            ("Calendar", at.calendar),
            ("Insights", at.insights),
            ("Problems", at.problems),
        )
        nav = tuple(
            NavItem(text, href, href == current, *(self._badge() if href == at.problems else ("", "")))
            for text, href in entries
        )
        return Shell(
            title=clipped(f"{title} · {self.settings.site.title}", LONGEST_TITLE),
            site_title=self.settings.site.title,
            home=at.today,
            today=self.today,
            nav=nav,
            banners=self._banners(at, current),
            stylesheet=at.asset(self.assets.stylesheet),
            theme_script=at.asset(self.assets.theme_script),
            script=at.asset(self.assets.script),
            icon=at.asset(self.assets.icon),
            find=at.people,
            find_data=at.found,
            root=at.root or "./",
            more=(NavItem("Subscribe in a calendar", at.subscribe, at.subscribe == current, "", ""),),
        )

    def _badge(self) -> tuple[str, str]:
        return (str(self.problems), count(self.problems, "problem")) if self.problems else ("", "")

    def _banners(self, at: Addresses, current: str) -> tuple[Banner, ...]:
        banners = []
        if self.settings.demo_today is not None:
            text = f"A sample notebook: its people are invented, and its today is always {self.today.text}."
            banners.append(Banner("demo", text, Link("", "")))
        if self.broken and current != at.problems:
            text = "Something in the notebook needs mending before this can be published."
            banners.append(Banner("problems", text, Link("See the problems", at.problems)))
        return tuple(banners)


def frame(look: Lookup, assets: Assets) -> Frame:
    """Gather what all shells of a site share."""
    return Frame(
        settings=look.settings,
        today=day_of(look.agenda.today),
        assets=assets,
        problems=len(look.diagnostics),
        broken=has_errors(look.diagnostics),
    )
