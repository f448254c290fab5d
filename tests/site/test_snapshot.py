"""The whole dashboard of the sample notebook, as it is: a change of any page is seen and read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from intouch import project
from intouch.build import load, render

ROOT = Path(__file__).parent.parent.parent
SNAPSHOT = Path(__file__).parent / "snapshot"


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    settings = project.read_settings(ROOT)
    today = settings.settings.demo_today
    assert today is not None
    return dict(render(load(ROOT, settings, today)).site)


def test_the_sample_looks_as_it_was_last_read(site: dict[str, bytes]) -> None:
    # What the theme brings along is held elsewhere, and the names of its files change with it.
    kept = {path: data for path, data in site.items() if not path.startswith("assets/")}
    names = {path.rsplit("/", 1)[1]: "" for path in site if path.startswith("assets/")}
    for name in names:
        stem, _, ending = name.partition(".")
        names[name] = f"{stem}.{ending.rsplit('.', 1)[-1]}"
    pages = {}
    for path, data in kept.items():
        text = data.decode()
        for name, plain in names.items():
            text = text.replace(name, plain)
        pages[path] = text
    if "RECORD" in os.environ:
        for old in SNAPSHOT.rglob("*"):
            if old.is_file():
                old.unlink()
        for path, text in pages.items():
            (SNAPSHOT / path).parent.mkdir(parents=True, exist_ok=True)
            (SNAPSHOT / path).write_bytes(text.encode())
    read = {p.relative_to(SNAPSHOT).as_posix(): p.read_bytes() for p in SNAPSHOT.rglob("*") if p.is_file()}
    assert read.keys() == pages.keys()
    different = [path for path, text in pages.items() if read[path] != text.encode()]
    assert not different, "look at these pages, then run the tests once with RECORD=1"


def test_today_is_light(site: dict[str, bytes]) -> None:
    def weight(ending: str) -> int:
        files = [data for path, data in site.items() if path.endswith(ending) and path.startswith("assets/")]
        return sum(len(gzip.compress(data, mtime=0)) for data in files)

    assert len(gzip.compress(site["index.html"], mtime=0)) + weight(".css") <= 30_000
    assert weight(".js") <= 10_000
