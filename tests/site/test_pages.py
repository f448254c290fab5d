"""Calendar, Insights, Subscribe and the quick find: what they show of a notebook."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard import Notebook
from intouch.dates import Away, WorkCalendar
from intouch.english import SHORT_MONTHS
from intouch.public_holidays import holiday_names
from intouch.settings import FeedLevel, FeedSettings, SiteSettings
from intouch.site import charts
from intouch.site.warmth import lasting


def cell(html: str, day: str) -> str:
    """The cell of a day in the calendar."""
    match = re.search(rf'<td class="[^"]*">\s*<time datetime="{day}">.*?</td>', html, re.DOTALL)
    assert match, day
    return match[0]


def test_the_calendar_shows_three_months_with_what_is_planned(search: Notebook) -> None:
    html = search.pages()["calendar/index.html"]
    assert re.findall(r'<h2 id="m-([\d-]+)">', html) == ["2026-11", "2026-12", "2027-01"]
    assert "is-today" in cell(html, "2026-11-23")
    days = set(re.findall(r'<td class="[^"]*">\s*<time datetime="([\d-]+)">', html))
    first = date(2026, 11, 1)
    assert days == {(first + timedelta(days=n)).isoformat() for n in range(92)}
    assert "check-ins.ics" not in search.rendered(), "the feed is another room's"


def test_the_calendar_says_why_a_day_is_kept_free(search: Notebook) -> None:
    away = (Away(date(2026, 12, 1), date(2026, 12, 9), "a trip"),)
    search.settings = replace(
        search.settings, calendar=WorkCalendar(holiday=holiday_names("AU", "NSW", ()), away=away)
    )
    html = search.pages()["calendar/index.html"]
    assert "Christmas Day" in cell(html, "2026-12-25")
    assert 'class="holiday' in cell(html, "2026-12-25")
    assert '<span class="shade"><bdi>Away: a trip</bdi></span>' in cell(html, "2026-12-01")
    assert '<span class="unseen"><bdi>Away: a trip</bdi></span>' in cell(html, "2026-12-02")
    assert '<span class="shade"><bdi>Away: a trip</bdi></span>' in cell(html, "2026-12-07")
    assert 'class="quiet' in cell(html, "2026-12-21")
    assert 'class="weekend' in cell(html, "2026-12-12")


def test_no_percentage_is_made_of_a_few(search: Notebook) -> None:
    html = search.pages()["insights/index.html"]
    for value in re.findall(r'<p class="value">(.*?)</p>', html):
        whole = re.search(r"of (\d+)", value)
        assert "%" not in value or (whole is not None and int(whole[1]) >= 10), value


def test_every_picture_has_its_words(search: Notebook) -> None:
    html = search.pages()["insights/index.html"]
    assert html.count("<svg") == html.count('<svg class="bar"') + 1
    assert html.count('aria-hidden="true" focusable="false">') == html.count("<svg")
    assert "November 2026" in html.split("The same by month")[1]


def test_the_feeds_address_and_code_stand_where_it_is_published(search: Notebook) -> None:
    search.settings = replace(search.settings, site=SiteSettings(base_url="https://me.example/network"))
    html = search.pages()["subscribe/index.html"]
    assert "https://me.example/network/check-ins.ics" in html
    assert 'href="webcal://me.example/network/check-ins.ics"' in html
    assert '<svg viewBox="0 0 ' in html
    assert "style=" not in html
    search.settings = replace(search.settings, site=SiteSettings())
    html = search.pages()["subscribe/index.html"]
    assert "webcal:" not in html
    assert "<svg" not in html


@pytest.mark.parametrize("level", FeedLevel)
def test_the_page_says_what_the_feed_tells(search: Notebook, level: FeedLevel) -> None:
    search.settings = replace(search.settings, feed=FeedSettings(level=level))
    assert ("phone numbers" in search.pages()["subscribe/index.html"]) is (level is FeedLevel.FULL)


def test_the_quick_find_knows_everyone_and_everything(search: Notebook) -> None:
    site = search.rendered()
    entries = json.loads(site["find.json"])
    assert {kind for kind, *_ in entries} == {"person", "organization", "role", "tag"}
    people = [(name, address) for kind, name, _, address, _ in entries if kind == "person"]
    assert people == [(c.name, f"people/{slug}/") for slug, c in sorted(search.contacts.items())]
    for _, _, _, address, _ in entries:
        path = re.split(r"[?#]", address)[0]
        assert f"{path}index.html" in site


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (800, "2 years"),
    ],
)
def test_a_length_of_time_is_said_as_one_says_it(days: int, text: str) -> None:
    assert lasting(days) == text


def test_a_heat_map_has_a_square_for_every_day() -> None:
    until = date(2026, 11, 23)
    drawn = charts.heat_map(
        {until: 9, until - timedelta(days=1): 1}, until - timedelta(days=364), until, SHORT_MONTHS
    )
    assert drawn.count("<rect") == 365
    assert [drawn.count(f"heat-{level}") for level in (1, 2, 3, 4)] == [1, 0, 0, 1]


def test_bars_and_columns_are_never_wider_than_whole() -> None:
    assert 'width="100" height="8"/></svg>' in charts.bar(3, 3)
    assert 'class="fill" width="0"' in charts.bar(0, 0)
    assert 'height="40"/></svg>' in charts.column(5, 5)
    assert 'class="track"' in charts.column(0, 5)
