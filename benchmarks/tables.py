"""The tables of a comparison, as Markdown, and their places in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from goals import HUGO, goals
from peers import OURS
from results import Measure, OfShape, Results, Seconds, median, of

_COLUMNS: tuple[tuple[str, Measure], ...] = (
    ("cold build", "cold"),
    ("after one edit", "warm"),
    ("nothing changed", "same"),
    ("save → page", "serve"),
)
_NOTHING = "—"


class NoPlaceError(ValueError):
    """A page that has no place for a table."""


def blocks(results: Results) -> dict[str, str]:
    """Every table by the name of its place."""
    return {
        "setting": setting(results),
        "goals": goals_table(results),
        "sizes": "\n\n".join(size_table(results, int(size)) for size in results["sizes"]),
        "alone": alone_table(results),
        "growth": growth_table(results),
        "startup": startup_table(results),
    }


def put(page: str, tables: dict[str, str]) -> str:
    """A page with its tables replaced: what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`.

    Raises:
        NoPlaceError: when the page lacks a place.
    """
    for name, table in tables.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        replaced = f"{begin}\n{table}\n{end}"
        places = pattern.findall(page)
        if len(places) != 1:
            raise NoPlaceError(f"{begin} … {end} stands {len(places)} times in the page")
        page = page.replace(places[0], replaced)
    return page


def table(head: Sequence[str], rows: Iterable[Sequence[str]], column: str = "---:") -> str:
    """A Markdown table; every column but the first is numbers, unless `column` says otherwise."""
    lines = [f"| {' | '.join(head)} |", f"| --- |{f' {column} |' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def setting(results: Results) -> str:
    """When, where and with which versions."""
    versions = ", ".join(f"{tool} {version}" for tool, version in results["versions"].items())
    runs = ", ".join(
        f"{max((len(found.get('cold', [])) for found in at['shapes'].values()), default=0)} at {int(size):,}"
        for size, at in results["sizes"].items()
    )
    return (
        f"- Measured: {results['date']}\n- Machine: {results['machine']}\n"
        f"- Versions: {versions}\n- Medians of: {runs}"
    )


def goals_table(results: Results) -> str:
    """Goal, measured, met."""
    said = {True: "yes", False: "**no**", None: "not measured"}
    return table(
        ("", "goal", "measured", "met?"),
        ((one.what, one.wanted, one.measured, said[one.met]) for one in goals(results)),
        "---",
    )


def size_table(results: Results, size: int) -> str:
    """Everybody at one size: medians, and ours as a multiple of Hugo's on the same files."""
    at = results["sizes"][str(size)]
    names = [name for name, _ in _COLUMNS]
    head = (f"{size:,} contacts, {at['files']:,} files", *names, "memory cold / edit / serve")
    rows = [_row(name, found) for name, found in at["shapes"].items()]
    if OURS in at["shapes"] and HUGO in at["shapes"]:
        ours, hugo = at["shapes"][OURS], at["shapes"][HUGO]
        pairs = [(_median(ours, key), _median(hugo, key)) for _, key in _COLUMNS]
        ratios = [f"{a / b:.2f} ×" if a is not None and b else _NOTHING for a, b in pairs]
        rows.append([f"*{OURS} : {HUGO}*", *ratios, _NOTHING])
    return table(head, rows)


def _row(name: str, found: OfShape) -> list[str]:
    times = [seconds(_median(found, key)) for _, key in _COLUMNS]
    memory = (found.get("cold_memory"), found.get("warm_memory"), found.get("serve_memory"))
    shown = " / ".join(_NOTHING if one is None else f"{one:,.0f}" for one in memory)
    if "failed" in found:
        # The step; the rest of the story is among the results.
        name = f"{name}, failed at: {found['failed'].partition(':')[0]}"
    return [f"**{name}**" if name == OURS else name, *times, f"{shown} MB"]


def _median(found: OfShape, key: Measure) -> float | None:
    return median(found.get(key))


def alone_table(results: Results) -> str:
    """Our other commands by size, and the feed."""
    commands = sorted({name for at in results["sizes"].values() for name in at["commands"]})
    sizes = [(int(size), at["commands"]) for size, at in results["sizes"].items()]
    rows = [[f"`{name}`", *(seconds(median(of_size.get(name))) for _, of_size in sizes)] for name in commands]
    told = table(("", *(f"{size:,}" for size, _ in sizes)), rows)
    feed = results["feed"]
    if feed is None:
        return told
    cold, changed = seconds(median(feed["cold"])), seconds(median(feed["changed"]))
    counts = f"{feed['check_ins']:,} check-ins to come ({feed['events']:,} events in the feed)"
    return f"{told}\n\n`intouch build` with {counts}: {cold} cold, {changed} after one changed."


def growth_table(results: Results) -> str:
    """How many times longer the next size takes, which is how many times larger."""
    sizes = [int(size) for size in results["sizes"]]
    steps = list(pairwise(sizes))
    head = ["", *(f"{a:,} → {b:,} ({b / a:g} ×), cold / edit" for a, b in steps)]
    names = dict.fromkeys(name for at in results["sizes"].values() for name in at["shapes"])
    rows = []
    for name in names:
        cells = []
        for before, after in steps:
            small, large = (of(results, size, name) for size in (before, after))
            cold = _times(small.get("cold"), large.get("cold"))
            cells.append(f"{cold} / {_times(small.get('warm'), large.get('warm'))}")
        rows.append([name, *cells])
    return table(head, rows) if steps else "Only one size was measured."


def _times(before: Seconds | None, after: Seconds | None) -> str:
    small, large = median(before), median(after)
    return _NOTHING if not small or large is None else f"{large / small:.1f} ×"


def startup_table(results: Results) -> str:
    """What it takes to say hello."""
    rows = [
        [tool, *(seconds(median(found.get(argument))) for argument in ("--help", "--version"))]
        for tool, found in results["startup"].items()
    ]
    shown = table(("", "`--help`", "`--version`"), rows)
    sample = ", ".join(f"`{name}` {seconds(median(took))}" for name, took in results["sample"].items())
    return f"{shown}\n\nOurs on the sample notebook: {sample}." if sample else shown


def seconds(value: float | None) -> str:
    """Seconds as people read them: milliseconds below one second."""
    if value is None:
        return _NOTHING
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s" if value < 10 else f"{value:,.1f} s"
