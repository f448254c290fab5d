"""Front matter: YAML that is guarded before it is loaded, with a place for every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from frontmatter.default_handlers import YAMLHandler

from intouch.diagnostics import Code, Diagnostic, error
from intouch.places import Place
from intouch.reading.files import CONTROLS, SourceFile, place_in

_DEEPEST = 12
_TOO_DEEP = f"this is nested deeper than {_DEEPEST} levels"
_KEEP_FLAT = "Keep the front matter flat."
_MOST_NODES = 2_000
_LARGEST = 64 * 1024

_ESCAPED = re.compile(f"{CONTROLS.pattern}|[\ud800-\udfff]")
"""What may stand in no file, and in no value by way of an escape."""

_LINE_ENDS_OF_YAML = str.maketrans("\x85\u2028\u2029", "   ")
"""YAML ends a line at these, nothing else here does: left in, they would shift every place below."""

_Mark = Any  # the C and the Python parser have a type each
_Parser: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it was written; `plain` when without quotes."""

    text: str
    place: Place
    length: int = 1
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order written; no key twice."""

    entries: tuple[tuple[Scalar, Value], ...]
    place: Place


Value = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: front matter and body.

    Attributes:
        entries: keys and values, in the order written.
        body: the Markdown after the front matter.
        body_line: the line of the file on which `body` starts.
        refused: whether the front matter could not be read at all.
    """

    source: SourceFile
    entries: tuple[tuple[Scalar, Value], ...]
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...]
    refused: bool = False


class _RefusedError(Exception):
    """Front matter that cannot be read; carries the problem."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _GuardedYAML(YAMLHandler):
    """The library's way of splitting, our way of loading: events are walked, nothing is constructed."""

    def __init__(self, name: str, first_line: int) -> None:
        super().__init__()
        self._name = name
        self._first_line = first_line
        self.value: Value | None = None
        self.diagnostics: list[Diagnostic] = []

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """Read YAML text as strings with places, into `value`; the library's own mapping stays empty."""
        if len(fm.encode()) > _LARGEST:
            message = f"the front matter is larger than {_LARGEST // 1024} KB"
            raise _RefusedError(
                error(
                    Place(self._name), Code.YAML_REFUSED, message, "Move long texts below the front matter."
                )
            )
        events = _Events(fm, self._name, self._first_line)
        self.value = events.document()
        self.diagnostics += events.diagnostics
        return {}


class _Events:
    """YAML events turned into values while they are counted."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self._name = name
        self._first_line = first_line
        self._events = self._parse(text)
        self._nodes = 0
        self.diagnostics: list[Diagnostic] = []

    def _parse(self, text: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(text.translate(_LINE_ENDS_OF_YAML), Loader=_Parser)
        except yaml.MarkedYAMLError as problem:
            # What is never closed is found at the end of the text, but mended where it was opened.
            at_end = "unexpected end" in (problem.problem or "")
            mark = (problem.context_mark if at_end else None) or problem.problem_mark
            place = self._place(mark) if mark else Place(self._name, self._first_line)
            what = problem.problem or problem.context or "it cannot be read"
            if "nesting depth" in what:  # the parser's own limit, met before ours because it reads ahead
                raise _RefusedError(error(place, Code.YAML_REFUSED, _TOO_DEEP, _KEEP_FLAT)) from problem
            raise _RefusedError(
                error(place, Code.BAD_YAML, f"this is not YAML: {what}", _remedy(what))
            ) from problem
        except yaml.YAMLError as problem:
            place = Place(self._name, self._first_line)
            message = f"this is not YAML: {str(problem).splitlines()[0]}"
            raise _RefusedError(error(place, Code.BAD_YAML, message, _remedy(""))) from problem

    def _place(self, mark: _Mark | None) -> Place:
        if mark is None:
            return Place(self._name, self._first_line)
        return Place(self._name, self._first_line + mark.line, mark.column + 1)

    def document(self) -> Value | None:
        """Read the one document; None where it is empty."""
        value: Value | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "the front matter holds a second document", "Delete the '---' line.")
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, 1)
        return value

    def _refuse(self, event: yaml.Event, message: str, remedy: str) -> NoReturn:
        raise _RefusedError(error(self._place(event.start_mark), Code.YAML_REFUSED, message, remedy))

    def _value(self, event: yaml.Event, depth: int) -> Value:
        """Read one value; the guards hold for each of its parts before it is built."""
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "aliases (*name) are not allowed here", "Write the value out, or quote it.")
        if getattr(event, "anchor", None) is not None:
            self._refuse(event, "anchors (&name) are not allowed here", "Put the value in quotes.")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "tags (!name) are not allowed here", "Put the value in quotes.")
        if depth > _DEEPEST:
            self._refuse(event, _TOO_DEEP, _KEEP_FLAT)
        if self._nodes > _MOST_NODES:
            self._refuse(event, f"the front matter has more than {_MOST_NODES:,} values", "Shorten it.")
        place = self._place(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth)), place)
        return self._scalar(event, place)

    def _scalar(self, event: yaml.Event, place: Place) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "this cannot be read", "Put the value in quotes.")
        start: _Mark = event.start_mark
        end: _Mark = event.end_mark
        length = max(1, end.column - start.column) if start.line == end.line else 1
        text = event.value
        if match := _ESCAPED.search(text):
            message = f"this value holds the character U+{ord(match[0]):04X}, which is no text"
            self.diagnostics.append(
                error(place, Code.CONTROL_CHARACTER, message, "Delete its escape (a '\\' and what follows).")
            )
            text = _ESCAPED.sub("", text)
        return Scalar(text, place, length, plain=not event.style)

    def _items(self, depth: int) -> Iterator[Value]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Value]]:
        seen: dict[str, Place] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                message = "a key must be a single word"
                raise _RefusedError(
                    error(key.place, Code.BAD_YAML, message, "Put text with [ or { in quotes.")
                )
            folded = key.text.casefold()
            if folded in seen:
                message = f"'{key.text}' is given twice; the first is on line {seen[folded].line}"
                remedy = "Keep one of the two; where a key takes several values, write a list."
                self.diagnostics.append(
                    error(key.place, Code.DUPLICATE_KEY, message, remedy, length=key.length)
                )
                continue
            seen[folded] = key.place
            yield key, value


def _remedy(problem: str) -> str:
    if "mapping values" in problem:
        return "A value that holds ': ' must stand in quotes."
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces; tabs are not allowed here."
    if "expected ',' or" in problem or "flow" in problem:
        return "Close the list with ], or put the value in quotes."
    return "Put values with : # [ ] { } & * ! % @ in quotes, and start every key at the left edge."


def take_apart(source: SourceFile) -> Document:
    """Split a file into front matter and body, and read the front matter."""
    text = source.text
    lead = len(text) - len(text.lstrip())
    opening = YAMLHandler.FM_BOUNDARY.match(text, lead)
    if opening is None:
        return Document(source, (), text, 1, ())
    start = opening.end() + 1
    first_line = text.count("\n", 0, start) + 1
    handler = _GuardedYAML(source.name, first_line)
    try:
        front, body = handler.split(text[lead:])
    except ValueError:
        place = place_in(text, lead, source.name)
        remedy = "Add a line '---' after the last key."
        problem = error(
            place, Code.FRONT_MATTER_UNCLOSED, "the front matter is never closed", remedy, length=3
        )
        return Document(source, (), "", 1, (problem,), refused=True)
    body_start = len(text) - len(body)
    body_line = text.count("\n", 0, body_start) + 1
    try:
        handler.load(front.removeprefix("\n"))
    except _RefusedError as refused:
        return Document(source, (), body, body_line, (refused.problem,), refused=True)
    entries, problems = _top_level(handler.value)
    return Document(
        source, entries, body, body_line, (*handler.diagnostics, *problems), refused=bool(problems)
    )


def _top_level(value: Value | None) -> tuple[tuple[tuple[Scalar, Value], ...], tuple[Diagnostic, ...]]:
    """The keys and values; a list or a bare text is a problem."""
    if value is None:
        return (), ()
    if isinstance(value, Mapping):
        return value.entries, ()
    what = "a list" if isinstance(value, Sequence) else "a bare text"
    message = f"the front matter is {what}, not keys and values"
    remedy = "Write each value as 'key: value' on a line of its own."
    return (), (error(value.place, Code.FRONT_MATTER_NOT_MAPPING, message, remedy),)
