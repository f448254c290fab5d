"""The manual's page of the templates lists every field of every view, as the code has them."""

from __future__ import annotations

import dataclasses
import os
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

from generated import said_of
from site_views import VIEWS, elements_of, without_none

PAGE = Path(__file__).parent.parent.parent / "docs" / "templates.md"
INTRODUCTION = """\
# Templates

[Changing the templates](own-templates.md) tells how; this page lists what each of them may show.

Templates are written in [Jinja](https://jinja.palletsprojects.com/). Each page is given one value,
`view`, which holds everything it may show, ready to print: texts, dates, addresses. There is nothing to
compute. A name that a view does not hold is an error with its line, and the built-in template steps in.
The templates of a notebook run in a sandbox, because a notebook may come from somebody else.

This page is made from the code (`RECORD=1 make test PYTEST=tests/site/test_manual.py`).
"""


def name_of(hint: object) -> str:
    """A type in words for people who write templates."""
    optional = hint is not without_none(hint)
    inner = without_none(hint)
    if typing.get_origin(inner) is tuple:
        return f"several {name_of(elements_of(inner))}"
    assert isinstance(inner, type)
    words = {"str": "text", "int": "number", "bool": "yes or no", "Markup": "HTML"}
    name = words.get(inner.__name__, f"[{inner.__name__}](#{inner.__name__.lower()})")
    return f"{name}, or nothing" if optional else name


def parts_of(view: type, seen: list[type]) -> Iterator[type]:
    """A view, and every type that its fields lead to, once."""
    if view in seen:
        return
    seen.append(view)
    yield view
    for hint in typing.get_type_hints(view).values():
        inner = without_none(hint)
        inner = elements_of(inner) if typing.get_origin(inner) is tuple else inner
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            yield from parts_of(inner, seen)


def table(owner: type) -> str:
    said = said_of(owner)
    rows = [
        f"| `{name}` | {name_of(hint)} | {said.get(name, '').rstrip('.')} |"
        for name, hint in typing.get_type_hints(owner).items()
    ]
    return "\n".join(("| field | holds | |", "| --- | --- | --- |", *rows))


def manual() -> str:
    seen: list[type] = []
    shown = [INTRODUCTION, "## Pages\n"]
    inner: list[type] = []
    for template, view in VIEWS.items():
        first, *others = parts_of(view, seen)
        inner += others
        shown.append(f"### `{template}`\n\n{(first.__doc__ or '').splitlines()[0]}\n\n{table(first)}\n")
    shown.append("## What they are made of\n")
    shown += [
        f"### {part.__name__}\n\n{(part.__doc__ or '').splitlines()[0]}\n\n{table(part)}\n"
        for part in sorted(inner, key=lambda p: p.__name__)
    ]
    return "\n".join(shown)


def test_the_page_of_the_templates_is_as_the_views_are() -> None:
    if "RECORD" in os.environ:
        PAGE.write_text(manual(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == manual(), "run the tests once with RECORD=1"


def test_every_part_says_what_it_is() -> None:
    assert sys.flags.optimize < 2, "without docstrings there is nothing to hold"
    for view in VIEWS.values():
        for part in parts_of(view, []):
            assert part.__doc__, part
            assert not part.__doc__.startswith(f"{part.__name__}("), (
                f"{part.__name__} has no docstring of its own"
            )
            unknown = said_of(part).keys() - typing.get_type_hints(part).keys()
            assert not unknown, f"{part.__name__} speaks of {unknown}"
