"""The schema and the reader agree on what front matter may be, wherever a schema can say it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from intouch.dates import EARLIEST, LATEST
from intouch.diagnostics import Code
from intouch.reading.files import FileKind, SourceFile, read_text
from intouch.reading.keys import CARD, NOTE, Key, Takes
from intouch.reading.record import Record
from intouch.reading.records import read_card, read_note
from intouch.reading.schema import as_json, schema_of, schema_of_both
from intouch.reading.words import DateError, parse_date

ROOT = Path(__file__).parent.parent.parent
KEYS = [(kind, key) for kind, keys in ((FileKind.CARD, CARD), (FileKind.NOTE, NOTE)) for key in keys]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, by which the YAML language server types values: no dates, no `yes`."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML has it


for _tag, _pattern in (
    ("null", r"(?:~|null|Null|NULL|)"),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)"),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
    ("float", r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"),
):  # fmt: skip
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^{_pattern}$"), None)
CoreLoader.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _loader, node: int(node.value, 0 if node.value[:2] in {"0x", "0o"} else 10),
)


@cache
def validator(kind: FileKind) -> Draft7Validator:
    return Draft7Validator(schema_of(kind))


def is_valid(kind: FileKind, front: str) -> bool:
    """What the schema says."""
    loaded = yaml.load(front, Loader=CoreLoader)  # noqa: S506 - a safe loader, made less eager
    return validator(kind).is_valid(loaded)


def codes(kind: FileKind, front: str, stem: str = "ann") -> set[Code]:
    """What the reader says of this front matter alone."""
    source = SourceFile(f"contacts/{stem}.md", kind, "ann", f"---\n{front}\n---\n")
    record: Record = read_card(source) if kind is FileKind.CARD else read_note(source)
    return {d.code for d in record.diagnostics} - {Code.MISSING_DATE, Code.MISSING_KIND}


def front_matter(text: str) -> str | None:
    match = re.match(r"\s*---\n(.*?)^---\s*$", text, re.DOTALL | re.MULTILINE)
    return match[1] if match else None


@pytest.mark.parametrize("schema", [*(schema_of(kind) for kind in FileKind), schema_of_both()])
def test_the_schemas_are_schemas(schema: dict[str, object]) -> None:
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == Draft7Validator.META_SCHEMA["$id"]
    assert json.loads(as_json(schema)) == schema


def test_every_key_is_explained_and_its_aliases_are_not_proposed() -> None:
    for kind, key in KEYS:
        told = schema_of(kind)["properties"]
        assert told[key.name]["description"] == key.says.replace("`", "")
        assert all(told[alias]["doNotSuggest"] for alias in key.aliases)


SAMPLES = sorted((ROOT / "contacts").rglob("*.md"))


def kind_of(path: Path) -> FileKind:
    return FileKind.CARD if path.parent.name == "contacts" else FileKind.NOTE


def test_every_sample_fits() -> None:
    read = [(path, front_matter(path.read_text(encoding="utf-8"))) for path in SAMPLES]
    fitting = [path for path, front in read if front is not None and is_valid(kind_of(path), front)]
    assert len(fitting) > 20
    assert fitting == [path for path, front in read if front is not None]


NOT_THE_SCHEMAS_BUSINESS = {
    Code.NAME_DISAGREES: "the schema does not see the file's name",
    Code.DUPLICATE_KEY: "the YAML language server says it of every YAML",
    Code.YAML_REFUSED: "anchors and aliases are gone when YAML is loaded",
    Code.BAD_TIMEZONE: "the list of zones is the machine's",
}
ERROR_CASES = [
    path
    for path in sorted((ROOT / "tests" / "errors").glob("*/contacts/**/*.md"))
    if (front := front_matter(read_text(path, path.name, ROOT)[0])) is not None
    if not codes(kind_of(path), front, path.stem) & {Code.BAD_YAML}
]


@pytest.mark.parametrize(
    "path", ERROR_CASES, ids=lambda path: path.relative_to(ROOT / "tests/errors").as_posix()
)
def test_the_catalogue_of_errors_is_seen_by_the_schema(path: Path) -> None:
    front = front_matter(path.read_text(encoding="utf-8"))
    assert front is not None
    found = codes(kind_of(path), front, path.stem)
    expected = not found - set(NOT_THE_SCHEMAS_BUSINESS)
    assert is_valid(kind_of(path), front) is expected, found


def test_the_catalogue_of_errors_holds_cases_of_both_sorts() -> None:
    seen = set().union(
        *(codes(kind_of(p), front_matter(p.read_text("utf-8")) or "", p.stem) for p in ERROR_CASES)
    )
    assert len(seen - set(NOT_THE_SCHEMAS_BUSINESS)) >= 12
    assert seen >= {Code.DUPLICATE_KEY, Code.BAD_TIMEZONE, Code.YAML_REFUSED, Code.NAME_DISAGREES}


@pytest.mark.parametrize(
    ("kind", "front", "valid"),
    [
        (FileKind.CARD, "name: Ann\nphone: 0123\ntitle: 3.5\nlocation: true\ngreeting: no", True),
        (FileKind.CARD, "name: 007", True),
        (FileKind.CARD, "name:", False),
        (FileKind.CARD, "name: ''", False),
        (FileKind.CARD, "fit: 3", False),
        (FileKind.CARD, "name: Ann\nx-mine: {a: [1, {b: c}]}\nX-other: 1", True),
        (FileKind.CARD, "name: Ann\norg: Acme", True),
        (FileKind.CARD, "name: Ann\norg: Acme\norganisation: Acme", False),
        (FileKind.CARD, "name: Ann\ncompany: Acme\norganization:", False),
        (FileKind.CARD, "name: Ann\nkind: call", False),
        (FileKind.CARD, "name: Ann\nintroduced_by: [[Priya Nair]]", True),
        (FileKind.CARD, "name: Ann\nintroduced_by: [[Priya, Nair]]", False),
        (FileKind.CARD, "name: Ann\narchived: on\ndo_not_contact: FALSE", True),
        (FileKind.CARD, "name: Ann\narchived: 1", False),
        (FileKind.CARD, "name: Ann\nmet: 2026-10-14\npaused_until:\nbirthday: 04-12", True),
        (FileKind.NOTE, "", True),
        (FileKind.NOTE, "kind: E-Mail\nchannel: in person", True),
        (FileKind.NOTE, "kind: phone screen\npeople: ['[[john-smith|John]]', sam]", True),
        (FileKind.NOTE, "fit: 5", False),
    ],
)  # fmt: skip
def test_front_matter_that_both_take_or_both_refuse(kind: FileKind, front: str, valid: bool) -> None:  # noqa: FBT001
    assert is_valid(kind, front) is valid
    assert (codes(kind, front) == set()) is valid


BEYOND_A_SCHEMA = [
    (FileKind.CARD, "name: Null", True, "YAML takes it for nothing, intouch for a name"),
    (FileKind.CARD, "Name: Ann", True, "keys are read in any case; small letters are the way to write them"),
    (FileKind.CARD, "name: Ann\nmet: null", False, "YAML cannot tell the word from nothing"),
    (FileKind.CARD, "name: Ann\nfit: +5", False, "YAML reads a number, however it is written"),
    (FileKind.CARD, "name: Ann\nfit: 0x5", False, "likewise"),
    (FileKind.CARD, "name: Ann\nfit: 5.0", False, "likewise"),
    (FileKind.CARD, "name: Ann\nfit: 0000000005", False, "likewise"),
    (FileKind.CARD, "name: Ann\nwebsite: 1.5", True, "a number that would be a host"),
    (FileKind.CARD, "name: Ann\ncadence: 101 years", False, "lengths of time are the reader's to compare"),
    (FileKind.CARD, "name: Ann\ntimezone: Sydney", False, "the list of zones is the machine's"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "front", "read", "why"), BEYOND_A_SCHEMA)
def test_where_they_part(kind: FileKind, front: str, read: bool, why: str) -> None:  # noqa: FBT001
    assert (codes(kind, front) == set()) is read, why
    assert is_valid(kind, front) is not read, why


WORDS = """
2026-10-14 2026-02-29 2024-02-29 2000-02-29 1900-02-29 2100-02-29 1899-12-31 2199-12-31 2200-01-01 2026-1-2
04-12 --04-12 02-29 02-30 --2026-01-01 5 0 6 05 000000001 yes No TRUE off maybe none never quarterly 6w 6_w
0w 00d 3months a@b.example a@b @b.example https://a.example HTTP://a a.example/x?y ftp://a.b mailto:a@b.c
a.b:80 .:x Europe/Berlin UTC agency Hiring-Manager in-person e-mail call met on-hold 2027-01-15: 2027-01-15, x
""".split()  # noqa: SIM905 - a list of so many reads better without quotes
PHRASES = (
    "every 3 months", "Every  Other Week", "two weeks", "half-yearly", "EVERY Six Weeks", "an hour",
    "every 0 days", "every 6-8 weeks", "hiring  manager", "on hold", "2027-01-15 call again",
    "2027-01-15:call", " 2026-10-14 ", "[[Priya Nair]]", "a, b", "phone screen", "", "  ",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(PHRASES),
    st.dates(EARLIEST - timedelta(400), LATEST).map(date.isoformat),
    st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.from_regex(r"[0-3][0-9]-[0-3][0-9]", fullmatch=True),
    st.from_regex(r"(every )?([0-9]{1,3}|two|an) ?(d|w|day|weeks|year)", fullmatch=True),
    st.text("abe-@./: 015", max_size=12),
)
items = st.one_of(texts, st.lists(texts, min_size=1, max_size=2))
values = st.one_of(texts, st.lists(items, max_size=3), st.dictionaries(texts, texts, max_size=1))


@settings(max_examples=400)
@given(st.sampled_from(KEYS), values)
@example((FileKind.CARD, CARD[0]), " ")
def test_the_schema_refuses_a_value_exactly_where_the_reader_does(
    which: tuple[FileKind, Key], value: object
) -> None:
    kind, key = which
    front = alone(kind, key, json.dumps(value))
    found = codes(kind, front, stem_of(key))
    a_schema_cannot_tell = {Code.BAD_TIMEZONE} | ({Code.BAD_CADENCE} if too_long(value) else set())
    if not found or found - a_schema_cannot_tell:
        assert is_valid(kind, front) is (not found), found


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=lambda part: getattr(part, "name", part))
def test_they_agree_on_every_word_for_every_key(kind: FileKind, key: Key) -> None:
    for word in (*WORDS, *PHRASES):
        front = alone(kind, key, json.dumps(word))
        found = codes(kind, front, stem_of(key))
        if found != {Code.BAD_TIMEZONE}:
            assert is_valid(kind, front) is (not found), front


def test_the_pattern_of_dates_knows_the_calendar() -> None:
    pattern = re.compile(schema_of(FileKind.CARD)["properties"]["met"]["anyOf"][0]["pattern"])
    ends = [f"{month:02}-{day:02}" for month in range(14) for day in (0, 1, 28, 29, 30, 31, 32)]
    for text in (f"{year}-{end}" for year in range(EARLIEST.year - 1, LATEST.year + 2) for end in ends):
        assert bool(pattern.search(text)) is is_date(text), text


def is_date(text: str) -> bool:
    try:
        return bool(parse_date(text))
    except DateError:
        return False


def alone(kind: FileKind, key: Key, value: str) -> str:
    """Front matter with this value and what it cannot be without."""
    needed = "name: Ann\n" if kind is FileKind.CARD and key.takes is not Takes.NAME else ""
    return f"{needed}{key.name}: {value}"


def stem_of(key: Key) -> str:
    """A file's name that says what the front matter does not."""
    return "ann" if key.name in {"date", "kind"} else "2026-10-14-call"


def too_long(value: object) -> bool:
    return bool(re.search(r"[0-9]{3}", str(value)))


PLAIN = """
5 0123 +61 true No yes on 1.5 ~ 0.5 2026-10-14 04-12 1_000 .inf 6w none a@b.example UTC call x
""".split()  # noqa: SIM905 - as above


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=lambda part: getattr(part, "name", part))
def test_values_that_yaml_takes_for_something_else_are_read_all_the_same(kind: FileKind, key: Key) -> None:
    for plain in PLAIN:
        front = alone(kind, key, plain)
        found = codes(kind, front, stem_of(key))
        a_number_as_host = key.takes is Takes.URLS and re.fullmatch(r"[0-9.]+|\.inf", plain)
        if found != {Code.BAD_TIMEZONE} and not a_number_as_host:
            assert is_valid(kind, front) is (not found), front
