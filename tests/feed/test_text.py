"""Texts on their way into the feed: every nasty one in every field reads back as what is left of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from feeds import forbidden, on_one_line, read, rendered, tidied, unfolded
from intouch.agenda import plan
from intouch.feed.ical import Text
from intouch.feed.text import clean, initials, one_line
from intouch.model import Book, Pin
from intouch.settings import FeedSettings, Settings
from nasty_texts import HUGE, NASTY, TODAY, people, roles_and_promises
from notebook import book

OCTETS = {
    "2": "é",
    "3": "王",
    "4": "😀",
    "2 and combining": "e\u0301",
    "joined": "👩\u200d🚀",
    "escaped": ";",
}


def without_organization(texts: dict[str, str]) -> Book:
    book = people(texts)
    bare = {slug: replace(c, organization=None, emails=()) for slug, c in book.contacts.items()}
    return Book(bare, book.interactions)


def summaries(texts: dict[str, str]) -> list[str]:
    """The title of each text's event, in the order of the texts."""
    book = without_organization(texts)
    events = read(rendered(book, plan(book, TODAY, Settings())))
    slug = re.compile(r"intouch log (p\d+) ")
    return [e.summary for e in sorted(events, key=lambda e: slug.findall(e.description)[-1])]


def first_paragraph(text: str) -> str:
    return on_one_line(" ".join(text.partition("\n\n")[0].split()))


def expected(text: str) -> tuple[str, str]:
    name = on_one_line(text)
    organization = f" ({text})" if text else ""
    said = first_paragraph(text)
    lines = [
        "Last contact 30 October 2026, every month (cadence on the card).",
        f"Last: 30 October 2026, call{f': {said}' if said else ''}",
        f"Phone: {name}",
        f"E-mail: {name}",
        "Log it: intouch log p000 check-in",
    ]
    return on_one_line(f"Keep in touch: {text}{organization}"), tidied("\n".join(lines))


@pytest.mark.parametrize("text", [t for t in NASTY.values() if "@" not in t and len(t) < 60])
def test_a_nasty_text_reads_back_as_what_is_left_of_it(text: str) -> None:
    book = people({"one": text})
    made = plan(book, TODAY, Settings())
    feed = rendered(book, made)
    (event,) = read(feed)
    assert (event.summary, event.description) == expected(text)
    (component,) = Calendar.from_ical(feed).walk("VEVENT")
    assert (str(component["SUMMARY"]), str(component["DESCRIPTION"])) == (event.summary, event.description)


pieces = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=8),
    st.sampled_from(
        [*"\r\n\\;,:\x00\x85\u2028\ud800\u202e\u200d é王😀", "\\N", "\\n", "\r\n ", "BEGIN:VEVENT"]
    ),
)
anything = st.lists(pieces, max_size=12).map("".join)


@settings(max_examples=120)
@given(name=anything, organization=anything, said=anything)
def test_any_text_reads_back_as_what_is_left_of_it(name: str, organization: str, said: str) -> None:
    book = people({"one": ""})
    card = replace(book.contacts["p000"], name=name, organization=organization, phones=(), emails=())
    call = replace(book.interactions[0], text=said)
    book = Book({"p000": card}, (call,))
    feed = rendered(book, plan(book, TODAY, Settings()))
    (event,) = read(feed)
    company = f" ({organization})" if organization else ""
    assert event.summary == on_one_line(f"Keep in touch: {name}{company}")
    last = first_paragraph(said)
    assert event.description.split("\n")[1] == f"Last: 30 October 2026, call{f': {last}' if last else ''}"
    (component,) = Calendar.from_ical(feed).walk("VEVENT")
    assert (str(component["SUMMARY"]), str(component["DESCRIPTION"])) == (event.summary, event.description)


@settings(max_examples=120)
@given(anything)
def test_any_role_promise_and_calendar_name_leave_a_readable_feed(text: str) -> None:
    book = roles_and_promises({"one": text})
    named = Settings(feed=FeedSettings(name=text))
    feed = rendered(book, plan(book, TODAY, named), named)
    assert len(Calendar.from_ical(feed).walk("VEVENT")) == len(read(feed))
    promised = next(e for e in read(feed) if e.category == "promised")
    assert promised.description.startswith(tidied(f"Promised for 1 December 2026{': ' if text else ''}"))
    assert on_one_line(text).rstrip(".") in on_one_line(promised.description)


@pytest.mark.parametrize("char", OCTETS.values(), ids=list(OCTETS))
def test_no_fold_cuts_a_character_at_any_alignment(char: str) -> None:
    texts = {str(n): "x" * n + char * 25 for n in range(80)}
    assert summaries(texts) == [f"Keep in touch: {text}" for text in texts.values()]


def test_a_long_line_is_folded_and_a_short_one_is_not() -> None:
    for length, lines in ((74, 1), (76, 2), (146, 2), (151, 3)):
        alone = without_organization({"one": "x" * (length - len("SUMMARY:Keep in touch: "))})
        feed = rendered(alone, plan(alone, TODAY, Settings()))
        summary = feed[feed.index(b"SUMMARY") : feed.index(b"DESCRIPTION")]
        assert summary.count(b"\r\n") == lines


@pytest.mark.parametrize("text", HUGE.values(), ids=list(HUGE))
def test_a_huge_text_is_cut_at_a_character(text: str) -> None:
    ((summary, description),) = [
        (e.summary, e.description)
        for e in read(rendered(people({"one": text}), plan(people({"one": text}), TODAY, Settings())))
    ]
    assert summary == on_one_line(f"Keep in touch: {text}")[:199].rstrip() + "…"
    assert description.endswith("…")
    assert 990 <= len(description) <= 1_000
    assert description[:-1].split("\n")[1] in f"Last: 30 October 2026, call: {on_one_line(text)}"


def test_of_a_long_story_the_means_to_act_are_kept() -> None:
    made = book("ann cadence=1m\n  2026-10-30 call")
    long = replace(made.interactions[0], text="and so on " * 200)
    told = replace(
        made,
        interactions=(long,),
        contacts={
            "ann": replace(made.contacts["ann"], emails=("ann@acme.example",), phones=("+61 2 5550 0142",))
        },
    )
    (event,) = read(rendered(told, plan(told, TODAY, Settings())))
    reason, story, *means = event.description.split("\n")
    assert reason.startswith("Last contact 30 October 2026")
    assert story.startswith("Last: 30 October 2026, call: and so on and so on")
    assert story.endswith("…")
    assert means[:3] == ["Phone: +61 2 5550 0142", "E-mail: ann@acme.example", "mailto:ann@acme.example"]
    assert means[3].startswith("Log it: ")
    assert 990 <= len(event.description) <= 1_000


def test_of_a_long_reason_the_means_to_act_are_kept_and_no_story_is_told() -> None:
    made = book("ann next=2026-12-01\n  2026-10-30 call")
    ann = made.contacts["ann"]
    pin = Pin(date(2026, 12, 1), "and so on " * 95, ann.place)
    told = replace(made, contacts={"ann": replace(ann, next=pin, phones=("+61 2 5550 0142",))})
    (event,) = read(rendered(told, plan(told, TODAY, Settings())))
    reason, *means = event.description.split("\n")
    assert reason.startswith("Promised for 1 December 2026: and so on and so on")
    assert reason.endswith("…")
    assert means == ["Phone: +61 2 5550 0142", "Log it: intouch log ann message"]
    assert 990 <= len(event.description) <= 1_000


@pytest.mark.parametrize("text", HUGE.values(), ids=list(HUGE))
def test_a_huge_calendar_name_is_folded(text: str) -> None:
    named = Settings(feed=FeedSettings(name=text))
    lines = unfolded(rendered(Book({}), plan(Book({}), TODAY, named), named)).split("\n")
    assert len(lines[4]) >= 62_000


@pytest.mark.parametrize("text", [*NASTY.values(), *HUGE.values()])
def test_cleaning_leaves_nothing_forbidden_and_takes_nothing_else(text: str) -> None:
    assert clean(text) == tidied(text)
    assert not [c for c in clean(text) if forbidden(c) and c not in "\n\t"]
    assert (clean(clean(text)), one_line(one_line(text))) == (clean(text), one_line(text))


def test_a_written_backslash_and_n_is_no_line_end() -> None:
    assert Text("C:\\new\\Nord").to_ical() == b"C:\\\\new\\\\Nord"
    assert Text("a\nb").to_ical() == b"a\\nb"


def test_people_are_known_by_their_initials() -> None:
    assert [initials(n) for n in ("Priya Nair", "o'hara", "\u202eAnn", "42", "")] == [
        "P.N.",
        "O.",
        "·",
        "·",
        "·",
    ]
