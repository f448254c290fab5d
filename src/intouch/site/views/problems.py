"""The page Problems, and the page for addresses that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from intouch.diagnostics import Diagnostic, Severity
from intouch.english import capital, count
from intouch.site.addresses import ONE_DOWN, anywhere
from intouch.site.lookup import Lookup
from intouch.site.views.shell import Frame, Link, Shell
from intouch.site.words import clipped

_BEFORE = 80
_LONGEST_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    Attributes:
        severity: `error` or `warning`.
        place: file, line and column.
        before: the start of the source line, up to what is meant.
        marked: what is meant; empty where there is no source line.
        after: the rest of the line.
        remedy: what to do about it; may be empty.
    """

    severity: str
    place: str
    code: str
    message: str
    before: str
    marked: str
    after: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """The page Problems, errors first."""

    shell: Shell
    summary: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """The page for addresses that lead nowhere."""

    shell: Shell
    links: tuple[Link, ...]


def problems_view(look: Lookup, frame: Frame) -> ProblemsView:
    """Gather the page Problems."""
    errors = [d for d in look.diagnostics if d.severity is Severity.ERROR]
    warnings = [d for d in look.diagnostics if d.severity is Severity.WARNING]
    parts = [count(len(errors), "error")] if errors else []
    parts += [count(len(warnings), "warning")] if warnings else []
    return ProblemsView(
        shell=frame.around("Problems", ONE_DOWN, ONE_DOWN.problems),
        summary=" and ".join(parts),
        problems=tuple(problem(d) for d in (*errors, *warnings)),
    )


def problem(found: Diagnostic) -> Problem:
    """One problem as it is shown, with what is meant set apart from the rest of its line."""
    start = min(max(found.place.column - 1, 0), len(found.excerpt))
    end = min(start + max(found.length, 1), len(found.excerpt))
    before, after = found.excerpt[:start], found.excerpt[end:]
    marked = found.excerpt[start:end]
    # A line may be a whole e-mail long; what is meant and its surroundings are enough.
    return Problem(
        severity=found.severity.value,
        place=f"{found.place.file}:{found.place.line}:{found.place.column}",
        code=found.code.value,
        message=capital(found.message),
        before=before if len(before) <= _BEFORE else "…" + before[-_BEFORE:],
        marked=clipped(marked, _LONGEST_EXCERPT),
        after=clipped(after, _LONGEST_EXCERPT),
        remedy=capital(found.remedy),
    )


def missing_view(_look: Lookup, frame: Frame) -> MissingView:
    """Gather the page for addresses that lead nowhere; its links are absolute, as it may show anywhere."""
    at = anywhere(frame.settings.site.base_url)
    links = (Link("Today", at.today), Link("People", at.people), Link("Pipeline", at.pipeline))
    return MissingView(frame.around("Page not found", at), links)
