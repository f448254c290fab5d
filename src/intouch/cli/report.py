"""Problems as people, programs and git hosts want to read them."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence

import click

from intouch.cli.shapes import ProblemsData
from intouch.diagnostics import Diagnostic, Severity
from intouch.english import count

_WIDEST = 100
"""Columns of an excerpt; a longer line is cut around the place it is about."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Text that cannot move the cursor, colour the terminal or turn its own direction."""
    return "".join(_shown(c) for c in text)


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    if character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
        return f"<U+{ord(character):04X}>"
    return character


def wants_color(stream: str) -> bool:
    """Whether `stdout` or `stderr` is a terminal whose user did not ask for plain text."""
    file = sys.stdout if stream == "stdout" else sys.stderr
    return file.isatty() and not os.environ.get("NO_COLOR")


def as_text(diagnostics: Sequence[Diagnostic], *, color: bool) -> str:
    """Every problem with its excerpt and remedy, and a line that counts them."""
    blocks = ["\n".join(_block(d, color=color)) for d in diagnostics]
    return "\n\n".join([*blocks, summary(diagnostics)])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """`7 errors, 2 warnings in 4 files`."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    counts = [count(errors, "error")] if errors or not warnings else []
    counts += [count(warnings, "warning")] if warnings else []
    return f"{', '.join(counts)} in {count(len({d.place.file for d in diagnostics}), 'file')}"


def headline(diagnostic: Diagnostic) -> str:
    """`contacts/bob.md:4:8: error: …  [bad-cadence]`."""
    place = diagnostic.place
    where = f"{visible(place.file)}:{place.line}:{place.column}"
    return f"{where}: {diagnostic.severity}: {visible(diagnostic.message)}  [{diagnostic.code}]"


def _block(diagnostic: Diagnostic, *, color: bool) -> Iterator[str]:
    tint = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    head = headline(diagnostic)
    yield click.style(head, bold=True) if color else head
    if diagnostic.excerpt.strip():
        line, carets = _excerpt(diagnostic)
        gutter = f"{diagnostic.place.line:>6} | "
        yield gutter + line
        yield " " * (len(gutter) - 2) + "| " + (click.style(carets, fg=tint) if color else carets)
    if diagnostic.remedy:
        yield f"    {visible(diagnostic.remedy)}"


def _excerpt(diagnostic: Diagnostic) -> tuple[str, str]:
    """The source line, cut if it is long, and the line of carets below it."""
    at = diagnostic.place.column - 1
    line = diagnostic.excerpt
    first = max(0, at - _WIDEST // 2) if len(line) > _WIDEST else 0
    cut = line[first : first + _WIDEST]
    before, marked = cut[: at - first], cut[at - first : at - first + diagnostic.length]
    lead = "…" if first else ""
    tail = "…" if first + _WIDEST < len(line) else ""
    pad = " " * (len(lead) + _width(visible(before)))
    return lead + visible(cut) + tail, pad + "^" * max(1, _width(visible(marked)))


def _width(text: str) -> int:
    """Columns that a terminal gives a text."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def json_bytes(data: object) -> bytes:
    """JSON as its standard has it: UTF-8, whatever the terminal speaks."""
    # A file's name may hold what is no character; escaped, it can still be told.
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def as_json(diagnostics: Sequence[Diagnostic]) -> bytes:
    """The problems for programs; the shape is stable."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    data: ProblemsData = {
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "problems": [
            {
                "file": d.place.file,
                "line": d.place.line,
                "column": d.place.column,
                "length": d.length,
                "severity": d.severity,
                "code": d.code,
                "message": d.message,
                "remedy": d.remedy,
                "excerpt": d.excerpt,
            }
            for d in diagnostics
        ],
    }
    return json_bytes(data)


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Annotations that GitHub shows beside the lines of a pull request."""
    return "\n".join(_annotation(d) for d in diagnostics)


def _annotation(d: Diagnostic) -> str:
    properties = {
        "file": d.place.file,
        "line": str(d.place.line),
        "col": str(d.place.column),
        "endColumn": str(d.place.column + d.length),
        "title": f"intouch {d.code}",
    }
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{d.severity} {told}::{_message(f'{d.message}. {d.remedy}'.rstrip(' '))}"


def _message(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
