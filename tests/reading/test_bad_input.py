"""Bad input: each kind is told at its file and line, nobody is dropped, and nothing takes long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intouch import project
from intouch.build import load

TODAY = date(2026, 11, 23)
CARD = "contacts/bob.md"
NOTE = "contacts/bob/2026-11-02-call.md"
BOB = "---\nname: Bob\n---\n"


def front(*lines: str, body: str = "") -> str:
    """A card with these lines between its marks."""
    return "\n".join(["---", *lines, "---", body])


def log(*lines: str) -> str:
    """Bob's card with a log; its first line stands on line 5."""
    return "\n".join(["---", "name: Bob", "---", "## Log", *lines, ""])


def bomb(levels: int) -> str:
    """A list of aliases of lists of aliases."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return front("name: Bob", *lines)


# name: file, its text, where the first problem stands
BAD: dict[str, tuple[str, str | bytes, str]] = {
    "an unclosed quote": (CARD, front('name: "Bob', "fit: 3"), f"{CARD}:2 bad-yaml"),
    "an unclosed list": (CARD, front("name: Bob", "tags: [a, b"), f"{CARD}:4 bad-yaml"),
    "a tab": (CARD, front("name: Bob", "tags:", "\t- a"), f"{CARD}:4 bad-yaml"),
    "a colon in a value": (CARD, front("name: Bob", "title: a: b"), f"{CARD}:3 bad-yaml"),
    "a bad indent": (CARD, front("name: Bob", "  fit: 3"), f"{CARD}:3 bad-yaml"),
    "an at sign": (CARD, front("name: Bob", "title: @home"), f"{CARD}:3 bad-yaml"),
    "an alias bomb": (CARD, bomb(9), f"{CARD}:3 yaml-refused"),
    "a merge key bomb": (
        CARD,
        front("name: Bob", "a: &a {x: 1}", "b: &b {<<: [*a, *a]}"),
        f"{CARD}:3 yaml-refused",
    ),
    "nesting": (CARD, front("name: Bob", "tags: " + "[" * 50_000), f"{CARD}:3 yaml-refused"),
    "nested blocks": (
        CARD,
        front("name: Bob", *(" " * n + "a:" for n in range(1, 60))),
        f"{CARD}:3 bad-yaml",
    ),
    "many values": (CARD, front("name: Bob", "tags: [" + "a, " * 3_000 + "]"), f"{CARD}:3 yaml-refused"),
    "much text": (CARD, front("name: Bob", "title: " + "x" * 70_000), f"{CARD}:1 yaml-refused"),
    "a tag": (CARD, front("name: !!python/object:os.system x"), f"{CARD}:2 yaml-refused"),
    "a second document": (CARD, "---\nname: Bob\n...\n--- {}\nfit: 3\n---\n", f"{CARD}:4 yaml-refused"),
    "a list as the name": (CARD, front("name: [Bob]"), f"{CARD}:2 wrong-type"),
    "a mapping as the title": (CARD, front("name: Bob", "title: {a: b}"), f"{CARD}:3 wrong-type"),
    "a list in a list": (CARD, front("name: Bob", "tags: [[a], b]"), f"{CARD}:3 wrong-type"),
    "a word as fit": (CARD, front("name: Bob", "fit: good"), f"{CARD}:3 bad-fit"),
    "fit 0": (CARD, front("name: Bob", "fit: 0"), f"{CARD}:3 bad-fit"),
    "an unknown key": (CARD, front("name: Bob", "nmae: Bob"), f"{CARD}:3 unknown-key"),
    "a duplicate key": (CARD, front("name: Bob", "fit: 3", "fit: 4"), f"{CARD}:4 duplicate-key"),
    "a duplicate key by case": (CARD, front("name: Bob", "Name: Bobby"), f"{CARD}:3 duplicate-key"),
    "a list as a key": (CARD, front("name: Bob", "[a]: b"), f"{CARD}:3 bad-yaml"),
    "an impossible date": (CARD, front("name: Bob", "met: 2026-02-30"), f"{CARD}:3 bad-date"),
    "a date in another order": (CARD, front("name: Bob", "met: 02/03/2026"), f"{CARD}:3 bad-date"),
    "a date far away": (CARD, front("name: Bob", "met: 9999-12-31"), f"{CARD}:3 bad-date"),
    "a date in other digits": (CARD, front("name: Bob", "met: ٢٠٢٦-١١-٠٢"), f"{CARD}:3 bad-date"),
    "an unknown kind": (CARD, log("- 2026-11-02 chat: hello"), f"{CARD}:5 unknown-kind"),
    "an impossible date in the log": (CARD, log("- 2026-11-31 call"), f"{CARD}:5 bad-date"),
    "no date in the log": (CARD, log("- call: hello"), f"{CARD}:5 bad-log-line"),
    "an unclosed role": (CARD, log("- 2026-11-02 interview (Trainer: hello"), f"{CARD}:5 bad-log-line"),
    "an empty item": (CARD, log("-", "- 2026-11-02 call"), f"{CARD}:5 bad-log-line"),
    "a nested line": (CARD, log("- 2026-11-02 call", "  - 2026-11-03 reply"), f"{CARD}:6 bad-log-line"),
    "a dangling companion": (NOTE, front("people: [jon]"), f"{NOTE}:2 unknown-person"),
    "a dangling consultant": (NOTE, front("via: sam"), f"{NOTE}:2 unknown-person"),
    "a name that disagrees": (NOTE, front("date: 2026-11-03"), f"{NOTE}:2 name-disagrees"),
    "a note's impossible name": (
        "contacts/bob/2026-11-31-call.md",
        "",
        "contacts/bob/2026-11-31-call.md:1 bad-date",
    ),
    "a note with a card's key": (NOTE, front("fit: 3"), f"{NOTE}:2 unknown-key"),
    "latin-1": (CARD, "---\nname: Bob\ntitle: Café\n---\n".encode("latin-1"), f"{CARD}:3 not-utf8"),
    "UTF-16": (CARD, BOB.encode("utf-16"), f"{CARD}:1 not-utf8"),
    "a NUL": (CARD, b"---\nname: Bob\n---\nhello\0\n", f"{CARD}:4 control-character"),
    "a broken surrogate": (CARD, b"---\nname: Bob\n---\n\xed\xa0\x80\n", f"{CARD}:4 not-utf8"),
    "an empty card": (CARD, "", f"{CARD}:1 empty-card"),
    "only spaces": (CARD, " \n\n", f"{CARD}:1 empty-card"),
    "a huge card": (CARD, BOB + "x" * 300_000, f"{CARD}:1 file-too-large"),
    "no front matter": (CARD, "# Bob\n", f"{CARD}:1 missing-name"),
    "a reserved name": ("contacts/con.md", BOB, "contacts/con.md:1 bad-slug"),
    "a name with a space": ("contacts/Bob Jones.md", BOB, "contacts/Bob Jones.md:1 bad-slug"),
    "a folder without a card": ("contacts/jim/2026-11-02-call.md", "", "contacts/jim:1 folder-without-card"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad(name: str, tmp_path: Path) -> None:
    file, text, expected = BAD[name]
    for path, content in {CARD: BOB, "contacts/priya.md": front("name: Priya"), file: text}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
    loaded = load(tmp_path, project.read_settings(tmp_path), TODAY)
    told = [f"{d.place.file}:{d.place.line} {d.code}" for d in loaded.diagnostics]
    assert told == [expected], "one mistake is one problem"
    assert loaded.has_errors
    assert "priya" in loaded.book.contacts


def test_seven_mistakes_in_four_files_are_seven(tmp_path: Path) -> None:
    files = {
        "contacts/a.md": front("name: A", "fit: 9", "cadence: every now and then"),
        "contacts/b.md": front(
            "nam: B", "tags: [x]", body="## Log\n- 2026-02-30 call\n- 2026-11-02 cal: hi\n"
        ),
        "contacts/c.md": front("name: C", "introduced_by: zed"),
        "contacts/c/2026-11-02-call.md": front("channel: pigeon"),
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    loaded = load(tmp_path, project.read_settings(tmp_path), TODAY)
    assert [f"{d.place.file}:{d.place.line} {d.code}" for d in loaded.diagnostics] == [
        "contacts/a.md:3 bad-fit",
        "contacts/a.md:4 bad-cadence",
        "contacts/b.md:2 unknown-key",
        "contacts/b.md:6 bad-date",
        "contacts/b.md:7 unknown-kind",
        "contacts/c.md:3 unknown-person",
        "contacts/c/2026-11-02-call.md:2 bad-choice",
    ]
