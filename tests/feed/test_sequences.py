"""One feed after another: what stays keeps its bytes, what changes is seen, and who it is never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from feeds import Event, read, rendered
from intouch import project
from intouch.agenda import plan
from intouch.build import load
from intouch.build import plan as plan_loaded
from intouch.dates import Away, WorkCalendar
from intouch.model import Book, Kind
from intouch.settings import FeedLevel, FeedSettings, Limits, Settings
from notebook import agenda, away, book, day

ROOT = Path(__file__).resolve().parents[2]


def feed_of(notebook: str, today: str, settings: Settings | None = None) -> dict[str, Event]:
    """The events of a literal notebook by action and start of the title."""
    feed = rendered(book(notebook), agenda(notebook, today, settings), settings)
    return {event.uid: event for event in read(feed)}


def only(notebook: str, today: str, settings: Settings | None = None) -> Event:
    (event,) = feed_of(notebook, today, settings).values()
    return event


def follow(before: Event, after: Event) -> None:
    """A day passed: an event that did not move kept its bytes, one that did says so."""
    assert after.uid == before.uid
    if after.start == before.start:
        assert after.raw == before.raw
    else:
        assert after.stamp != before.stamp
        assert after.sequence > before.sequence


YEARS_END = Settings(calendar=WorkCalendar(away=(Away(day("2026-12-10"), day("2027-02-08")),)))
LIVES = {
    "a rhythm that falls due, and is put off": ("ann cadence=1m\n  2026-10-28 call", Settings()),
    "a rhythm overdue in a time away": ("ann cadence=1m\n  2026-11-05 call", YEARS_END),
    "a rhythm due in a time away": ("ann cadence=1m\n  2026-11-15 call", YEARS_END),
    "only met": ("ann cadence=1m met=2026-11-02", Settings()),
    "a follow-up overdue in a time away": ("ann\n  2026-12-01 interview thanks=no", YEARS_END),
    "a follow-up over weekends and quiet days": ("ann\n  2026-12-10 interview thanks=no", Settings()),
    "a promise on the card": ("ann next=2026-12-04", YEARS_END),
    "a pause": ("ann cadence=1m paused=2026-12-16\n  2026-10-28 call", Settings()),
    "a pause over a promise": ("ann next=2026-12-01 paused=2026-12-19", Settings()),
    "an offer": ("ann\n  2026-11-20 offer by=2026-12-14", YEARS_END),
}


@pytest.mark.parametrize(("notebook", "settings"), LIVES.values(), ids=list(LIVES))
def test_day_after_day_only_what_moves_changes(notebook: str, settings: Settings) -> None:
    first = max([day("2026-11-20"), *(i.day for i in book(notebook).interactions)])
    days = [feed_of(notebook, str(first + timedelta(days=n)), settings) for n in range(100)]
    compared = moved = 0
    for before, after in pairwise(days):
        for uid in (before.keys() & after.keys()) - {"nothing-due@intouch"}:
            follow(before[uid], after[uid])
            compared += 1
            moved += before[uid].start != after[uid].start
    assert compared > 10
    assert moved < compared, "a day on which nothing moved was looked at"


def test_whoever_was_never_in_touch_is_due_today_on_every_day() -> None:
    friday, saturday, sunday, monday, tuesday = (
        only("ann cadence=3m", f"2026-11-{n}") for n in (20, 21, 22, 23, 24)
    )
    assert [e.sequence for e in (friday, saturday, sunday, monday, tuesday)] == [0, 2, 1, 0, 0]
    assert saturday.start == sunday.start == monday.start == day("2026-11-23")
    assert saturday.stamp == sunday.stamp == monday.stamp
    assert len({friday.stamp, monday.stamp, tuesday.stamp}) == 3


def test_in_the_sample_a_day_changes_only_what_it_moves() -> None:
    read_settings = project.read_settings(ROOT)
    days: list[dict[str, Event]] = []
    for n in range(12):
        made = load(ROOT, read_settings, date(2026, 11, 23) + timedelta(days=n))
        feed = rendered(made.book, plan_loaded(made), made.settings)
        days.append({event.uid: event for event in read(feed)})
    same = moved = 0
    for before, after in pairwise(days):
        for uid in before.keys() & after.keys():
            same += after[uid].raw == before[uid].raw
            if after[uid].start != before[uid].start:
                moved += 1
                follow(before[uid], after[uid])
    assert same > 200
    assert moved > 20


def test_an_edited_text_is_the_same_event_with_another_stamp() -> None:
    made = book("ann cadence=1m\n  2026-11-05 call")
    edited = replace(made, interactions=(replace(made.interactions[0], text="about the course"),))
    before, after = both(made, edited)
    assert (after.uid, after.start, after.sequence) == (before.uid, before.start, before.sequence)
    assert after.stamp != before.stamp
    assert after.stamp.date() == before.stamp.date() == day("2026-11-05")


def both(one: Book, other: Book, settings: Settings | None = None) -> tuple[Event, Event]:
    settings = settings or Settings()
    today = day("2026-11-23")
    feeds = [read(rendered(b, plan(b, today, settings), settings)) for b in (one, other)]
    assert [len(feed) for feed in feeds] == [1, 1]
    return feeds[0][0], feeds[1][0]


@pytest.mark.parametrize(
    "change", [{"name": "Ann Bell-Cho"}, {"organization": "Bell & Cho"}, {"phones": ("1",)}]
)
def test_a_renamed_person_or_organization_is_the_same_event(change: dict[str, object]) -> None:
    made = book("ann cadence=1m org=Acme\n  2026-11-05 call")
    renamed = replace(made, contacts={"ann": replace(made.contacts["ann"], **change)})  # type: ignore[arg-type]
    before, after = both(made, renamed)
    assert after.uid == before.uid
    assert after.stamp != before.stamp
    assert after.raw != before.raw


def test_an_organization_renamed_in_an_application_is_the_same_event() -> None:
    one = feed_of("ann\n  2026-11-20 interview (Coach) org=Acme", "2026-11-23")
    other = feed_of("ann\n  2026-11-20 interview (Coach) org=Acme_Learning", "2026-11-23")
    assert one.keys() == other.keys()
    assert len(one) == 2


def test_time_away_moves_the_event_and_it_stays_itself() -> None:
    notebook = "ann cadence=1m\n  2026-11-05 call"
    before = only(notebook, "2026-11-23")
    after = only(notebook, "2026-11-23", away("2026-12-01", "2026-12-11"))
    assert (before.start, after.start) == (day("2026-12-07"), day("2026-12-14"))
    assert after.uid == before.uid
    assert after.sequence == before.sequence + 7
    assert after.stamp != before.stamp
    assert only(notebook, "2026-11-23") == before, "and back"


def test_a_rescheduled_interview_keeps_its_thanks() -> None:
    before = feed_of("ann\n  2026-11-27 interview (Coach)", "2026-11-23")
    after = feed_of("ann\n  2026-12-03 interview (Coach)", "2026-11-23")
    assert before.keys() == after.keys()
    assert [e.start for e in before.values()] != [e.start for e in after.values()]
    assert [e.stamp for e in before.values()] != [e.stamp for e in after.values()]


@pytest.mark.parametrize("level", FeedLevel)
def test_another_promised_day_keeps_the_promise(level: FeedLevel) -> None:
    settings = Settings(feed=FeedSettings(level=level))
    before, after = (only(f"ann next={d}", "2026-11-23", settings) for d in ("2026-12-03", "2027-01-19"))
    assert after.uid == before.uid
    assert (before.start, after.start) == (day("2026-12-03"), day("2027-01-19"))
    assert after.stamp != before.stamp


def test_another_cadence_keeps_the_check_in() -> None:
    before = only("ann cadence=1m\n  2026-11-05 call", "2026-11-23")
    after = only("ann cadence=2m\n  2026-11-05 call", "2026-11-23")
    assert after.uid == before.uid
    assert after.stamp != before.stamp


def test_what_is_done_is_gone_and_the_next_one_is_another() -> None:
    before = only("ann cadence=1m\n  2026-10-05 call", "2026-11-23")
    after = only("ann cadence=1m\n  2026-10-05 call\n  2026-11-23 check-in", "2026-11-23")
    assert after.uid != before.uid
    assert after.start == day("2026-12-23") + timedelta(days=13), "after the quiet days"


def test_when_all_is_done_a_placeholder_stands_in() -> None:
    open_ = feed_of("ann\n  2026-11-20 meeting\nben\n  2026-11-20 meeting", "2026-11-23")
    done = "ann\n  2026-11-20 meeting\n  2026-11-23 thank-you\nben do-not-contact\n  2026-11-20 meeting"
    assert len(open_) == 4
    nothing = only(done.replace("ann\n", "ann cadence=none\n"), "2026-11-23")
    assert (nothing.uid, nothing.start) == ("nothing-due@intouch", day("2000-01-01"))
    later = only(done.replace("ann\n", "ann cadence=none\n"), "2027-11-23")
    assert later == nothing, "and keeps its bytes"


def test_what_is_added_again_is_what_it_was() -> None:
    notebook = "ann cadence=1m\n  2026-11-05 call"
    before = only(notebook, "2026-11-23")
    assert only("ann archived cadence=1m\n  2026-11-05 call", "2026-11-23").uid == "nothing-due@intouch"
    assert only(notebook, "2026-11-23") == before


def test_a_person_added_or_removed_leaves_the_others_alone() -> None:
    one = "ann cadence=1m\n  2026-11-05 call"
    two = feed_of(f"{one}\nben cadence=1m\n  2026-11-06 call", "2026-11-23")
    before = only(one, "2026-11-23")
    assert len(two) == 2
    assert two[before.uid] == before


def test_a_crowd_of_one_day_is_told_apart() -> None:
    made = book(
        "\n".join(f"p{n} next=2026-12-01 cadence=1m\n  2026-11-20 interview (T{n % 3})" for n in range(60))
    )
    for limits in (Limits(), Limits(per_day=1)):
        settings = Settings(limits=limits)
        events = read(rendered(made, plan(made, day("2026-11-23"), settings), settings))
        assert len({e.uid for e in events}) == len(events) >= 120


def test_every_kind_of_fact_has_items_of_its_own() -> None:
    lines = "\n".join(f"  2026-11-{n:02} {kind} (T)" for n, kind in enumerate(Kind, start=1) if n < 19)
    made = feed_of(f"ann next=2026-12-01\n{lines}\n  2026-11-19 offer (T) by=2026-12-02", "2026-11-20")
    assert len(made) > 2
