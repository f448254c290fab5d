"""Cells: addresses on LinkedIn, several values in one, and dates that can be read for sure."""

from __future__ import annotations

import pytest

from intouch.importers.cells import Row, linkedin, several, several_urls, tidy
from intouch.places import Place


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("https://www.linkedin.com/in/Ann-Ray/?trk=x", "https://www.linkedin.com/in/ann-ray"),
        ("http://au.linkedin.com/in/ann-ray", "https://www.linkedin.com/in/ann-ray"),
        ("https://linkedin.com/in/ann-ray#top", "https://www.linkedin.com/in/ann-ray"),
        ("https://www.linkedin.com/in/josé", "https://www.linkedin.com/in/jos%c3%a9"),
        ("https://www.linkedin.com/in/jos%C3%A9", "https://www.linkedin.com/in/jos%c3%a9"),
        ("https://www.linkedin.com/", ""),
        ("https://linkedin.com.evil.example/in/ann", ""),
        ("https://evil.example/linkedin.com/in/ann", ""),
        ("https://notlinkedin.com/in/ann", ""),
        ("https://linkedin.com@evil.example/in/ann", ""),
        ("javascript:alert(1)//linkedin.com/in/ann", ""),
        ("in/ann", ""),
        ("b,c", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_only_linkedins_own_addresses_are(written: str, found: str) -> None:
    assert linkedin(written) == found


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a ::: b", ["a", "b"]),
        ("a; b", ["a", "b"]),
        ("a\nb", ["a", "b"]),
        (" ;; a ; ", ["a"]),
        ("'+61 2 5550; '=x", ["+61 2 5550", "=x"]),
    ],
)
def test_a_cell_may_hold_several_values(cell: str, values: list[str]) -> None:
    assert several(cell) == values


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("https://x.example/?a=1;b,c", ["https://x.example/?a=1;b,c"]),
        ("https://x.example/?a;b; https://y.example", ["https://x.example/?a;b", "https://y.example"]),
        ("https://x.example;https://y.example", ["https://x.example", "https://y.example"]),
        ("x.example ::: y.example", ["x.example", "y.example"]),
    ],
)
def test_an_address_keeps_its_semicolons(cell: str, values: list[str]) -> None:
    assert several_urls(cell) == values


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12 Mar 2024", "2024-03-12"),
        ("7-Feb-22", "2022-02-07"),
        ("2 September 1999", "1999-09-02"),
        ("2024-03-12T08:00:00Z", "2024-03-12"),
        ("13/05/2021", "2021-05-13"),
        ("05/13/2021", "2021-05-13"),
        ("05/05/2021", "2021-05-05"),
    ],
)
def test_a_date_is_read_where_it_can_be_read_for_sure(cell: str, day: str) -> None:
    row = Row(Place("people.csv"))
    assert (row.day(cell, "x"), row.diagnostics) == (day, [])


@pytest.mark.parametrize("cell", ["06/05/2021", "7 févr. 2022", "soon", "31 Feb 2024", "45000"])
def test_any_other_is_left_out_and_said(cell: str) -> None:
    row = Row(Place("people.csv"))
    assert row.day(cell, "x") == ""
    assert [d.message for d in row.diagnostics] == [f"left out: x '{cell}' cannot be read for sure"]


def test_the_empty_dates_of_others_are_no_dates() -> None:
    row = Row(Place("people.csv"))
    assert [row.day(cell, "x") for cell in ("", "0/0/00", "0000-00-00")] == ["", "", ""]
    assert row.diagnostics == []


def test_a_text_is_on_one_line_and_holds_nothing_that_a_file_may_not() -> None:
    assert tidy(" a\r\n\x1b[31mb\ufeff\u2028c\x00 ") == "a [31mb c"
    assert tidy("'=1+1") == "=1+1"
    assert tidy("'tis") == "'tis"


def test_an_address_may_stand_behind_a_name() -> None:
    row = Row(Place("people.csv"))
    cells = ["Ann Ray <ann@acme.example>", "<bo@x.example>, mailto:cy@x.example", "Di <di>"]
    assert row.emails(cells) == ("ann@acme.example", "bo@x.example", "cy@x.example")
    assert [d.message for d in row.diagnostics] == ["left out: 'Di <di>' is no e-mail address"]
