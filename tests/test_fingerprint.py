"""Fingerprints: equal for equal values, in every process; another for whatever differs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.fingerprint import Fingerprints
from intouch.model import Contact, Interaction, Kind
from intouch.places import Place
from intouch.settings import Settings


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    text: str
    number: int | None = None


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    by_name: MappingProxyType[str, Inner]
    colours: frozenset[Colour]
    day: date
    _hidden: list[str] = field(default_factory=list, compare=False)


def prints(**known: type) -> Fingerprints:
    return Fingerprints(
        lasting=[known["lasting"]] if "lasting" in known else (),
        repeated=[known["repeated"]] if "repeated" in known else (),
    )


OUTER = Outer(
    (Inner("a"), Inner("b", 2)),
    MappingProxyType({"a": Inner("a")}),
    frozenset(Colour),
    date(2026, 11, 23),
)


@pytest.mark.parametrize(
    "other",
    [
        replace(OUTER, inner=(Inner("a"), Inner("b", 3))),
        replace(OUTER, inner=(Inner("b", 2), Inner("a"))),
        replace(OUTER, inner=(Inner("a"),)),
        replace(OUTER, by_name=MappingProxyType({"a": Inner("b")})),
        replace(OUTER, by_name=MappingProxyType({"b": Inner("a")})),
        replace(OUTER, colours=frozenset({Colour.RED})),
        replace(OUTER, day=date(2026, 11, 24)),
    ],
)
def test_whatever_differs_has_another_print(other: Outer) -> None:
    for each in (prints(), prints(lasting=Inner), prints(repeated=Inner)):
        assert each.of(OUTER) != each.of(other)
        assert each.of(OUTER) == each.of(replace(OUTER, inner=(Inner("a"), Inner("b", 2))))


def test_a_class_may_be_known_by_less_than_all_it_holds() -> None:
    each = Fingerprints(
        lasting=(),
        repeated=(),
        known_by={Inner: lambda inner: None if inner.number is None else inner.number},
    )
    assert each.of(Inner("a", 1)) == each.of(Inner("b", 1)) != each.of(Inner("a", 2))
    assert each.of(Inner("a")) != each.of(Inner("b")), "where it is not known by that, all of it counts"


def test_what_is_hidden_is_not_looked_at() -> None:
    assert prints().of(OUTER) == prints().of(replace(OUTER, _hidden=["seen"]))


def test_a_value_that_nobody_can_tell_is_refused() -> None:
    with pytest.raises(TypeError, match="function"):
        prints().of(lambda: None)


@given(st.lists(st.text(max_size=4) | st.none() | st.integers(), max_size=5))
def test_texts_numbers_and_nothing_are_told_apart(values: list[str | int | None]) -> None:
    same = prints()
    for n in range(len(values)):
        changed = [*values[:n], "other one", *values[n + 1 :]]
        assert (same.of(*changed) == same.of(*values)) == (changed == values)


def test_every_process_takes_the_same_print() -> None:
    script = (
        "from datetime import date; from intouch.fingerprint import Fingerprints\n"
        "from intouch.settings import Settings\n"
        "print(Fingerprints(lasting=(), repeated=()).of(Settings(), frozenset('abcdef')).hex())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_nouns_can_be_told() -> None:
    contact = Contact("ann", "Ann", Place("contacts/ann.md", 2))
    spoken = Interaction("ann", date(2026, 11, 2), Kind.CALL, Place("contacts/ann.md", 5))
    each = prints()
    assert each.of(contact, spoken, Settings())
    assert each.of(spoken) != each.of(replace(spoken, text="more"))
    assert each.of(contact) != each.of(replace(contact, introduced_by="bob"))
