"""Where in a TOML text its keys and values stand; the standard library's reader does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=\s*")
_INLINE = re.compile(rf"[{{,]\s*({_DOTTED})\s*=\s*")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and column, both from 1, and how many characters to underline."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Spots:
    """The spots of one key: its own, and that of its value."""

    key: Spot
    value: Spot


def locate(text: str) -> dict[Path, Spots]:
    """Find every key of a TOML text that the standard library has read.

    Returns:
        Dotted path (with the number of the table, for tables in lists) → where key and value stand.
    """
    found: dict[Path, Spots] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    quoted = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quoted:
            quoted = "" if quoted in line else quoted
            continue
        if match := _TABLE.match(line):
            table = _parts(match[2])
            spot = Spot(number, match.start(2) + 1, len(match[2]))
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, Spots(spot, spot))
                table = (*table, counts[table])
            found.setdefault(table, Spots(spot, spot))
        elif match := _PAIR.match(line):
            _pair(found, table, match, line, number)
            quoted = next(
                (q for q in ('"""', "'''") if line[match.end() :].startswith(q) and line.count(q) == 1), ""
            )
    return found


def _pair(found: dict[Path, Spots], table: Path, match: re.Match[str], line: str, number: int) -> None:
    """Note a key and its value, and the keys of an inline table in it."""
    path = (*table, *_parts(match[1]))
    key = Spot(number, match.start(1) + 1, len(match[1]))
    value = line[match.end() :]
    length = max(1, len(_without_comment(value).rstrip()))
    found.setdefault(path, Spots(key, Spot(number, match.end() + 1, length)))
    for depth in range(len(table) + 1, len(path)):
        found.setdefault(path[:depth], Spots(key, key))
    if value.startswith("{"):
        blank = _STRING.sub(lambda m: "~" * len(m[0]), value)
        for inner in _INLINE.finditer(blank):
            column = match.end() + inner.start(1) + 1
            spot = Spot(number, column, len(inner[1]))
            after = Spot(number, match.end() + inner.end() + 1)
            found.setdefault((*path, *_parts(inner[1])), Spots(spot, after))


def _without_comment(value: str) -> str:
    blank = _STRING.sub(lambda m: "x" * len(m[0]), value)
    return value[: blank.index("#")] if "#" in blank else value


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))
