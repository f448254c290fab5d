"""The leak audit: canaries everywhere in a notebook, none outside; planted leaks, each of them found."""

from __future__ import annotations

import base64
import hashlib
import html
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from encodings_of_texts import base64_parts
from intouch import project
from intouch.build import Loaded, load, render
from intouch.dates import Cadence, Period, Unit
from intouch.model import Book, Contact
from intouch.places import Place
from intouch.publication import Publication
from intouch.sealing import slots
from intouch.sealing.audit import Audit, Leak
from intouch.sealing.envelopes import carried, carrier, envelope_name, opened, sealed
from intouch.sealing.feeds import publication
from intouch.sealing.hiding import found_in
from intouch.sealing.keys import derived
from intouch.sealing.lockfile import FEWEST_ITERATIONS, Lock
from intouch.sealing.needles import files_of, needles
from intouch.sealing.site import sealed_site
from intouch.settings import FeedLevel, Settings
from program import write_files

KEYS = derived(bytes(range(32)))
LOCK = Lock(KEYS.site, (slots.filled(KEYS, "zeven blauwe fietsen", iterations=FEWEST_ITERATIONS),))

# A canary is a word that is nowhere else; the list says in which position each one stands.
CANARIES = (
    "slugquail",
    "nameheron",
    "aliasfinch",
    "orgmagpie",
    "titlewren",
    "emailrobin",
    "hostlark",
    "mailswift",
    "phone5550142",
    "webcrane",
    "linkdove",
    "placeraven",
    "tagthrush",
    "tagpipit",
    "metatowl",
    "introstork",
    "promisekite",
    "greetgull",
    "bodyegret",
    "headibis",
    "linkedlory",
    "logplover",
    "roleloon",
    "orgcuckoo",
    "peoplejay",
    "reasonrook",
    "noteslugdipper",
    "notetitlecoot",
    "noteroleteal",
    "notehookgrebe",
    "notebodydrake",
    "notetableduck",
    "notecodemartin",
    "notelinktern",
    "noteimageskua",
    "notequotecondor",
    "notelistdodo",
    "notepeoplepuffin",
    "noteviapelican",
    "noteorghoopoe",
    "noteboldnandu",
    "meavocet",
    "mailmeibex",
    "phoneme4915701",
    "headlinemoa",
    "availkea",
    "linkmekaka",
    "awaykakapo",
    "sitetitletui",
    "templateweka",
    "messagekiwi",
    "edithoiho",
    "picsnipe",
    "papercrake",
)

NOTEBOOK = """
=== contacts/slugquail-nair.md
---
name: Nameheron Nair
aliases: [Aliasfinch]
greeting: Greetgull
organization: Orgmagpie College
title: Titlewren
contact_type: hiring-manager
email: [emailrobin@hostlark.example, mailswift@hostlark.example]
phone: "+61 phone5550142"
website: https://webcrane.example/
linkedin: https://www.linkedin.com/in/linkdove
location: Placeraven
tags: [tagthrush, tagpipit]
met: 2026-09-01
met_at: Metatowl
introduced_by: introstork-berg
next: 2026-12-15 promisekite
fit: 5
---
# Headibis

Bodyegret and [[Introstork Berg|linkedlory]].

## Log
- 2026-09-02 applied (Roleloon): logplover
- 2026-09-20 interview with [[Peoplejay Cho]]: reasonrook
=== contacts/introstork-berg.md
---
name: Introstork Berg
organization: Orgcuckoo
cadence: every month
---
=== contacts/peoplejay-cho.md
---
name: Peoplejay Cho
---
=== contacts/slugquail-nair/2026-10-14-interview-noteslugdipper.md
---
title: Notetitlecoot
role: Noteroleteal
organization: Noteorghoopoe
hook: notehookgrebe
people: [notepeoplepuffin-lee]
via: noteviapelican-ho
---
Notebodydrake, **noteboldnandu**, `notecodemartin`, [x](https://notelinktern.example).

![](noteimageskua.png)
![](picsnipe-board.png)

> notequotecondor

- notelistdodo

| notetableduck | b |
| --- | --- |
| 1 | 2 |
=== contacts/slugquail-nair/picsnipe-board.png
no picture
=== contacts/slugquail-nair/offer of papercrake.pdf
no paper
=== contacts/notepeoplepuffin-lee.md
---
name: Notepeoplepuffin Lee
---
=== contacts/noteviapelican-ho.md
---
name: Noteviapelican Ho
contact_type: agency
---
=== site_templates/problems.html
{% extends "base.html" %}
{% block main %}<h1>templateweka</h1>{% endblock %}
=== site_templates/messages/keep-in-touch.txt
Subject: messagekiwi

{{ person.first_name }}
=== intouch.toml
[me]
name = "Meavocet"
email = "mailmeibex@me.example"
phone = "+phoneme4915701"
headline = "headlinemoa"
availability = "availkea"
link = "https://linkmekaka.example"
[[away]]
from = 2026-11-30
to = 2026-12-02
note = "awaykakapo"
[site]
title = "Sitetitletui"
repository = "https://git.example/edithoiho/network"
base_url = "https://me.example/people"
[feed]
also = ["busy"]
"""


def loaded(root: Path) -> Loaded:
    return load(root, project.read_settings(root), date(2026, 11, 23))


def sealing(read: Loaded) -> tuple[dict[str, bytes], Audit, dict[str, bytes], Publication]:
    published = publication(KEYS, read.settings, read.today)
    plain = render(read, publication=published).site
    site = dict(sealed_site(plain, KEYS, LOCK, published))
    wanted = needles(read.book, read.settings, files_of(read.root))
    names = frozenset(contact.name for contact in read.book.contacts.values())
    audit = Audit(KEYS, LOCK, published, wanted, names, read.settings)
    return site, audit, dict(plain), published


def encodings(word: str) -> list[bytes]:
    forms = [
        word,
        word.title(),
        quote(word),
        html.escape(word),
        *base64_parts(word),
        *base64_parts(word.title()),
    ]
    return [form.encode() for form in forms]


def test_no_canary_leaves_its_envelope(tmp_path: Path) -> None:
    site, audit, plain, published = sealing(loaded(write_files(tmp_path, NOTEBOOK)))
    inside = b"".join([*plain.values(), *(path.encode() for path in plain)]).lower()
    shown = [canary for canary in CANARIES if canary.encode() in inside]
    # Whatever the pages do not show cannot leak; most they do.
    assert len(shown) >= 40, sorted(set(CANARIES) - set(shown))
    assert list(audit.leaks(site)) == []
    outside = {**site, "names": "\n".join(site).encode()}
    leaked = [
        (canary, path)
        for canary in CANARIES
        for form in encodings(canary)
        for path, content in outside.items()
        if form in content
    ]
    assert leaked == []
    assert {path for path in site if path.endswith(".ics")} == {feed.path for feed in published.feeds}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(write_files(tmp_path_factory.mktemp("notebook"), NOTEBOOK))


@pytest.fixture(scope="module")
def sealed_once(read: Loaded) -> tuple[dict[str, bytes], Audit]:
    site, audit, _, _ = sealing(read)
    return site, audit


@pytest.fixture
def audit(sealed_once: tuple[dict[str, bytes], Audit]) -> Audit:
    return sealed_once[1]


@pytest.fixture
def sealed_notebook(sealed_once: tuple[dict[str, bytes], Audit]) -> tuple[dict[str, bytes], Audit]:
    """A site to plant something in."""
    site, audit = sealed_once
    return dict(site), audit


def places(site: dict[str, bytes], audit: Audit) -> set[str]:
    return {leak.place for leak in audit.leaks(site)}


def one(site: dict[str, bytes], start: str, end: str = "") -> str:
    return next(path for path in site if path.startswith(start) and path.endswith(end))


@pytest.mark.parametrize(
    "path",
    [
        "people/slugquail-nair/index.html",
        "sitemap.xml",
        "robots.txt",
        "find.json",
        "check-ins.ics",
        "CNAME",
        "e/notes.txt",
        "e/0123.js",
        "a/picture.png",
        "f/" + "a" * 26 + ".ics",
        "A/lock.js",
    ],
)
def test_a_file_too_many_is_found(sealed_notebook: tuple[dict[str, bytes], Audit], path: str) -> None:
    site, audit = sealed_notebook
    site[path] = b""
    assert places(site, audit) == {path}


def test_whatever_is_added_to_any_file_is_found(sealed_notebook: tuple[dict[str, bytes], Audit]) -> None:
    site, audit = sealed_notebook
    for path in site:
        for planted in (
            b"Nameheron Nair",
            b"emailrobin@hostlark.example",
            base64.b64encode(b"x Orgmagpie College"),
        ):
            found = places({path: site[path] + planted}, audit)
            assert found == {path}, (path, planted)


def test_an_envelope_is_found_that_is_not_sealed_or_not_ours(
    sealed_notebook: tuple[dict[str, bytes], Audit],
) -> None:
    site, audit = sealed_notebook
    path = one(site, "e/")
    name = path[2:-3]
    blob = carried(name, site[path])
    other = derived(bytes(32))
    for wrong in (
        carrier(name, b"\0" * len(blob)),
        carrier(name, base64.b64decode(base64.b64encode(b"Nameheron Nair" * 300))),
        carrier(name, sealed(other, name, b"x")),
        carrier(name, sealed(KEYS, envelope_name(KEYS, "other"), b"x")),
        carrier(name, blob).replace(b");", b"); // Nameheron"),
        opened(KEYS, name, blob),
        b"",
    ):
        assert places({**site, path: wrong}, audit) == {path}


ENCODED: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda t: "".join(f"%{byte:02X}" for byte in t.encode()),
    "HTML": lambda t: "".join(f"&#{ord(c)};" for c in t),
    "base64": lambda t: base64.b64encode(t.encode()).decode(),
    "base64 one on": lambda t: base64.b64encode(f"x{t}y".encode()).decode(),
    "base64 two on": lambda t: base64.b64encode(f"xy{t}yz".encode()).decode(),
    "JSON": lambda t: "".join(f"\\u{ord(c):04x}" for c in t),
    "capitals": str.upper,
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
}

EVERYTHING = {
    "a name": "Nameheron Nair",
    "part of a name": "Nameheron",
    "an alias": "Aliasfinch",
    "a greeting": "Greetgull",
    "an organization": "Orgmagpie College",
    "a title": "Titlewren",
    "an e-mail address": "emailrobin@hostlark.example",
    "the second e-mail address": "mailswift@hostlark.example",
    "a phone number": "+61 phone5550142",
    "a website": "https://webcrane.example/",
    "a page of LinkedIn": "https://www.linkedin.com/in/linkdove",
    "a location": "Placeraven",
    "a tag": "tagthrush",
    "where they met": "Metatowl",
    "a slug": "introstork-berg",
    "a promise": "promisekite",
    "a role of the log": "Roleloon",
    "a role of a note": "Noteroleteal",
    "an organization of a note": "Noteorghoopoe",
    "a note's title": "Notetitlecoot",
    "a note's hook": "notehookgrebe",
    "a note's file": "2026-10-14-interview-noteslugdipper.md",
    "a card's file": "contacts/introstork-berg.md",
    "a picture's file": "picsnipe-board.png",
    "a picture's name": "picsnipe-board",
    "a paper's file": "contacts/slugquail-nair/offer of papercrake.pdf",
    "a paper's name": "offer of papercrake",
    "your name": "Meavocet",
    "your address": "mailmeibex@me.example",
    "your number": "+phoneme4915701",
    "your link": "https://linkmekaka.example",
    "your headline": "headlinemoa",
    "your availability": "availkea",
    "why you are away": "awaykakapo",
    "the site's title": "Sitetitletui",
    "the repository": "https://git.example/edithoiho/network",
}


@pytest.mark.parametrize("what", EVERYTHING)
def test_there_is_a_needle_for_everything_and_it_is_found_in_every_encoding(audit: Audit, what: str) -> None:
    for encoding, encode in ENCODED.items():
        text = f"body {{ color: red }} /* {encode(EVERYTHING[what])} */"
        assert list(found_in(text, audit.needles)), encoding
    assert not list(found_in("body { color: red } /* nobody */", audit.needles))


def of_style(audit: Audit, style: bytes) -> list[Leak]:
    """What the audit says of a stylesheet of the notebook's own."""
    path = f"a/app.{hashlib.sha256(style).hexdigest()[:12]}.css"
    leaks = list(audit.leaks({path: style}))
    assert {leak.place for leak in leaks} <= {path}
    return leaks


@pytest.mark.parametrize("encoding", ENCODED)
def test_no_encoding_in_a_theme_of_ones_own_hides_a_name(audit: Audit, encoding: str) -> None:
    planted = "\n".join(f"/* {ENCODED[encoding](text)} */" for text in EVERYTHING.values())
    leaks = of_style(audit, planted.encode())
    assert len({leak.what for leak in leaks}) >= 15
    assert "heron" not in " ".join(leak.what for leak in leaks).casefold()
    assert of_style(audit, b"body { color: #ada } /* nobody */") == []


@pytest.mark.parametrize("style", [b"/* \xff\xfe */", b"body { color: red }\0", b"\x1f\x8b\x08 packed \xaa"])
def test_what_is_no_text_cannot_be_searched_and_is_a_leak(audit: Audit, style: bytes) -> None:
    assert "is not text" in {leak.what for leak in of_style(audit, style)}


@pytest.mark.parametrize("encoding", ["plain", "HTML", "base64 one on"])
def test_the_line_is_told_in_which_it_stands(audit: Audit, encoding: str) -> None:
    planted = f"body {{\n  color: #ada;\n}}\n\n/* {ENCODED[encoding]('introstork-berg')} */\nmain {{ }}\n"
    leaks = of_style(audit, planted.encode())
    assert leaks
    assert all(leak.what.endswith(", in line 5") for leak in leaks)
    apart = of_style(audit, b"/* Nameheron\n   Nair */")
    assert "holds a name, plain, in line 1" in {leak.what for leak in apart}


def test_a_file_whose_name_is_a_plain_word_counts_with_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(
        tmp_path, "=== contacts/ann/banner.png\n=== contacts/ann/IMG_2041.jpg\n=== contacts/.trash/x.md\n"
    )
    monkeypatch.chdir(tmp_path)
    assert files_of(Path()) == files_of(tmp_path)
    found = {needle.text for needle in needles(Book({}), Settings(), files_of(tmp_path))}
    assert {"banner.png", "contacts/ann/banner.png", "IMG_2041", "contacts/.trash/x.md"} <= found
    assert "banner" not in found


@pytest.mark.parametrize(
    "planted",
    [
        "Nameheron Nair",
        "nameheron",
        "aliasfinch",
        "emailrobin%40hostlark.example",
        "&#69;mailrobin@hostlark.example",
        "slugquail-nair",
        "tagthrush",
        "Noteroleteal",
        "2026-10-14-interview-noteslugdipper.md",
        "Orgcuckoo",
        "Meavocet",
        base64.b64encode(b"Roleloon and more").decode(),
    ],
)
def test_a_theme_of_ones_own_that_names_somebody_is_found(audit: Audit, planted: str) -> None:
    leaks = of_style(audit, f"/* {planted} */ body {{ color: red }}\n".encode())
    assert leaks
    assert planted.casefold() not in " ".join(leak.what for leak in leaks).casefold()


def test_words_that_the_program_says_itself_tell_nothing(tmp_path: Path) -> None:
    # People and tags that are called as the stylesheet's own words are, and a theme of one's own.
    notebook = """
=== contacts/will-table.md
---
name: Will Table
tags: [open, table, "no", x, app, lock]
organization: Body
---
=== contacts/jo.md
---
name: Jo
aliases: [Al, E, Ada, Bea, Fee, Cafe]
cadence: every month
---
=== site_templates/assets/style.css
body { color: red } table { margin: 0 } .lock { color: #ada }
"""
    site, audit, _, _ = sealing(loaded(write_files(tmp_path, notebook)))
    assert list(audit.leaks(site)) == []


def test_a_changed_hash_or_lock_is_found(sealed_notebook: tuple[dict[str, bytes], Audit]) -> None:
    site, audit = sealed_notebook
    script = one(site, "a/app.", ".js")
    assert places({**site, script: site[script].replace(b"15 minutes", b"99 minutes")}, audit) == {script}
    lock = site["a/lock.js"]
    for wrong in (
        lock.replace(b'"version":1', b'"version": 1'),
        lock + b"\n",
        lock.replace(b"100000", b"100001"),
    ):
        assert places({**site, "a/lock.js": wrong}, audit) == {"a/lock.js"}
    other = hashlib.sha256(b"x").hexdigest()[:12]
    assert places({**site, f"a/app.{other}.js": b"y"}, audit) == {f"a/app.{other}.js"}


LEVELS = {
    FeedLevel.BUSY: (b"SUMMARY:Busy", b"SUMMARY:Busy with Nameheron"),
    FeedLevel.INITIALS: (b"SUMMARY:Check in", b"SUMMARY:Call"),
    FeedLevel.NAMES: (b": Nameheron Nair", b": Nameheron Nair (Orgmagpie College)"),
    FeedLevel.FULL: (b"DESCRIPTION:", b"X-FIT:"),
}
MORE = {
    b"DESCRIPTION:Nameheron": {FeedLevel.FULL},
    b"SUMMARY:Check in \xc2\xb7 Jo.": set[FeedLevel](),
    b"SUMMARY:Keep in touch: Titlewren": {FeedLevel.FULL},
    b"SUMMARY:Nameheron Nair": set(),
    b"CATEGORIES:follow-up": {FeedLevel.NAMES, FeedLevel.FULL},
    b"CATEGORIES:tagthrush": set(),
    b"URL:https://me.example/people/?slugquail#/" + b"0" * 32 + b"~" + b"0" * 8: set(),
    b"URL:https://me.example/people/slugquail-nair/": set(),
    b"ATTENDEE:mailto:x@y.example": set(),
    b"ORGANIZER:mailto:x@y.example": set(),
    b"X-NOTE:x": set(),
    b"COMMENT:x": set(),
    b"NAMEHERON:x": set(),
}


def at_level(read: Loaded, level: FeedLevel) -> tuple[dict[str, bytes], Audit, str]:
    settings = replace(read.settings, feed=replace(read.settings.feed, level=level))
    site, audit, _, published = sealing(replace(read, settings=settings))
    (path,) = (feed.path for feed in published.feeds if feed.level is level)
    assert places(site, audit) == set()
    return site, audit, path


@pytest.mark.parametrize("level", LEVELS)
def test_a_feed_that_says_more_than_its_level_is_found(read: Loaded, level: FeedLevel) -> None:
    site, audit, path = at_level(read, level)
    meant, wrong = LEVELS[level]
    assert meant in site[path]
    assert places({**site, path: site[path].replace(meant, wrong)}, audit) == {path}
    assert places({**site, path: site[path] + b"Nameheron\r\n"}, audit) == {path}
    for line, may in MORE.items():
        more = site[path].replace(b"CLASS:", line + b"\r\nCLASS:")
        leaks = list(audit.leaks({**site, path: more}))
        assert {leak.place for leak in leaks} == (set() if level in may else {path}), line
        assert "nameheron" not in " ".join(leak.what for leak in leaks).casefold()


def test_what_a_full_feed_may_say_is_a_leak_anywhere_else(read: Loaded) -> None:
    site, audit, path = at_level(read, FeedLevel.FULL)
    told = site[path].replace(b"\r\n ", b"")
    assert b"promisekite" in told
    assert of_style(audit, b"/* Nameheron */")


@pytest.mark.parametrize("name", ["\u738b", "X", "\u202e", "Bob; Ann, Lee \\ n", "x" * 300, "Follow up: Bob"])
@pytest.mark.parametrize("level", list(FeedLevel))
def test_nobodys_name_stops_an_honest_feed(read: Loaded, level: FeedLevel, name: str) -> None:
    jo = Contact("jo", name, Place("contacts/jo.md"), cadence=Cadence(Period(1, Unit.MONTH)))
    book = replace(read.book, contacts={**read.book.contacts, "jo": jo})
    settings = replace(read.settings, feed=replace(read.settings.feed, level=level))
    site, audit, _, _ = sealing(replace(read, book=book, settings=settings))
    assert list(audit.leaks(site)) == []


def test_an_emptied_feed_is_empty(tmp_path: Path) -> None:
    notebook = NOTEBOOK.replace('also = ["busy"]', "epoch = 2")
    site, audit, _, published = sealing(loaded(write_files(tmp_path, notebook)))
    assert list(audit.leaks(site)) == []
    former, current = published.emptied[0], published.feeds[0].path
    assert list(audit.leaks({**site, former: site[current]})) == [Leak(former, "is not empty")]


def test_a_calendar_that_is_named_after_somebody_is_found(tmp_path: Path) -> None:
    notebook = NOTEBOOK.replace('also = ["busy"]', 'name = "Calls with Nameheron"')
    site, audit, _, published = sealing(loaded(write_files(tmp_path, notebook)))
    assert places(site, audit) == {published.feeds[0].path}


@pytest.mark.parametrize("level", list(FeedLevel))
def test_an_honest_feed_is_no_leak(tmp_path: Path, level: FeedLevel) -> None:
    notebook = NOTEBOOK.replace('also = ["busy"]', f'level = "{level}"\nalarm = "09:00"')
    site, audit, _, _ = sealing(loaded(write_files(tmp_path, notebook)))
    assert list(audit.leaks(site)) == []
