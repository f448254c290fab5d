"""The manual and the README say what is so: their links lead somewhere, their commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The names that a host gives to a page's headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    kept = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        assert not fragment or fragment in anchors(linked), target


def test_every_page_of_the_manual_is_in_its_contents() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if p.name != "index.md" and p.name not in index]
    assert not missing


def fenced(language: str, after: str) -> list[str]:
    """The fenced blocks of a language in the README's section that begins with `after`."""
    section = README[README.index(after) : README.index("\n## The people you know already")]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def test_the_readmes_six_commands_bring_a_thank_you_into_the_calendar(tmp_path: Path) -> None:
    (transcript,) = fenced("console", "Your own notebook\n")
    (card,) = fenced("markdown", "Your own notebook\n")
    (commands,) = fenced("sh", "Your own notebook\n")
    typed = [shlex.split(line.removeprefix("$ ")) for line in transcript.splitlines()]
    assert len(typed) == 6
    assert typed[0] == ["pipx", "install", "intouch"]
    assert typed[2] == ["cd", "network"]
    assert typed[5] == ["intouch", "serve"]
    later = [shlex.split(line, comments=True) for line in commands.splitlines()]
    run("intouch", *typed[1][1:], cwd=tmp_path)
    root = tmp_path / "network"
    for _, *arguments in (*typed[3:5], *later):
        done = run("intouch", *arguments, "--today", "2026-11-23", cwd=root)
        said = [line for line in done.stderr.splitlines() if not line.startswith("not ready: a gap is left")]
        assert (done.returncode, said) == (0, []), arguments
        if arguments[:2] == ["log", "priya"] and arguments[2] == "interview":
            assert (root / "contacts" / "priya-nair.md").read_text(encoding="utf-8") == card
            assert run("intouch", "build", "--today", "2026-11-23", cwd=root).returncode == 0
            feed = (root / "_site" / "check-ins.ics").read_text(encoding="utf-8")
            assert "SUMMARY:Thank you: Priya Nair (Brightpath College)" in feed
            assert "DTSTART;VALUE=DATE:20261124" in feed


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "docs" / "import.md"], ids=lambda page: page.stem
)
def test_the_commands_that_import_and_export_do_so(page: Path, tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    for name in ("priya-nair", "sam-lee"):
        text = f"---\nname: {name.replace('-', ' ').title()}\n---\n"
        (tmp_path / "contacts" / f"{name}.md").write_text(text, encoding="utf-8")
    table = "First Name,Last Name,Company,Position,Connected On\nAnn,Ray,Acme,Head,12 Mar 2024\n"
    (tmp_path / "Connections.csv").write_text(table, encoding="utf-8")
    jobs = "company,role,url,Hiring manager\nAcme,Trainer,https://jobs.example/1,Bo Li\n"
    (tmp_path / "jobs.csv").write_text(jobs, encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    commands = [line for line in lines if re.match("intouch (import|export)", line)]
    assert len(commands) >= 2
    for command in commands:
        _, *arguments = shlex.split(command, comments=True)
        done = run("intouch", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), command
    if page.stem == "import":
        assert (tmp_path / "contacts" / "ann-ray.md").is_file()
        assert (tmp_path / "two.vcf").read_text(encoding="utf-8").count("BEGIN:VCARD") == 2


def run(_name: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "intouch", *arguments]
    at_home = {**os.environ, "CI": "", **environment}
    return subprocess.run(command, cwd=cwd, env=at_home, capture_output=True, text=True, check=False)


def test_the_readmes_commands_for_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in re.findall(r"^make ([a-z]+)", page, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readmes_pictures_are_pictures() -> None:
    names = re.findall(r"\]\((docs/images/[a-z]+\.png)\)", README)
    assert len(names) == 4
    for name in names:
        assert (ROOT / name).read_bytes().startswith(b"\x89PNG")


def test_logging_as_the_readme_shows_moves_the_next_date(tmp_path: Path) -> None:
    import shutil

    match = re.search(r'`echo "(.*)" >> contacts/(.*)\.md`', README)
    assert match
    shutil.copytree(ROOT / "contacts", tmp_path / "contacts")
    shutil.copy(ROOT / "intouch.toml", tmp_path)

    def told() -> str:
        command = [sys.executable, "-m", "intouch", "why", match[2]]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    before = told()
    with (tmp_path / "contacts" / f"{match[2]}.md").open("a", encoding="utf-8") as log:
        log.write(match[1] + "\n")
    after = told()
    assert before != after
    assert "2027-01-23" in after or "23 Jan 2027" in after


def test_the_commands_of_publishing_sealed_run(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "sealed.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    root = tmp_path / "network"
    (root / "contacts").mkdir(parents=True)
    (root / "contacts" / "priya-nair.md").write_text("---\nname: Priya Nair\n---\n", encoding="utf-8")
    (root / "intouch.toml").write_text(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
    said = ""
    for line in commands.splitlines():
        name, *arguments = shlex.split(line, comments=True)
        done = run(name, *arguments, cwd=root, INTOUCH_CONFIG_DIR=str(tmp_path / "config"))
        assert (done.returncode, done.stderr) == (0, ""), line
        said += done.stdout
    assert "byte for byte" in said
    assert {path.name for path in (root / "_sealed").iterdir()} == {
        ".intouch-site",
        "index.html",
        "a",
        "e",
        "f",
    }
    named = set(re.findall(r"`intouch (?:seal )?([a-z-]+)`?", page))
    helped = run("intouch", "--help", cwd=root).stdout + run("intouch", "seal", "--help", cwd=root).stdout
    assert not [word for word in named if f"  {word} " not in helped]
