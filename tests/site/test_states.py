"""Banners, empty states, problems, and the page for missing pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard import Notebook
from intouch.dates import Cadence, Period, Unit
from intouch.diagnostics import Code, Severity, error, warning
from intouch.model import Kind
from intouch.places import Place
from intouch.settings import Settings, SiteSettings
from pages import assert_whole


def test_a_sample_says_so_on_every_page(search: Notebook) -> None:
    for html in search.pages().values():
        assert "its people are invented" in html
    search.settings = replace(search.settings, demo_today=None)
    for html in search.pages().values():
        assert "invented" not in html


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 16), ""),
        (date(2026, 11, 17), "You will be away (a walk in the hills) from"),
        (date(2026, 12, 1), "You are away (a walk in the hills) until"),
        (date(2026, 12, 11), "You are away (a walk in the hills) until"),
        (date(2026, 12, 12), ""),
    ],
)
def test_time_away_is_announced_two_weeks_ahead(search: Notebook, today: date, said: str) -> None:
    search.today = today
    html = search.pages()["index.html"]
    assert said in html
    assert ("notice away" in html) == bool(said)


def test_an_empty_notebook_is_welcomed(notebook: Notebook) -> None:
    pages = assert_whole(notebook)
    assert "Nobody is in this notebook yet" in pages["index.html"]
    assert "Nobody is in this notebook yet" in pages["people/index.html"]
    assert "No card names an organization yet" in pages["organizations/index.html"]
    assert "None just now" in pages["pipeline/index.html"]
    assert "every line of the notebook was understood" in pages["problems/index.html"]


def test_a_quiet_day_says_when_the_next_check_in_is(notebook: Notebook) -> None:
    notebook.card("tomas", "Tomas", cadence=Cadence(Period(3, Unit.MONTH)))
    notebook.log("tomas", "2026-11-20", Kind.CALL)
    html = assert_whole(notebook)["index.html"]
    expected = 'The next check-in is on <time datetime="2027-02-22">22 Feb 2027</time>, with Tomas.'
    assert expected in html


def test_with_nothing_planned_at_all_today_stays_kind(notebook: Notebook) -> None:
    notebook.card("tomas", "Tomas")
    html = assert_whole(notebook)["index.html"]
    assert "Nothing is planned." in html
    assert "Who needs a rhythm" in html


def test_only_a_dozen_people_without_a_rhythm_are_named(notebook: Notebook) -> None:
    for number in range(40):
        notebook.card(f"p{number:02}", f"Person {number:02}")
    html = notebook.pages()["index.html"]
    assert "Person 11" in html
    assert "Person 12" not in html
    assert '<a href="people/">and 28 more</a>' in html


def test_what_only_lies_ahead_has_not_lasted_yet(notebook: Notebook) -> None:
    notebook.card("mei", "Mei", organization="Harbour Library")
    notebook.log("mei", "2026-12-01", Kind.INTERVIEW, role="Librarian")
    pages = assert_whole(notebook)
    for path in ("index.html", "pipeline/index.html", "organizations/index.html", "people/mei/index.html"):
        assert 'from <time datetime="2026-12-01">Tue 1 Dec 2026</time></p>' in pages[path], path
        assert "since" not in pages[path]
        assert "days)" not in pages[path]


def test_to_have_applied_is_no_contact_yet(notebook: Notebook) -> None:
    notebook.card("mei", "Mei", organization="Harbour Library")
    notebook.log("mei", "2026-11-20", Kind.APPLIED, role="Librarian")
    assert "ast contact" not in assert_whole(notebook)["organizations/index.html"]
    notebook.log("mei", "2026-11-21", Kind.REPLY, role="Librarian")
    expected = 'last contact <time datetime="2026-11-21">'
    assert expected in assert_whole(notebook)["organizations/index.html"]


def test_problems_are_shown_with_their_lines(notebook: Notebook) -> None:
    notebook.card("bob", "Bob")
    bad = error(
        Place("contacts/bob.md", 4, 10), Code.BAD_CADENCE, "'every 6-8 weeks' is no cadence", "Try 6 weeks."
    )
    mild = warning(Place("contacts/bob.md", 9, 1), Code.UNKNOWN_LINK, "this link leads to nobody: '<b>'")
    notebook.diagnostics = (mild, replace(bad, length=15, excerpt="cadence: every 6-8 weeks <b>"))
    pages = assert_whole(notebook)
    html = pages["problems/index.html"]
    assert "1 error and 1 warning" in html
    assert "<code>contacts/bob.md:4:10</code> · <code>bad-cadence</code>" in html
    assert "<code>cadence: <mark>every 6-8 weeks</mark> &lt;b&gt;</code>" in html
    assert "Try 6 weeks." in html
    assert html.index("bad-cadence") < html.index("unknown-link"), "errors come first"
    assert 'href="problems/">See the problems</a>' in pages["index.html"]
    assert ", 2 problems</span>" in pages["index.html"]


def test_warnings_alone_raise_no_banner(notebook: Notebook) -> None:
    notebook.diagnostics = (warning(Place("a.md"), Code.UNKNOWN_LINK, "a link"),)
    assert "See the problems" not in notebook.pages()["index.html"]


def test_a_text_that_is_too_much_work_is_shown_and_reported(notebook: Notebook) -> None:
    notebook.card("bob", "Bob", body="[" * 50_000)
    notebook.note("bob", "2026-11-01", Kind.NOTE, "*a **b " * 30_000)
    notebook.log("bob", "2026-11-02", Kind.NOTE, "[" * 50_000)
    pages = assert_whole(notebook)
    assert [(d.code, d.severity) for d in notebook.found] == [(Code.SLOW_MARKDOWN, Severity.WARNING)] * 3
    assert "*a **b *a **b" in pages["people/bob/index.html"]
    assert "slow-markdown" in pages["problems/index.html"]


@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("", "/"),
        ("https://me.example", "/"),
        ("https://me.example/network", "/network/"),
        ("https://me.example/a/b c", "/a/b%20c/"),
    ],
)
def test_the_page_for_missing_pages_works_at_any_depth(notebook: Notebook, base_url: str, root: str) -> None:
    notebook.settings = Settings(site=SiteSettings(base_url=base_url))
    html = notebook.pages()["404.html"]
    assert f'href="{root}people/"' in html
    assert f'href="{root}assets/style.' in html
    assert 'href="../' not in html
