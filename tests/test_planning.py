"""Laws of planning: nobody is lost, nothing comes early, no day is overfull."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intouch.agenda import plan, plan_history
from intouch.checkins import Action, CheckIn
from intouch.dates import Away, Cadence, Period, Unit, WorkCalendar
from intouch.history import history
from intouch.model import Book, Contact, ContactType, Interaction, Kind, Pin, Source
from intouch.places import Place
from intouch.planning import MOST_RUNS, steps
from intouch.settings import Limits, Settings
from notebook import agenda, book, day
from steps import growth

TODAY = date(2026, 11, 23)
CAPPED = {Action.KEEP_IN_TOUCH}
AWAY_KEEPS = {Action.KEEP_IN_TOUCH, Action.FOLLOW_UP}

slugs = st.sampled_from([f"p{n}" for n in range(12)])
kinds = st.sampled_from(list(Kind))
roles = st.sampled_from([None, None, "Trainer", "Coach"])
when = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=40))
promises = when.map(lambda day: Pin(day, "as promised", Place("contacts/p.md", 3)))


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Any notebook of up to a dozen people."""
    people: dict[str, Contact] = {}
    for n in range(draw(st.integers(1, 12))):
        slug = f"p{n}"
        people[slug] = Contact(
            slug=slug,
            name=slug.upper(),
            place=Place(f"contacts/{slug}.md", 2),
            organization=draw(st.sampled_from([None, "Acme", "Bell"])),
            contact_type=draw(st.sampled_from([None, ContactType.AGENCY, ContactType.RECRUITER])),
            fit=draw(st.sampled_from([None, 1, 3, 4, 5])),
            cadence=draw(st.sampled_from([None, None, Cadence(None), Cadence(Period(1, Unit.WEEK))])),
            paused_until=draw(st.sampled_from([None, None, TODAY + timedelta(days=9)])),
            introduced_by=draw(st.sampled_from([None, "p0"])) if n else None,
            next=draw(st.one_of(st.none(), st.none(), promises)),
            archived=draw(st.sampled_from([False, False, False, True])),
            do_not_contact=draw(st.sampled_from([False, False, False, True])),
        )
    interactions = []
    for line in range(draw(st.integers(0, 25))):
        owner = draw(st.sampled_from(sorted(people)))
        kind = draw(kinds)
        others = draw(st.sets(st.sampled_from(sorted(people)), max_size=2)) - {owner}
        interactions.append(
            Interaction(
                owner=owner,
                day=min(draw(when), TODAY) if kind.direction != "both" else draw(when),
                kind=kind,
                place=Place(f"contacts/{owner}/{line}.md"),
                source=Source.NOTE,
                role=draw(roles),
                people=tuple(sorted(others)),
                via=draw(st.sampled_from([None, None, None, "p0"])),
                decision_by=draw(st.sampled_from([None, None, TODAY + timedelta(days=3)])),
            )
        )
    return Book(people, tuple(sorted(interactions, key=lambda i: i.order)))


CALENDAR = WorkCalendar(
    holiday=lambda d: "a holiday" if (d.month, d.day) == (11, 24) else None,
    away=(Away(date(2026, 12, 1), date(2026, 12, 9)),),
)
SETTINGS = Settings(calendar=CALENDAR, limits=Limits(per_day=2, per_week=3))


@settings(max_examples=150)
@given(books())
def test_laws(notebook: Book) -> None:
    made = plan(notebook, TODAY, SETTINGS)
    for item in made.check_ins:
        assert item.planned >= max(item.due, TODAY)
        assert CALENDAR.is_business_day(item.planned)
        if item.action in AWAY_KEEPS:
            assert CALENDAR.is_open(item.planned)
        assert notebook.contacts[item.contact].do_not_contact is False
    capped = [item.planned for item in made.check_ins if item.action in CAPPED]
    assert max(Counter(capped).values(), default=0) <= 2
    assert max(Counter(d.isocalendar()[:2] for d in capped).values(), default=0) <= 3
    keys = [(i.contact, i.action, i.proposal.fact, i.proposal.application) for i in made.check_ins]
    assert len(keys) == len(set(keys)), "a fact tells items apart"


@settings(max_examples=100)
@given(books())
def test_every_person_with_a_rhythm_is_planned_or_it_says_why(notebook: Book) -> None:
    made = plan(notebook, TODAY, SETTINGS)
    asked = {item.contact for item in made.check_ins if item.action is Action.KEEP_IN_TOUCH}
    withheld = {w.contact for w in made.withheld if w.action is Action.KEEP_IN_TOUCH}
    assert asked | withheld == set(notebook.contacts)
    assert not asked & withheld


@settings(max_examples=100)
@given(books(), st.data())
def test_logging_it_as_told_settles_it(notebook: Book, data: st.DataObject) -> None:
    made = plan(notebook, TODAY, SETTINGS)
    assume(made.check_ins)
    item = data.draw(st.sampled_from(made.check_ins))
    application = item.proposal.application
    if application is not None:
        # A log line names only the role; with two of one role it means the latest.
        of_role = [a for a in made.applications if a.role == application.role]
        alike = [a for a in of_role if item.contact in {*a.people, *(i.via for i in a.interactions)}]
        assume(application.role is not None and alike == [application])
    day = max(item.planned, item.proposal.not_before or item.planned)
    if application is not None:
        # A companion who is named only by an appointment ahead takes part from that day on; not so the
        # consultant, who may write about it before, once there is anything to write about.
        met = [i for i in application.interactions if i.day <= day]
        assume(any(item.contact in i.everyone for i in met) or (met and item.contact == application.via))
    done = Interaction(
        owner=item.contact,
        day=day,
        kind=item.proposal.done_kind,
        place=Place(f"contacts/{item.contact}.md", 99),
        role=application.role if application else None,
    )
    more = replace(
        notebook, interactions=tuple(sorted((*notebook.interactions, done), key=lambda i: i.order))
    )
    after = plan(more, done.day, SETTINGS).check_ins
    assert hangs_on(item) not in [hangs_on(i) for i in after if i.due == item.due]


def hangs_on(item: CheckIn) -> tuple[object, ...]:
    application = item.proposal.application
    return item.contact, item.action, item.proposal.fact, application.key if application else None


def test_the_longest_overdue_against_its_rhythm_goes_first_then_fit_then_slug() -> None:
    four = """
a cadence=1m
  2026-10-01 call
b cadence=1y
  2025-10-01 call
c cadence=1m fit=5
  2026-10-01 call
d cadence=1w
  2026-10-01 call
"""
    one_a_day = Settings(limits=Limits(per_day=1))
    assert [i.contact for i in agenda(four, "2026-11-23", one_a_day).check_ins] == ["d", "c", "a", "b"]


def test_what_was_done_this_week_takes_the_weeks_room() -> None:
    done = "a cadence=1y\n  2026-11-23 call\n  2026-11-24 call\nb cadence=1m"
    two_a_week = Settings(limits=Limits(per_day=2, per_week=2))
    items = {i.contact: i.planned for i in agenda(done, "2026-11-25", two_a_week).check_ins}
    assert items["b"] == date(2026, 11, 30)


def test_what_belongs_to_an_application_takes_no_room() -> None:
    done = "a\n  2026-11-25 interview (T)\nb cadence=1m"
    one_a_day = Settings(limits=Limits(per_day=1, per_week=1))
    items = {i.contact: i for i in agenda(done, "2026-11-25", one_a_day).check_ins if i.contact == "b"}
    assert items["b"].planned == date(2026, 11, 25)


def test_steps_tell_the_way_from_due_to_planned() -> None:
    seen = history(book("a cadence=1m\n  2026-10-23 call"), TODAY, SETTINGS)
    item = plan(seen.book, TODAY, SETTINGS).check_ins[0]
    assert (item.due, item.planned) == (TODAY, TODAY)
    assert steps(item, seen) == ()
    later = history(book("a cadence=1m\n  2026-11-01 call"), TODAY, SETTINGS)
    item = plan(later.book, TODAY, SETTINGS).check_ins[0]
    told = [f"{s.first} {s.last} {s.why}" for s in steps(item, later)]
    assert told == ["2026-12-01 2026-12-09 away"]
    assert item.planned == day("2026-12-10")


def test_the_way_of_years_is_told_in_a_few_steps() -> None:
    many = "\n".join(f"p{n:04} cadence=1m" for n in range(900))
    seen = history(book(many), TODAY, Settings())
    last = max(plan_history(seen).check_ins, key=lambda i: i.planned)
    told = steps(last, seen)
    assert last.planned > date(2028, 1, 1)
    assert len(told) == MOST_RUNS + 1
    assert (told[0].first, told[-1].last) == (TODAY, last.planned - timedelta(days=1))
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(told))


def overdue(number: int) -> Book:
    """People who should all have been written to today."""
    slugs = [f"p{n:05}" for n in range(number)]
    monthly = Cadence(Period(1, Unit.MONTH))
    cards = (Contact(slug=s, name=s, place=Place(f"contacts/{s}.md"), cadence=monthly) for s in slugs)
    return Book({card.slug: card for card in cards})


def test_ten_thousand_overdue_check_ins_are_planned() -> None:
    items = plan(overdue(10_000), TODAY, Settings()).check_ins
    assert len(items) == 10_000
    assert max(item.planned for item in items) > date(2040, 1, 1)


def test_twice_the_overdue_check_ins_are_twice_the_work() -> None:
    assert growth(lambda number: plan(overdue(number), TODAY, Settings()), 500) < 2.1
