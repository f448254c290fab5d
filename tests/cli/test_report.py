"""How problems are written: for people, for programs, for pull requests."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.cli.report import as_github, as_json, as_text, headline, summary, visible
from intouch.diagnostics import Code, Diagnostic, Severity
from intouch.places import Place

ESCAPES = "\x1b[31mred\x1b[0m\r\n\x9b2J\u202e\u2028\x00"


def problem(
    message: str = "it is wrong",
    *,
    at: tuple[int, int] = (3, 1),
    length: int = 1,
    excerpt: str = "",
    remedy: str = "",
    file: str = "contacts/ann.md",
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(Place(file, *at), severity, Code.BAD_DATE, message, remedy, length, excerpt)


def carets(excerpt: str, column: int, length: int) -> tuple[str, str]:
    """The excerpt and the line below it, without their gutters."""
    told = as_text([problem(at=(3, column), length=length, excerpt=excerpt)], color=False)
    _, line, below, *_ = told.split("\n")
    assert line.startswith("     3 | ")
    assert below.startswith("       | ")
    return line[9:], below[9:]


def test_a_problem_is_a_line_its_excerpt_and_what_to_do() -> None:
    one = problem(at=(12, 6), length=3, excerpt="met: abc", remedy="Write a date.")
    assert as_text([one], color=False) == (
        "contacts/ann.md:12:6: error: it is wrong  [bad-date]\n"
        "    12 | met: abc\n"
        "       |      ^^^\n"
        "    Write a date.\n"
        "\n"
        "1 error in 1 file"
    )


def test_a_problem_of_a_whole_file_has_no_excerpt() -> None:
    assert as_text([problem()], color=False) == f"{headline(problem())}\n\n1 error in 1 file"


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "below"),
    [
        ("a: 林美 x", 4, 2, "   ^^^^"),
        ("a: 林美 x", 7, 1, "        ^"),
        ("a: e\u0301e\u0301 x", 4, 4, "   ^^"),
        ("a:\tx", 4, 1, "   ^"),
        ("a", 2, 1, " ^"),
        ("a: \u202ex", 5, 1, "           ^"),
    ],
)
def test_carets_stand_below_what_they_mean(excerpt: str, column: int, length: int, below: str) -> None:
    assert carets(excerpt, column, length)[1] == below


@pytest.mark.parametrize("column", [1, 50, 120, 250, 299])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    excerpt = "".join("X" if n == column else "." for n in range(1, 300))
    line, below = carets(excerpt, column, 1)
    assert len(line) <= 102
    assert line[below.index("^")] == "X"
    assert line.endswith("…") == (column < 250)
    assert line.startswith("…") == (column > 51)


def test_colour_only_adds_colour() -> None:
    import click

    one = [problem(excerpt="met: abc", remedy="Write a date.")]
    coloured = as_text(one, color=True)
    assert coloured != as_text(one, color=False)
    assert click.unstyle(coloured) == as_text(one, color=False)


@given(st.text())
def test_nothing_that_is_shown_moves_the_cursor(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if c < " " or "\x7f" <= c <= "\x9f" or c in "\u202e\u2066\u2028\u2029"]


@pytest.mark.parametrize("text", ["Zoë 林 👩‍🔬", "plain", ""])
def test_what_can_be_read_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("write", [lambda d: as_text(d, color=False), as_github])
def test_escapes_in_a_notebook_reach_no_terminal(write: object) -> None:
    assert callable(write)
    told = write([problem(ESCAPES, excerpt=ESCAPES, remedy=ESCAPES, file=f"contacts/{ESCAPES}.md")])
    assert not set(told) & set(ESCAPES) - set("[0123m]redJ\n")
    assert told.count("::error ") in {0, 1}


def test_a_pull_requests_annotation_is_one_line_whose_marks_are_escaped() -> None:
    told = as_github([problem("50% of\na::b", file="contacts/a,b:c.md", remedy="Do it.", length=4)])
    assert told == (
        "::error file=contacts/a%2Cb%3Ac.md,line=3,col=1,endColumn=5,title=intouch bad-date::"
        "50%25 of<U+000A>a::b. Do it."
    )
    assert as_github([problem(severity=Severity.WARNING)]).startswith("::warning ")
    assert as_github([]) == ""


def test_json_is_utf8_even_of_a_name_that_is_none() -> None:
    told = as_json([problem("林", file="contacts/b\udcff.md")])
    assert "林" in told.decode("utf-8")
    assert json.loads(told)["problems"][0]["file"] == "contacts/b\udcff.md"
    assert json.loads(as_json([])) == {"errors": 0, "warnings": 0, "problems": []}


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "told"),
    [
        (1, 0, 1, "1 error in 1 file"),
        (2, 0, 2, "2 errors in 2 files"),
        (0, 1, 1, "1 warning in 1 file"),
        (2, 2, 1, "2 errors, 2 warnings in 1 file"),
        (0, 0, 0, "0 errors in 0 files"),
    ],
)
def test_the_last_line_counts_them(errors: int, warnings: int, files: int, told: str) -> None:
    severities = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    assert summary([problem(severity=s, file=f"{n % files}.md") for n, s in enumerate(severities)]) == told
