"""Whole sites: every page is there, whole and linked, whatever a notebook holds."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from dashboard import Notebook
from intouch.dates import Cadence, Period, Unit
from intouch.diagnostics import Code, Severity, error, warning
from intouch.model import ContactType, Kind
from intouch.places import Place
from intouch.settings import Settings, SiteSettings
from needs import needs_program

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
VOID = {"meta", "link", "br", "hr", "img", "input"}
FIXED = {
    "index.html",
    "people/index.html",
    "organizations/index.html",
    "pipeline/index.html",
    "problems/index.html",
    "404.html",
}


class Page(HTMLParser):
    """What a page holds, and whether every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def faults(path: str, html: str) -> Iterator[str]:
    """Everything that no page may do."""
    page = Page(html)
    yield from page.wrong
    metas = {m.get("http-equiv") or m.get("name"): m.get("content") for m in page.all("meta")}
    if metas.get("Content-Security-Policy") != CSP:
        yield "another content security policy"
    if metas.get("referrer") != "no-referrer" or "noindex" not in (metas.get("robots") or ""):
        yield "referrer or robots are not what they should be"
    if len(page.all("h1")) != 1:
        yield "not one h1"
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings jump: {levels}"
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    if len(ids) != len(set(ids)):
        yield "an id twice"
    for tag, attributes in page.tags:
        if tag in {"script", "style", "img", "iframe", "form"}:
            yield f"<{tag}>"
        yield from (f"{name} on <{tag}>" for name in attributes if name.startswith("on") or name == "style")
    current = [a for a in page.all("a") if "aria-current" in a]
    if len(current) != (0 if path == "404.html" else 1):
        yield "the navigation does not say where one is"


def broken_links(site: dict[str, str], assets: set[str], feed: str = "check-ins.ics") -> set[str]:
    """Links within the site that lead to no file of it, or to no part of the page."""
    base = "https://host.example/some/prefix/"
    found = set()
    for path, html in site.items():
        page = Page(html)
        for tag, attributes in page.tags:
            address = attributes.get("href") or attributes.get("src")
            if tag not in {"a", "link"} or not address or path == "404.html":
                continue
            joined = urljoin(f"{base}{path}", address)
            if not joined.startswith(base):
                if not re.match("https?:|mailto:|tel:", address):
                    found.add(f"{path}: {address}")
                continue
            parts = urlsplit(joined.removeprefix(base))
            target = unquote(parts.path)
            target += "index.html" if target.endswith("/") or not target else ""
            there = target in {*site, *assets, feed}
            if not there or (parts.fragment and f'id="{unquote(parts.fragment)}"' not in site[target]):
                found.add(f"{path}: {address}")
    return found


def assert_whole(notebook: Notebook) -> dict[str, str]:
    """Render a notebook, check every page, and hand the pages back."""
    pages = notebook.pages()
    assert set(pages) == FIXED | {f"people/{slug}/index.html" for slug in notebook.contacts}
    assert {path: problems for path, html in pages.items() if (problems := list(faults(path, html)))} == {}
    assets = {path for path in notebook.rendered() if path.startswith("assets/")}
    assert broken_links(pages, assets) == set()
    return pages


def test_a_search_is_rendered_whole(search: Notebook) -> None:
    pages = assert_whole(search)
    assert search.found == ()
    today = pages["index.html"]
    for words in ("Overdue", "This week", "Next 30 days", "Later", "Coming up", "Open applications"):
        assert words in today
    assert '<time datetime="2026-11-23">Mon 23 Nov 2026</time>' in today
    assert 'href="check-ins.ics"' in today
    assert 'href="people/sam-lee/"' in today


def test_the_same_notebook_gives_the_same_bytes(search: Notebook) -> None:
    assert dict(search.rendered()) == dict(search.rendered())
    assert list(search.rendered()) == list(search.rendered())


def test_the_stylesheet_is_named_by_its_content(search: Notebook) -> None:
    styles = [path for path in search.rendered() if path.endswith(".css")]
    assert len(styles) == 1
    assert re.fullmatch(r"assets/style\.[0-9a-f]{12}\.css", styles[0])
    assert f'href="../../{styles[0]}"' in search.pages()["people/mei/index.html"]


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
    assert "echo &#39;- 2026-11-23 thank-you (Reading Room Lead): …&#39; &gt;&gt; contacts/sam-lee.md" in text


def test_where_the_notebook_lies_on_a_git_host_check_ins_are_logged_there(search: Notebook) -> None:
    assert "a new note on the web" not in search.pages()["index.html"]
    search.settings = Settings(site=SiteSettings(repository="https://github.com/me/network"))
    address = "https://github.com/me/network/new/main/contacts/sam-lee?filename=2026-11-23-thank-you.md"
    assert f'href="{address}"' in search.pages()["index.html"]


def test_a_persons_page_tells_everything(search: Notebook) -> None:
    page = search.pages()["people/priya-nair/index.html"]
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
        '<li dir="auto">part-time</li>',
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
    introducer = search.pages()["people/tomas-berg/index.html"]
    assert "Introduced</dt>" in introducer


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
    assert "via" in page


def test_who_must_not_be_contacted_is_never_on_today(search: Notebook) -> None:
    pages = search.pages()
    assert "Ruth Quiet" not in pages["index.html"]
    assert "Do not contact" in pages["people/quiet/index.html"]


# -- banners and empty states -----------------------------------------------------------------------


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


# -- problems ---------------------------------------------------------------------------------------


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


# -- the page for missing pages ---------------------------------------------------------------------


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


# -- nasty notebooks --------------------------------------------------------------------------------

NASTY = {
    "markup": "<img onerror=alert(1)>",
    "closing": "</title><script>alert(1)",
    "quotes": '" onclick="alert(1)" \'',
    "long": "Wolfeschlegelsteinhausen" * 13,
    "arabic": "ليلى الحسن",
    "hebrew": "נועה לוי",
    "cjk": "田中 美咲",
    "emoji": "👩‍👩‍👧 Fam",
    "bidi": "safe\u202egpj.exe",
    "template": "{{ 7 * 7 }}{% raw %}",
    "half-a-pair": "half \ud83d pair",
    "entity": "&lt;b&gt; &amp; co",
}


@pytest.mark.parametrize("slug", NASTY)
def test_nasty_names_leave_every_page_whole(search: Notebook, slug: str) -> None:
    name = NASTY[slug]
    search.card(
        slug,
        name,
        organization=name,
        title=name,
        contact_type=ContactType.RECRUITER,
        emails=(f'"{name}"@evil.example',),
        phones=(name,),
        websites=("javascript:alert(1)", "https://a.example/'\"<x>"),
        linkedin=(name,),
        location=name,
        met_at=name,
        introduced_by="priya-nair",
        tags=tuple(f"{name} {n}" for n in range(60)),
        aliases=(name,),
        body=name,
    )
    search.note(slug, "2026-11-12", Kind.INTERVIEW, name, role=name, title=name, hook=name, people=("mei",))
    search.log(slug, "2026-12-01", Kind.INTERVIEW, name, role=name)
    pages = assert_whole(search)
    shown = name.encode("utf-8", "replace").decode()
    for path in (f"people/{slug}/index.html", "people/index.html", "organizations/index.html", "index.html"):
        assert shown in Page(pages[path]).text, path
    assert "<script>alert(1)" not in "".join(pages.values())


def test_someone_with_nothing_but_a_name(notebook: Notebook) -> None:
    notebook.card("b", "B")
    html = assert_whole(notebook)["people/b/index.html"]
    assert "Nothing is planned." in html
    assert "Nothing is written down yet." in html


def test_organizations_that_differ_only_in_signs_keep_apart(notebook: Notebook) -> None:
    for slug, organization in (
        ("a", "C"),
        ("b", "C++"),
        ("c", "C#"),
        ("d", " c "),
        ("e", "++"),
        ("f", "C 2"),
    ):
        notebook.card(slug, slug.upper(), organization=organization)
    pages = assert_whole(notebook)
    assert pages["organizations/index.html"].count("<section id=") == 5
    assert "#at-c.2" in pages["people/c/index.html"]


def test_people_who_have_no_card_are_named_by_their_slug(notebook: Notebook) -> None:
    notebook.card("b", "B", introduced_by="gone")
    notebook.note("b", "2026-11-12", Kind.INTERVIEW, people=("nobody-here",), via="lost")
    html = assert_whole(notebook)["people/b/index.html"]
    for slug in ("gone", "nobody-here", "lost"):
        assert f"<bdi>{slug}</bdi>" in html


# -- templates of one's own -------------------------------------------------------------------------


def test_single_files_of_the_notebook_win(search: Notebook, tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text('{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}')
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_bytes(b"body { color: red }")
    (tmp_path / "assets" / "logo.svg").write_bytes(b"<svg/>")
    search.overrides = tmp_path
    site = search.rendered()
    assert search.found == ()
    assert b"<h1>Gone</h1>" in site["404.html"]
    assert b"<h1>Today</h1>" in site["index.html"]
    assert site["assets/logo.svg"] == b"<svg/>"
    assert [data for path, data in site.items() if path.endswith(".css")] == [b"body { color: red }"]


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("<p>\n{{ view.nothing }}", 2, "no attribute 'nothing'"),
        ("<p>\n\n{% for %}", 3, "Expected an expression"),
        ("{% include 'secret.html' %}", 1, "secret.html"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("\n{% for n in range(10000000) %}x{% endfor %}", 2, "too big"),
        ("{{ 1 // 0 }}", 1, "zero"),
    ],
)
def test_a_template_that_fails_is_reported_and_the_built_in_one_steps_in(
    search: Notebook, tmp_path: Path, source: str, line: int, said: str
) -> None:
    (tmp_path / "people.html").write_text(source)
    search.overrides = tmp_path
    site = search.rendered()
    assert b"<h1>People</h1>" in site["people/index.html"]
    (problem,) = search.found
    assert (problem.code, problem.severity) == (Code.BAD_TEMPLATE, Severity.ERROR)
    assert problem.place == Place("site_templates/people.html", line)
    assert said in problem.message


def test_a_broken_frame_is_reported_once_a_template(search: Notebook, tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("{{ view.nothing }}")
    search.overrides = tmp_path
    assert b"<h1>Today</h1>" in search.rendered()["index.html"]
    assert {d.place for d in search.found} == {Place("site_templates/base.html", 1)}


def test_templates_that_cannot_be_read_are_reported(search: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "site_templates"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("secret")
    (folder / "404.html").symlink_to(tmp_path / "secret.html")
    (folder / "people.html").write_bytes(b"<p>\n\xff</p>")
    (folder / ".hidden.html").write_text("{% broken")
    search.overrides = folder
    site = search.rendered()
    assert b"secret" not in site["404.html"]
    assert [(d.code, str(d.place)) for d in search.found] == [
        (Code.SYMLINK_OUTSIDE, "site_templates/404.html:1"),
        (Code.NOT_UTF8, "site_templates/people.html:2"),
    ]


# -- a validator ------------------------------------------------------------------------------------


def test_a_validator_finds_nothing_wrong(search: Notebook, notebook: Notebook, tmp_path: Path) -> None:
    program = needs_program("html-validate")
    for slug, name in NASTY.items():
        search.card(slug, name, tags=(name,) * 60, body=f"# {name}\n\n#### {name}")
    search.diagnostics = (error(Place("contacts/a.md"), Code.BAD_DATE, "a message", "A remedy."),)
    for folder, rendered in (("search", search), ("empty", notebook)):
        for path, data in rendered.rendered().items():
            target = tmp_path / folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    # Unbreakable spaces and hyphens would travel along whenever somebody copies a number.
    rules = {"extends": ["html-validate:recommended"], "root": True, "rules": {"tel-non-breaking": "off"}}
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(rules))
    run = subprocess.run(
        [program, "--ext", "html", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
