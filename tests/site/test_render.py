"""Whole sites: what a search looks like, page by page."""

from __future__ import annotations

import re

from dashboard import Notebook
from intouch.settings import Settings, SiteSettings
from pages import assert_whole


def test_a_search_is_rendered_whole(search: Notebook) -> None:
    pages = assert_whole(search)
    assert search.found == ()
    today = pages["index.html"]
    for words in (
        "Overdue",
        "This week",
        "Next 30 days",
        "The weeks ahead",
        "Coming up",
        "Open applications",
    ):
        assert words in today
    assert '<time datetime="2026-11-23">Mon 23 Nov 2026</time>' in today
    assert 'href="subscribe/"' in today
    assert 'href="../check-ins.ics"' in pages["subscribe/index.html"]
    assert 'href="people/sam-lee/"' in today


def test_the_same_notebook_gives_the_same_bytes(search: Notebook) -> None:
    assert list(search.rendered().items()) == list(search.rendered().items())


def test_the_stylesheet_is_named_by_its_content(search: Notebook) -> None:
    site = search.rendered()
    styles = [path for path in site if path.endswith(".css")]
    assert len(styles) == 1
    assert re.fullmatch(r"assets/style\.[0-9a-f]{12}\.css", styles[0])
    assert f'href="../../{styles[0]}"' in site["people/mei/index.html"].decode()


def test_check_ins_say_who_what_why_when_and_how(search: Notebook) -> None:
    item = re.search(r'<li class="item thank-you">.*?</li>', search.pages()["index.html"], re.DOTALL)
    assert item
    text = item[0]
    assert "Say thank you" in text
    assert 'dir="auto">Sam Lee</a>' in text
    assert "<bdi>Northlight Recruiting</bdi> · <bdi>Reading Room Lead</bdi>" in text
    assert 'Interview for Reading Room Lead on <time datetime="2026-11-12">12 Nov 2026</time>' in text
    assert 'due <time datetime="2026-11-13">Fri 13 Nov 2026</time>' in text
    assert 'planned <time datetime="2026-11-23">Mon 23 Nov 2026</time>' in text
    assert 'href="mailto:sam@northlight.example"' in text
    assert 'href="tel:0255500199"' in text
    assert "intouch log sam-lee thank-you --role &#34;Reading Room Lead&#34;" in text


def test_where_the_notebook_lies_on_a_git_host_check_ins_are_logged_there(search: Notebook) -> None:
    assert "a new note on the web" not in search.pages()["index.html"]
    search.settings = Settings(site=SiteSettings(repository="https://github.com/me/network"))
    address = (
        "https://github.com/me/network/new/main?filename=contacts/sam-lee/2026-11-23-thank-you.md"
        "&amp;value=---%0Arole%3A%20Reading%20Room%20Lead%0A"
    )
    assert f'href="{address}' in search.pages()["index.html"]


def test_a_persons_page_tells_everything(search: Notebook) -> None:
    pages = search.pages()
    page = pages["people/priya-nair/index.html"]
    for words in (
        '<h1><bdi dir="auto">Priya Nair</bdi></h1>',
        'href="../../organizations/#at-brightpath-college"',
        "every 2 months (fit 5)",
        'href="mailto:priya.nair@brightpath.example"',
        'href="tel:+61255500142"',
        'href="https://www.linkedin.com/in/priya-nair-example"',
        ">linkedin.com/in/priya-nair-example</a>",
        "12 April",
        "5 of 5",
        "the October panel",
        'href="../../people/tomas-berg/"',
        "<strong>adult literacy</strong>",
        '<a href="../../people/?tag=part-time">part-time</a>',
        "Why this day",
        "contacts/priya-nair.md:",
        "her story about the night class",
        "by video",
        'Decision by</dt><dd><time datetime="2026-10-23">23 Oct 2026</time>',
        "<h4>Questions</h4>",
        'href="../../people/john-smith/"',
        "[[Nobody]]",
        "Not this time",
    ):
        assert words in page, words
    order = [page.index(day) for day in ("Fri 30 Oct 2026", "Thu 15 Oct 2026", "Wed 14 Oct 2026")]
    assert order == sorted(order), "the newest comes first"
    assert "Introduced</dt>" in pages["people/tomas-berg/index.html"]


def test_notes_stand_on_the_pages_of_all_who_were_there(search: Notebook) -> None:
    page = search.pages()["people/john-smith/index.html"]
    assert "A hard class" in page
    assert 'with <a href="../../people/priya-nair/"' in page


def test_what_is_scheduled_is_ahead_and_not_in_the_timeline(search: Notebook) -> None:
    page = search.pages()["people/mei/index.html"]
    ahead, _, timeline = page.partition('id="timeline"')
    assert "second round, 10:30" in ahead
    assert "second round, 10:30" not in timeline


def test_the_pipeline_has_every_open_stage_and_all_outcomes(search: Notebook) -> None:
    page = search.pages()["pipeline/index.html"]
    for stage in ("Applied", "Screening", "Interviewing", "Offer", "On hold", "Closed", "Not this time"):
        assert stage in page
    assert 'via <a href="../people/sam-lee/" dir="auto">Sam Lee</a>' in page


def test_who_must_not_be_contacted_is_never_on_today(search: Notebook) -> None:
    pages = search.pages()
    assert "Ruth Quiet" not in pages["index.html"]
    assert "Do not contact" in pages["people/quiet/index.html"]
