"""Hostile text in notes: of over a hundred snippets and thousands of thrown ones, none survives."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, Route

from hostile_texts import HOSTILE, thrown, wrong_in
from intouch import project
from intouch.build import load, render
from intouch.memo import Memo
from intouch.pictures.attachment import Attachment
from intouch.site.gallery import Gallery
from intouch.site.links import Links
from intouch.site.markdown import render_line, render_note
from photographs import png

GALLERY = Gallery([Attachment("contacts/ann/a.png", b"key")], lambda _: png(), Memo())
LINKS = Links(
    {"priya nair": "priya-nair", "pri": "priya-nair"},
    lambda slug: f"../../people/{slug}/",
    lambda path: f"../../{path}",
    GALLERY,
    "contacts/ann",
)


def note(text: str, above: int = 3) -> str:
    return str(render_note(text, LINKS, above=above).html)


def line(text: str) -> str:
    return str(render_line(text, LINKS).html)


def test_there_are_over_a_hundred_hostile_snippets() -> None:
    assert len(set(HOSTILE)) >= 140


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_snippet_survives(text: str) -> None:
    assert wrong_in(note(text)) == []
    assert wrong_in(line(text)) == []
    assert wrong_in(note(f"# A heading\n\nbefore {text} after\n\n- {text}\n")) == []


def test_no_thrown_text_survives() -> None:
    """A few thousand of them; `benchmarks/fuzz.py` throws a hundred thousand."""
    dice = random.Random(2026)
    for _ in range(4_000):
        text = thrown(dice)
        assert wrong_in(note(text) + line(text)) == [], text


def test_the_wall_sees_what_it_should() -> None:
    assert len(wrong_in("<script>x</script><a href='javascript:x' onclick=y>z</a><img src=x><!-- c -->")) == 5


def test_a_picture_of_ones_own_gets_through_the_wall() -> None:
    assert "<img" in note("![x](a.png)")
    assert wrong_in(note("![x](a.png)")) == []


# -- in a real browser --------------------------------------------------------------------------------

ALARM = """
globalThis.fired = [];
for (const name of ["alert", "confirm", "prompt", "print"]) {
  globalThis[name] = (...said) => fired.push([name, ...said]);
}
"""
STRANGE = """
() => {
  const found = [];
  for (const element of document.querySelectorAll(":is(.prose, .said) *")) {
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(element.outerHTML);
    if (/^(script|style|iframe|object|embed|base|link|meta|form|input|button|svg|math|video|audio|template)$/
      .test(element.localName)) found.push(element.outerHTML);
    for (const { name } of element.attributes) if (/^(on|style|id|srcdoc|srcset|background)/.test(name))
      found.push(element.outerHTML);
    if (element.localName === "a" && element.hasAttribute("href")
      && !["http:", "https:", "mailto:", "tel:"].includes(element.protocol)) found.push(element.outerHTML);
  }
  return found;
}
"""


def hosted(context: BrowserContext, files: dict[str, bytes]) -> list[str]:
    """Answer for a site from memory; whatever else is asked for is noted and goes nowhere."""
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    asked: list[str] = []
    site = "http://notebook.example/"

    def answer(route: Route, request: Request) -> None:
        path = request.url.removeprefix(site)
        path += "index.html" if path.endswith("/") else ""
        if request.url.startswith(site) and path in files:
            kind = types.get(path.rpartition(".")[2], "application/octet-stream")
            route.fulfill(body=files[path], content_type=kind)
        else:
            asked.append(request.url)
            route.abort()

    context.route("**/*", answer)
    context.add_init_script(ALARM)
    return asked


TOGETHER = 12
"""Snippets that share a page; each stands in a note of its own, so none can spoil another."""


@pytest.mark.browser
def test_in_a_browser_without_the_policy_nothing_runs_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    """The cleaning alone must hold: the second wall, the content security policy, is taken away."""
    slugs = [f"p{first}" for first in range(0, len(HOSTILE), TOGETHER)]
    for slug in slugs:
        (tmp_path / "contacts" / slug).mkdir(parents=True)
        texts = [text.replace("\x01", "") for text in HOSTILE[int(slug[1:]) :][:TOGETHER]]
        log = "".join("- 2026-11-02 call: x " + re.sub(r"\s+", " ", text) + "\n" for text in texts)
        (tmp_path / "contacts" / f"{slug}.md").write_text(f"---\nname: P\n---\n## Log\n{log}", "utf-8")
        for number, text in enumerate(texts):
            note = tmp_path / "contacts" / slug / f"2026-11-03-note-{number}.md"
            note.write_text(f"x {text}\n\n- {text}\n", "utf-8")
    made = render(load(tmp_path, project.read_settings(tmp_path), date(2026, 11, 23)))
    assert not made.has_errors
    with browser.new_context(bypass_csp=True) as context:
        asked = hosted(context, dict(made.site))
        page = context.new_page()
        shown = 0
        for slug in slugs:
            page.goto(f"http://notebook.example/people/{slug}/")
            shown += page.locator(".prose, .said").count()
            assert page.evaluate("fired") == []
            assert page.evaluate(STRANGE) == []
            assert (asked, page.url) == ([], f"http://notebook.example/people/{slug}/")
    assert shown == 2 * len(HOSTILE), "each is shown in the log and in a note"


NAVIGATING = re.compile(r"http-equiv=refresh|^```|^~~~|^    ")
"""Snippets that mean something else as HTML: a policy forbids no page to go elsewhere."""


@pytest.mark.browser
def test_in_a_browser_the_policy_alone_holds_too(browser: Browser, tmp_path: Path) -> None:
    """The snippets stand in a page as they are, as if nothing had cleaned them."""
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / "ann.md").write_text("---\nname: Ann\n---\nHERE\n", "utf-8")
    site = dict(render(load(tmp_path, project.read_settings(tmp_path), date(2026, 11, 23))).site)
    page_of_ann = site["people/ann/index.html"]
    raw = [s.encode() for s in HOSTILE if "<" in s and not NAVIGATING.search(s)]
    for number, text in enumerate(raw):
        site[f"people/raw{number}/index.html"] = page_of_ann.replace(b"HERE", text)
    assert len(raw) > 50
    ran = []
    for bypass in (False, True):
        with browser.new_context(bypass_csp=bypass) as context:
            asked = hosted(context, site)
            page = context.new_page()
            for number in range(0, len(raw), 3 if bypass else 1):
                page.goto(f"http://notebook.example/people/raw{number}/")
                ran += [(bypass, f) for f in page.evaluate("fired")]
            ran += [(bypass, [url]) for url in asked if "evil.example" in url]
    assert [one for one in ran if not one[0]] == []
    assert len(ran) > 7, "without the policy they do run, and do ask"
