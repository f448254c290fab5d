"""Feeds as they are published: several at once, each at its level, under its own key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from icalendar import Calendar

from intouch import project
from intouch.build import load, render
from intouch.publication import Publication, PublishedFeed, plain
from intouch.settings import FeedLevel, FeedSettings, Settings
from program import PRIYA, write_files

NOTEBOOK = f"""{PRIYA}=== intouch.toml
[feed]
level = "names"
also = ["busy", "names"]
[site]
base_url = "https://me.example/people"
"""


def summaries(feed: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(feed).walk("VEVENT")]


def uids(feed: bytes) -> set[str]:
    return {str(event["UID"]) for event in Calendar.from_ical(feed).walk("VEVENT")}


def built(root: Path, publication: Publication | None = None) -> dict[str, bytes]:
    loaded = load(root, project.read_settings(root), date(2026, 11, 23))
    assert loaded.diagnostics == ()
    return dict(render(loaded, publication=publication).site)


def test_a_plain_site_has_one_feed_of_everything() -> None:
    assert plain(Settings()).feeds == (PublishedFeed(FeedLevel.FULL, "check-ins.ics"),)


def test_a_level_named_twice_is_one_feed() -> None:
    settings = Settings(feed=FeedSettings(level=FeedLevel.BUSY, also=(FeedLevel.BUSY,)))
    assert [feed.path for feed in plain(settings).feeds] == ["check-ins.ics"]


def test_several_feeds_say_as_much_as_each_may(tmp_path: Path) -> None:
    site = built(write_files(tmp_path, NOTEBOOK))
    assert {path for path in site if path.endswith(".ics")} == {"check-ins.ics", "check-ins-busy.ics"}
    assert summaries(site["check-ins.ics"]) == ["Keep in touch: Priya Nair"]
    assert summaries(site["check-ins-busy.ics"]) == ["Busy"]
    page = site["subscribe/index.html"].decode()
    assert "https://me.example/people/check-ins.ics" in page
    assert 'href="https://me.example/people/check-ins-busy.ics"' in page
    assert "It shows only that something is on." in page


def test_a_publication_gives_feeds_their_keys_and_pages_their_addresses(tmp_path: Path) -> None:
    root = write_files(tmp_path, NOTEBOOK)
    publication = Publication(
        feeds=(
            PublishedFeed(FeedLevel.FULL, "f/one.ics", b"one"),
            PublishedFeed(FeedLevel.BUSY, "f/two.ics", b"two"),
        ),
        emptied=("f/old.ics",),
        person_page=lambda slug: f"#/page-of-{slug}",
    )
    site = built(root, publication)
    assert summaries(site["f/old.ics"]) == ["Nothing due"]
    assert not uids(site["f/one.ics"]) & uids(site["f/two.ics"])
    (event,) = Calendar.from_ical(site["f/one.ics"]).walk("VEVENT")
    assert str(event["URL"]).startswith("https://me.example/people/#/page-of-priya-nair~")
    assert "check-ins.ics" not in site


def test_a_site_may_be_published_without_a_feed(tmp_path: Path) -> None:
    site = built(write_files(tmp_path, NOTEBOOK), Publication(feeds=()))
    assert not [path for path in site if path.endswith(".ics")]
    assert "published without a feed" in site["subscribe/index.html"].decode()
