"""Every template is held against its view: what it reads must be there, and what is there must be read."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterable
from datetime import date

import pytest
from jinja2 import nodes
from markupsafe import Markup

from intouch.checkins import Agenda
from intouch.model import Book, Contact, Interaction
from intouch.site.press import environment
from intouch.site.theme import read_theme
from site_views import VIEWS, elements_of, without_none

PRINTABLE = (str, Markup, int)
THEME, _ = read_theme(None)
ENVIRONMENT = environment(THEME.templates, trusted=True)


class Reader:
    """Walks a template with the types of its values, and notes down every field that it reads."""

    def __init__(self, view: type) -> None:
        self.view = view
        self.used: set[tuple[type, str]] = set()
        self.macros: dict[str, nodes.Macro] = {}
        self.checked: set[tuple[str, tuple[object, ...]]] = set()

    def read(self, name: str) -> None:
        tree = ENVIRONMENT.parse(THEME.templates[name])
        for extended in tree.find_all(nodes.Extends):
            assert isinstance(extended.template, nodes.Const)
            self.read(extended.template.value)
        for imported in tree.find_all(nodes.Import):
            assert isinstance(imported.template, nodes.Const)
            self._take_macros(imported.template.value, f"{imported.target}.")
        for macro in tree.find_all(nodes.Macro):
            self.macros[macro.name] = macro
        self.walk(tree.body, {"view": self.view})

    def _take_macros(self, template: str, prefix: str) -> None:
        for macro in ENVIRONMENT.parse(THEME.templates[template]).find_all(nodes.Macro):
            self.macros[f"{prefix}{macro.name}"] = macro
            self.macros[macro.name] = macro

    def walk(self, body: Iterable[nodes.Node], names: dict[str, object]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        self._printed(part, names)
                case nodes.For():
                    assert isinstance(node.target, nodes.Name)
                    element = elements_of(self.type_of(node.iter, names))
                    self.walk(node.body, names | {node.target.name: element, "loop": None})
                case nodes.If():
                    self.type_of(node.test, names)
                    self.walk([*node.body, *node.elif_, *node.else_], names)
                case nodes.Block():
                    self.walk(node.body, names)
                case nodes.Extends() | nodes.Import() | nodes.Macro():
                    pass
                case _:
                    pytest.fail(f"templates only loop and print, so what is {node}?")

    def _printed(self, node: nodes.Node, names: dict[str, object]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        printed = self.type_of(node, names)
        assert printed in PRINTABLE, f"line {node.lineno} prints {printed}"

    def type_of(self, node: nodes.Node, names: dict[str, object]) -> object:
        found: object = None
        match node:
            case nodes.Name():
                assert node.name in names, f"line {node.lineno}: nobody gives '{node.name}'"
                found = names[node.name]
            case nodes.Getattr(node=nodes.Name(name="loop"), attr="last"):
                found = bool
            case nodes.Getattr():
                found = self._field(self.type_of(node.node, names), node)
            case nodes.Const():
                found = type(node.value)
            case nodes.Call():
                found = self._call(node, names)
            case nodes.Filter(name="length", node=nodes.Node() as counted):
                elements_of(self.type_of(counted, names))
                found = int
            case nodes.And() | nodes.Or():
                self.type_of(node.right, names)
                found = self.type_of(node.left, names)
            case nodes.Not():
                self.type_of(node.node, names)
                found = bool
            case _:
                pytest.fail(f"templates only loop and print, so what is {node}?")
        return found

    def _field(self, owner: object, node: nodes.Getattr) -> object:
        assert dataclasses.is_dataclass(owner), f"line {node.lineno}: '{node.attr}' of {owner}"
        assert isinstance(owner, type)
        hints = typing.get_type_hints(owner)
        assert node.attr in hints, f"line {node.lineno}: {owner.__name__} holds no '{node.attr}'"
        self.used.add((owner, node.attr))
        return without_none(hints[node.attr])

    def _call(self, node: nodes.Call, names: dict[str, object]) -> object:
        called = node.node
        if isinstance(called, nodes.Getattr):
            assert isinstance(called.node, nodes.Name)
            name = f"{called.node.name}.{called.attr}"
        else:
            assert isinstance(called, nodes.Name)
            name = called.name
        macro = self.macros[name]
        arguments = tuple(self.type_of(argument, names) for argument in node.args)
        assert len(arguments) == len(macro.args), f"line {node.lineno}: {name}"
        if (name, arguments) not in self.checked:
            self.checked.add((name, arguments))
            self.walk(macro.body, {a.name: t for a, t in zip(macro.args, arguments, strict=True)})
        return Markup


def fields_within(view: type) -> set[tuple[type, str]]:
    found: set[tuple[type, str]] = set()
    for name, hint in typing.get_type_hints(view).items():
        found.add((view, name))
        inner = without_none(hint)
        if typing.get_origin(inner) is tuple:
            inner = elements_of(inner)
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            found |= fields_within(inner)
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_a_template_reads_only_what_its_view_holds(name: str) -> None:
    reader = Reader(VIEWS[name])
    reader.read(name)
    assert (VIEWS[name], "shell") in reader.used


def test_no_field_is_gathered_for_nobody() -> None:
    read: set[tuple[type, str]] = set()
    for name, view in VIEWS.items():
        reader = Reader(view)
        reader.read(name)
        read |= reader.used
    held = set().union(*(fields_within(view) for view in VIEWS.values()))
    assert {f"{owner.__name__}.{name}" for owner, name in held - read} == set()


def test_views_hold_finished_values_and_nothing_of_the_model() -> None:
    held = set().union(*(fields_within(view) for view in VIEWS.values()))
    hints = {without_none(typing.get_type_hints(owner)[name]) for owner, name in held}
    inner = {elements_of(h) if typing.get_origin(h) is tuple else h for h in hints}
    assert not inner & {Book, Agenda, Contact, Interaction, date, object}
    plain = {hint for hint in inner if not dataclasses.is_dataclass(hint)}
    assert plain == {str, int, bool, Markup}


def test_views_are_frozen() -> None:
    for owner, _ in set().union(*(fields_within(view) for view in VIEWS.values())):
        assert owner.__dataclass_params__.frozen, owner  # type: ignore[attr-defined] # every view is a dataclass


def test_every_template_is_a_page_a_frame_or_parts() -> None:
    assert set(THEME.templates) == {*VIEWS, "base.html", "parts.html"}


def test_templates_write_no_script_style_or_handler() -> None:
    for name, source in THEME.templates.items():
        for forbidden in (
            "<style",
            " style=",
            " onclick",
            " onload",
            "|safe",
            "| safe",
            "javascript:",
        ):
            assert forbidden not in source, name
        scripts = ["theme_script", "script"] if name == "base.html" else []
        assert re.findall("<script[^>]*>", source) == [
            f'<script src="{{{{ view.shell.{script} }}}}"{" defer" if script == "script" else ""}>'
            for script in scripts
        ]
