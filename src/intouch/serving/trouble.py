"""What was just broken, as the open pages show it over the last good site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from intouch.diagnostics import Diagnostic
from intouch.english import count
from intouch.site.views.problems import problem

_MOST = 5
"""Problems told over a page; the page Problems has them all."""

Known = frozenset[tuple[str, str, str, str]]
"""Errors as they are recognized again: by file, code, message and source line, wherever that has moved."""


class GoneError(Exception):
    """The notebook's folder, or `contacts/` in it, is not there (any more)."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to tell over every page.

    Attributes:
        body: what to tell, as JSON: `title`, `text`, `problems`, `more`.
        token: the same content, the same token; it tells nothing else.
    """

    body: bytes
    token: str


def known(errors: Iterable[Diagnostic]) -> Known:
    """Errors, to be recognized again."""
    return frozenset((e.place.file, e.code.value, e.message, e.excerpt) for e in errors)


def broken(errors: Iterable[Diagnostic], before: Known) -> Trouble | None:
    """The errors that were not there before; None where there are none."""
    fresh = [e for e in errors if not known([e]) <= before]
    if not fresh:
        return None
    files = {e.place.file for e in fresh}
    told = [problem(e) for e in fresh[:_MOST]]
    more = len(fresh) - len(told)
    where = fresh[0].place.file if len(files) == 1 else count(len(files), "file")
    return _trouble(
        f"{count(len(fresh), 'error')} in {where}",
        "The rest is shown; the calendar feed stays as it was.",
        [
            {
                "place": each.place,
                "code": each.code,
                "message": each.message,
                "before": each.before,
                "marked": each.marked,
                "after": each.after,
                "remedy": each.remedy,
            }
            for each in told
        ],
        f"and {more:,} more" if more else "",
    )


def crashed() -> Trouble:
    """A build that could not be finished; what the exception says may name files of this computer."""
    return _trouble(
        "The last save could not be shown",
        "The build stopped. This is the last whole site; the terminal in which intouch runs says more.",
    )


def gone() -> Trouble:
    """A notebook that is not where it was."""
    return _trouble(
        "The notebook is gone",
        "Its folder, or “contacts” in it, was moved or deleted. This is the last site; it goes on as soon "
        "as the folder is back.",
    )


def _trouble(title: str, text: str, problems: Iterable[dict[str, str]] = (), more: str = "") -> Trouble:
    told = {"title": title, "text": text, "problems": list(problems), "more": more}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Trouble(body, blake2b(body, digest_size=8).hexdigest())
