"""Values as bytes, for the disk and for other processes: frozen dataclasses as their fields, and no more."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

_Reducer = Callable[[Any], str | tuple[Any, ...]]


class _Reducers(dict[type, _Reducer]):
    """How values are written: a dataclass as its fields, which is read back twice as fast as its own way."""

    def __missing__(self, kind: type) -> _Reducer:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [field.name for field in fields(kind)]
        values = attrgetter(*names)
        self[kind] = reducer = _one_field(kind, values) if len(names) == 1 else _many_fields(kind, values)
        return reducer


def _one_field(kind: type, value: Callable[[Any], Any]) -> _Reducer:
    return lambda whole: (kind, (value(whole),))


def _many_fields(kind: type, values: Callable[[Any], Any]) -> _Reducer:
    return lambda whole: (kind, values(whole))


def _read_only(entries: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(entries)


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers(
        {**copyreg.dispatch_table, MappingProxyType: lambda proxy: (_read_only, (dict(proxy),))}
    )


def pickled(value: object) -> bytes:
    """A value as bytes that `pickle.loads` reads."""
    written = BytesIO()
    _Pickler(written, 5).dump(value)
    return written.getvalue()
