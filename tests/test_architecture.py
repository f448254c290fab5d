"""The house: who may import whom, where the clock hangs, how large a room may be, and its floor plan."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "intouch"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(rooms.split())
    for rooms in (
        "__main__",
        "cli",
        "importers",
        "build disk sealing serving unchanged writing",
        "reading+project site feed exporters",
        "done drafts public_holidays",
        "theme_folder",
        "agenda insights",
        "rules",
        "planning standing checks",
        "history",
        "applications",
        "silence",
        "timeline",
        "checkins",
        "publication",
        "settings",
        "model",
        "dates diagnostics",
        "compiled fingerprint pictures website",
        "memo parallel",
        "english front_matter git_host locking mail_links names pickling places progress prose",
        "card_folder",
        "__init__",
    )
)
"""Top to bottom: a room may import only what lies on a lower line. `reading` and `project` count as one room,
because settings are read as every file is."""

_WAIST = LAYERS.index(frozenset({"agenda", "insights"})), LAYERS.index(frozenset({"dates", "diagnostics"}))

CORE: frozenset[str] = frozenset().union(*LAYERS[_WAIST[0] : _WAIST[1] + 1])
"""The waist: nothing in it knows a file, a page or a calendar program."""

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
MOST_STAND_INS = 5
"""Lines with a mock or a patch in a hundred tests."""
_STAND_IN = re.compile(r"^(?!\s*def ).*(?:\bmonkeypatch\.|\bMock\b|\bMagicMock\b|\bpatch[.(])", re.MULTILINE)
_STOPWATCH = re.compile(r"^from time import|\btime\.(perf_counter|process_time)\b", re.MULTILINE)
NAMES_THAT_HIDE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"})

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in sorted(SOURCE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def module_named(dotted: str) -> str | None:
    """Our module that an import names: `intouch.feed` → `feed.__init__`; None for what is not ours."""
    if dotted != "intouch" and not dotted.startswith("intouch."):
        return None
    inner = dotted.removeprefix("intouch").removeprefix(".")
    package = f"{inner}.__init__" if inner else "__init__"
    return inner if inner in MODULES else package


def imports(name: str) -> Iterator[str]:
    """Every module that one imports, wherever in it the import stands: ours by name, others as `!name`."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            dotted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            whole = f"{node.module}"
            inner = [f"{whole}.{alias.name}" for alias in node.names]
            dotted = [i for i in inner if module_named(i) in MODULES] or [whole]
        else:
            continue
        for one in dotted:
            ours = module_named(one)
            yield ours if ours is not None else f"!{one.split('.')[0]}"


def room(name: str) -> str:
    return name.partition(".")[0]


def level(name: str) -> int:
    return next(
        n for n, rooms in enumerate(LAYERS) if any(room(name) in shared.split("+") for shared in rooms)
    )


@pytest.mark.parametrize("name", MODULES)
def test_imports_only_go_down(name: str) -> None:
    for target in imports(name):
        if target.startswith("!"):
            continue
        assert target in MODULES, f"{name} imports {target}, which is not there"
        neighbours = room(name) == room(target) or {room(name), room(target)} == {"project", "reading"}
        assert neighbours or level(target) > level(name), f"{name} must not import {target}"


def test_every_room_has_its_level() -> None:
    rooms = [room for line in LAYERS for shared in line for room in shared.split("+")]
    assert sorted(rooms) == sorted({room(name) for name in MODULES})


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {name: {t for t in imports(name) if not t.startswith("!")} - {name} for name in MODULES}
    assert list(TopologicalSorter(graph).static_order())


def test_the_core_knows_only_the_standard_library() -> None:
    foreign = {
        f"{name} imports {target[1:]}"
        for name in MODULES
        if room(name) in CORE
        for target in imports(name)
        if target.startswith("!") and target[1:] not in sys.stdlib_module_names
    }
    assert not foreign


def test_rules_do_not_see_each_other() -> None:
    for name in MODULES:
        if name.startswith("rules.") and name != "rules.__init__":
            assert not [t for t in imports(name) if t.startswith("rules.")], name


def test_only_one_place_reads_the_clock() -> None:
    forbidden = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "fromtimestamp"}
    readers = set()
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            owner = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            if node.func.attr in forbidden and owner in {"date", "datetime", "time", "dt"}:
                readers.add(name)
    assert readers == {"cli.clock"}


def test_nothing_is_left_to_chance() -> None:
    chance = {
        f"{name} imports {target[1:]}"
        for name in MODULES
        for target in imports(name)
        if target in {"!random", "!uuid"}
    }
    assert not chance


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_stay_small(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE
    for node in ast.walk(TREES[name]):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name}.{node.name} has {length} lines"


def test_no_line_hides_from_coverage() -> None:
    assert [name for name, path in MODULES.items() if "pragma:" in path.read_text(encoding="utf-8")] == []


def test_tests_use_real_parts() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    tests = sum(len(re.findall(r"^(?:async )?def test_", text, re.MULTILINE)) for text in texts)
    stand_ins = sum(len(_STAND_IN.findall(text)) for text in texts)
    assert 100 * stand_ins < MOST_STAND_INS * tests, f"{stand_ins} lines of mocks in {tests} tests"


def test_no_test_judges_by_the_clock() -> None:
    timed = {
        path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        if _STOPWATCH.search(path.read_text(encoding="utf-8"))
    }
    # What libyaml does with hostile text is no line of Python, so its processor time is all that tells.
    assert timed == {"test_hostile_yaml.py"}


def test_build_reads_as_a_table_of_contents() -> None:
    code = [n for n in TREES["build"].body if isinstance(n, ast.FunctionDef)]
    assert [n.name for n in code] == ["load", "gather", "plan", "render"]
    assert sum((n.end_lineno or n.lineno) - n.lineno + 1 for n in code) < 60


def test_no_module_hides_behind_a_name_that_says_nothing() -> None:
    parts = {part for name in MODULES for part in name.split(".")}
    assert not parts & NAMES_THAT_HIDE


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "jinja2 markdown_it icalendar watchdog starlette uvicorn rich yaml frontmatter holidays nh3 asyncio "
        "cryptography zxcvbn dicewarepy vobject"
    )
    script = (
        "import sys; from intouch.cli.main import intouch; intouch(['--help'], standalone_mode=False); "
        f"loaded = set({heavy.split()!r}) & set(sys.modules); sys.exit(repr(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def first_sentence(tree: ast.Module) -> str:
    """What a module says of itself on its first line."""
    told = ast.get_docstring(tree)
    assert told, "every module says what it is"
    line = told.splitlines()[0]
    assert line.endswith("."), line
    return line


def floor_plan() -> str:
    """The layout tree of CONTRIBUTING: every module and the sentence it begins with."""
    rows: list[tuple[str, str]] = [("src/intouch/", "")]
    ordered = sorted(MODULES, key=lambda name: [(part != "__init__", part) for part in name.split(".")])
    for name in ordered:
        *folders, file = name.split(".")
        indent = "  " * (len(folders) + 1)
        if file == "__init__" and folders:
            rows.append((f"{'  ' * len(folders)}{folders[-1]}/", first_sentence(TREES[name])))
        else:
            rows.append((f"{indent}{file}.py", first_sentence(TREES[name])))
    width = max(len(left) for left, _ in rows) + 2
    return "".join(f"{left:<{width}}{right}".rstrip() + "\n" for left, right in rows)


def test_the_layout_tree_says_what_the_modules_say() -> None:
    page = CONTRIBUTING.read_text(encoding="utf-8")
    before, fence, rest = page.partition("```text\nsrc/intouch/")
    assert fence, "CONTRIBUTING has a layout tree"
    after = rest[rest.index("```") :]
    meant = f"{before}```text\n{floor_plan()}{after}"
    if "RECORD" in os.environ:
        CONTRIBUTING.write_text(meant, encoding="utf-8")
    assert CONTRIBUTING.read_text(encoding="utf-8") == meant, "run the tests once with RECORD=1"


def test_layers_are_told_in_the_manual_as_they_are_held() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = [
        " ".join(sorted(line)).replace("+", " ") for line in LAYERS if not line & {"__main__", "__init__"}
    ]
    places = [told.find(f"\n{line}\n") for line in lines]
    assert -1 not in places, [line for line, at in zip(lines, places, strict=True) if at == -1]
    assert all(a < b for a, b in pairwise(places))
