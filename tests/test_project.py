from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from intouch.dates import Away, YearlyRange
from intouch.project import find, read_settings
from intouch.project.spec import SETTINGS, manual
from intouch.project.toml_places import locate
from intouch.settings import FeedLevel, Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"

EVERYTHING = """\
format = 1
timezone = "Australia/Sydney"
x-mine = 1
[me]
name = "Ailsa Moore"
email = "ailsa@moore.example"
phone = "+61 2 5550 0100"
headline = "Trainer"
availability = "from March"
link = "https://moore.example"
[calendar]
country = "au"
subdivision = "NSW"
holidays = [2026-12-24]
workdays = ["mon", "Tuesday", "wed", "thu"]
quiet = ["12-20/01-04", "07-01/07-05"]
[[away]]
from = 2026-12-10
to = 2027-02-08
note = "long service leave"
[[away]]
from = "2027-06-01"
to = "2027-06-01"
[rhythm]
agency = "6 weeks"
fit_5 = "monthly"
fit_4 = "2 months"
fit_3 = "quarterly"
fit_low = "yearly"
[waits]
applied = 8
screen = 6
interview = 4
reply = 9
on_hold = 19
after_decision = 1
between_follow_ups = 4
give_up = 11
[limits]
follow_ups = 1
per_day = 2
per_week = 5
[feed]
name = "People"
alarm = "09:30"
level = "initials"
also = ["busy", "busy", "full"]
epoch = 3
moved = 2026-11-20
[site]
title = "My people"
base_url = "https://me.example/people/"
repository = "https://git.example/me/network"
branch = "trunk"
[publish]
access = "host-auth"
feed = false
[demo]
today = 2026-11-23
"""


def test_every_setting_arrives(tmp_path: Path) -> None:
    (tmp_path / "intouch.toml").write_text(EVERYTHING)
    read = read_settings(tmp_path)
    assert read.diagnostics == ()
    s, plain = read.settings, Settings()
    assert s.timezone == "Australia/Sydney"
    assert s.calendar.away == (
        Away(date(2026, 12, 10), date(2027, 2, 8), "long service leave"),
        Away(date(2027, 6, 1), date(2027, 6, 1)),
    )
    assert s.calendar.workdays == {0, 1, 2, 3}
    assert s.calendar.quiet == (YearlyRange((12, 20), (1, 4)), YearlyRange((7, 1), (7, 5)))
    assert s.calendar.holiday(date(2026, 12, 24)) == "a holiday of your own"
    assert s.calendar.holiday(date(2026, 12, 25)) == "Christmas Day"
    assert s.calendar.holiday(date(2026, 10, 5)) == "Labor Day"
    assert (s.feed.alarm, s.feed.level) == (570, FeedLevel.INITIALS)
    assert s.feed.also == (FeedLevel.BUSY, FeedLevel.FULL)
    assert (s.access, s.publish_feed) == ("host-auth", False)
    assert s.site.base_url == "https://me.example/people"
    assert s.demo_today == date(2026, 11, 23)
    # Every value above differs from its default, so a setting that is not wired up shows.
    for part in ("me", "rhythm", "waits", "limits", "feed", "site"):
        given, default = getattr(s, part), getattr(plain, part)
        same = [name for name in given.__slots__ if getattr(given, name) == getattr(default, name)]
        assert same == [], part


def test_the_spec_knows_no_setting_that_the_test_above_leaves_out() -> None:
    spots = locate(EVERYTHING)
    written = {".".join(str(p) for p in path if not isinstance(p, int)) for path in spots}
    assert {setting.path for setting in SETTINGS} <= written


def test_nothing_is_needed(tmp_path: Path) -> None:
    read = read_settings(tmp_path)
    assert (read.settings.limits, read.diagnostics, read.text) == (Settings().limits, (), "")


WRONG = {
    "a number as text": ('[limits]\nper_day = "3"', "2:11 'limits.per_day'"),
    "a yes as a number": ("[limits]\nper_day = true", "2:11 'limits.per_day'"),
    "a datetime": ("[demo]\ntoday = 2026-11-23T10:00:00", "2:9 'demo.today'"),
    "a table as a value": ("me = 3", "1:6 'me' is a table"),
    "no workday": ("[calendar]\nworkdays = []", "2:12 'calendar.workdays'"),
    "an unknown weekday": ('[calendar]\nworkdays = ["mo"]', "2:12 'calendar.workdays'"),
    "the whole year quiet": ('[calendar]\nquiet = ["01-01/12-31"]', "2:9 no day of the year is left"),
    "no such day": ('[calendar]\nquiet = ["02-30/03-01"]', "2:9 'calendar.quiet'"),
    "a country nobody knows": ('[calendar]\ncountry = "XX"', "2:11 no holidays are known for 'XX'"),
    "a subdivision alone": ('[calendar]\nsubdivision = "NSW"', "2:15 a subdivision needs a country"),
    "away for ever": ("[[away]]\nfrom = 2026-01-01\nto = 2099-01-01", "3:6 it is longer than five years"),
    "away in an inline table": ("away = [{from = 2026-01-02, to = 2026-01-01}]", "it ends before it starts"),
    "a rhythm that is none": ('[rhythm]\nagency = "often"', "2:10 'rhythm.agency'"),
    "credentials in an address": ('[site]\nbase_url = "https://a:b@c.example"', "2:12 'site.base_url'"),
    "a day that is none": (
        '[demo]\ntoday = "2026-13-01"',
        "2:9 'demo.today': 2026-13-01 is not on the calendar",
    ),
    "a day of another age": ("[demo]\ntoday = 1026-11-23", "2:9 'demo.today': 1026-11-23 is not between"),
    "a range that is none": (
        '[calendar]\nquiet = ["xmas"]',
        "2:9 'calendar.quiet': 'xmas' is no yearly range",
    ),
    "in an inline table": ('calendar = { country = "XX" }', "1:24 no holidays are known for 'XX'"),
    "a format that is none": ("format = 0", "1:10 'format'"),
    "a table as a text": (f"me.name{'.a' * 5_000} = 1", "1:1 'me.name': a text is wanted, not a table"),
    "a list as a text": ("[me]\nname = [[1]]", "2:8 'me.name': a text is wanted, not a list"),
    "a port that is none": ('[site]\nbase_url = "https://a.example:x"', "2:12 'site.base_url'"),
    "another scheme": ('[site]\nrepository = "javascript:x"', "2:14 'site.repository'"),
    "a time that is none": ('[feed]\nalarm = "25:00"', "2:9 'feed.alarm'"),
    "levels that are no list": ('[feed]\nalso = "busy"', "2:8 'feed.also'"),
    "a flag that is none": ('[publish]\nfeed = "no"', "2:8 'publish.feed'"),
    "a level that is none": ('[feed]\nlevel = "ful"', "2:9 'feed.level'"),
    "not TOML at all": ("a = ", "1:5 this is not TOML"),
    "a key twice": ("[feed]\nepoch = 1\nepoch = 2", "3:10 this is not TOML"),
    "a text that is none": ('[site]\ntitle = "a\\u0000b"', "2:9 'site.title': it holds the character U+0000"),
    "dotted": ("limits.per_day = 0", "1:18 'limits.per_day'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong(name: str, tmp_path: Path) -> None:
    text, expected = WRONG[name]
    (tmp_path / "intouch.toml").write_text(text)
    read = read_settings(tmp_path)
    told = [f"{d.place.line}:{d.place.column} {d.message}" for d in read.diagnostics]
    assert len(told) == 1
    assert expected in told[0]
    assert read.settings.limits == Settings().limits


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = " + "[" * 100_000, "this is not TOML: it is nested too deep"),
        ("x-a = " + "1" * 5_000, "this is not TOML: a number has too many digits"),
    ],
)
def test_what_no_reader_of_toml_takes_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "intouch.toml").write_text(text)
    assert [(d.code, d.message) for d in read_settings(tmp_path).diagnostics] == [("bad-toml", told)]


def test_days_of_ones_own_outlast_a_country_that_is_wrong(tmp_path: Path) -> None:
    text = '[calendar]\ncountry = "XX"\nholidays = [2026-12-24]\n'
    (tmp_path / "intouch.toml").write_text(text)
    calendar = read_settings(tmp_path).settings.calendar
    assert calendar.holiday(date(2026, 12, 24)) == "a holiday of your own"


def test_a_key_in_a_text_is_not_taken_for_one() -> None:
    text = '[me]\nname = """\n[site]\ntitle = "no"\n"""\n[site]\ntitle = "yes"'
    spots = locate(text)
    assert (spots["site", "title"].key.line, spots["site",].key.line) == (7, 6)


def test_find_goes_up(tmp_path: Path) -> None:
    deep = tmp_path / "contacts" / "priya-nair"
    deep.mkdir(parents=True)
    assert find(deep) == tmp_path.resolve()
    assert find(tmp_path) == tmp_path.resolve()


def test_the_manual_is_current() -> None:
    if "RECORD" in os.environ:
        PAGE.write_text(manual(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == manual(), (
        "run the tests once with RECORD=1 to write the page anew"
    )
