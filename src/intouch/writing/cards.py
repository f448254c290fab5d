"""New cards as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intouch.front_matter import Value, front_matter


def card(values: Mapping[str, Value], *, about: str = "", log: Iterable[str] = ()) -> str:
    """A card with an empty or a begun log.

    Args:
        values: the front matter, by key, in the order in which it is to be read.
        about: the Markdown below it.
        log: the lines of the log, without their bullets.
    """
    lines = "".join(f"- {line}\n" for line in log)
    text = f"{about.strip()}\n\n" if about.strip() else ""
    return f"{front_matter(values)}{text or chr(10)}## Log\n{lines}"
