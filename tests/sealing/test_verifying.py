"""Which host is asked for what, when a published site is held against a rebuild."""

from __future__ import annotations

from pathlib import Path

import pytest

from hosting import hosted
from intouch.sealing.refusals import SealError
from intouch.sealing.verifying import compare, from_host

SITE = {"index.html": b"<title>Locked</title>", "a/lock.js": b"1", "e/0.js": b"2"}


@pytest.mark.parametrize("shown", ["", "/", "/index.html", "/#/0123456789abcdef~p2", "/?from=mail#/0", "//"])
def test_any_address_that_a_browser_shows_will_do(tmp_path: Path, shown: str) -> None:
    for path, content in SITE.items():
        file = tmp_path / "people" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with hosted(tmp_path) as address:
        compared = compare(SITE, from_host(f"{address}people{shown}", SITE))
    assert (compared.code, compared.content, compared.same) == ((), (), len(SITE))


@pytest.mark.parametrize(
    "address", ["", "people", "ftp://me.example", "https://", "https://[me", "https:///x"]
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(SealError, match="is no web address"):
        from_host(address, SITE)


@pytest.mark.parametrize("address", ["http://me.example/people", "http://127.0.0.1.me.example/people"])
def test_nobody_on_the_way_learns_what_is_asked_for(address: str) -> None:
    with pytest.raises(SealError, match="is not https") as refused:
        from_host(address, SITE)
    assert f"https{address.removeprefix('http')}" in refused.value.remedy
