"""Front matter: strings with places, and nothing that could hurt."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from intouch.reading.files import FileKind, SourceFile
from intouch.reading.frontmatter import Document, Mapping, Scalar, Sequence, Value, take_apart


def document(text: str) -> Document:
    return take_apart(SourceFile("contacts/ann.md", FileKind.CARD, "ann", text))


def plain(value: Value) -> object:
    """A value without its places."""
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Sequence):
        return [plain(item) for item in value.items]
    return {key.text: plain(item) for key, item in value.entries}


def read(front: str) -> dict[str, object]:
    made = document(f"---\n{front}\n---\nbody\n")
    assert not made.diagnostics, made.diagnostics
    return {key.text: plain(value) for key, value in made.entries}


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "NULL",
        "~",
        "0123",
        "+61 2 5550",
        "1e3",
        "2026-02-31",
        "12:30",
        "0x1F",
        "1_000",
        ".5",
    ],
)
def test_values_are_the_strings_that_were_written(word: str) -> None:
    assert read(f"key: {word}") == {"key": word}


def test_places_are_where_the_values_stand() -> None:
    text = (
        "---\nname: Ann\ntags: [a, \"b c\"]\nemail:\n  - x@y.example\n  - 'z'\n"
        "title: >\n  long\n  text\n---\n"
    )
    made = document(text)
    places = {key.text: (value.place.line, value.place.column) for key, value in made.entries}
    assert places == {"name": (2, 7), "tags": (3, 7), "email": (5, 3), "title": (7, 8)}
    keys = [(key.place.line, key.place.column, key.length) for key, _ in made.entries]
    assert keys == [(2, 1, 4), (3, 1, 4), (4, 1, 5), (7, 1, 5)]
    tags = dict(zip(["a", "b c"], made.entries[1][1].items, strict=True))  # type: ignore[union-attr]
    assert [(t.place.column, t.length) for t in tags.values()] == [(8, 1), (11, 5)]


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_what_only_yaml_takes_for_a_line_end_shifts_no_place(end: str) -> None:
    made = document(f'---\nname: "Ann{end}Bell"\nfit: 9\n---\n')
    assert [(plain(value), key.place.line) for key, value in made.entries] == [("Ann Bell", 2), ("9", 3)]


def test_columns_are_counted_in_characters() -> None:
    made = document("---\nx-é: [é, 林, '👩‍🔬', z]\n---\n")
    value = made.entries[0][1]
    assert isinstance(value, Sequence)
    assert [item.place.column for item in value.items] == [7, 10, 13, 20]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---", "1:1 front-matter-unclosed"),
        ("---\nname: Ann\n", "1:1 front-matter-unclosed"),
        ("\n\n---\nname: Ann\n...\nbody", "3:1 front-matter-unclosed"),
        ("---\n- a\n---\n", "2:1 front-matter-not-mapping"),
        ('---\n"---"\n---\n', "2:1 front-matter-not-mapping"),
        ("---\na: |\n  text\n---\n---\nmore", ""),
        ("---\nname: Ann\n...\n---\nbody", ""),
        ("--- \t\nname: Ann\n---  \nbody", ""),
        ("---\n# only a comment\n---\n", ""),
    ],
)
def test_front_matter_stands_between_two_marks(text: str, problem: str) -> None:
    made = document(text)
    assert [f"{d.place.line}:{d.place.column} {d.code}" for d in made.diagnostics] == (
        [problem] if problem else []
    )
    assert made.refused == bool(problem)


WORDS = st.text(
    st.characters(
        blacklist_categories=["Cs", "Cc"], blacklist_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"
    )
)
KEYS = st.from_regex(r"[a-z_]{1,10}", fullmatch=True)


@given(st.dictionaries(KEYS, WORDS | st.lists(WORDS, max_size=4), max_size=6), st.sampled_from(['"', "'"]))
def test_what_yaml_writes_comes_back_as_strings(data: dict[str, object], style: str) -> None:
    front = yaml.safe_dump(data, allow_unicode=True, default_style=style, width=4000)
    made = document(f"---\n{front}\n---\n")
    assert not made.diagnostics
    assert {key.text: plain(value) for key, value in made.entries} == data


@pytest.mark.parametrize(
    ("value", "left", "point"),
    [
        (r'"A\0B"', "AB", "U+0000"),
        (r'"A\x1b[31m"', "A[31m", "U+001B"),
        (r'["A\eB"]', "AB", "U+001B"),
        (r'"\uFEFFA"', "A", "U+FEFF"),
    ],
)
def test_what_may_stand_in_no_file_comes_in_by_no_escape(value: str, left: str, point: str) -> None:
    made = document(f"---\nname: {value}\n---\n")
    (problem,) = made.diagnostics
    assert problem.code == "control-character"
    assert f"the character {point}, which" in problem.message
    assert (problem.place.line, problem.place.column) == (2, 7 + value.startswith("["))
    (found,) = [plain(value) for _, value in made.entries]
    assert found in (left, [left])


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("no front matter", "no front matter", 1),
        ("---\nname: Ann\n---\nbody\n", "body", 4),
        ("---\nname: Ann\n---\n\n\nbody\n", "body", 6),
        ("---\n---\nbody", "body", 3),
        ("\n\n---\nname: Ann\n---\nbody", "body", 6),
        ("", "", 1),
    ],
)
def test_the_body_begins_where_it_begins(text: str, body: str, line: int) -> None:
    made = document(text)
    assert not made.diagnostics
    assert made.body.strip() == body
    blank = len(made.body) - len(made.body.lstrip())
    assert made.body_line + made.body.count("\n", 0, blank) == line


@pytest.mark.parametrize(
    ("most", "over"),
    [
        (f"a: [{'x, ' * 1_997}]", f"a: [{'x, ' * 1_998}]"),
        ("a: " + "[" * 11 + "]" * 11, "a: " + "[" * 12 + "]" * 12),
        ("a: " + "x" * (64 * 1024 - 4), "a: " + "x" * (64 * 1024 - 3)),
        ("a: " + "é" * (32 * 1024 - 2), "a: " + "é" * (32 * 1024 - 2) + "x"),
    ],
    ids=["values", "levels", "bytes", "bytes of letters with accents"],
)
def test_the_limits_are_where_they_are_said_to_be(most: str, over: str) -> None:
    assert not document(f"---\n{most}\n---\n").refused
    assert [d.code for d in document(f"---\n{over}\n---\n").diagnostics] == ["yaml-refused"]


def test_values_of_a_list_and_a_map_are_told_apart() -> None:
    made = document("---\nx-a: {b: c}\n---\n")
    assert isinstance(made.entries[0][1], Mapping)
