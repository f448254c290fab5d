"""One event: what it tells at each level, its alarm, its links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feeds import Event, read, rendered
from intouch.agenda import plan
from intouch.drafts.compose import Draft
from intouch.drafts.facts import gather
from intouch.drafts.messages import MessageKind
from intouch.drafts.writer import Drafts, Order, occasion_of
from intouch.feed import render_feed
from intouch.history import history
from intouch.model import Book, Contact, Interaction, Kind, Pin, Source
from intouch.places import Place
from intouch.prose import Prose
from intouch.settings import FeedLevel, FeedSettings, Settings, SiteSettings

TODAY = date(2026, 11, 23)
CARD = Place("contacts/priya-nair.md", 2)
PRIYA = Contact(
    slug="priya-nair",
    name="Priya Nair",
    place=CARD,
    organization="Brightpath College",
    title="Head of Learning",
    emails=("priya@brightpath.example", "second@x.example", "third@x.example"),
    phones=("+61 2 5550 0142", "+61 2 5550 0143", "+61 2 5550 0144"),
    tags=("secret-tag",),
    fit=5,
    met_at="the secret panel",
    aliases=("Secret Alias",),
)
TALK = Interaction(
    "priya-nair",
    date(2026, 11, 20),
    Kind.INTERVIEW,
    Place("contacts/priya-nair/2026-11-20-interview.md"),
    Source.NOTE,
    role="Trainer",
    title="First round",
    hook="a secret hook",
)
PINNED = replace(PRIYA, next=Pin(date(2027, 1, 15), "call after the budget round", CARD))
SAID = Interaction(
    "priya-nair", date(2026, 11, 20), Kind.CALL, Place("contacts/priya-nair.md", 9), text="by phone"
)


def events(contact: Contact, *happened: Interaction, settings: Settings | None = None) -> list[Event]:
    settings = settings or Settings()
    prose = Prose({PRIYA.place.file: "A secret body.", TALK.place.file: "A secret note of theirs."})
    book = Book({contact.slug: contact}, happened, prose=prose)
    return read(rendered(book, plan(book, TODAY, settings), settings))


def at(level: FeedLevel, site: SiteSettings | None = None) -> Settings:
    return Settings(feed=FeedSettings(level=level, alarm=540), site=site or SiteSettings())


TELLING = (
    *("priya", "nair", "brightpath", "trainer", "thank", "follow", "promised"),
    *("notes.example", "github", "budget", "5550"),
)
LOG_PAGE = (
    "https://github.com/ailsa/network/new/main?filename=contacts/priya-nair/2026-11-23-thank-you.md"
    "&value=---%0Arole%3A%20Trainer%0A---%0A"
)
SITE = SiteSettings(base_url="https://notes.example", repository="https://github.com/ailsa/network")


def test_the_full_level_says_why_what_last_how_and_where_to_log() -> None:
    event = events(PRIYA, TALK, settings=at(FeedLevel.FULL, SITE))[0]
    assert event.summary == "Thank you: Priya Nair (Brightpath College)"
    assert event.description.split("\n") == [
        "Interview for Trainer on 20 November 2026, thanks are due the next business day.",
        "Last: 20 November 2026, interview: First round",
        "Phone: +61 2 5550 0142",
        "Phone: +61 2 5550 0143",
        "E-mail: priya@brightpath.example",
        "mailto:priya@brightpath.example",
        "E-mail: second@x.example",
        "mailto:second@x.example",
        f"Log it: {LOG_PAGE}",
    ]
    assert event.url.startswith("https://notes.example/people/priya-nair/#")
    assert event.category == "thank-you"


def test_the_names_level_names_the_person_and_the_action_alone() -> None:
    events_of = events(PRIYA, TALK, settings=at(FeedLevel.NAMES, SITE))
    assert [(e.summary, e.description, e.category) for e in events_of] == [
        ("Thank you: Priya Nair", "", "thank-you"),
        ("Follow up (1): Priya Nair", "", "follow-up"),
    ]
    assert "Brightpath" not in "".join(e.raw for e in events_of)


@pytest.mark.parametrize(
    ("level", "summary"), [(FeedLevel.INITIALS, "Check in · P.N."), (FeedLevel.BUSY, "Busy")]
)
@pytest.mark.parametrize("site", [SiteSettings(), SITE], ids=["at home", "published"])
def test_the_quiet_levels_name_nobody_and_nothing(level: FeedLevel, summary: str, site: SiteSettings) -> None:
    told = events(PINNED, TALK, SAID, settings=at(level, site))
    assert {(e.summary, e.description, e.category) for e in told} == {(summary, "", "")}
    raw = "".join(e.raw for e in told).lower()
    for word in TELLING:
        assert word not in raw, word
    assert all(e.url.startswith("urn:uuid:") for e in told)


@pytest.mark.parametrize("level", FeedLevel)
def test_no_level_tells_notes_tags_or_hooks(level: FeedLevel) -> None:
    raw = "".join(e.raw for e in events(PINNED, TALK, SAID, settings=at(level, SITE))).lower()
    assert "secret" not in raw
    assert "head of learning" not in raw


def test_the_fit_is_told_in_the_reason_alone() -> None:
    (event,) = events(PRIYA, SAID)
    assert event.description.count("fit") == 1
    assert event.description.startswith("Last contact 20 November 2026, every 2 months (fit 5).\n")
    (event,) = events(replace(PRIYA, fit=None), SAID, settings=at(FeedLevel.NAMES))
    assert "fit" not in event.raw


def test_a_promise_tells_its_reason_at_the_full_level() -> None:
    (event,) = events(PINNED)
    assert event.description.startswith("Promised for 15 January 2027: call after the budget round.\n")
    assert event.start == date(2027, 1, 15)


def test_what_was_logged_last_is_its_own_words() -> None:
    (event,) = events(PRIYA, SAID)
    assert "\nLast: 20 November 2026, call: by phone\n" in event.description


def test_of_what_was_logged_last_the_first_paragraph_is_told_however_it_is_wrapped() -> None:
    wrapped = replace(SAID, text="by phone: they hope\nfor a budget in May\n\n- and the details")
    (event,) = events(PRIYA, wrapped)
    assert "\nLast: 20 November 2026, call: by phone: they hope for a budget in May\n" in event.description


def test_the_mail_link_carries_the_draft_where_there_is_room_for_it() -> None:
    def described(body: str) -> str:
        book = Book({PRIYA.slug: PRIYA}, (SAID,))
        made = plan(book, TODAY, Settings())
        draft = Draft(MessageKind.KEEP_IN_TOUCH, PRIYA.emails[0], "Hello", body, ())
        (item,) = made.check_ins
        facts = gather(PRIYA, item, history(book, TODAY, Settings()))
        order = Order(MessageKind.KEEP_IN_TOUCH, facts, body)
        drafts = Drafts({occasion_of(item): (order,)}, lambda _: draft)
        feed, problems = render_feed(book=book, agenda=made, settings=Settings(), drafts=drafts)
        assert not problems
        (event,) = read(feed)
        return event.description

    assert (
        "\nmailto:priya@brightpath.example?subject=Hello&body=A%20word%20%26%0D%0Aa%20line%0D%0A\n"
        in described("A word &\na line\n")
    )
    assert "\nmailto:priya@brightpath.example\n" in described("A word. " * 110)


def test_without_a_repository_it_tells_the_line_for_the_shell() -> None:
    (event,) = events(PRIYA, SAID)
    assert event.description.split("\n")[-1] == "Log it: intouch log priya-nair check-in"


@pytest.mark.parametrize(
    ("minutes", "trigger"), [(None, ""), (0, "P0D"), (540, "PT9H"), (545, "PT9H5M"), (1439, "PT23H59M")]
)
def test_the_alarm_rings_at_the_time_of_the_settings(minutes: int | None, trigger: str) -> None:
    settings = Settings(feed=FeedSettings(alarm=minutes))
    (event,) = events(PRIYA, SAID, settings=settings)
    assert event.alarm == trigger
    assert ("VALARM" in event.raw) is (minutes is not None)


def test_an_alarm_says_no_more_than_the_title() -> None:
    (event,) = events(PRIYA, SAID, settings=at(FeedLevel.BUSY))
    assert "\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Busy\nTRIGGER:PT9H\nEND:VALARM\n" in event.raw


def test_another_level_or_alarm_keeps_the_uid_and_gives_another_stamp() -> None:
    every = [
        events(PRIYA, SAID, settings=s)[0]
        for s in (*(at(level) for level in FeedLevel), Settings(), Settings(feed=FeedSettings(alarm=0)))
    ]
    assert len({e.uid for e in every}) == 1
    assert len({e.stamp for e in every}) == len(every)


def test_a_placeholder_rings_no_alarm() -> None:
    (event,) = events(replace(PRIYA, do_not_contact=True), SAID, settings=at(FeedLevel.FULL))
    assert (event.summary, event.alarm) == ("Nothing due", "")
