"""Laws of whole notebooks: what is written is planned, once, in its time, and told alike everywhere.

LAWS=2000 python -m pytest tests/test_whole_notebooks.py     # more notebooks than the few dozen of every run
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import read, verify
from intouch.agenda import plan_history
from intouch.build import Loaded, gather, plan
from intouch.checkins import Action, CheckIn, Proposal, Stage, State
from intouch.cli.due import as_data
from intouch.drafts.writer import write_drafts
from intouch.feed import render_feed
from intouch.feed.event import uid_of
from intouch.history import History
from intouch.memo import Memo
from intouch.publication import PLAIN_KEY, plain
from intouch.rules import RULES
from intouch.site.gallery import NO_PICTURES
from intouch.site.lookup import look_up
from intouch.site.texts import Texts
from intouch.site.views.shell import Assets, frame
from intouch.site.views.today import SOON, TodayView, today_view
from written_notebooks import OUT_AND_IN, TODAY, Line, Person, Written, lines, notebooks

laws = settings(
    max_examples=int(os.environ.get("LAWS", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
LAPSES = {Action.THANK_YOU: 10, Action.THANK_ANYWAY: 20, Action.REPORT_BACK: 20}
"""Business days after which an action has lost its moment (the rules' table, "lapses")."""


def hangs_on(item: CheckIn | Proposal) -> tuple[object, ...]:
    """What an item is known by, whatever day it is."""
    proposal = item.proposal if isinstance(item, CheckIn) else item
    application = proposal.application
    return proposal.contact, proposal.action, proposal.fact, application.key if application else None


def told(loaded: Loaded) -> Counter[tuple[object, ...]]:
    """The agenda without the places of lines, which break ties between items of one day and person."""
    return Counter((*hangs_on(i), i.due, i.planned, str(i.proposal.reason)) for i in plan(loaded).check_ins)


@laws
@given(notebooks())
def test_what_a_rule_asks_for_is_planned_or_it_is_said_why_not(written: Written) -> None:
    seen = gather(written.read())
    made = plan_history(seen)
    planned = {(i.contact, i.action, hangs_on(i)[3], i.proposal.pin or i.due) for i in made.check_ins}
    assert len(planned) == len(made.check_ins), "of items alike only one stands"
    withheld = {(w.contact, w.action) for w in made.withheld}
    for rule in RULES:
        for said in rule.propose(seen):
            if isinstance(said, Proposal):
                stands = (said.contact, said.action, hangs_on(said)[3], said.pin or said.due) in planned
                assert stands or (said.contact, said.action) in withheld
                assert not (stands and seen.contacts[said.contact].do_not_contact)


@laws
@given(notebooks())
def test_nothing_is_planned_early_on_a_day_off_or_over_a_limit(written: Written) -> None:
    seen = gather(written.read())
    calendar, limits = seen.settings.calendar, seen.settings.limits
    made = plan_history(seen).check_ins
    for item in made:
        assert item.planned >= max(item.due, TODAY, seen.contacts[item.contact].paused_until or TODAY)
        assert calendar.is_business_day(item.planned)
        if item.action in {Action.KEEP_IN_TOUCH, Action.FOLLOW_UP}:
            assert calendar.is_open(item.planned)
        assert item.state is {-1: State.OVERDUE, 0: State.TODAY, 1: State.UPCOMING}[sign(item.due - TODAY)]
    days = Counter(item.planned for item in made if item.action is Action.KEEP_IN_TOUCH)
    weeks: Counter[date] = Counter()
    for day, count in days.items():
        weeks[monday(day)] += count
    for day, done in done_this_week(seen).items():  # takes room, though none is taken back
        days[day] += done if days[day] else 0
        weeks[monday(day)] += done if weeks[monday(day)] else 0
    assert max(days.values(), default=0) <= limits.per_day
    assert max(weeks.values(), default=0) <= limits.per_week


def sign(span: timedelta) -> int:
    return (span > timedelta(0)) - (span < timedelta(0))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def done_this_week(seen: History) -> Counter[date]:
    """How often somebody outside applications was reached, by day of this week."""
    return Counter(
        i.day
        for i in seen.book.interactions
        if monday(TODAY) <= i.day <= TODAY and i.kind.reaches_them and seen.application_of(i) is None
    )


@laws
@given(notebooks(), st.data())
def test_lines_of_other_days_may_stand_in_any_order(written: Written, data: st.DataObject) -> None:
    """Only the lines of one day keep the order in which they were written, closing kinds last."""
    shuffled = []
    for person in written.people:
        left = {day: [line for line in person.log if line.day == day] for day in sorted({*days_of(person)})}
        log: list[Line] = []
        while left:
            day = data.draw(st.sampled_from(sorted(left)))
            log.append(left[day].pop(0))
            left = {other: some for other, some in left.items() if some}
        shuffled.append(replace(person, log=tuple(log)))
    assert told(replace(written, people=tuple(shuffled)).read()) == told(written.read())


def days_of(person: Person) -> list[date]:
    return [line.day for line in person.log]


@laws
@given(notebooks(), st.lists(lines(kinds=[kind for kind in OUT_AND_IN if kind != "accepted"]), max_size=6))
def test_a_stranger_with_a_life_of_their_own_changes_nobodys_due_date(
    written: Written, log: list[Line]
) -> None:
    """Unrelated: named by nobody, of an organization and of roles of their own.

    `accepted` alone is no such thing: it asks to withdraw from all that is open (rule `withdraw`). Planned
    days may move, since check-ins share a day's room.
    """
    theirs = tuple(
        replace(line, text=line.text.replace("Trainer", "Diver").replace("Coach", "Cook")) for line in log
    )
    stranger = Person("zoe", "Zoe", ("organization: Zenith", "cadence: monthly", "next: 2026-12-24"), theirs)
    before, after = ([*due(each.read())] for each in (written, written.with_person(stranger)))
    assert [item for item in after if item[0] != "zoe"] == before


def due(loaded: Loaded) -> list[tuple[object, ...]]:
    return sorted((*map(str, hangs_on(i)), i.due) for i in plan(loaded).check_ins)


@laws
@given(notebooks(last=0), st.one_of(st.integers(1, 40), st.integers(1, 400)))
def test_what_is_due_stays_due_until_it_is_done_or_its_moment_is_over(written: Written, days: int) -> None:
    """Nothing becomes less due by waiting.

    Of a notebook in which nothing lies ahead and nothing is written, every item that is open today is there
    on each later day, with the same due date; so what is overdue stays so. But: a thank-you, a thank-anyway
    and a report-back lapse so many business days after they were due; a follow-up that stays unsent ends
    with its application, which silence closes as `no-reply`; and who has a cadence but was never met is due
    today, on every day.
    """
    later = TODAY + timedelta(days=days)
    now, then = gather(written.read()), gather(written.read(later))
    stages = {application.key: application.stage for application in then.applications}
    there = {hangs_on(item): item for item in plan_history(then).check_ins}
    for item in plan_history(now).check_ins:
        application = item.proposal.application
        over = item.action in LAPSES and later > now.business_days_after(item.due, LAPSES[item.action])
        if item.action is Action.FOLLOW_UP and application is not None:
            over = stages[application.key] is Stage.NO_REPLY
        after = there.get(hangs_on(item))
        assert (after is None) == over
        if after is not None:
            assert after.due == (later if item.proposal.fact == "first" else item.due)


@laws
@given(notebooks())
def test_renamed_people_keep_every_uid(written: Written) -> None:
    renamed = [replace(person, name=f"José Ñandú-{person.name}") for person in written.people]
    assert uids(replace(written, people=tuple(renamed)).read()) == uids(written.read())


def uids(loaded: Loaded) -> set[tuple[str, date]]:
    found = [(uid_of(item, PLAIN_KEY), item.planned) for item in plan(loaded).check_ins]
    assert len(set(found)) == len(found)
    return set(found)


@laws
@given(notebooks())
def test_every_open_item_is_in_due_on_today_and_in_the_feed_alike(written: Written) -> None:
    """Today lists what is planned up to a month ahead and counts the rest by weeks; the feed holds it all."""
    loaded = written.read()
    seen = gather(loaded)
    agenda = plan_history(seen)
    items = as_data(loaded, agenda, agenda.check_ins)["check_ins"]
    assert isinstance(items, list)
    in_due = sorted((i["contact"], i["action"], i["planned"]) for i in items)
    assert in_due == sorted((i.contact, str(i.action), str(i.planned)) for i in agenda.check_ins)

    page = today_page(loaded, seen)
    shown = [
        (item.person.href.split("/")[-2], item.action_id, item.planned.iso)
        for group in page.groups
        for item in group.check_ins
    ]
    soon = str(TODAY + SOON)
    sunday = str(TODAY + timedelta(days=6 - TODAY.weekday()))
    assert sorted(shown) == [item for item in in_due if item[2] <= max(soon, sunday)]
    later = int(page.later.split()[0]) if page.later else 0
    assert sum(week.count for week in page.weeks) + later == len(in_due)

    feed, _ = render_feed(book=loaded.book, agenda=agenda, settings=loaded.settings)
    verify(feed, agenda, loaded.settings)
    events = [event for event in read(feed) if event.category]
    assert sorted((event.category, str(event.start)) for event in events) == sorted(
        item[1:] for item in in_due
    )
    assert {event.uid.removesuffix("@intouch") for event in events} == {
        uid_of(item, PLAIN_KEY) for item in agenda.check_ins
    }


def today_page(loaded: Loaded, seen: History) -> TodayView:
    agenda = plan_history(seen)
    drafts, _ = write_drafts(agenda, seen, None)
    texts = Texts(loaded.book, NO_PICTURES, Memo())
    feeds = plain(loaded.settings).feeds
    look = look_up(loaded.book, seen, agenda, (), drafts, texts=texts, feeds=feeds)
    return today_view(look, frame(look, Assets("a.css", "a.js", "b.js", "a.svg")))
