"""Records: a card becomes a contact and its log, a note an interaction."""

from __future__ import annotations

from datetime import date

import pytest

from intouch.model import Channel, Kind, Source
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.record import Record
from intouch.reading.records import NOTE_KEYS, read_card, read_note


def note(name: str, *lines: str, body: str = "") -> Record:
    text = "\n".join(["---", *lines, "---", body]) if lines or body else ""
    return read_note(SourceFile(f"contacts/ann/{name}.md", FileKind.NOTE, "ann", text))


def card(text: str) -> Record:
    return read_card(SourceFile("contacts/ann-bell.md", FileKind.CARD, "ann-bell", text))


def told(record: Record) -> list[str]:
    return [f"{d.place.line}:{d.place.column} {d.code}: {d.message}" for d in record.diagnostics]


def test_every_key_of_a_note_arrives() -> None:
    record = note(
        "panel", "date: 2026-10-14", "kind: interview", "role: Senior  Trainer", "org: Acme",
        "people: [john, '[[Kim]]']", "via: sam", "decision_by: 2026-10-23", "channel: video",
        "next: 2026-10-20 send the plan", "thanks: no", "hook: her class", "title: The panel",
        body="\nQuestions\n",
    )  # fmt: skip
    assert record.diagnostics == ()
    (made,) = record.interactions
    assert set(made.places) - {"text"} == set(NOTE_KEYS.values()), (
        "a key that is not written here is not held"
    )
    assert (made.owner, made.day, made.kind, made.source) == (
        "ann",
        date(2026, 10, 14),
        Kind.INTERVIEW,
        Source.NOTE,
    )
    assert (made.role, made.organization) == ("Senior Trainer", "Acme")
    assert (made.decision_by, made.channel) == (date(2026, 10, 23), Channel.VIDEO)
    assert made.next is not None
    assert (made.next.day, made.next.reason) == (date(2026, 10, 20), "send the plan")
    assert (made.thanks, made.hook, made.title, record.text) == (False, "her class", "The panel", "Questions")
    assert {key: [text for text, _, _ in some] for key, some in record.references.items()} == {
        "people": ["john", "Kim"],
        "via": ["sam"],
    }


@pytest.mark.parametrize(
    ("name", "lines", "channel"),
    [
        ("2026-10-14-email", (), Channel.EMAIL),
        ("2026-10-14-e-mail-to-all", (), Channel.EMAIL),
        ("2026-10-14", ("kind: letter",), Channel.LETTER),
        ("2026-10-14", ("kind: DM",), Channel.MESSAGE),
        ("2026-10-14-email", ("channel: letter",), Channel.LETTER),
        ("2026-10-14-message", ("channel: In Person",), Channel.IN_PERSON),
        ("2026-10-14-message", ("channel: call",), Channel.PHONE),
        ("2026-10-14-call", (), None),
    ],
)
def test_the_channel_is_what_is_written_or_what_the_kind_says(
    name: str, lines: tuple[str, ...], channel: Channel | None
) -> None:
    record = note(name, *lines)
    assert (told(record), [i.channel for i in record.interactions]) == ([], [channel])


@pytest.mark.parametrize(
    ("name", "lines", "line"),
    [
        ("2026-10-14-call", (), 1),
        ("2026-10-14-call", ("hook: x",), 1),
        ("2026-10-14", ("hook: x", "kind: call"), 3),
        ("call", ("hook: x", "date: 2026-10-14", "kind: call"), 4),
        ("call", ("date: 2026-10-14", "kind: call"), 3),
    ],
)
def test_a_note_stands_where_it_says_what_it_is(name: str, lines: tuple[str, ...], line: int) -> None:
    assert [i.place.line for i in note(name, *lines).interactions] == [line]


@pytest.mark.parametrize(
    ("name", "lines", "problems"),
    [
        ("2026-10-14-frobnicate", (), ["1:1 missing-kind: this note does not say what happened"]),
        ("2026-10-14-callous", (), ["1:1 missing-kind: this note does not say what happened"]),
        ("20261014-call", (), [
            "1:1 missing-date: this note has no date",
            "1:1 missing-kind: this note does not say what happened",
        ]),
        ("2026-10-14-call", ("kind: chat",), ["2:7 unknown-kind: 'chat' is no kind"]),
        ("2026-10-14-call", ("date: soon",), ["2:7 bad-date: 'soon' is no date"]),
        ("2026-02-30-call", (), ["1:1 bad-date: 2026-02-30 is not on the calendar, in the file's name"]),
        ("2026-10-14-call", ("date: 2026-10-15", "kind: reply"), [
            "2:7 name-disagrees: the file's name says 2026-10-14, its 'date' says 2026-10-15",
            "3:7 name-disagrees: the file's name says call, its 'kind' says reply",
        ]),
        ("x", ("decision_by: soon", "channel: pigeon", "hook: [a]"), [
            "1:1 missing-date: this note has no date",
            "1:1 missing-kind: this note does not say what happened",
            "3:10 bad-choice: 'pigeon' is no channel",
            "2:14 bad-date: 'soon' is no date",
            "4:7 wrong-type: 'hook' takes one value, not a list",
        ]),
        ("x", ("date: [",), ["3:1 bad-yaml: this is not YAML: did not find expected node content"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_note_is_told_once(
    name: str, lines: tuple[str, ...], problems: list[str]
) -> None:
    assert told(note(name, *lines)) == problems


def test_a_note_whose_front_matter_is_refused_still_counts_by_its_name() -> None:
    record = note("2026-10-14-interview", "role: [")
    assert [(i.day.day, i.kind, i.role) for i in record.interactions] == [(14, Kind.INTERVIEW, None)]
    assert len(record.diagnostics) == 1


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("# Ann", ["1:1 missing-name: this card has no name"]),
        ("---\ntitle: x\n---\n", ["1:1 missing-name: this card has no name"]),
        ("---\nname:\n---\n", ["2:1 missing-name: this card has no name"]),
        ("---\nname: [x]\n---\n", ["2:7 wrong-type: 'name' takes one value, not a list"]),
        ("---\nnmae: Ann\n---\n", ["2:1 unknown-key: 'nmae' is no key of this file"]),
        ("---\nname: Ann\n", ["1:1 front-matter-unclosed: the front matter is never closed"]),
        ("---\njust text\n---\n", [
            "2:1 front-matter-not-mapping: the front matter is a bare text, not keys and values",
        ]),
    ],
)  # fmt: skip
def test_a_card_without_a_name_is_one_problem_and_one_person(text: str, problems: list[str]) -> None:
    record = card(text)
    assert told(record) == problems
    assert record.contact is not None
    assert record.contact.name == "Ann Bell"


def test_the_log_is_no_part_of_a_persons_text() -> None:
    record = card("---\nname: Ann\n---\nShe sails.\n\n## Log\n- 2026-10-14 call: hi\n\n## More\nText.\n")
    assert record.contact is not None
    assert record.text == "She sails.\n\n## More\nText."
    assert [(i.owner, i.source, i.place.line, i.text) for i in record.interactions] == [
        ("ann-bell", Source.LOG, 7, "hi")
    ]
