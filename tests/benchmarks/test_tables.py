"""The tables: made of nothing but the results, and the page shows the results that are kept beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import results as kept
import tables
from goals import goals
from peers import OURS
from results import Feed, OfShape, OfSize, Results

ROOT = Path(__file__).parent.parent.parent


def made_up() -> Results:
    ours = OfShape(cold=[2.0, 1.0, 9.0], warm=[0.3], same=[0.2], serve=[0.1], cold_memory=80, warm_memory=70)
    hugo = OfShape(cold=[2.5], warm=[1.5], same=[1.5], serve=[0.2], cold_memory=280.4, warm_memory=270)
    small = OfSize(files=6_001, shapes={OURS: ours, "Hugo (split)": hugo}, commands={"due": [0.5]})
    large = OfSize(
        files=60_001,
        shapes={
            OURS: OfShape(cold=[40.0], warm=[1.5], cold_memory=310, warm_memory=200),
            "Hugo (split)": OfShape(cold=[40.0], warm=[20.0]),
            "Eleventy (split)": OfShape(failed="first build:\nout of memory"),
        },
        commands={},
    )
    return Results(
        date="2026-11-24",
        machine="2 cores",
        settle=0.05,
        versions={"intouch": "0.1.0", "hugo": "0.168.0"},
        sizes={"1000": small, "10000": large},
        startup={OURS: {"--help": [0.05], "--version": [0.07]}},
        sample={"due": [0.1]},
        feed=None,
    )


def test_goals_are_held_against_medians() -> None:
    found = {(one.what, one.wanted): (one.measured, one.met) for one in goals(made_up())}
    assert found["cold build, 1,000", "≤ 1 × Hugo's on the same files"] == ("0.80 × (2.00 s : 2.50 s)", True)
    assert found["cold build, 1,000", "≤ 0.4 × Pelican's"] == ("—", None)
    assert found["cold build, 10,000", "≤ 0.75 × Hugo's on the same files"][1] is False
    assert found["growth, cold: 10,000", "≤ 11 × the time at 1,000"] == ("20.00 × (40.00 s : 2.00 s)", False)
    assert found["peak memory, cold or after one edit, 10,000", "≤ 300 MB"] == ("310 MB", False)
    assert found["`--help`", "≤ 60 ms"] == ("50 ms", True)
    assert found["`--version`", "≤ 60 ms"] == ("70 ms", False)


@pytest.mark.parametrize(("check_ins", "met"), [(10_000, True), (9_999, None)])
def test_a_short_feed_meets_no_goal(check_ins: int, met: bool | None) -> None:  # noqa: FBT001 - a column
    feed = Feed(check_ins=check_ins, events=2_000, cold=[3.0], changed=[1.0])
    assert goals({**made_up(), "feed": feed})[-1].met is met


def test_the_settle_time_is_taken_off_and_said() -> None:
    (one,) = [one for one in goals(made_up()) if one.what.startswith("save → page served, 1,000")]
    assert (one.measured, one.met) == ("50 ms (100 ms in all)", True)


def test_a_table_of_a_size() -> None:
    assert tables.size_table(made_up(), 1_000) == (
        "| 1,000 contacts, 6,001 files | cold build | after one edit | nothing changed | save → page "
        "| memory cold / edit / serve |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| **intouch** | 2.00 s | 300 ms | 200 ms | 100 ms | 80 / 70 / — MB |\n"
        "| Hugo (split) | 2.50 s | 1.50 s | 1.50 s | 200 ms | 280 / 270 / — MB |\n"
        "| *intouch : Hugo (split)* | 0.80 × | 0.20 × | 0.13 × | 0.50 × | — |"
    )


def test_who_failed_is_in_the_table() -> None:
    row = "| Eleventy (split), failed at: first build | — | — | — | — | — / — / — MB |"
    assert row in tables.size_table(made_up(), 10_000)


def test_growth() -> None:
    assert "| intouch | 20.0 × / 5.0 × |" in tables.growth_table(made_up())


def test_tables_are_put_into_their_places_and_prose_stays() -> None:
    page = "Before.\n<!-- begin a -->\nold\n<!-- end a -->\nAfter.\n"
    once = tables.put(page, {"a": "new \\1"})
    assert once == "Before.\n<!-- begin a -->\nnew \\1\n<!-- end a -->\nAfter.\n"
    assert tables.put(once, {"a": "new \\1"}) == once
    with pytest.raises(tables.NoPlaceError, match="begin b"):
        tables.put(page, {"b": "x"})


def test_results_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept.save(made_up(), tmp_path / "results.json")
    assert kept.load(tmp_path / "results.json") == made_up()


def test_the_manual_shows_the_results_that_are_kept() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    found = kept.load(ROOT / "benchmarks" / "results.json")
    assert tables.put(page, tables.blocks(found)) == page, "run benchmarks/compare.py --tables --write"
