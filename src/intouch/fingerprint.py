"""Fingerprints: a digest of everything that a value holds, the same in every process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from intouch.memo import Key, digest

Plain = Any
"""Nested tuples of texts, numbers and dates."""

_AS_THEY_ARE = frozenset({str, int, bool, type(None), float, date, bytes})


class Fingerprints:
    """Takes fingerprints of values that share parts."""

    def __init__(
        self,
        *,
        lasting: Collection[type],
        repeated: Collection[type],
        known_by: Mapping[type, Callable[[Any], Plain]] = MappingProxyType({}),
    ) -> None:
        """Say which parts are worth remembering; all must be frozen.

        Args:
            lasting: classes whose values stand in many others, and live as long as this.
            repeated: classes of which one value may stand several times in what is looked at in one go.
            known_by: classes whose values are known by less than all that they hold, and by what; None
                where a value is not.
        """
        self._known_by = known_by
        self._plain: dict[type, Callable[[Any], Plain]] = {
            tuple: self._sequence,
            frozenset: self._set,
            dict: self._mapping,
            MappingProxyType: self._mapping,
        }
        self._lasting = frozenset(lasting)
        self._repeated = frozenset(repeated)
        self._seen: dict[int, Plain] = {}
        self._seen_now: dict[int, Plain] = {}

    def of(self, *values: object) -> Key:
        """A digest of some values; of equal ones, their mappings in the same order, it is equal.

        Raises:
            TypeError: for a value of which nobody can tell what it holds.
        """
        self._seen_now.clear()
        return digest(repr(self._sequence(values)))

    def _of(self, value: Any) -> Plain:
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value
        plain = self._plain.get(kind)
        if plain is None:
            plain = self._plain[kind] = self._reader(kind)
        return plain(value)

    def _sequence(self, values: tuple[Any, ...]) -> Plain:
        return tuple([self._of(value) for value in values])

    def _set(self, values: frozenset[Any]) -> Plain:
        return tuple(sorted(repr(self._of(value)) for value in values))

    def _mapping(self, values: Mapping[Any, Any]) -> Plain:
        return tuple([(self._of(key), self._of(value)) for key, value in values.items()])

    def _reader(self, kind: type) -> Callable[[Any], Plain]:
        """How to read the values of a class that is met for the first time."""
        if issubclass(kind, Enum):
            return lambda value: value.value
        if not is_dataclass(kind):
            raise TypeError(f"nobody can tell what a {kind.__name__} holds")
        names = [field.name for field in fields(kind) if not field.name.startswith("_")]
        read = _tuple_of(names)
        name = kind.__name__

        def plain(value: Any) -> Plain:
            return (name, *[self._of(part) for part in read(value)])

        if kind in self._known_by:
            return _shorter(self._known_by[kind], _once(plain, self._seen))
        if kind in self._lasting:
            return _once(plain, self._seen)
        return _once(plain, self._seen_now) if kind in self._repeated else plain


def _shorter(known_by: Callable[[Any], Plain], plain: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    def told(value: Any) -> Plain:
        known = known_by(value)
        return plain(value) if known is None else known

    return told


def _once(plain: Callable[[Any], Plain], seen: dict[int, Plain]) -> Callable[[Any], Plain]:
    """The same, looking at each value once."""

    def digested(value: Any) -> Plain:
        known = seen.get(id(value))
        if known is None:
            known = seen[id(value)] = digest(repr(plain(value)))
        return known

    return digested


def _tuple_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names) if names else lambda _value: ()
