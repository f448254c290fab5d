"""What only ours can do: its other commands, the sample notebook, and a feed of many check-ins."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

from generate import generate_cadences
from install import Program
from measuring import MeasureError, timed
from peers import SHAPES, Contender
from results import Feed, Seconds
from rounds import environment

_SAMPLE = Path(__file__).parent.parent


def ours_at(program: Program, root: Path) -> Contender:
    """Ours with a folder that it may write into."""
    return Contender(SHAPES[0], program, root, root.with_name(f"{root.name}-cache"))


def commands(one: Contender, runs: int) -> dict[str, Seconds]:
    """Seconds of `check` and `due` on the notebook as it is; a command that fails is left out."""
    found: dict[str, Seconds] = {}
    for name, arguments in {"check": ["check"], "due": ["due", "--json"]}.items():
        command = [*one.program.command, *arguments]
        with suppress(MeasureError):
            found[name] = [timed(command, one.root, environment(one)) for _ in range(runs)]
    return found


def startup(programs: dict[str, Program], root: Path, runs: int) -> dict[str, dict[str, Seconds]]:
    """Seconds of `--help` and `--version`, all programs in turn; the first time is not counted."""
    found: dict[str, dict[str, Seconds]] = {tool: {"--help": [], "--version": []} for tool in programs}
    one = {tool: ours_at(program, root) for tool, program in programs.items()}
    for number in range(runs + 1):
        for tool, arguments in found.items():
            for argument, seconds in arguments.items():
                asked = "version" if (tool, argument) == ("hugo", "--version") else argument
                took = timed([*programs[tool].command, asked], root, environment(one[tool]))
                if number:
                    seconds.append(took)
    return found


def sample(program: Program, work: Path, runs: int) -> dict[str, Seconds]:
    """Seconds of `due` on a copy of the sample notebook; the first time is not counted."""
    root = work / "sample"
    root.mkdir()
    shutil.copytree(_SAMPLE / "contacts", root / "contacts")
    shutil.copy(_SAMPLE / "intouch.toml", root)
    one = ours_at(program, root)
    return {
        "due": [timed([*program.command, "due"], root, environment(one)) for _ in range(runs + 1)][1:],
    }


def feed(program: Program, work: Path, people: int, runs: int) -> Feed:
    """Seconds of a build with a check-in for everyone: cold, and after one of them has changed.

    Raises:
        MeasureError: when the feed does not show the change.
    """
    root = work / "feed"
    generate_cadences(root, people, seed=1)
    one = ours_at(program, root)
    cold, changed = [], []
    for _ in range(runs):
        for path in one.to_delete():
            shutil.rmtree(path, ignore_errors=True)
        cold.append(timed(one.build(), root, environment(one)))
    card = root / "contacts" / f"{someone_in(_calendar(one))}.md"
    for number in range(runs):
        text = card.read_text(encoding="utf-8")
        renamed = re.sub("^organization: .*$", f"organization: Renamed {number}", text, flags=re.MULTILINE)
        card.write_text(renamed, encoding="utf-8")
        changed.append(timed(one.build(), root, environment(one)))
        if f"Renamed {number}" not in _calendar(one):
            raise MeasureError("the feed does not show the change")
    events = _calendar(one).count("BEGIN:VEVENT")
    return Feed(check_ins=people, events=events, cold=cold, changed=changed)


def someone_in(calendar: str) -> str:
    """The slug of the first person that a feed names: it holds the first check-ins only, not everyone's.

    Raises:
        MeasureError: when it names nobody.
    """
    found = re.search(r"^SUMMARY:Keep in touch: (.+?) \(", calendar, re.MULTILINE)
    if found is None:
        raise MeasureError("the feed names nobody")
    return found[1].lower().replace(" ", "-")


def _calendar(one: Contender) -> str:
    return (one.output / "check-ins.ics").read_text(encoding="utf-8")
