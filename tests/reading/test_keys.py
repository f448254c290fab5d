"""The table of keys: the manual's two tables are made from it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from generated import hold
from intouch.model import Kind
from intouch.reading.keys import CARD, KINDS, NOTE, Takes, manual, manual_of_kinds

PAGE = Path(__file__).parent.parent.parent / "docs" / "notebook.md"
TABLE = re.compile(r"^\| key \| value \|\n(?:\|.*\n)+", re.MULTILINE)


def test_the_manuals_tables_are_as_the_keys_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(TABLE.findall(page)) == 2
    tables = iter((manual(CARD), manual(NOTE)))
    meant = TABLE.sub(lambda _: next(tables), page)
    if "RECORD" in os.environ:
        PAGE.write_text(meant, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == meant, "run the tests once with RECORD=1"


def test_only_choices_have_words() -> None:
    assert all((key.takes is Takes.CHOICE) == bool(key.words) for key in (*CARD, *NOTE))
    assert all(not set(key.words) & set(key.also) for key in (*CARD, *NOTE))


def test_the_manual_has_every_kind() -> None:
    assert set(KINDS) == set(Kind)
    hold("notebook.md", "kinds", manual_of_kinds())
