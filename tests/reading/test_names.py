"""Notes named by their files, and people named in texts."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from intouch.model import Interaction
from intouch.reading import notebook
from program import write_files


def read(tmp_path: Path, text: str) -> tuple[tuple[Interaction, ...], list[str]]:
    made = notebook.read(write_files(tmp_path, text))
    return made.book.interactions, [f"{d.place} {d.code}" for d in made.diagnostics]


ANN = "=== contacts/ann.md\n---\nname: Ann Bell\naliases: [Annie]\n---\n"
BEN = "=== contacts/ben.md\n---\nname: Ben Cho\n---\n"


@pytest.mark.parametrize(
    ("name", "kind", "channel"),
    [
        ("2026-10-14-interview", "interview", None),
        ("2026-10-14-interview-panel-of-two", "interview", None),
        ("2026-10-14-thank-you", "thank-you", None),
        ("2026-10-14-thank-you-note", "thank-you", None),
        ("2026-10-14-phone-screen", "screen", None),
        ("2026-10-14-phone", "call", None),
        ("2026-10-14-on-hold-until-may", "on-hold", None),
        ("2026-10-14-check-in", "check-in", None),
        ("2026-10-14-email", "message", "email"),
        ("2026-10-14-CHECK-IN", "check-in", None),
        ("2026-10-14-note-to-self", "note", None),
    ],
)
def test_an_empty_file_says_all_by_its_name(
    tmp_path: Path, name: str, kind: str, channel: str | None
) -> None:
    found, problems = read(tmp_path, f"{ANN}=== contacts/ann/{name}.md\n")
    assert problems == []
    assert [(str(i.day), i.kind, i.channel) for i in found] == [("2026-10-14", kind, channel)]


@pytest.mark.parametrize(
    ("name", "front", "problems"),
    [
        ("2026-10-14-panel", "kind: interview", []),
        ("interview-panel", "date: 2026-10-14\nkind: interview", []),
        ("2026-10-14", "kind: interview", []),
        (
            "2026-10-14-interview",
            "date: 2026-10-15",
            ["contacts/ann/2026-10-14-interview.md:2 name-disagrees"],
        ),
        ("2026-10-14-interview", "kind: call", ["contacts/ann/2026-10-14-interview.md:2 name-disagrees"]),
        ("2026-10-14-interview", "kind: Interview", []),
        ("2026-10-14-screen", "kind: phone-screen", []),
        ("panel", "kind: interview", ["contacts/ann/panel.md:1 missing-date"]),
        ("2026-10-14-panel", "hook: x", ["contacts/ann/2026-10-14-panel.md:1 missing-kind"]),
        ("2026-10-34-call", "hook: x", ["contacts/ann/2026-10-34-call.md:1 bad-date"]),
    ],
)
def test_name_and_front_matter_complete_each_other_and_must_agree(
    tmp_path: Path, name: str, front: str, problems: list[str]
) -> None:
    _, told = read(tmp_path, f"{ANN}=== contacts/ann/{name}.md\n---\n{front}\n---\n")
    assert told == problems


@pytest.mark.parametrize(
    "named",
    ["ben", "Ben Cho", "ben  CHO", '"[[Ben Cho]]"', '"[[ben]]"', '"[[Ben Cho|him]]"', '"[[Ben Cho#Log]]"'],
)
def test_people_are_named_by_slug_name_or_link(tmp_path: Path, named: str) -> None:
    text = f"{ANN}{BEN}=== contacts/ann/2026-10-14-interview.md\n---\npeople: {named}\nvia: {named}\n---\n"
    found, problems = read(tmp_path, text)
    assert problems == []
    assert (found[0].people, found[0].via) == (("ben",), "ben")


def test_an_alias_names_its_person_and_nobody_is_with_themselves(tmp_path: Path) -> None:
    text = f"{ANN}{BEN}=== contacts/ann/2026-10-14-interview.md\n---\npeople: [Annie, ben, Ben Cho]\n---\n"
    found, problems = read(tmp_path, text)
    assert problems == []
    assert found[0].people == ("ben",)


@pytest.mark.parametrize(("card", "link"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_an_accent_may_be_stored_either_way(tmp_path: Path, card: str, link: str) -> None:
    name = {form: unicodedata.normalize(form, "José Ñandú") for form in ("NFC", "NFD")}
    jose = f"=== contacts/jose.md\n---\nname: {name[card]}\n---\n"
    ann = f"{ANN[:-4]}introduced_by: {name[link]}\n---\nSee [[{name[link]}]].\n"
    note = f"=== contacts/ann/2026-10-14-interview.md\n---\npeople: '[[{name[link]}]]'\n---\n"
    found, problems = read(tmp_path, jose + ann + note)
    assert problems == []
    assert found[0].people == ("jose",)


def test_nobody_and_several_are_problems_at_their_word(tmp_path: Path) -> None:
    again = "=== contacts/ben-2.md\n---\nname: Ben Cho\n---\n"
    note = "=== contacts/ann/2026-10-14-interview.md\n---\npeople: [Bne Cho, Ben Cho, ben]\n---\n"
    found, problems = read(tmp_path, ANN + BEN + again + note)
    place = "contacts/ann/2026-10-14-interview.md:2"
    assert problems == [f"{place} unknown-person", f"{place} ambiguous-person"]
    assert found[0].people == ("ben",)


def test_links_in_texts_are_looked_at_but_not_in_code(tmp_path: Path) -> None:
    text = (
        f"{ANN}See [[Ann Bell]], [[annie|her]], [[ann#Log]], [[#Log]], `[[nobody]]` and [[Nobody Else]].\n"
        "```\n[[nobody]]\n```\n"
    )
    _, problems = read(tmp_path, text)
    assert problems == ["contacts/ann.md:5 unknown-link"]
