"""Templates of a notebook's own: single files win, and what fails is reported."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard import Notebook
from intouch import project
from intouch.build import load, render
from intouch.diagnostics import Code, Severity
from intouch.places import Place


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
        ("<p>\n{{ view.nothing }}", 2, "View holds no 'nothing'"),
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
    (folder / "assets").mkdir()
    (folder / "assets" / "film.mp4").write_bytes(bytes(2_000_001))
    (folder / "assets" / "gone.css").symlink_to(folder / "nowhere.css")
    (folder / "assets" / "circle.css").symlink_to("circle.css")
    os.mkfifo(folder / "assets" / "pipe.css")
    (folder / "assets" / os.fsdecode(b"caf\xe9.png")).write_bytes(b"")
    (folder / "assets" / "two\nlines.png").write_bytes(b"")
    search.overrides = folder
    site = search.rendered()
    assert b"secret" not in site["404.html"]
    assert [(d.code, str(d.place)) for d in search.found] == [
        (Code.SYMLINK_OUTSIDE, "site_templates/404.html:1"),
        (Code.UNREADABLE_FILE, "site_templates/assets/caf\udce9.png:1"),
        (Code.UNREADABLE_FILE, "site_templates/assets/circle.css:1"),
        (Code.FILE_TOO_LARGE, "site_templates/assets/film.mp4:1"),
        (Code.UNREADABLE_FILE, "site_templates/assets/gone.css:1"),
        (Code.UNREADABLE_FILE, "site_templates/assets/pipe.css:1"),
        (Code.UNREADABLE_FILE, "site_templates/assets/two\nlines.png:1"),
        (Code.NOT_UTF8, "site_templates/people.html:2"),
    ]


def test_a_theme_that_lies_elsewhere_is_not_followed(tmp_path: Path) -> None:
    theme, root = tmp_path / "theme", tmp_path / "network"
    (theme / "messages").mkdir(parents=True)
    (theme / "404.html").write_text("secret")
    (theme / "messages" / "keep-in-touch.txt").write_text("Subject: secret\n\nsecret\n")
    (root / "contacts").mkdir(parents=True)
    (root / "contacts" / "ann.md").write_text("---\nname: Ann\ncadence: monthly\n---\n")
    (root / "site_templates").symlink_to(theme)
    built = render(load(root, project.read_settings(root), date(2026, 11, 23)))
    assert [(d.code, str(d.place)) for d in built.diagnostics] == [(Code.SYMLINK_OUTSIDE, "site_templates:1")]
    assert not [path for path in built.site if b"secret" in built.site[path]]
