"""Problems as data: their order, their lines, and which of them stop publishing."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from intouch.diagnostics import Code, Diagnostic, error, has_errors, in_order, warning, with_excerpts
from intouch.places import Place

PROBLEMS = st.builds(
    lambda file, line, column, code, message, make: make(Place(file, line, column), code, message),
    st.sampled_from(["contacts/a.md", "contacts/a/2026-01-01-call.md", "intouch.toml"]),
    st.integers(1, 12),
    st.integers(1, 3),
    st.sampled_from([Code.BAD_DATE, Code.UNKNOWN_KEY]),
    st.sampled_from(["one", "two"]),
    st.sampled_from([error, warning]),
)


def test_problems_stand_by_file_then_line_as_a_number_then_column() -> None:
    places = [Place("b", 1), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1)]
    made = in_order(error(place, Code.BAD_DATE, "x") for place in places)
    assert [(p.place.file, p.place.line, p.place.column) for p in made] == [
        ("a", 9, 1),
        ("a", 9, 2),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


@given(st.lists(PROBLEMS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_is_theirs_and_nobody_is_told_twice(
    problems: list[Diagnostic], dice: random.Random
) -> None:
    made = in_order(problems + problems)
    assert set(made) == set(problems)
    assert len(set(made)) == len(made)
    shuffled = [*problems]
    dice.shuffle(shuffled)
    keys = [(p.place, p.code, p.message) for p in in_order(shuffled)]
    assert keys == [(p.place, p.code, p.message) for p in made] == sorted(keys)


def test_errors_stop_publishing_and_warnings_do_not() -> None:
    bad, doubtful = error(Place("a"), Code.BAD_DATE, "x"), warning(Place("a"), Code.UNKNOWN_LINK, "x")
    assert not has_errors([])
    assert not has_errors([doubtful, doubtful])
    assert has_errors([doubtful, bad])


def test_each_gets_the_line_it_speaks_of_where_there_is_one() -> None:
    texts = {"a": "one\ntwo\x0bstill two\nthree"}
    places = [Place("a", 1), Place("a", 2, 5), Place("a", 3), Place("a", 4), Place("b", 1)]
    made = with_excerpts((error(place, Code.BAD_DATE, "x") for place in places), texts)
    assert [p.excerpt for p in made] == ["one", "two\x0bstill two", "three", "", ""]
    assert [p.place for p in made] == places
