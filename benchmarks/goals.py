"""The goals, line by line: what was meant, what was measured, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peers import OURS
from results import OfShape, Results, median, of

HUGO = "Hugo (split)"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: `met` is None where something was not measured."""

    what: str
    wanted: str
    measured: str
    met: bool | None


def goals(results: Results) -> list[Goal]:
    """Every goal, in the order in which a reader looks for them."""
    return [*_builds(results), *_serve(results), *_alone(results), *_growth(results), _feed(results)]


def _builds(results: Results) -> Iterator[Goal]:
    small, large = (of(results, size, OURS) for size in (1_000, 10_000))
    hugo, huge = (of(results, size, HUGO) for size in (1_000, 10_000))
    pelican = of(results, 1_000, "Pelican (no cache)")
    dirty = of(results, 10_000, "MkDocs (dirty)")
    cold, warm = "cold build", "rebuild after one edit, new process"
    yield _ratio(f"{cold}, 1,000", "Hugo's on the same files", 1.0, small.get("cold"), hugo.get("cold"))
    yield _ratio(f"{cold}, 1,000", "Pelican's", 0.4, small.get("cold"), pelican.get("cold"))
    yield _ratio(f"{warm}, 1,000", "Hugo's", 0.25, small.get("warm"), hugo.get("warm"))
    yield _ratio(f"{warm}, 10,000", "Hugo's", 0.08, large.get("warm"), huge.get("warm"))
    yield _ratio(
        f"{warm}, 10,000", "MkDocs' in dirty mode, which is wrong", 1.0, large.get("warm"), dirty.get("warm")
    )
    yield _memory(large)
    yield _ratio(f"{cold}, 10,000", "Hugo's on the same files", 0.75, large.get("cold"), huge.get("cold"))
    yield _limit("nothing changed, new process, 1,000", 0.35, small.get("same"))


def _serve(results: Results) -> Iterator[Goal]:
    for size, most in ((1_000, 0.06), (10_000, 0.25)):
        took = median(of(results, size, OURS).get("serve"))
        what = f"save → page served, {size:,}, after the settle time of {_ms(results['settle'])}"
        if took is None:
            yield Goal(what, f"≤ {_ms(most)}", "—", None)
        else:
            left = took - results["settle"]
            yield Goal(what, f"≤ {_ms(most)}", f"{_ms(left)} ({_ms(took)} in all)", left <= most)


def _alone(results: Results) -> Iterator[Goal]:
    startup = results["startup"].get(OURS, {})
    for argument in ("--help", "--version"):
        yield _limit(f"`{argument}`", 0.06, startup.get(argument))
    yield _limit("`due` on the sample notebook", 0.15, results["sample"].get("due"))


def _growth(results: Results) -> Iterator[Goal]:
    small, large = (of(results, size, OURS) for size in (1_000, 10_000))
    for name, before, after in (
        ("cold", small.get("cold"), large.get("cold")),
        ("after one edit", small.get("warm"), large.get("warm")),
    ):
        yield _ratio(f"growth, {name}: 10,000", "the time at 1,000", 11.0, after, before)


def _feed(results: Results) -> Goal:
    found = results["feed"]
    # Fewer of them prove nothing.
    whole = found is not None and found["check_ins"] >= 10_000
    what = "build with 10,000 check-ins, one changed, feed included"
    return _limit(what, 1.5, found["changed"] if found and whole else None)


def _ratio(
    what: str, of_what: str, most: float, ours: list[float] | None, theirs: list[float] | None
) -> Goal:
    wanted = f"≤ {most:g} × {of_what}"
    mine, other = median(ours), median(theirs)
    if mine is None or other is None:
        return Goal(what, wanted, "—", None)
    return Goal(what, wanted, f"{mine / other:.2f} × ({mine:.2f} s : {other:.2f} s)", mine / other <= most)


def _limit(what: str, most: float, ours: list[float] | None) -> Goal:
    mine = median(ours)
    if mine is None:
        return Goal(what, f"≤ {_ms(most)}", "—", None)
    return Goal(what, f"≤ {_ms(most)}", _ms(mine), mine <= most)


def _memory(large: OfShape) -> Goal:
    # Of the two builds the larger: a goal met only while nothing happens would be none.
    found = [large[key] for key in ("cold_memory", "warm_memory") if key in large]
    what, wanted = "peak memory, cold or after one edit, 10,000", "≤ 300 MB"
    return (
        Goal(what, wanted, f"{max(found):.0f} MB", max(found) <= 300)
        if found
        else Goal(what, wanted, "—", None)
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"
