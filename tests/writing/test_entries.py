"""One more line in a log: every other byte stays, and what was logged is what is read."""

from __future__ import annotations

import re
from datetime import date
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intouch.model import Interaction, Kind
from intouch.reading.files import FileKind, SourceFile
from intouch.reading.kinds import KIND_WORDS
from intouch.reading.records import read_card
from intouch.writing.entries import EntryError, NewEntry, with_entry

DAY = date(2026, 11, 23)
CALL = NewEntry(DAY, "call", Kind.CALL, None, "will try again")


def read(raw: bytes) -> tuple[Interaction, ...]:
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return read_card(SourceFile("contacts/ann.md", FileKind.CARD, "ann", text)).interactions


def added(before: bytes, after: bytes) -> list[bytes]:
    """The lines that came in, one stretch of them; every byte before and behind is as it was."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    count = len(new) - len(old)
    for at in range(len(old) + 1):
        stretch = new[at : at + count]
        if b"".join(new[:at] + new[at + count :]) == before:
            return stretch
    # A card whose last line is not ended: the new lines come behind it.
    assert after.startswith(before)
    return after[len(before) :].splitlines(keepends=True)[1:]


FRONT = "---\nname: Ann\n---\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Log\n- 2026-11-02 call\n", "## Log\n- 2026-11-02 call\n- NEW\n"),
        ("## Log\n- 2026-11-02 call", "## Log\n- 2026-11-02 call\n- NEW"),
        ("## Log\n", "## Log\n- NEW\n"),
        ("## Log", "## Log\n- NEW"),
        ("## Log\n\n\n", "## Log\n- NEW\n\n\n"),
        ("## Log\n* 2026-11-02 call\n", "## Log\n* 2026-11-02 call\n* NEW\n"),
        ("## Log\n  - 2026-11-02 call\n", "## Log\n  - 2026-11-02 call\n  - NEW\n"),
        ("## Log\n1. 2026-11-02 call\n", "## Log\n1. 2026-11-02 call\n- NEW\n"),
        (
            "## Log\n- 2026-11-02 call\n\n## After\n- x\n",
            "## Log\n- 2026-11-02 call\n- NEW\n\n## After\n- x\n",
        ),
        (
            "## Log\n- 2026-11-02 call: a\n  more\n\n  - sub\n",
            "## Log\n- 2026-11-02 call: a\n  more\n\n  - sub\n- NEW\n",
        ),
        ("Log\n---\n- 2026-11-02 call\n", "Log\n---\n- 2026-11-02 call\n- NEW\n"),
        ("## Log\nAll of it:\n", "## Log\nAll of it:\n- NEW\n"),
        ("## Log\n- 2026-11-02 call\n\nThe end.\n", "## Log\n- 2026-11-02 call\n- NEW\n\nThe end.\n"),
        ("About her.\n", "About her.\n\n## Log\n- NEW\n"),
        ("About her.", "About her.\n\n## Log\n- NEW"),
        ("About her.\n\n", "About her.\n\n## Log\n- NEW\n"),
        ("", "\n## Log\n- NEW\n"),
        (
            "## Log\n- 2026-11-02 call\n# Top\n## Log\n- 2026-11-03 call\n",
            "## Log\n- 2026-11-02 call\n# Top\n## Log\n- 2026-11-03 call\n- NEW\n",
        ),
    ],
)
def test_the_line_goes_where_one_would_write_it(before: str, after: str) -> None:
    meant = after.replace("NEW", CALL.line)
    for ending in ("\n", "\r\n"):
        raw = (FRONT + before).replace("\n", ending).encode()
        assert with_entry(raw, "ann", CALL) == (FRONT + meant).replace("\n", ending).encode()


def test_where_lines_end_in_several_ways_no_two_ends_become_one() -> None:
    raw = b"---\rname: Ann\n---\n## Log\n- 2026-11-02 call\n\n## After\n"
    line = CALL.line.encode()
    assert with_entry(raw, "ann", CALL) == raw.replace(b"call\n", b"call\n- " + line + b"\n")
    raw = b"---\nname: Ann\n---\nMet her.\r"
    assert with_entry(raw, "ann", CALL) == raw + b"\r## Log\r- " + line + b"\r"


def test_a_byte_order_mark_stays() -> None:
    raw = b"\xef\xbb\xbf" + f"{FRONT}## Log\n- 2026-11-02 call\n".encode()
    assert with_entry(raw, "ann", CALL) == raw + f"- {CALL.line}\n".encode()


@pytest.mark.parametrize(
    ("raw", "entry"),
    [
        (f"{FRONT}## Log\n```\nnever closed\n".encode(), CALL),
        (b"---\nname: [Ann\n---\n## Log\n", CALL),
        (b"---\nname: Ann\n## Log\n", CALL),
        (b"---\nname: \xff\n---\n", CALL),
        (f"{FRONT}## Log\n".encode(), NewEntry(DAY, "call", Kind.CALL, "a ) b", "x")),
    ],
    ids=["open code", "bad yaml", "unclosed", "not utf-8", "odd bracket"],
)
def test_what_would_not_read_back_is_not_written(raw: bytes, entry: NewEntry) -> None:
    with pytest.raises(EntryError):
        with_entry(raw, "ann", entry)


LINES = st.sampled_from(
    [
        "- 2026-11-02 call: hi",
        "* 2026-11-03 reply",
        "- 2026-11-04 interview (Trainer): panel",
        "  more of it",
        "",
        "   ",
        "\t",
        "Some *text*.",
        "## Log",
        "# Log",
        "## Other",
        "### Sub",
        "- no date",
        "> quoted",
        "1. 2026-11-05 call",
        "<!-- a comment -->",
        "| a | b |",
        "## Log   ",
        "```",
        "    indented",
        "---",
        "é 林 \u2028 \x85",
    ]
)
TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\x85\ufeff"),
    max_size=40,
)
ENTRIES = st.builds(
    lambda word, role, text: NewEntry(DAY, word, KIND_WORDS[word], role, " ".join(text.split())),
    st.sampled_from(sorted(KIND_WORDS)),
    st.sampled_from([None, "Trainer", "Coach (part-time)"]),
    TEXTS,
)


@settings(max_examples=400)
@given(
    st.lists(LINES, max_size=14),
    st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=7)
    | st.sampled_from([["\n"], ["\r\n"]]),
    st.booleans(),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    ENTRIES,
)
def test_for_any_card_one_line_comes_in_and_no_other_byte_changes(
    lines: list[str],
    endings: list[str],
    final: bool,  # noqa: FBT001 - drawn
    start: bytes,
    entry: NewEntry,
) -> None:
    body = "\n".join(lines) + ("\n" if final and lines else "")
    ends = cycle(endings)
    raw = start + re.sub("\n", lambda _: next(ends), FRONT + body).encode()
    try:
        after = with_entry(raw, "ann", entry)
    except EntryError:
        return
    written = [line for line in added(raw, after) if line.strip()]
    if any(line.strip() == b"## Log" for line in written):
        assert len(written) == 2, "a card without a log gets one"
    else:
        assert len(written) == 1
    before, now = list(read(raw)), list(read(after))
    assert len(now) == len(before) + 1
    (came,) = [i for i in now if i.day == DAY]
    assert (came.kind, came.role, came.text) == (entry.kind, entry.role, entry.text)


@given(ENTRIES)
def test_a_plain_log_takes_every_entry(entry: NewEntry) -> None:
    raw = f"{FRONT}## Log\n- 2026-11-02 call\n".encode()
    after = with_entry(raw, "ann", entry)
    assert after == raw + f"- {entry.line}\n".encode()
