"""Numbers with their nouns, the same everywhere."""

from __future__ import annotations

from intouch.english import count


def test_a_number_has_its_noun_and_large_ones_their_commas() -> None:
    assert [count(n, "check-in") for n in (0, 1, 2)] == ["0 check-ins", "1 check-in", "2 check-ins"]
    assert count(1, "person", "people") == "1 person"
    assert count(12_345, "person", "people") == "12,345 people"
