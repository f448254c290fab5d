"""What every page of the dashboard must be: closed in order, linked, safe, and easy to find one's way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

from dashboard import Notebook

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
    "calendar/index.html",
    "insights/index.html",
    "subscribe/index.html",
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
        ours = tag == "script" and re.fullmatch(
            r"(\.\./|/)*assets/(theme|app)\.\w+\.js", attributes.get("src") or ""
        )
        if tag in {"script", "style", "img", "iframe", "form"} and not ours:
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
    site = notebook.rendered()
    pages = {path: site[path].decode() for path in site if path.endswith(".html")}
    assert set(pages) == FIXED | {f"people/{slug}/index.html" for slug in notebook.contacts}
    assert {path: problems for path, html in pages.items() if (problems := list(faults(path, html)))} == {}
    assets = {path for path in site if path.startswith("assets/")}
    assert broken_links(pages, assets) == set()
    return pages
