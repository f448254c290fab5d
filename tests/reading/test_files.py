"""Files: which are read, and their text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from intouch.reading.files import LARGEST, decoded, proposed_name, proposed_slug
from intouch.reading.notebook import read
from intouch.reading.scan import Scanned, scan

CARD = b"---\nname: Ann\n---\n## Log\n- 2026-11-02 call: hi\n- 2026-11-03 cal"


def find(root: Path) -> Scanned:
    """The files that can be read, and every problem with the others."""
    scanned = scan(root)
    read = [(file, *decoded(file)) for file in scanned.files]
    problems = [problem for _, _, some in read for problem in some]
    return Scanned(
        tuple(file for file, source, _ in read if source is not None), (*scanned.diagnostics, *problems)
    )


def written(root: Path, *names: str, content: bytes = b"---\nname: X\n---\n") -> Scanned:
    for name in names:
        path = root / "contacts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return find(root)


def told(found: Scanned) -> list[str]:
    return [f"{d.place.file.removeprefix('contacts/')} {d.severity} {d.code}" for d in found.diagnostics]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_marks_of_every_system_are_the_same_text(
    mark: bytes, end: bytes, tmp_path: Path
) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / "ann.md").write_bytes(mark + CARD.replace(b"\n", end))
    made = read(tmp_path)
    assert made.book.contacts["ann"].name == "Ann"
    assert [(i.text, str(i.place)) for i in made.book.interactions] == [("hi", "contacts/ann.md:5")]
    assert [f"{d.place}:{d.place.column} {d.code}" for d in made.diagnostics] == [
        "contacts/ann.md:6:14 unknown-kind"
    ]


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    left = (
        ".ann.md",
        "#ann.md#",
        "ann.md~",
        ".ann.md.swp",
        "ann.swp",
        "ann.md.tmp",
        "ann.md.bak",
        ".git/x.md",
    )
    found = written(tmp_path, "ann.md", *left)
    assert ([f.slug for f in found.files], told(found)) == (["ann"], [])


def test_attachments_are_fine_and_texts_that_look_like_cards_are_mentioned(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "ann.md",
        "photo.jpg",
        "ann/contract.pdf",
        "bob.txt",
        "ann/notes",
        "ann/old/x.md",
        "kim.markdown",
    )
    assert [f.name for f in found.files] == ["contacts/ann.md"]
    assert told(found) == [
        "ann/notes warning stray-file",
        "ann/old warning stray-file",
        "bob.txt warning stray-file",
        "kim.markdown warning stray-file",
    ]


def test_cards_come_before_their_notes_and_people_by_slug(tmp_path: Path) -> None:
    names = (
        "b.md",
        "a-b.md",
        "a.md",
        "a/2026-01-02-call.md",
        "a/2026-01-01-call.md",
        "a-b/2025-01-01-call.md",
    )
    assert [f.name.removeprefix("contacts/") for f in written(tmp_path, *names).files] == [
        "a.md",
        "a/2026-01-01-call.md",
        "a/2026-01-02-call.md",
        "a-b.md",
        "a-b/2025-01-01-call.md",
        "b.md",
    ]


@pytest.mark.parametrize(
    ("stem", "remedy"),
    [
        ("Ann", "'ann.md'"), ("ann_bell", "'ann-bell.md'"), ("ann bell", "'ann-bell.md'"),
        ("josé", "'jose.md'"),
        ("ann--b", "'ann-b.md'"), ("-ann", "'ann.md'"), ("con", "'con-1.md'"), ("lpt1", "'lpt1-1.md'"),
        ("林", "'a-name.md'"), ("a.b", "'a-b.md'"),
    ],
)  # fmt: skip
def test_a_slug_that_some_system_cannot_hold_is_refused(stem: str, remedy: str, tmp_path: Path) -> None:
    found = written(tmp_path, f"{stem}.md")
    assert told(found) == [f"{stem}.md error bad-slug"]
    assert f"Rename it to {remedy}" in found.diagnostics[0].remedy
    assert found.files == ()


def test_no_name_is_proposed_that_another_card_bears(tmp_path: Path) -> None:
    found = written(tmp_path, "ann_bell.md", "ann-bell.md", "ann-bell-2.md")
    assert [d.remedy.partition(":")[0] for d in found.diagnostics] == ["Rename it to 'ann-bell-3.md'"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-11-02-call.md", "2026-11-02-Call.md"), ("2026-11-02-call-é.md", "2026-11-02-call-e\u0301.md")],
)
def test_two_notes_that_are_one_file_elsewhere_are_read_and_told(
    one: str, other: str, tmp_path: Path
) -> None:
    found = written(tmp_path, "ann.md", f"ann/{one}", f"ann/{other}")
    if len(list((tmp_path / "contacts" / "ann").iterdir())) == 1:
        pytest.skip("this file system takes the two names for one")
    assert len(found.files) == 3
    assert told(found) == [f"ann/{max(one, other)} warning slug-clash"]
    assert f"'{max(one, other)}' and '{min(one, other)}' are one name" in found.diagnostics[0].message


@pytest.mark.parametrize("slug", ["a", "0", "ann-bell-2", "conrad", "com", "nul-1"])
def test_other_slugs_are_fine(slug: str, tmp_path: Path) -> None:
    assert told(written(tmp_path, f"{slug}.md")) == []
    assert proposed_slug(slug) == slug


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    head = b"---\nname: X\n---\n"
    assert told(written(tmp_path, "a.md", content=head + b"x" * (LARGEST - len(head)))) == []
    found = written(tmp_path, "a.md", content=head + b"x" * (LARGEST - len(head) + 1))
    assert told(found) == ["a.md error file-too-large"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"---\nname: X\n---\nok\n\xe9t\xe9", (5, 1)),
        ("---\nname: é".encode() + b"\xff", (2, 8)),
        (b"---\r\nname: X\x00\r\n", (2, 8)),
        ("---\nname: X\n---\na\ufeffb".encode(), (4, 2)),
    ],
)
def test_a_byte_that_is_no_text_is_told_at_its_place(
    content: bytes, place: tuple[int, int], tmp_path: Path
) -> None:
    problem = written(tmp_path, "a.md", content=content).diagnostics[0]
    assert (problem.place.line, problem.place.column) == place


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as POSIX has them")
def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    written(tmp_path, "ann.md")
    folder = tmp_path / "contacts"
    os.mkfifo(folder / "pipe.md")
    (folder / "round.md").symlink_to("trip.md")
    (folder / "trip.md").symlink_to("round.md")
    (folder / "self").symlink_to("self")
    found = find(tmp_path)
    assert [f.slug for f in found.files] == ["ann"]
    assert told(found) == [
        "pipe.md error unreadable-file",
        "round.md error unreadable-file",
        "self warning stray-file",
        "trip.md error unreadable-file",
    ]


def test_a_folder_that_leads_out_of_the_notebook_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    written(outside, "spy.md")
    (tmp_path / "notebook").mkdir()
    try:
        (tmp_path / "notebook" / "contacts").symlink_to(outside / "contacts", target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    found = find(tmp_path / "notebook")
    assert (found.files, [d.code for d in found.diagnostics]) == ((), ["symlink-outside"])


@pytest.mark.parametrize(
    ("slug", "name"), [("priya-nair", "Priya Nair"), ("a_b", "A B"), ("", "…"), ("---", "…"), ("o2", "O2")]
)
def test_a_name_is_proposed_from_the_slug(slug: str, name: str) -> None:
    assert proposed_name(slug) == name
