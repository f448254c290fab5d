"""The manual's page of the local server names the options there are, and the README what is printed."""

from __future__ import annotations

import re
from pathlib import Path

from intouch.cli.serve import command
from server import serving, write_notebook

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_page_has_every_option_and_no_other() -> None:
    ours = {option for each in command.params for option in each.opts} - {"--project", "--today"}
    assert set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE)) == ours


def test_it_prints_what_the_page_and_the_readme_show(tmp_path: Path) -> None:
    with serving(write_notebook(tmp_path / "network")) as served:
        lines = served.said.splitlines()
    shown = re.search(r"\$ intouch serve\n(.*?)```", PAGE, re.DOTALL)
    assert shown
    pattern = re.escape(shown[1].strip()).replace("k3vq6…", "[a-z2-7]{26}").replace("8765", r"\d+")
    assert re.fullmatch(pattern, "\n".join(lines[:2]))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert lines[1].startswith("Calendar feed: ")
    assert "after `Calendar feed:`" in readme
