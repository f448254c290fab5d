"""Tokens change with what a browser shows of a page, and with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.serving.pages import page, page_token, rebased

PERSON = b"""<html><head><link rel="stylesheet" href="../../assets/style.css">
<script src="../../assets/app.js"></script>
<link rel="icon" href="../../icon.svg"></head><body data-root="../../"><a href="../ben/">Ben</a>
<a href="../../check-ins.ics">feed</a><img src="../../assets/a%20face.png">
<a href="https://x.example/a.css">x</a></body></html>"""
SITE = {
    "people/ann/index.html": PERSON,
    "people/ben/index.html": b"<html><head></head></html>",
    "assets/style.css": b'@font-face { src: url("font.woff2") } p { background: url(back.png) }',
    "assets/app.js": b"1",
    "assets/a face.png": b"2",
    "assets/font.woff2": b"3",
    "assets/back.png": b"4",
    "assets/unused.png": b"5",
    "icon.svg": b"6",
    "check-ins.ics": b"7",
    "find.json": b"8",
    "404.html": b"9",
}
TOKEN = page_token({}, "")
ANN = "people/ann/index.html"
SHOWN = (
    ANN,
    "assets/style.css",
    "assets/app.js",
    "assets/a face.png",
    "assets/font.woff2",
    "assets/back.png",
    "icon.svg",
)


@pytest.mark.parametrize("name", SITE)
def test_the_token_changes_with_what_the_page_shows_and_nothing_else(name: str) -> None:
    other = {**SITE, name: SITE[name] + b" "}
    gone = {path: content for path, content in SITE.items() if path != name}
    assert (page_token(other, ANN) != page_token(SITE, ANN)) == (name in SHOWN)
    assert (page_token(gone, ANN) != page_token(SITE, ANN)) == (name in SHOWN)


def test_a_page_that_is_not_there_has_a_token_too() -> None:
    assert page_token({}, "404.html") == page_token({}, "404.html") != page_token(SITE, "404.html")


def test_the_script_is_added_once_and_quoted() -> None:
    told = page(b"<head></head><p>&lt;/head></head>", name='people/"><script>/ö', base="/x/", token=TOKEN)
    assert told.count(b"<script ") == 1
    assert b'data-page="people/%22%3E%3Cscript%3E/%C3%B6"' in told
    assert told.endswith(b"</script></head><p>&lt;/head></head>")
    assert page(b"no head", name="a", base="/x/", token=TOKEN).startswith(b"no head<script ")


def test_only_absolute_links_of_the_missing_page_are_moved() -> None:
    others = b'<img src="https://x.example/network/"><p title="/network/">'
    built = b'<a href="/network/people/"></a><body data-root="/network/">' + others
    moved = b'<a href="/s/people/"></a><body data-root="/s/">' + others
    assert rebased(built, "/network/", "/s/") == moved
    assert rebased(b'<a href="/people/"> ="/x"', "/", "/s/") == b'<a href="/s/people/"> ="/x"'


@given(st.binary(max_size=200), st.text(max_size=30))
def test_nothing_that_stands_on_a_page_stops_it(content: bytes, name: str) -> None:
    site = {"a.html": b'<img src="' + content + b'">', name: content}
    assert len(page_token(site, "a.html")) == 16
    assert len(page_token(site, name)) == 16
