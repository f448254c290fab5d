"""The page Insights: what the search shows so far, each figure with what it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from intouch.english import SHORT_MONTHS, count
from intouch.insights import YEAR, Days, Insights, Route, Share, insights
from intouch.names import folded
from intouch.site import charts
from intouch.site.addresses import ONE_DOWN
from intouch.site.lookup import Lookup
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import Day, day_of, month_name

FEWEST_FOR_PERCENT = 10
"""Below this many, a percentage says more than is known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and what it means.

    Attributes:
        value: in large: a percentage, or `3 of 7` where there are too few for one, or `no data yet`.
        of: the part and the whole, where the value does not say them.
        definition: what is counted, out of what.
        chart: a picture of it; may be empty.
    """

    id: str
    title: str
    value: str
    of: str
    definition: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class RouteRow:
    """How one way into organizations did."""

    name: str
    applications: int
    interviewed: str
    offered: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """How much happened in a month."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class InsightsView:
    """The page Insights.

    Attributes:
        figures: the single numbers.
        routes: agency against direct.
        routes_definition: what they count.
        uncovered: organizations of good fit with nobody to write to.
        heat_map: a year of activity as a picture.
        months: the same, by month.
        since: the first day of that year.
        total: how much happened in it, in words.
    """

    shell: Shell
    summary: str
    figures: tuple[Figure, ...]
    routes: tuple[RouteRow, ...]
    routes_definition: str
    uncovered: tuple[Link, ...]
    heat_map: Markup
    months: tuple[MonthRow, ...]
    since: Day
    total: str


def insights_view(look: Lookup, frame: Frame) -> InsightsView:
    """Gather the page Insights."""
    seen = insights(look.history, look.agenda)
    today = look.agenda.today
    number = seen.interviews.whole
    return InsightsView(
        shell=frame.around("Insights", ONE_DOWN, ONE_DOWN.insights),
        summary=f"What {count(number, 'application')} and "
        f"{count(len(look.book.contacts), 'person', 'people')} show so far",
        figures=tuple(_figures(seen)),
        routes=tuple(_route(route) for route in seen.routes),
        routes_definition="An application counts as the agency’s when it came through a consultant, "
        "or belongs to someone whose card says agency.",
        uncovered=tuple(
            Link(name, ONE_DOWN.organization(look.anchors[folded(name)])) for name in seen.uncovered
        ),
        heat_map=charts.heat_map(seen.activity, today - YEAR, today, SHORT_MONTHS),
        months=tuple(_months(seen, today)),
        since=day_of(today - YEAR),
        total=count(sum(seen.activity.values()), "interaction"),
    )


def _figures(seen: Insights) -> Iterable[Figure]:
    yield _of_share(
        "answered",
        "Response rate",
        seen.answered,
        "Applications sent that got any answer. Those still waiting are left out.",
    )
    yield _of_ratio(seen.interviews)
    yield _of_share(
        "offers",
        "Interview to offer",
        seen.offers,
        "Applications with an interview that led to an offer. Those still open are left out.",
    )
    yield _of_days(seen.first_reply)
    first, second = seen.follow_ups
    yield _of_share(
        "first-follow-up",
        "First follow-ups answered",
        first,
        "First follow-ups after which they wrote or talked to you before another one went.",
    )
    yield _of_share(
        "second-follow-up",
        "Second follow-ups answered",
        second,
        "The same for second follow-ups. Those still waiting are left out of both.",
    )
    yield _of_share(
        "silent",
        "Went silent",
        seen.silent,
        "Closed applications that nobody ever answered to the end. It is their loss.",
    )
    yield _of_share(
        "coverage",
        "Good fits kept in touch with",
        seen.coverage,
        "Organizations of fit 4 or 5 in which somebody has a rhythm, or an application is open.",
    )


def _of_share(id_: str, title: str, share: Share, definition: str) -> Figure:
    value, of = _told(share)
    return Figure(id_, title, value, of, definition, charts.bar(share.part, share.whole))


def _told(share: Share) -> tuple[str, str]:
    """A share in large and in small: no percentage of a few."""
    if not share.whole:
        return "no data yet", ""
    if share.whole < FEWEST_FOR_PERCENT:
        return f"{share.part} of {share.whole}", ""
    return f"{round(100 * share.part / share.whole)} %", f"{share.part} of {share.whole}"


def _of_ratio(share: Share) -> Figure:
    definition = "Interviews that took place, for each application there is."
    if not share.whole:
        return Figure("interviews", "Interviews per application", "no data yet", "", definition, Markup())
    value = f"{share.part / share.whole:.1f}"
    of = f"{share.part} in {count(share.whole, 'application')}"
    return Figure("interviews", "Interviews per application", value, of, definition, Markup())


def _of_days(days: Days) -> Figure:
    definition = "From sending an application to the first answer; half of them took longer."
    if days.middle is None:
        return Figure("first-reply", "Days to a first reply", "no data yet", "", definition, Markup())
    value = f"{days.middle:g} {'day' if days.middle == 1 else 'days'}"
    of = f"median of {days.whole}"
    return Figure("first-reply", "Days to a first reply", value, of, definition, Markup())


def _route(route: Route) -> RouteRow:
    def told(part: int) -> str:
        value, of = _told(Share(part, route.applications))
        return f"{value} ({of})" if of else value

    name = "Through an agency" if route.agency else "Direct"
    return RouteRow(name, route.applications, told(route.interviewed), told(route.offered))


def _months(seen: Insights, today: date) -> Iterable[MonthRow]:
    month = (today - YEAR).replace(day=1)
    while month <= today:
        after = (month + timedelta(days=31)).replace(day=1)
        yield MonthRow(month_name(month), sum(n for d, n in seen.activity.items() if month <= d < after))
        month = after
