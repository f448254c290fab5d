"""The whole feed: its shape on every notebook, its limits, and its sameness."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from feeds import read, rendered, unfolded, verify
from intouch import project
from intouch.agenda import plan
from intouch.build import load, render
from intouch.checkins import Action
from intouch.dates import Cadence, Period, Unit
from intouch.diagnostics import Code
from intouch.feed import calendar, render_feed, render_feeds
from intouch.memo import Memo, digest
from intouch.model import Book, Contact
from intouch.places import Place
from intouch.publication import FEED, plain
from intouch.settings import FeedLevel, FeedSettings, Settings
from nasty_texts import HUGE, NASTY, TODAY, people, roles_and_promises
from notebook import agenda, book, day

ROOT = Path(__file__).resolve().parents[2]

NOTEBOOKS = {
    "one of every action": (
        """
ann
  2026-11-20 interview (Trainer)
ben
  2026-11-02 interview (Coach)
cho
  2026-11-02 interview (Guide)
  2026-11-20 rejection (Guide)
dee
  2026-11-09 interview (Lead)
  2026-11-20 offer (Lead) by=2026-12-01
eve
  2026-10-02 applied (Clerk)
fay cadence=2m
  2026-09-30 call
gus next=2026-12-03
hal by=fay
  2026-11-20 meeting
ivy
  2026-10-05 interview (Cook)
  2026-10-20 accepted (Cook)
""",
        "2026-11-23",
    ),
    "a leap day": ("ann cadence=4y\n  2024-02-29 call", "2028-02-01"),
    "the end of a year": ("ann cadence=1d\nben next=2026-12-31", "2026-12-31"),
    "nobody": ("", "2026-11-23"),
    "nothing due": ("ann cadence=none\n  2026-09-30 call", "2026-11-23"),
    "somebody never met": ("ann cadence=3m\nben cadence=3m met=2026-11-01", "2026-11-23"),
    "the last year of all": ("ann cadence=100y\n  2199-12-30 call", "2199-12-31"),
}


@pytest.mark.parametrize(("notebook", "today"), NOTEBOOKS.values(), ids=list(NOTEBOOKS))
def test_every_notebook_gives_a_feed_of_the_right_shape(notebook: str, today: str) -> None:
    feed = rendered(book(notebook), agenda(notebook, today))
    assert len(read(feed)) == max(1, len(agenda(notebook, today).check_ins))


def test_one_of_every_action_is_told_apart() -> None:
    notebook, today = NOTEBOOKS["one of every action"]
    categories = {e.category for e in read(rendered(book(notebook), agenda(notebook, today)))}
    assert categories == {*Action}


def test_a_leap_day_and_a_new_year_end_on_the_next_day() -> None:
    leap = rendered(book("ann next=2028-02-29"), agenda("ann next=2028-02-29", "2028-02-01"))
    assert b"DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n" in leap
    year = rendered(book("ann next=2026-12-31"), agenda("ann next=2026-12-31", "2026-12-01"))
    assert b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in year


@pytest.mark.parametrize("texts", [NASTY, HUGE], ids=["nasty", "huge"])
@pytest.mark.parametrize("made", [people, roles_and_promises])
def test_nasty_texts_leave_the_shape_alone(texts: dict[str, str], made: object) -> None:
    assert callable(made)
    notebook = made(texts)
    assert isinstance(notebook, Book)
    settings = Settings(feed=FeedSettings(name="\r\n".join(texts.values())[:70_000], alarm=540))
    feed = rendered(notebook, plan(notebook, TODAY, settings), settings)
    assert {event.alarm for event in read(feed)} == {"PT9H"}


def test_the_sample_has_the_right_shape_and_comes_with_the_site() -> None:
    loaded = load(ROOT, project.read_settings(ROOT), TODAY)
    built = render(loaded)
    verify(built.site[FEED], built.agenda, loaded.settings)
    assert len(read(built.site[FEED])) == len(built.agenda.check_ins) > 20
    assert not [d for d in built.diagnostics if d.code is Code.FEED_CLIPPED]


def test_the_calendar_itself_has_no_identity_and_no_date() -> None:
    feed = rendered(book("ann cadence=1m"), agenda("ann cadence=1m", "2026-11-23"))
    head = unfolded(feed).split("BEGIN:VEVENT")[0]
    assert not [w for w in ("UID", "METHOD", "VTIMEZONE", "LAST-MODIFIED", "2026") if w in head]


def test_ten_renders_are_the_same_bytes() -> None:
    notebook = roles_and_promises(NASTY)
    feeds = {rendered(notebook, plan(notebook, TODAY, Settings())) for _ in range(10)}
    assert len(feeds) == 1


def test_the_seed_the_zone_and_the_clock_of_a_process_do_not_show() -> None:
    script = (
        "import hashlib, sys, time\nfrom datetime import date\nfrom pathlib import Path\n"
        "from intouch import project\nfrom intouch.build import load, render\n"
        "from intouch.publication import FEED\n"
        "root = Path(sys.argv[1])\ntime.sleep(float(sys.argv[2]))\n"
        "feed = render(load(root, project.read_settings(root), date(2026, 11, 23))).site[FEED]\n"
        "print(hashlib.sha256(feed).hexdigest())\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(ROOT), wait],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone, wait in (("0", "UTC", "0"), ("1", "Asia/Kolkata", "1.1"), ("4711", "EST5EDT", "0"))
    ]
    said = {process.communicate(timeout=60)[0].strip() for process in started}
    here = render(load(ROOT, project.read_settings(ROOT), TODAY)).site[FEED]
    assert said == {hashlib.sha256(here).hexdigest()}


def test_another_key_changes_every_uid_and_nothing_that_is_said() -> None:
    notebook = book("ann cadence=1m\nben cadence=2m")
    made = plan(notebook, TODAY, Settings())
    one = read(render_feed(book=notebook, agenda=made, settings=Settings())[0])
    other = read(render_feed(book=notebook, agenda=made, settings=Settings(), key=b"k" * 64)[0])
    assert not {e.uid for e in one} & {e.uid for e in other}
    assert sorted(e.summary for e in one) == sorted(e.summary for e in other)


def test_of_two_feeds_neither_makes_the_others_events_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = book("ann cadence=1m\nben cadence=2m")
    made = plan(notebook, TODAY, Settings())
    two = Settings(feed=FeedSettings(also=(FeedLevel.BUSY,)))
    memo = Memo()
    told: list[bytes | str] = []

    def counted(*parts: bytes | str) -> bytes:
        told.append(parts[0])
        return digest(*parts)

    monkeypatch.setattr(calendar, "digest", counted)
    for _ in range(2):
        told.clear()
        render_feeds(plain(two), book=notebook, agenda=made, settings=two, memo=memo)
        memo.settle()
    assert "event" not in told


def crowd(number: int) -> Book:
    return Book(
        {
            f"p{n:05}": Contact(
                slug=f"p{n:05}",
                name=f"Person {n}",
                place=Place(f"contacts/p{n:05}.md"),
                organization=f"Company {n % 77}",
                cadence=Cadence(Period(1, Unit.MONTH)),
                met=TODAY - timedelta(days=30 + n % 300),
            )
            for n in range(number)
        }
    )


def test_of_ten_thousand_check_ins_the_next_two_thousand_are_shown_and_it_says_so() -> None:
    notebook = crowd(10_000)
    made = plan(notebook, TODAY, Settings())
    feed, problems = render_feed(book=notebook, agenda=made, settings=Settings())
    verify(feed, made, Settings())
    events = read(feed)
    assert len(events) == 2_000
    assert max(e.start for e in events) <= min(c.planned for c in made.check_ins[2_000:])
    assert [(p.code, p.place.file) for p in problems] == [(Code.FEED_CLIPPED, FEED)]
    assert "2,000 of 10,000" in problems[0].message


def test_two_thousand_check_ins_are_not_clipped() -> None:
    notebook = crowd(2_000)
    feed, problems = render_feed(book=notebook, agenda=plan(notebook, TODAY, Settings()), settings=Settings())
    assert (len(read(feed)), problems) == (2_000, ())


def test_a_clipped_description_names_the_line_to_shorten() -> None:
    notebook = people({"long": "word " * 400})
    feed, problems = render_feed(book=notebook, agenda=plan(notebook, TODAY, Settings()), settings=Settings())
    (event,) = read(feed)
    assert len(event.description) <= 1_000
    assert event.description.endswith("…")
    assert [(p.code, str(p.place)) for p in problems] == [(Code.FEED_CLIPPED, "contacts/p000.md:9")]


def test_a_nameless_feed_gets_a_name() -> None:
    nameless = Settings(feed=FeedSettings(name="\u202e\r\n"))
    feed = rendered(book("ann cadence=1m"), agenda("ann cadence=1m", "2026-11-23"), nameless)
    assert b"\r\nNAME:Keep in touch\r\nX-WR-CALNAME:Keep in touch\r\n" in feed


def test_two_promises_of_one_day_have_a_uid_each() -> None:
    one = "ann\n  2026-11-02 call next=2026-12-01\n  2026-11-02 call next=2027-02-01"
    made = agenda(one, "2026-11-23")
    assert [c.action for c in made.check_ins] == ["promised", "promised"]
    rendered(book(one), made)


def test_the_checker_sees_what_is_wrong() -> None:
    good = rendered(book("ann cadence=1m"), agenda("ann cadence=1m", "2026-11-23"))
    wrongs = (
        good.replace(b"\r\n", b"\n"),
        b"\xef\xbb\xbf" + good,
        good.replace(b"TRANSP:TRANSPARENT\r\n", b""),
        good.replace(b"STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT", b"TRANSP:TRANSPARENT\r\nSTATUS:CONFIRMED"),
        good.replace(b"END:VEVENT", b"ATTENDEE:mailto:a@b.example\r\nEND:VEVENT"),
        good.replace(b"BEGIN:VEVENT", b"UID:calendar\r\nBEGIN:VEVENT"),
        good.replace(b"DTEND;VALUE=DATE:20261124", b"DTEND;VALUE=DATE:20261123"),
        good.replace(b"Keep in touch: Ann", b"Keep in touch: Ann; Bell"),
        good.replace(b"Keep in touch: Ann", b"Keep in touch: " + b"x" * 80),
        good.replace(b"Keep in touch: Ann", "Keep in touch: A\r\n é".encode().replace(b"\xc3", b"\xc3\r\n ")),
    )
    for wrong in wrongs:
        assert wrong != good
        with pytest.raises((AssertionError, UnicodeDecodeError)):
            verify(wrong)


def test_a_day_of_the_future_is_no_stamp() -> None:
    made = agenda("ann\n  2026-11-30 interview (T)", "2026-11-23")
    assert made.check_ins[0].proposal.latest == day("2026-11-30")
    (event,) = read(rendered(book("ann\n  2026-11-30 interview (T)"), made))
    assert event.stamp.date() == date(2000, 1, 1)
    later = replace(made, today=day("2026-11-30"))
    assert read(rendered(book("ann\n  2026-11-30 interview (T)"), later))[0].stamp.date() == later.today
