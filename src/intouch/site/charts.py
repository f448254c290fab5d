"""Small pictures of numbers, made here as SVG: no script draws them, and a table always says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

_CELL = 13
"""Pixels from one day of the heat map to the next; three of them are the gap."""
_DAY = _CELL - 3
_TOP = 18
_LEFT = 30
_STEPS = (0, 1, 2, 4)
"""A day of the heat map is a step darker for each of these counts that it exceeds."""


def bar(part: int, whole: int) -> Markup:
    """A bar that is filled as far as the part goes; decoration beside the number that says it."""
    width = round(100 * part / whole) if whole else 0
    track = '<rect class="track" width="100" height="8"/>'
    fill = f'<rect class="fill" width="{width}" height="8"/>'
    return _svg("bar", 100, 8, track + fill, stretched=True)


def column(number: int, most: int) -> Markup:
    """A column as high as its number is to the largest; decoration beside the number."""
    height = max(3, round(40 * number / most)) if number else 1
    kind = "fill" if number else "track"
    inside = f'<rect class="{kind}" y="{40 - height}" width="20" height="{height}"/>'
    return _svg("column", 20, 40, inside, stretched=True)


def heat_map(activity: Mapping[date, int], since: date, until: date, months: Sequence[str]) -> Markup:
    """Days, a column a week from Monday to Sunday, darker where more happened.

    Args:
        activity: how much happened, by day.
        since: the first day shown.
        until: the last day shown.
        months: the twelve names to print above.
    """
    start = since - timedelta(days=since.weekday())
    weeks = (until - start).days // 7 + 1
    parts = [
        f'<text x="0" y="{_TOP + row * _CELL + _DAY - 1}">{name}</text>'
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    for week in range(weeks):
        monday = start + timedelta(weeks=week)
        x = _LEFT + week * _CELL
        if monday.day <= 7 and week < weeks - 1:  # noqa: PLR2004 - the first Monday of a month
            parts.append(f'<text x="{x}" y="11">{escape(months[monday.month - 1])}</text>')
        for weekday in range(7):
            day = monday + timedelta(days=weekday)
            if since <= day <= until:
                level = sum(activity.get(day, 0) > step for step in _STEPS)
                parts.append(
                    f'<rect class="heat heat-{level}" x="{x}" y="{_TOP + weekday * _CELL}" '
                    f'width="{_DAY}" height="{_DAY}" rx="2"/>'
                )
    return _svg("heat-map", _LEFT + weeks * _CELL, _TOP + 7 * _CELL, "".join(parts))


def _svg(name: str, width: int, height: int, inside: str, *, stretched: bool = False) -> Markup:
    # Hidden from screen readers: the page says the same in words right beside it.
    fit = ' preserveAspectRatio="none"' if stretched else ""
    opened = f'<svg class="{name}" viewBox="0 0 {width} {height}"{fit} aria-hidden="true" focusable="false">'
    return Markup(f"{opened}{inside}</svg>")  # noqa: S704 - numbers and escaped names only
