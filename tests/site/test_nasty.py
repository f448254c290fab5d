"""Nasty notebooks: every page stays whole, and a validator finds nothing wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from dashboard import Notebook
from intouch.diagnostics import Code, error
from intouch.model import ContactType, Kind
from intouch.places import Place
from needs import needs_program
from pages import Page, assert_whole

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
