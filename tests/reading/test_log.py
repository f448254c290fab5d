"""The log: a line an interaction, and a problem for every line that is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.model import Kind
from intouch.reading.kinds import KIND_ALIASES, KIND_WORDS
from intouch.reading.log import Log, read_log
from steps import growth


def log(*lines: str, heading: str = "## Log") -> Log:
    """The log of a card whose body begins on line 10, with its heading there."""
    return read_log("\n".join((heading, *lines)), "contacts/ann.md", 10)


def told(read: Log) -> list[str]:
    return [f"{d.place.line}:{d.place.column} {d.code}" for d in read.diagnostics]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_read_in_any_case(kind: Kind) -> None:
    for word in (str(kind), str(kind).upper(), str(kind).title()):
        read = log(f"- 2026-11-02 {word}: hello")
        assert [(e.kind, e.text) for e in read.entries] == [(kind, "hello")]
        assert not read.diagnostics


@pytest.mark.parametrize(("alias", "kind"), KIND_ALIASES.items())
def test_every_alias_is_read(alias: str, kind: Kind) -> None:
    assert [e.kind for e in log(f"- 2026-11-02 {alias}").entries] == [kind]


@pytest.mark.parametrize(
    ("alias", "channel"),
    [("email", "email"), ("mail", "email"), ("letter", "letter"), ("text", "message"), ("dm", "message")],
)
def test_some_aliases_say_by_what_means(alias: str, channel: str) -> None:
    assert [e.channel for e in log(f"- 2026-11-02 {alias}: hi").entries] == [channel]


@pytest.mark.parametrize(
    ("line", "role", "text"),
    [
        ("2026-11-02 call", None, ""),
        ("2026-11-02 call: hi", None, "hi"),
        ("2026-11-02   call  :   hi", None, "hi"),
        ("2026-11-02: call: hi", None, "hi"),
        ("2026-11-02 call – hi", None, "hi"),
        ("2026-11-02 call - hi", None, "hi"),
        ("2026-11-02 interview (Trainer)", "Trainer", ""),
        ("2026-11-02 interview (Trainer): panel", "Trainer", "panel"),
        ("2026-11-02 interview ( Senior  Trainer ) : panel", "Senior Trainer", "panel"),
        ("2026-11-02 interview (Trainer (part-time)): panel", "Trainer (part-time)", "panel"),
        ("2026-11-02 interview(Trainer): panel", "Trainer", "panel"),
        ("2026-11-02 call: at 10:30 (by phone)", None, "at 10:30 (by phone)"),
        ("2026-11-02 interview (): panel", None, "panel"),
    ],
)
def test_a_line_is_date_kind_role_and_text(line: str, role: str | None, text: str) -> None:
    read = log(f"- {line}")
    assert [(e.day, e.role, e.text) for e in read.entries] == [(date(2026, 11, 2), role, text)]
    assert not read.diagnostics


@pytest.mark.parametrize("bullet", ["- ", "* ", "+ ", "-   ", "  - ", "1. ", "-\t"])
def test_any_bullet_will_do(bullet: str) -> None:
    read = log(f"{bullet}2026-11-02 call: hi")
    assert [e.text for e in read.entries] == ["hi"]
    assert read.entries[0].place.line == 11
    assert not read.diagnostics


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("- 2026-11-31 call", "11:3 bad-date"),
        ("- 02/11/2026 call", "11:3 bad-date"),
        ("- call: yesterday", "11:3 bad-log-line"),
        ("- 2026-11-02", "11:3 bad-log-line"),
        ("- 2026-11-02 cal: hi", "11:14 unknown-kind"),
        ("-", "11:2 bad-log-line"),
        ("2026-11-02 call: no bullet", "11:1 bad-log-line"),
    ],
)
def test_a_line_that_is_none_is_a_problem_at_its_place(line: str, problem: str) -> None:
    read = log(line)
    assert not read.entries
    assert told(read) == [problem]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("- 2026-11-02 interview (Trainer", "11:24 bad-log-line"),
        ("- 2026-11-02 call hi", "11:19 bad-log-line"),
    ],
)
def test_what_is_wrong_after_the_kind_is_a_problem_and_the_entry_counts(line: str, problem: str) -> None:
    read = log(line)
    assert len(read.entries) == 1
    assert told(read) == [problem]


def test_a_line_swallowed_by_the_one_above_is_a_problem() -> None:
    read = log("- 2026-11-02 call: hi", "  2026-11-03 call: lost", "- 2026-11-04 call: there")
    assert told(read) == ["12:3 bad-log-line"]
    assert len(read.entries) == 2


@pytest.mark.parametrize("heading", ["# Log", "## log", "###### LOG", "## Log:", "## Log ##", "Log\n---"])
def test_any_level_and_case_of_the_heading_will_do(heading: str) -> None:
    assert len(log("- 2026-11-02 call", heading=heading).entries) == 1


def test_the_log_ends_at_a_heading_of_its_level_or_higher() -> None:
    lines = (
        "- 2026-11-02 call",
        "### Details",
        "- 2026-11-03 call",
        "## After",
        "- buy milk",
        "# Top",
        "- 2026-11-04 call",
    )
    read = log(*lines)
    assert [e.day.day for e in read.entries] == [2, 3]
    assert not read.diagnostics
    assert read.body == "## After\n- buy milk\n# Top\n- 2026-11-04 call"


def test_a_heading_in_code_or_in_a_quote_begins_no_log() -> None:
    for text in ("```\n## Log\n- 2026-11-02 call\n```", "> ## Log\n> - 2026-11-02 call", "    ## Log\n"):
        assert read_log(text, "contacts/ann.md", 5) == Log((), text.strip("\n"), ())


def test_a_log_within_a_log_is_read_once() -> None:
    read = log("- 2026-11-02 call", "### Log", "- 2026-11-03 call", heading="## Log")
    assert [e.day.day for e in read.entries] == [2, 3]


def test_a_task_list_is_a_list() -> None:
    read = log("- [x] 2026-11-02 call: done", "- [ ] 2026-11-03 meeting")
    assert [(e.day.day, e.place.column) for e in read.entries] == [(2, 7), (3, 7)]


def test_a_log_twice_as_long_is_twice_the_work() -> None:
    assert growth(lambda size: log(*["- 2026-11-02 call: hi"] * size), 200) < 2.1


def test_two_logs_are_both_read() -> None:
    read = log("- 2026-11-02 call", "## Thoughts", "- none", "## Log", "- 2026-11-03 call")
    assert [e.day.day for e in read.entries] == [2, 3]


def test_code_and_what_belongs_to_an_item_are_no_entries() -> None:
    lines = (
        "- 2026-11-02 call: hi",
        "  - a thought below it",
        "  more of it",
        "",
        "```",
        "- 2026-11-03 call: an example",
        "# Not a heading",
        "```",
        "- 2026-11-04 call",
    )
    read = log(*lines)
    assert [e.day.day for e in read.entries] == [2, 4]
    assert "more of it" in read.entries[0].text
    assert not read.diagnostics


def test_without_a_log_the_body_stays_as_it_is() -> None:
    body = "# Log book\n\nA logger by trade.\n"
    assert read_log(body, "contacts/ann.md", 5) == Log((), body.strip(), ())


GOOD = st.builds(
    lambda day, kind, role, text: f"{day} {kind}{role}{text}",
    st.dates(date(2020, 1, 1), date(2026, 11, 1)),
    st.sampled_from(sorted(KIND_WORDS)),
    st.sampled_from(["", " (Trainer)", " (Coach (casual))"]),
    st.sampled_from(["", ": hello", ": *stars* and `code`", ": a: b (c)"]),
)
WRONG_LINES = ("2026-13-01 call", "2026-11-02 frobnicate", "someday call", "2026-11-02 call loudly")


@given(st.lists(st.tuples(st.sampled_from("-*+"), GOOD | st.sampled_from(WRONG_LINES)), max_size=12))
def test_every_line_is_an_entry_or_a_problem_at_its_line(lines: list[tuple[str, str]]) -> None:
    read = log(*(f"{bullet} {line}" for bullet, line in lines))
    places = {e.place.line for e in read.entries} | {d.place.line for d in read.diagnostics}
    assert sorted(places) == list(range(11, 11 + len(lines)))
    right = [n for n, (_, line) in enumerate(lines, start=11) if line not in WRONG_LINES]
    assert [e.place.line for e in read.entries if e.place.line in right] == right
    assert not [d for d in read.diagnostics if d.place.line in right]
