"""Every format and its quirks: a file beside what it is read as. `RECORD=1` writes the latter anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from intouch.cli.report import headline
from intouch.importers.formats import read_listing
from intouch.importers.generic import NAMES
from intouch.importers.source import open_source

CASES = Path(__file__).parent / "cases"
MANUAL = Path(__file__).parents[2] / "docs" / "import.md"


def told(case: Path) -> str:
    """What a case's file is read as."""
    (path,) = (p for p in case.iterdir() if p.name != "expected.json")
    listing = read_listing(open_source(path), {})
    people = [
        {
            "line": candidate.place.line,
            **candidate.values,
            **({"about": candidate.about} if candidate.about else {}),
        }
        for candidate in listing.candidates
    ]
    prefix = f"{case.as_posix()}/"
    problems = [headline(problem).removeprefix(prefix) for problem in listing.diagnostics]
    read = {"format": listing.form, "people": people, "problems": problems}
    return json.dumps(read, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_file_is_read_as_expected(case: Path) -> None:
    expected = case / "expected.json"
    found = told(case)
    if "RECORD" in os.environ:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_the_manual_lists_all_that_a_column_may_hold() -> None:
    manual = " ".join(MANUAL.read_text(encoding="utf-8").split())
    assert f"a column may hold {', '.join(f'`{key}`' for key in NAMES)}, a key of your own" in manual
