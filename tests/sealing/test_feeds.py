"""Where the feeds of a sealed site are, and what is left at the addresses that they had."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from intouch.sealing.feeds import feed_path, publication
from intouch.sealing.keys import derived
from intouch.settings import FeedLevel, FeedSettings, Settings

KEYS = derived(bytes(range(32)))
TODAY = date(2026, 11, 23)


def published(epoch: int, moved: date | None = None, *levels: FeedLevel) -> tuple[set[str], set[str]]:
    """The addresses of the feeds, and those at which an empty one lies."""
    feed = FeedSettings(level=levels[0] if levels else None, also=levels[1:], epoch=epoch, moved=moved)
    told = publication(KEYS, Settings(feed=feed), TODAY)
    return {each.path for each in told.feeds}, set(told.emptied)


def at(epoch: int) -> set[str]:
    return {feed_path(KEYS, level, epoch) for level in FeedLevel}


def test_every_level_epoch_and_key_has_an_address_of_130_bits_of_its_own() -> None:
    keys = [KEYS, derived(bytes(32))]
    paths = [feed_path(k, level, epoch) for k in keys for level in FeedLevel for epoch in range(1, 50)]
    assert len(set(paths)) == len(paths) == 2 * 4 * 49
    assert all(re.fullmatch(r"f/[a-z2-7]{26}\.ics", path) for path in paths)


def test_initials_unless_more_is_asked_for_and_one_feed_a_level() -> None:
    assert published(1) == ({feed_path(KEYS, FeedLevel.INITIALS, 1)}, set())
    full, busy = FeedLevel.FULL, FeedLevel.BUSY
    assert published(1, None, full, busy, full)[0] == {feed_path(KEYS, level, 1) for level in (full, busy)}


@pytest.mark.parametrize(("days", "left"), [(0, True), (29, True), (30, False), (400, False)])
def test_former_addresses_are_emptied_for_thirty_days_whatever_level_they_had(days: int, left: bool) -> None:  # noqa: FBT001 - a parameter
    moved = TODAY - timedelta(days=days)
    assert published(2, moved) == ({feed_path(KEYS, FeedLevel.INITIALS, 2)}, at(1) if left else set())


def test_whoever_moves_again_soon_leaves_all_former_addresses_emptied() -> None:
    assert published(4, TODAY)[1] == at(1) | at(2) | at(3)
    assert published(9, TODAY)[1] == at(6) | at(7) | at(8)
    assert published(9, None)[1] == at(6) | at(7) | at(8), "when it was is not known"


def test_without_a_feed_former_addresses_are_emptied_all_the_same() -> None:
    settings = Settings(feed=FeedSettings(epoch=2, moved=TODAY), publish_feed=False)
    told = publication(KEYS, settings, TODAY)
    assert (told.feeds, set(told.emptied)) == ((), at(1))
