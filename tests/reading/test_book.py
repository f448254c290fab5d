"""The book: every record together, and who is meant by each name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.diagnostics import Diagnostic
from intouch.model import Book
from intouch.reading.book import make_book
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.records import read_card, read_note
from steps import growth


def book(files: dict[str, str]) -> tuple[Book, tuple[Diagnostic, ...]]:
    """A notebook of cards (`ann`) and notes (`ann/2026-11-02-call`); only the book's own problems."""
    records = []
    for name, text in files.items():
        slug, is_note, _ = name.partition("/")
        source = SourceFile(f"contacts/{name}.md", FileKind.NOTE if is_note else FileKind.CARD, slug, text)
        records.append(read_note(source) if is_note else read_card(source))
    assert list(chain.from_iterable(r.diagnostics for r in records)) == []
    return make_book(records)


def card(name: str, *lines: str, body: str = "") -> str:
    return "\n".join(["---", f"name: {name}", *lines, "---", body])


def told(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{p.place}:{p.place.column}+{p.length} {p.code}: {p.message}. {p.remedy}" for p in problems]


@pytest.mark.parametrize(
    "named", ["sam", "Sam Lee", "SAMMY", '"[[Sam Lee]]"', '"[[sam#Log|S.]]"', "[[Sam Lee]]"]
)
def test_an_introducer_is_named_like_anybody(named: str) -> None:
    made, problems = book(
        {"ann": card("Ann", f"introduced_by: {named}"), "sam": card("Sam Lee", "aliases: Sammy")}
    )
    assert (made.contacts["ann"].introduced_by, problems) == ("sam", ())


def test_nobody_introduces_themselves() -> None:
    made, problems = book({"ann": card("Ann", "introduced_by: Ann")})
    assert made.contacts["ann"].introduced_by is None
    assert told(problems) == [
        "contacts/ann.md:3:16+3 unknown-person: nobody introduces themselves. Name somebody else."
    ]


def test_one_consultant_is_one() -> None:
    people = {"ann": card("Ann"), "sam": card("Sam"), "kim": card("Kim")}
    made, problems = book({**people, "ann/2026-11-02-call": "---\nvia: [sam, kim]\n---\n"})
    assert made.interactions[0].via == "sam"
    message = "one person is named here, not 'kim' as well. Keep one of them."
    assert told(problems) == [f"contacts/ann/2026-11-02-call.md:2:12+3 wrong-type: {message}"]


def test_a_slug_wins_over_anothers_name() -> None:
    people = {"sam": card("Samuel"), "lee": card("Sam"), "ann": card("Ann", "introduced_by: sam")}
    assert book(people)[0].contacts["ann"].introduced_by == "sam"


def test_a_name_of_two_people_is_an_error_that_names_both() -> None:
    people = {"sam-b": card("Sam"), "sam-a": card("Samuel", "aliases: [sam]")}
    _, problems = book({**people, "ann": card("Ann", "introduced_by: Sam")})
    message = "'Sam' may be any of 2 people. Write the slug: sam-a or sam-b."
    assert told(problems) == [f"contacts/ann.md:3:16+3 ambiguous-person: {message}"]


@pytest.mark.parametrize(
    ("named", "remedy"),
    [
        ("same-lee", "Did you mean 'sam-lee'?"),
        ("Sam Leee", "Did you mean 'sam-lee'?"),
        ("Quentin", "Write the name of their file in 'contacts' without '.md', or add a card for them."),
    ],
)
def test_nobody_is_an_error_that_proposes_somebody(named: str, remedy: str) -> None:
    _, problems = book({"sam-lee": card("Sam Lee"), "ann": card("Ann", f"introduced_by: {named}")})
    message = f"nobody is called '{named}'. {remedy}"
    assert told(problems) == [f"contacts/ann.md:3:16+{len(named)} unknown-person: {message}"]


def test_people_stand_by_slug_and_interactions_in_the_one_order() -> None:
    log = "## Log\n- 2026-11-02 rejection\n- 2026-11-02 call\n- 2026-11-01 reply\n"
    files = {"bob": card("Bob", body=log), "ann": card("Ann", body="## Log\n- 2026-11-02 message\n")}
    made, _ = book({**files, "ann/2026-11-02-interview": "", "ann/2026-11-02-call": ""})
    assert list(made.contacts) == ["ann", "bob"]
    assert [str(i.place).removeprefix("contacts/") for i in made.interactions] == [
        "bob.md:7",
        "ann.md:5",
        "bob.md:6",
        "ann/2026-11-02-call.md:1",
        "ann/2026-11-02-interview.md:1",
        "bob.md:5",
    ]


def test_links_hold_every_name_that_means_one_person() -> None:
    made, _ = book(
        {"ann": card("Ann  BELL", "aliases: [Annie, Al]"), "al": card("Al Cho"), "bo": card("Annie")}
    )
    assert dict(made.links) == {"ann": "ann", "ann bell": "ann", "al": "al", "al cho": "al", "bo": "bo"}


def unknown(text: str) -> list[tuple[int, int, int]]:
    """Where links to nobody stand in a card's text, whose first line is 1."""
    made = book({"ann": card("Ann Bell", body=text)})[1]
    return [(p.place.line - 3, p.place.column, p.length) for p in made]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[[Nobody]]", [(1, 1, 10)]),
        ("a\n\n- b [[No Body|x]] [[ann]]", [(3, 5, 13)]),
        ("`[[no]]` [[no]]", [(1, 10, 6)]),
        ("``[[no]] ` [[no]]`` [[no]]", [(1, 21, 6)]),
        ("`` [[no]] `", [(1, 4, 6)]),
        ("`a\n[[no]]` [[no]]", [(2, 9, 6)]),
        ("```\n[[no]]\n```\n[[no]]", [(4, 1, 6)]),
        ("```\n[[no]]\n~~~\n[[no]]", []),
        ("~~~ text `x`\n[[no]]\n~~~~\n[[no]]", [(4, 1, 6)]),
        ("````\n```\n[[no]]\n````\n[[no]]", [(5, 1, 6)]),
        ("```x``` [[no]]", [(1, 9, 6)]),
        ("[[a\nb]] [[]] [[[no]]]", [(2, 11, 6)]),
    ],
)
def test_a_link_to_nobody_is_a_warning_unless_it_is_code(
    text: str, places: list[tuple[int, int, int]]
) -> None:
    assert unknown(text) == places


@given(st.lists(st.sampled_from(["`", "``", "```", "\n", " ", "~~~\n", "[[no]]", "x"]), max_size=40))
def test_places_of_links_are_where_the_links_are(parts: list[str]) -> None:
    text = "".join(parts)
    lines = text.split("\n")
    found = unknown(text)
    assert [lines[line - 1][column - 1 :][:length] for line, column, length in found] == ["[[no]]"] * len(
        found
    )
    if "`" not in text and "~" not in text:
        assert len(found) == text.count("[[no]]")


HARD: dict[str, Callable[[int], str]] = {
    "backticks that nothing closes": lambda n: "x" + "`" * n + "[[no]]" + "a" * n,
    "backticks of every length": lambda n: "x " + " ".join("`" * k for k in range(1, n // 100)),
    "a fence that nothing closes": lambda n: "```" + "`" * n + "\n" + "a" * n + "`",
    "links that nothing closes": lambda n: "[[no|" * n,
    "a link that nothing closes": lambda n: "[[" + "x" * n,
    "fences within a fence": lambda n: "~" * n + "\n" + "~~~x\n" * (n // 10),
}


@pytest.mark.parametrize("name", HARD)
def test_twice_the_text_is_at_most_twice_the_work(name: str) -> None:
    text = HARD[name]
    assert growth(lambda size: unknown("[[ann]]" + text(size)), 20_000) < 2.1
    # What the library of regular expressions does is not counted: for the square of this, nobody could wait.
    unknown("[[ann]]" + text(200_000))
