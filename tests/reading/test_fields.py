"""Fields: strings typed by their key, a problem at its place for each that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.model import Birthday, Contact, ContactType
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.record import Record
from intouch.reading.records import CARD_KEYS, NOTE_KEYS, read_card


def card(*lines: str) -> Record:
    """A card whose first line after the name is line 3."""
    text = "\n".join(["---", "name: Ann", *lines, "---", ""])
    return read_card(SourceFile("contacts/ann.md", FileKind.CARD, "ann", text))


def right(*lines: str) -> Contact:
    read = card(*lines)
    assert read.diagnostics == ()
    assert read.contact is not None
    return read.contact


def told(*lines: str) -> list[str]:
    return [
        f"{d.place.line}:{d.place.column}+{d.length} {d.code}: {d.remedy}" for d in card(*lines).diagnostics
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("cadence: every 6-8 weeks", "3:10+15 bad-cadence: Write '6 weeks' or '8 weeks'."),
        ("cadence: 0m", "3:10+2 bad-cadence: Write 'none'."),
        ("cadence: 101 years", "3:10+9 bad-cadence: Write 'yearly'."),
        ("cadence: often", "3:10+5 bad-cadence: Write 'every 3 months', '6 weeks', 'quarterly' or 'none'."),
        ("contact_type: agancy", "3:15+6 bad-choice: Did you mean 'agency'?"),
        ("archived: maybe", "3:11+5 wrong-type: Write 'archived: yes'."),
        ("met: 2026-2-3", "3:6+8 bad-date: Write it as 2026-02-03."),
        ("met: 2026-02-31", "3:6+10 bad-date: February 2026 has 28 days."),
        ("met: 1899-12-31", "3:6+10 bad-date: Check the year."),
        ("birthday: 02-30", "3:11+5 bad-birthday: Write it as 1980-04-12, or 04-12 without the year."),
        ("birthday: 12 April", "3:11+8 bad-birthday: Write it as 1980-04-12, or 04-12 without the year."),
        ("email: ann at host", "3:8+11 bad-email: Write it as name@host.example."),
        ("email: [a@b.example, Ann <a@b.example>]", "3:22+17 bad-email: Write it as name@host.example."),
        ("website: javascript:alert(1)", "3:10+19 bad-url: Write it as https://host.example/page."),
        ("website: ftp://host.example", "3:10+18 bad-url: Write it as https://host.example/page."),
        ("fit: 6", "3:6+1 bad-fit: Write 'fit: 5'."),
        ("fit: 4.5", "3:6+3 bad-fit: Write 'fit: 5'."),
        ("emial: x", "3:1+5 unknown-key: Did you mean 'email'? Keys of your own begin with 'x-'."),
        ("met: {a: b}", "3:6+1 wrong-type: Write one value after 'met:'; put text with [ or { in quotes."),
        ("tags: {a: b}", "3:7+1 wrong-type: Write [one, two]."),
        ("tags: [a, [b]]", "3:11+1 wrong-type: Put text with [ or { or ': ' in quotes."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_underlined_and_mended(line: str, problem: str) -> None:
    assert told(line) == [problem]


@pytest.mark.parametrize("zone", ["Mars/Base", "Europe", "../../etc/passwd", "/etc/localtime", "sydney"])
def test_a_time_zone_that_is_none_is_a_problem(zone: str) -> None:
    remedy = "Write an IANA name such as Australia/Sydney or Europe/Berlin."
    assert told(f"timezone: {zone}") == [f"3:11+{len(zone)} bad-timezone: {remedy}"]


def test_every_key_of_a_card_arrives() -> None:
    contact = right(
        "organization: Acme   Ltd", "title: Head", "contact_type: Hiring Manager", "email: a@b.example",
        "phone: '+61 2 5550'", "website: acme.example", "linkedin: linkedin.com/in/ann", "location: Perth",
        "timezone: Australia/Perth", "tags: [x, '#y']", "fit: 4", "cadence: 6w", "next: 2027-01-15 call",
        "paused_until: 2026-12-01", "archived: yes", "do_not_contact: TRUE", "met: 2026-01-02",
        "met_at: a fair", "introduced_by: '[[Sam]]'", "birthday: 1980-04-12", "greeting: Hi",
        "aliases: [Annie]",
    )  # fmt: skip
    assert set(contact.places) - {"text"} == set(CARD_KEYS.values()), (
        "a key that is not written here is not held"
    )
    empty = Contact("ann", "Ann", contact.place)
    unset = [name for name in Contact.__dataclass_fields__ if getattr(contact, name) == getattr(empty, name)]
    assert unset == ["slug", "name", "place", "introduced_by"]
    assert (contact.organization, contact.contact_type) == ("Acme Ltd", ContactType.HIRING_MANAGER)
    assert contact.websites == ("https://acme.example",)
    assert contact.linkedin == ("https://linkedin.com/in/ann",)
    assert contact.tags == ("x", "y")
    assert str(contact.cadence) == "6 weeks"


@pytest.mark.parametrize("key", ["organisation", "company", "org", "ORGANIZATION", "Company"])
def test_an_organization_goes_by_other_names(key: str) -> None:
    assert right(f"{key}: Acme").organization == "Acme"
    assert set(CARD_KEYS) - set(CARD_KEYS.values()) == set(NOTE_KEYS) - set(NOTE_KEYS.values())


def test_two_names_of_one_key_clash_at_the_second() -> None:
    assert told("org: Acme", "company: Bolt") == ["4:1+7 clashing-keys: Keep one of the two."]


@pytest.mark.parametrize("key", ["x-mine", "X-Mine", "x-"])
def test_keys_of_ones_own_are_left_alone(key: str) -> None:
    assert right(f"{key}: [{{a: [b]}}]").name == "Ann"


@pytest.mark.parametrize(
    ("written", "day", "reason"),
    [
        ("2027-01-15 call after the budget round", "2027-01-15", "call after the budget round"),
        ("2027-01-15", "2027-01-15", ""),
        ("2027-01-15 – call", "2027-01-15", "call"),
        ("'2027-01-15  : at 10:30'", "2027-01-15", "at 10:30"),
    ],
)
def test_a_promise_is_a_date_and_its_reason(written: str, day: str, reason: str) -> None:
    pin = right(f"next: {written}").next
    assert pin is not None
    assert (pin.day, pin.reason, str(pin.place)) == (
        date.fromisoformat(day),
        reason,
        "contacts/ann.md:3",
    )


def test_a_promise_without_a_date_is_a_problem() -> None:
    assert [line.split(":")[1] for line in told("next: call her soon")] == ["7+13 bad-next"]


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("1980-04-12", Birthday(4, 12, 1980)),
        ("04-12", Birthday(4, 12)),
        ("--04-12", Birthday(4, 12)),
        ("02-29", Birthday(2, 29)),
        ("2000-02-29", Birthday(2, 29, 2000)),
    ],
)
def test_a_birthday_may_lack_its_year(written: str, birthday: Birthday) -> None:
    assert right(f"birthday: {written}").birthday == birthday


@pytest.mark.parametrize(
    ("written", "tags"),
    [("a", ("a",)), ("a, b,  c d", ("a", "b", "c d")), ("[a, 'b, c', a]", ("a", "b", "c")), ("', ,'", ())],
)
def test_tags_are_a_list_or_a_text_with_commas(written: str, tags: tuple[str, ...]) -> None:
    assert right(f"tags: {written}").tags == tags


@pytest.mark.parametrize("key", ["email", "phone", "website", "linkedin", "aliases"])
def test_one_value_or_a_list_or_none(key: str) -> None:
    field = {"email": "emails", "phone": "phones", "website": "websites"}.get(key, key)
    one, two = (
        ("a@b.example", "c@d.example") if key == "email" else ("https://a.example", "https://b.example")
    )
    for written, meant in {
        one: (one,),
        f"[{one}, '{two}', '{one}']": (one, two),
        f"\n  - {one}\n  - {two}": (one, two),
        "": (),
        "~": (),
        "''": (),
        "[]": (),
        "['', ' ']": (),
    }.items():
        assert getattr(right(f"{key}: {written}"), field) == meant, written


@pytest.mark.parametrize("key", sorted(set(CARD_KEYS.values()) - {"name"}))
def test_an_empty_value_is_as_good_as_none(key: str) -> None:
    empty, absent = right(f"{key}:"), right()
    assert replace(empty, places={}) == replace(absent, places={})


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30))
def test_every_value_of_every_key_is_read_or_told(text: str) -> None:
    quoted = (
        "'" + text.replace("'", "''").replace("\ufeff", "").replace("\ufffe", "").replace("\uffff", "") + "'"
    )
    for key in CARD_KEYS:
        read = card(f"{key}: {quoted}") if key != "name" else card()
        assert read.contact is not None
        assert {d.place.line for d in read.diagnostics} <= {3, 4}
        assert len(read.diagnostics) <= 1
