"""Readers that share no code with us: they find the same events, titles, texts and days."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from feeds import read, rendered
from intouch import project
from intouch.agenda import plan
from intouch.build import load
from intouch.build import plan as plan_loaded
from intouch.settings import FeedSettings, Settings
from nasty_texts import HUGE, NASTY, TODAY, people, roles_and_promises
from needs import needs_node_package, needs_program
from notebook import agenda, book

ROOT = Path(__file__).resolve().parents[2]

Row = tuple[str, str, str, str, str]

TEXTS = ("UID", "SUMMARY", "DESCRIPTION")
ICAL_JS = """
import ICAL from "LIBRARY";
import { readFileSync } from "node:fs";
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
const row = (e) => [e.uid, e.summary, e.description ?? "", e.startDate, e.endDate].map(String);
if (!events.every((e) => e.startDate.isDate && e.endDate.isDate)) process.exit(1);
console.log(JSON.stringify(events.map(row)));
"""


def sample() -> bytes:
    made = load(ROOT, project.read_settings(ROOT), TODAY)
    return rendered(made.book, plan_loaded(made), made.settings)


def nasty() -> bytes:
    settings = Settings(feed=FeedSettings(name=NASTY["commas and semicolons"], alarm=545))
    texts = {**NASTY, **HUGE}
    notebook = roles_and_promises(texts)
    return rendered(notebook, plan(notebook, TODAY, settings), settings)


def aligned() -> bytes:
    texts = {f"{char}{n}": "x" * n + char * 30 for n in range(75) for char in "é王😀;\\"}
    notebook = people(texts)
    return rendered(notebook, plan(notebook, TODAY, Settings()))


def empty() -> bytes:
    return rendered(book(""), agenda("", str(TODAY)))


FEEDS = {"sample": sample, "nasty": nasty, "aligned": aligned, "empty": empty}


@pytest.fixture(scope="module", params=FEEDS.values(), ids=list(FEEDS))
def feed(request: pytest.FixtureRequest) -> bytes:
    made: bytes = request.param()
    return made


def ours(feed: bytes) -> list[Row]:
    """The events as our own reader finds them."""
    one_day = timedelta(days=1)
    return [(e.uid, e.summary, e.description, str(e.start), str(e.start + one_day)) for e in read(feed)]


def test_icalendar_reads_what_was_meant(feed: bytes) -> None:
    found = [
        (*(str(e.get(key, "")) for key in TEXTS), *(str(e.decoded(key)) for key in ("DTSTART", "DTEND")))
        for e in Calendar.from_ical(feed).walk("VEVENT")
    ]
    assert found == ours(feed)
    assert not Calendar.from_ical(feed).errors


@pytest.mark.calendar_client
def test_ical_js_reads_what_was_meant(feed: bytes, tmp_path: Path) -> None:
    node = needs_program("node")
    library = needs_node_package("ical.js") / "dist" / "ical.js"
    script, file = tmp_path / "read.mjs", tmp_path / "check-ins.ics"
    script.write_text(ICAL_JS.replace("LIBRARY", library.as_uri()), encoding="utf-8")
    file.write_bytes(feed)
    said = subprocess.run([node, str(script), str(file)], capture_output=True, check=True, timeout=60)
    assert [tuple(row) for row in json.loads(said.stdout)] == ours(feed)


@pytest.fixture(scope="module")
def libical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader of events made of libical."""
    compiler, pkg_config = needs_program("cc"), needs_program("pkg-config")
    if subprocess.run([pkg_config, "--exists", "libical"], check=False).returncode != 0:
        if os.environ.get("CI") == "true":
            pytest.fail("NOT TESTED: the library 'libical' is not installed")
        pytest.skip("NOT TESTED: the library 'libical' is not installed")
    asked = [pkg_config, "--cflags", "--libs", "libical"]
    flags = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    program = tmp_path_factory.mktemp("libical") / "read"
    source = Path(__file__).with_name("ical_reader.c")
    subprocess.run([compiler, "-Wall", "-Werror", "-o", str(program), str(source), *flags], check=True)
    return program


@pytest.mark.calendar_client
def test_libical_reads_what_was_meant(feed: bytes, libical: Path, tmp_path: Path) -> None:
    file = tmp_path / "check-ins.ics"
    file.write_bytes(feed)
    said = subprocess.run([libical, file], capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 0, said.stderr[:4_000]
    found = [line.split(" ") for line in said.stdout.splitlines()]
    texts = [[bytes.fromhex(word).decode() for word in row[:3]] + row[3:] for row in found]
    assert [tuple(row) for row in texts] == ours(feed)


@pytest.mark.calendar_client
def test_libical_finds_fault_with_a_broken_feed(libical: Path, tmp_path: Path) -> None:
    file = tmp_path / "check-ins.ics"
    broken = sample().replace(b"DTSTART;VALUE=DATE:2026", b"DTSTART;VALUE=DATE:soon", 1)
    file.write_bytes(broken)
    assert subprocess.run([libical, file], capture_output=True, check=False, timeout=60).returncode == 1
