"""The front matter that is read, as a JSON Schema for editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intouch.dates import EARLIEST, FIXED_CADENCES, LATEST, NO_CADENCE, NUMBER_WORDS, UNITS
from intouch.reading.fields import BARE_URL, EMAIL, NO, URL, YES
from intouch.reading.files import FileKind
from intouch.reading.keys import BEST_FIT, CARD, NOTE, WORST_FIT, Key, Takes

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that every editor's YAML support knows."""

Schema = dict[str, Any]

_SCALAR = ["string", "number", "boolean", "null"]
"""What YAML may take a text for: `phone: 0123` is a number to it, `tags: [yes]` may be a boolean."""

_NOTHING = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
"""An empty value, which is as if the key were not there."""

_LEAP = "0[48]|[2468][048]|[13579][26]"
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)


def _date() -> str:
    """A pattern for the days of the calendar within the bounds of the program."""
    centuries = range(EARLIEST.year // 100, LATEST.year // 100 + 1)
    any_year = f"(?:{'|'.join(str(c) for c in centuries)})"
    leap_centuries = "|".join(f"{c}00" for c in centuries if c % 4 == 0)
    leap_year = f"(?:{any_year}(?:{_LEAP})|{leap_centuries})"
    return f"(?:{any_year}[0-9][0-9]-{_MONTH_DAY}|{leap_year}-02-29)"


def _either_case(word: str) -> str:
    return "".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in word)


def _one_of(words: Iterable[str], between: str = " ") -> str:
    """A pattern for words in either case; what is `between` their parts may be any space."""
    space = r"\s+" if between == " " else rf"(?:{between}|\s+)"
    return f"(?:{'|'.join(space.join(map(_either_case, w.split(between))) for w in sorted(words))})"


def _cadence() -> str:
    """A pattern for cadences; how long the longest may be is left to the reader."""
    short = [unit for unit in UNITS if len(unit) == 1]
    whole = [unit for unit in UNITS if len(unit) > 1]
    digits = "(?!0+(?![0-9]))[0-9]{1,6}"
    number = f"(?:{digits}|{_one_of(NUMBER_WORDS)})"
    every = rf"(?:{_either_case('every')}\s+)?"
    phrase = rf"{every}(?:{number}\s+)?{_one_of(whole)}[sS]?"
    brief = rf"{every}{digits}\s*{_one_of(short)}"
    return f"(?:{_one_of({*NO_CADENCE, *FIXED_CADENCES})}|{phrase}|{brief})"


_DATE = _date()
_PATTERNS: Mapping[Takes, tuple[str, str]] = {
    Takes.EMAILS: (EMAIL.pattern, "Write it as name@host.example."),
    Takes.URLS: (f"(?:{URL.pattern}|{BARE_URL.pattern})", "Write it as https://host.example/page."),
    Takes.DATE: (_DATE, "Write a date as 2026-11-23: year, month, day."),
    Takes.PIN: (
        rf"{_DATE}[:,]*(?:\s[\s\S]*)?",
        "A promise is a date and then the reason: 2027-01-15 call again.",
    ),
    Takes.BIRTHDAY: (
        f"(?:--)?(?:{_MONTH_DAY}|02-29|{_DATE})",
        "Write it as 1980-04-12, or 04-12 without the year.",
    ),
    Takes.CADENCE: (_cadence(), "Write every 3 months, 6 weeks, quarterly, none …"),
    Takes.TIMEZONE: ("[A-Za-z0-9_+/-]+", "Write an IANA name such as Australia/Sydney or Europe/Berlin."),
    Takes.FIT: (f"0{{0,8}}[{WORST_FIT}-{BEST_FIT}]", f"A whole number from {WORST_FIT} to {BEST_FIT}."),
    Takes.YES: (_one_of({*YES, *NO}), "Write yes or no."),
}
_TYPES: Mapping[Takes, tuple[str, ...]] = {Takes.FIT: ("integer",), Takes.YES: ("boolean",)}
"""What YAML takes these for, beside a string or nothing."""

_PROPOSED: Mapping[Takes, tuple[str, ...]] = {
    Takes.CADENCE: ("every 2 months", "every 3 months", "6 weeks", "quarterly", "twice a year", "none"),
    Takes.YES: ("yes", "no"),
    Takes.FIT: tuple(str(fit) for fit in range(WORST_FIT, BEST_FIT + 1)),
}


def _value(key: Key) -> Schema:
    """What a key takes."""
    if key.takes is Takes.NAME:
        return {"type": _SCALAR[:-1], "pattern": r"\S", "errorMessage": "A card needs a name."}
    if key.takes is Takes.TEXT:
        return {"type": _SCALAR}
    if key.takes is Takes.TEXTS:
        return {"type": [*_SCALAR, "array"], "items": {"type": _SCALAR}}
    if key.takes is Takes.PEOPLE:
        # YAML reads an unquoted [[Priya Nair]] as a list in a list.
        link = {"items": {"type": _SCALAR}, "minItems": 1, "maxItems": 1}
        return {"type": [*_SCALAR, "array"], "items": {"type": [*_SCALAR, "array"], **link}}
    pattern, message = _pattern(key)
    one: Schema = {
        "type": ["string", *_TYPES.get(key.takes, ()), "null"],
        "pattern": rf"^\s*(?:{pattern})?\s*$",
        "errorMessage": message,
    }
    if key.takes is Takes.FIT:
        one |= {"minimum": WORST_FIT, "maximum": BEST_FIT}
    if key.takes in {Takes.EMAILS, Takes.URLS}:
        return {**one, "type": [*one["type"], "array"], "items": one}
    return one


def _pattern(key: Key) -> tuple[str, str]:
    if key.takes is Takes.CHOICE:
        return _one_of((*key.words, *key.also), "-"), f"One of: {', '.join(key.words)}."
    return _PATTERNS[key.takes]


def _told(key: Key) -> Schema:
    """The key's value with its explanation, and what an editor may propose."""
    schema: Schema = {"description": key.says.replace("`", ""), "markdownDescription": key.says}
    proposed = key.words or _PROPOSED.get(key.takes, ())
    if proposed:
        schema["defaultSnippets"] = [{"label": word, "body": word} for word in proposed]
    value = _value(key)
    if key.takes is not Takes.NAME:
        # Said like this and not as a type, for else editors propose to write `null`, which is read as a word.
        value = {"anyOf": [value | {"type": [t for t in value["type"] if t != "null"]}, _NOTHING]}
    return schema | value


def schema_of(kind: FileKind) -> Schema:
    """The front matter of a card or a note, as a JSON Schema (draft 07).

    It refuses what the reader refuses, as far as a schema can say it: it knows neither other files nor the
    file's own name, and wants keys in small letters.
    """
    keys = CARD if kind is FileKind.CARD else NOTE
    properties: Schema = {}
    for key in keys:
        properties[key.name] = _told(key)
        for alias in key.aliases:
            properties[alias] = {**_told(key), "description": f"the same as {key.name}", "doNotSuggest": True}
            del properties[alias]["markdownDescription"]
    schema: Schema = {
        "$schema": DRAFT,
        "description": f"The front matter of a {kind} of intouch",
        "type": "object" if kind is FileKind.CARD else ["object", "null"],
        "properties": properties,
        "patternProperties": {"^[xX]-": {"description": "a key of your own"}},
        "additionalProperties": False,
    }
    if kind is FileKind.CARD:
        schema["required"] = [key.name for key in keys if key.takes is Takes.NAME]
    schema["dependencies"] = {
        first: _without(others)
        for key in keys
        for first, *others in _tails((key.name, *key.aliases))
        if others
    }
    return schema


def _tails(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (names[at:] for at in range(len(names)))


def _without(others: Iterable[str]) -> Schema:
    """The other names of a key that is given already."""
    return {"properties": dict.fromkeys(others, False), "errorMessage": "This key is given already."}


def schema_of_both() -> Schema:
    """The front matter of a card or a note, whichever it is."""
    both = {str(kind): schema_of(kind) for kind in FileKind}
    for schema in both.values():
        del schema["$schema"]
    return {
        "$schema": DRAFT,
        "description": "The front matter of a card or a note of intouch",
        "definitions": both,
        "anyOf": [{"$ref": f"#/definitions/{kind}"} for kind in both],
    }


def as_json(schema: Schema) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
