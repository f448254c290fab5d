"""Every noun of the core has words for people, and dates are said in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intouch.checkins import Action, Sentence, Stage, Standing, Status, sentence
from intouch.dates import Period, Unit
from intouch.english import count
from intouch.model import Birthday, Channel, ContactType, Kind
from intouch.site.words import (
    Day,
    Piece,
    action_text,
    birthday_text,
    channel_text,
    clipped,
    day_of,
    kind_text,
    month_name,
    pieces,
    rhythm_and_source,
    rhythm_text,
    stage_text,
    status_note,
    status_text,
    type_text,
)


def test_nothing_is_left_without_words() -> None:
    assert all(action_text(action, None) for action in Action)
    assert all(kind_text(kind) for kind in Kind)
    assert all(stage_text(stage) for stage in Stage)
    assert all(status_text(status) and status_note(status).endswith(".") for status in Status)
    assert all(type_text(contact_type) for contact_type in ContactType)
    assert all(channel_text(channel) for channel in Channel)


def test_dates_are_said_with_their_weekday() -> None:
    assert day_of(date(2027, 1, 5)) == Day("2027-01-05", "Tue 5 Jan 2027")
    assert month_name(date(2027, 1, 5)) == "January 2027"


def test_birthdays_may_lack_their_year() -> None:
    assert birthday_text(Birthday(4, 12)) == "12 April"
    assert birthday_text(Birthday(2, 29, 1980)) == "29 February 1980"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            sentence("last contact ", date(2026, 10, 30), ", every 2 months"),
            (
                Piece("Last contact "),
                Piece("30 Oct 2026", "2026-10-30"),
                Piece(", every 2 months"),
                Piece("."),
            ),
        ),
        (sentence("ask how it went?"), (Piece("Ask how it went?"),)),
        (
            sentence("promised for ", date(2026, 1, 2)),
            (Piece("Promised for "), Piece("2 Jan 2026", "2026-01-02"), Piece(".")),
        ),
        (Sentence(()), (Piece("."),)),
    ],
)
def test_sentences_keep_their_dates(said: Sentence, expected: tuple[Piece, ...]) -> None:
    assert pieces(said) == expected


def test_a_second_follow_up_is_named_as_one() -> None:
    assert action_text(Action.FOLLOW_UP, 1) == "Follow up"
    assert action_text(Action.FOLLOW_UP, 2) == "Follow up once more"
    assert action_text(Action.THANK_YOU, 2) == "Say thank you"


def test_rhythms_are_said_as_people_say_them() -> None:
    tracked = Standing("a", Status.TRACKED, None, Period(1, Unit.MONTH), "agency")
    assert rhythm_text(tracked) == "every month"
    assert rhythm_and_source(tracked) == "every month (agency)"
    assert rhythm_text(replace(tracked, rhythm=Period(6, Unit.WEEK))) == "every 6 weeks"
    assert rhythm_and_source(replace(tracked, status=Status.IN_PROCESS)) == ""
    assert rhythm_and_source(replace(tracked, rhythm=None)) == ""


def test_small_words() -> None:
    assert (count(1, "person", "people"), count(2, "person", "people")) == ("1 person", "2 people")
    assert count(0, "check-in") == "0 check-ins"
    assert (clipped("abc", 3), clipped("abcd", 3)) == ("abc", "ab…")
