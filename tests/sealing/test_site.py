"""A site sealed: every file comes back, and what changes outside is what changed inside."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.publication import Publication, PublishedFeed
from intouch.sealing import slots
from intouch.sealing.envelopes import carried, envelope_name, opened
from intouch.sealing.keys import derived
from intouch.sealing.lockfile import FEWEST_ITERATIONS, Lock
from intouch.sealing.site import sealed_site
from intouch.sealing.styling import without_files
from intouch.settings import FeedLevel

KEYS = derived(bytes(range(32)))
LOCK = Lock(KEYS.site, (slots.filled(KEYS, "zeven blauwe fietsen", iterations=FEWEST_ITERATIONS),))
THEME = {
    f"assets/{name}.0123456789ab.{ending}": b"/* of the program */"
    for name, ending in (("app", "js"), ("theme", "js"), ("style", "css"))
}
FEED = "f/abcdefghijklmnopqrstuvwxyz.ics"
PUBLISHED = Publication((PublishedFeed(FeedLevel.BUSY, FEED, b"key"),))

sites = st.dictionaries(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9).map(
        lambda t: f"people/{t}/index.html"
    ),
    st.binary(max_size=9_000),
    min_size=1,
    max_size=6,
)


def seal(pages: dict[str, bytes]) -> dict[str, bytes]:
    return dict(sealed_site({**THEME, FEED: b"BEGIN", **pages}, KEYS, LOCK, PUBLISHED))


def carrier_of(path: str) -> str:
    return f"e/{envelope_name(KEYS, path)}.js"


@given(sites)
def test_every_page_comes_back_and_nothing_else_is_there(pages: dict[str, bytes]) -> None:
    site = seal(pages)
    for path, content in pages.items():
        name = envelope_name(KEYS, path)
        assert opened(KEYS, name, carried(name, site[carrier_of(path)])) == content
    assert site[FEED] == b"BEGIN"
    shapes = r"index\.html|a/app\.[0-9a-f]{12}\.(?:js|css)|a/lock\.js|e/[0-9a-f]{32}\.js|f/[a-z2-7]{26}\.ics"
    assert not [path for path in site if path != FEED and not re.fullmatch(shapes, path)]
    # The pages, the index, the shell's four files, and the feed.
    assert len(site) == len(pages) + 1 + 4 + 1
    index = json.loads(
        opened(KEYS, envelope_name(KEYS, ""), carried(envelope_name(KEYS, ""), site[carrier_of("")]))
    )
    assert {path: name for path, (name, _) in index["pages"].items()} == {
        path: envelope_name(KEYS, path) for path in pages
    }
    assert index["feeds"] == [FEED]
    assert index["style"] == ""


@given(sites, st.data())
def test_one_edit_changes_one_envelope_and_the_index(pages: dict[str, bytes], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(pages)))
    before, after = seal(pages), seal({**pages, path: pages[path] + b"!"})
    assert seal(pages) == before
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {carrier_of(path), carrier_of("")}


@given(sites)
def test_the_order_of_the_files_does_not_matter(pages: dict[str, bytes]) -> None:
    assert seal(dict(reversed(pages.items()))) == seal(pages)


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("url(a.png)", 'url("data:,")'),
        ("URL( 'a.png' )", 'url("data:,")'),
        ('url("fonts/b%20c.woff2?v=2#x")', 'url("data:,")'),
        ("url(../find.json)", 'url("data:,")'),
        ("url(a.png), url(a.png)", 'url("data:,"), url("data:,")'),
        ("url(other.png)", "url(other.png)"),
        ("url(https://else.example/a.png)", "url(https://else.example/a.png)"),
        ("url(data:image/png;base64,AAAA)", "url(data:image/png;base64,AAAA)"),
        ("url()", "url()"),
        ("body { color: red }", "body { color: red }"),
    ],
)
def test_no_file_of_the_site_is_named_in_the_stylesheet_that_anybody_may_see(told: str, seen: str) -> None:
    files = {"assets/a.png", "assets/fonts/b c.woff2", "find.json"}
    assert without_files(f"x {{ y: {told} }}".encode(), files) == f"x {{ y: {seen} }}".encode()
    assert without_files(b"\xff url(a.png)", files) == b'\xff url("data:,")'
