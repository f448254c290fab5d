"""The JSON that commands print has the shapes that the manual lists, no key less and none more."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generated import cell, hold, said_of
from intouch.cli.shapes import DueData, ImportData, ProblemsData
from intouch.reading.keys import CARD, NOTE
from program import run, write_files

ROOT = Path(__file__).parent.parent
BROKEN = """
=== contacts/ann.md
---
name: Ann
emial: x
---
See [[Nobody]].
=== people.csv
name,company,email,score
Ann,Acme,ann@acme.example,7
Bo,Bell,not an address,8
"""


def needs(hint: Any, value: object, at: str) -> None:
    """Hold a value against the type that it should have, down to the last key."""
    if typing.is_typeddict(hint):
        assert isinstance(value, dict), at
        hints = typing.get_type_hints(hint)
        assert list(value) == list(hints), at
        for key, inner in hints.items():
            needs(inner, value[key], f"{at}.{key}")
    elif isinstance(hint, types.UnionType):
        fitting = (
            type(None) if value is None else next(h for h in typing.get_args(hint) if h is not type(None))
        )
        assert fitting in typing.get_args(hint), at
        if value is not None:
            needs(fitting, value, at)
    elif typing.get_origin(hint) is list:
        assert isinstance(value, list), at
        for n, element in enumerate(value):
            needs(typing.get_args(hint)[0], element, f"{at}[{n}]")
    elif typing.get_origin(hint) is Mapping:
        assert isinstance(value, dict), at
    else:
        assert type(value) is hint, f"{at} is {value!r}"


def printed(*arguments: str, cwd: Path) -> Any:
    return json.loads(run(*arguments, cwd=cwd).out)


def test_due(tmp_path: Path) -> None:
    told = printed("due", "--json", cwd=ROOT)
    needs(DueData, told, "due")
    for key in ("check_ins", "people", "applications"):
        assert told[key]
    assert printed("due", "--json", cwd=write_files(tmp_path, ""))["check_ins"] == []


def test_check(tmp_path: Path) -> None:
    told = printed("check", "--format", "json", cwd=write_files(tmp_path, BROKEN))
    needs(ProblemsData, told, "check")
    assert [problem["severity"] for problem in told["problems"]] == ["error", "warning"]


def test_import(tmp_path: Path) -> None:
    root = write_files(tmp_path, BROKEN.replace("emial: x\n", ""))
    told = printed("import", "people.csv", "--json", cwd=root)
    needs(ImportData, told, "import")
    assert {step["status"] for step in told["steps"]} == {"conflict", "create"}
    assert told["problems"]


def test_export() -> None:
    (told,) = printed("export", "--format", "json", cwd=ROOT).values()
    keys = [key.name for key in CARD]
    assert {tuple(person) for person in told} == {("contact", *keys, "text", "interactions")}
    inner = {tuple(happened) for person in told for happened in person["interactions"]}
    assert inner == {(*(key.name for key in NOTE), "text", "place")}


def shapes_of(hint: Any, seen: list[type]) -> Iterator[type]:
    """A shape, and every shape that its keys lead to, once."""
    for inner in (hint, *typing.get_args(hint)):
        if typing.is_typeddict(inner) and inner not in seen:
            seen.append(inner)
            yield inner
            for further in typing.get_type_hints(inner).values():
                yield from shapes_of(further, seen)


def in_words(hint: Any) -> str:
    if isinstance(hint, types.UnionType):
        (first,) = (h for h in typing.get_args(hint) if h is not type(None))
        return f"{in_words(first)}, or `null`"
    if typing.get_origin(hint) is list:
        (inner,) = typing.get_args(hint)
        return f"list of {titled(inner) if typing.is_typeddict(inner) else 'texts'}"
    if typing.get_origin(hint) is Mapping:
        return "object"
    return {str: "text", int: "number"}[hint]


def titled(shape: type) -> str:
    """A link to a shape's own table."""
    first = (shape.__doc__ or "").splitlines()[0].rstrip(".")
    return f"[{shape.__name__.removesuffix('Data')}](#{anchor(shape)}): {first[0].lower()}{first[1:]}"


def anchor(shape: type) -> str:
    return shape.__name__.removesuffix("Data").lower()


def tables(shape: type) -> str:
    lines: list[str] = []
    for number, each in enumerate(shapes_of(shape, [])):
        said, hints = said_of(each), typing.get_type_hints(each)
        assert set(said) == set(hints), each
        if number:
            lines += [f"### {each.__name__.removesuffix('Data')}", ""]
        lines += ["| key | holds | |", "| --- | --- | --- |"]
        lines += [f"| `{k}` | {cell(in_words(h))} | {cell(said[k].rstrip('.'))} |" for k, h in hints.items()]
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "shape"), [("due", DueData), ("check", ProblemsData), ("import", ImportData)]
)
def test_the_manual_has_every_key(name: str, shape: type) -> None:
    hold("json.md", name, tables(shape))


def test_the_manual_has_every_key_of_an_export() -> None:
    names = {"contact": CARD, "interaction": NOTE}
    for name, keys in names.items():
        hold("json.md", f"export {name}", ", ".join(f"`{key.name}`" for key in keys) + "\n")
