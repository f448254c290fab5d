"""The manual and the README hang together: links lead somewhere, and every page has its place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from command_line import commands, options
from intouch.project import read_settings
from intouch.project.spec import SETTINGS
from reader import Reader, has_a_shell, known, parts

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
INDEX = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
KINDS = ("Tutorial", "How-to guides", "Reference", "Explanation")


def without_code(text: str) -> str:
    """A page without its fenced blocks and what stands in backquotes."""
    return re.sub(r"`[^`\n]+`", "`…`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


def anchors(page: Path) -> set[str]:
    """The names that a git host gives to a page's headings."""
    blocks = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    names = [
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", blocks, re.MULTILINE)
    ]
    seen: Counter[str] = Counter()
    found = set()
    for name in names:
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = without_code(page.read_text(encoding="utf-8"))
    inline = re.findall(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)", text)
    by_name = re.findall(r"^\[[^\]]+\]: (\S+)", text, re.MULTILINE)
    in_html = re.findall(r"(?:href|src)=\"([^\"]+)\"", text)
    for target in (*inline, *by_name, *in_html):
        if re.match(r"[a-z]+:", target):
            assert re.match(r"https?://[\w.-]+\.\w+(/|$)", target), target
            continue
        name, _, fragment = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        assert not fragment or fragment in anchors(linked), target


def test_every_link_text_says_something() -> None:
    for page in PAGES:
        for text in re.findall(r"(?<!!)\[([^\]]*)\]\(", without_code(page.read_text(encoding="utf-8"))):
            assert text.strip() not in {"", "here", "this", "link", "click here"}, page.name


def test_every_page_has_one_place_in_the_manual() -> None:
    titles = re.findall(r"^## ([^:\n]+)", INDEX, re.MULTILINE)
    assert titles == list(KINDS)
    sections = re.split(r"^## .*$", INDEX, flags=re.MULTILINE)[1:]
    placed = Counter(page for section in sections for page in {*re.findall(r"\]\(([\w-]+\.md)\)", section)})
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert placed == Counter(pages)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_within_sentences_exist(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = [" ".join(words.split()) for words in re.findall(r"`(intouch [^`]+)`", text)]
    assert [words for words in named if not known(words)] == []


MANUAL = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPTIONS_OF_OTHERS = {"--delay-updates"}


@pytest.mark.parametrize("page", MANUAL, ids=lambda page: page.stem)
def test_options_and_settings_within_sentences_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    ours = {name for _, command in commands() for _, _, names in options(command) for name in names}
    assert {*re.findall(r"`(--[a-z][a-z-]+)`", text)} <= ours | OPTIONS_OF_OTHERS
    settings = {setting.path for setting in SETTINGS}
    named = {f"{table}.{key}" for table, key in re.findall(r"`\[(\w+)\] (\w+)", text)}
    assert named <= settings


@pytest.mark.parametrize("page", MANUAL, ids=lambda page: page.stem)
def test_settings_that_are_shown_are_settings(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    # What stands below a mark is written into a notebook, by the tests that follow the manual.
    for block in re.findall(r"(?<!-->\n)^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        (tmp_path / "intouch.toml").write_text(block, encoding="utf-8")
        assert read_settings(tmp_path).diagnostics == (), block


def test_the_readme_leads_to_each_part_of_the_manual() -> None:
    for kind in KINDS:
        assert re.search(rf"\[{kind}\]\(docs/", README), kind


def test_every_picture_is_one_and_says_what_it_shows() -> None:
    used = set()
    for page in PAGES:
        for said, target in re.findall(
            r"!\[([^\]]*)\]\(([^)]+)\)", without_code(page.read_text(encoding="utf-8"))
        ):
            picture = (page.parent / target).resolve()
            assert picture.read_bytes().startswith(b"\x89PNG"), target
            assert len(said.split()) >= 4, f"{page.name}: {target}"
            used.add(picture)
    assert used == {*(ROOT / "docs" / "images").glob("*.png")}


@has_a_shell
def test_the_readmes_six_commands_bring_a_thank_you_into_the_calendar(tmp_path: Path) -> None:
    typed = next(part for part in parts(README) if part.what == "type").text.splitlines()
    assert len(typed) == 6
    reader = Reader(tmp_path)
    for line in (*typed, "intouch build"):
        code, printed = reader.types(line)
        assert code == 0, printed
    feed = (reader.here / "_site" / "check-ins.ics").read_text(encoding="utf-8")
    assert "SUMMARY:Thank you: Priya Nair (Brightpath College)" in feed
    assert "DTSTART;VALUE=DATE:20261124" in feed


def test_the_readmes_commands_for_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in re.findall(r"^make ([a-z]+)", page, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
