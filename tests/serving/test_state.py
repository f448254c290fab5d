"""What is kept of a notebook's server: private, lasting, and never in the way of a start."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from intouch.serving.state import Desk
from server import PATIENCE, Served, private, serving, write_notebook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return write_notebook(tmp_path / "network")


def kept(tmp_path: Path, ending: str) -> Path:
    (path,) = (tmp_path / "state" / "intouch" / "serve").glob(f"*.{ending}")
    return path


def again(served: Served, *options: str, browser: str = "") -> subprocess.CompletedProcess[str]:
    """Serve a notebook that is being served."""
    command = [sys.executable, "-m", "intouch", "serve", "--project", str(served.root), *options]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=private(served.root) | ({"BROWSER": browser} if browser else {}),
    )


def test_the_secrets_stay_and_are_those_of_one_notebook(root: Path, tmp_path: Path) -> None:
    first = Desk(root).secrets()
    assert Desk(root).secrets() == first
    assert Desk(tmp_path / "network" / "." / "contacts" / "..").secrets() == first
    other = Desk(write_notebook(tmp_path / "other")).secrets()
    assert len({first.pages, first.feed, other.pages, other.feed}) == 4
    assert {len(each) for each in (first.pages, first.feed)} == {26}


@POSIX
def test_only_the_user_can_read_them(root: Path, tmp_path: Path) -> None:
    desk = Desk(root)
    first = desk.secrets()
    desk.way_in("http://127.0.0.1:1/secret/")
    with desk.alone() as running:
        running.tell("http://127.0.0.1:1/secret/")
    folder = tmp_path / "state" / "intouch" / "serve"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    kept(tmp_path, "json").chmod(0o644)
    assert desk.secrets() == first
    assert stat.S_IMODE(kept(tmp_path, "json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"{", b"[]", b"{}", b"null", b'{"pages": 1, "feed": 2}', b'{"pages": "a", "feed": "b"}',
     b"\xff" * 9999,
     b'{"pages": "../../../../../../../../aa", "feed": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}',
     b'{"pages": "AAAAAAAAAAAAAAAAAAAAAAAAAA", "feed": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}'],
)  # fmt: skip
def test_whatever_else_stands_there_is_replaced(root: Path, tmp_path: Path, rubbish: bytes) -> None:
    Desk(root).secrets()
    kept(tmp_path, "json").write_bytes(rubbish)
    made = Desk(root).secrets()
    assert len(made.pages) == len(made.feed) == 26
    assert Desk(root).secrets() == made


@POSIX
def test_a_link_in_its_place_is_not_followed(root: Path, tmp_path: Path) -> None:
    Desk(root).secrets()
    precious = tmp_path / "precious"
    precious.write_text("untouched", encoding="utf-8")
    for ending in ("json", "html"):
        path = kept(tmp_path, "json").with_suffix(f".{ending}")
        path.unlink(missing_ok=True)
        path.symlink_to(precious)
    assert len(Desk(root).secrets().pages) == 26
    Desk(root).way_in("http://127.0.0.1:1/")
    assert precious.read_text(encoding="utf-8") == "untouched"


def test_what_a_killed_one_left_goes_with_the_next(root: Path, tmp_path: Path) -> None:
    Desk(root).way_in("http://127.0.0.1:1/")
    page = kept(tmp_path, "html")
    left = page.with_name(f"{page.name}.4711")
    left.write_text("half of a page", encoding="utf-8")
    Desk(root).way_in("http://127.0.0.1:2/")
    assert not left.exists()
    assert "127.0.0.1:2" in page.read_text(encoding="utf-8")


def test_the_address_outlasts_a_restart(root: Path) -> None:
    with serving(root) as first:
        pass
    with serving(root) as second:
        assert second.base == first.base


def test_a_second_one_says_where_the_first_is_and_leaves(root: Path) -> None:
    with serving(root) as served:
        done = again(served)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"This notebook is served already: {served.address}\n"
        assert again(served, "--port", "0").stdout == done.stdout
        served.process.kill()
        served.process.wait()
    with serving(root) as next_one:
        assert next_one.base == served.base, "a killed one holds nothing"


@POSIX
def test_the_browser_is_told_a_private_page_and_no_address(root: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {told}.new && mv {told}.new {told}\n', encoding="utf-8")
    browser.chmod(0o755)
    with serving(root) as served:
        done = again(served, "--open", browser=f"{browser} %s")
        assert done.returncode == 0
        asked = told.read_text(encoding="utf-8").strip()
        assert asked.startswith("file://")
        assert served.base.strip("/") not in asked
        page = Path(asked.removeprefix("file://"))
        assert f"url={served.address}" in page.read_text(encoding="utf-8")
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
    told.unlink()
    os.environ["BROWSER"] = f"{browser} %s"
    try:
        with serving(root, "--open") as served:
            served.until("/", lambda _: told.exists())
            assert told.read_text(encoding="utf-8").strip() == asked
    finally:
        del os.environ["BROWSER"]


def test_without_a_place_for_it_the_address_is_new_each_time_and_that_is_said(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    (tmp_path / "state").write_text("a file where a folder should be", encoding="utf-8")
    with serving(root) as served:
        assert served.ask("/").status == 200
    assert "The address cannot be kept" in served.said
    assert "Traceback" not in served.said
