"""What ships: the wheel carries all that the program reads, and nothing comes along without a reason."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def tracked(folder: str) -> set[str]:
    """The files of a folder of the source, without what Python leaves behind."""
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built once."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_carries_the_package_and_the_theme(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name.removeprefix("intouch/") for name in archive.namelist() if name.startswith("intouch/")}
    assert inside == tracked("src/intouch") | {f"site_templates/{name}" for name in tracked("site_templates")}


def test_the_wheel_puts_the_man_page_where_man_looks(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (
            name for name in archive.namelist() if name.endswith(".data/data/share/man/man1/intouch.1")
        )
        assert archive.read(name) == (ROOT / "docs" / "man" / "man1" / "intouch.1").read_bytes()


def test_the_source_archive_builds_the_same_package(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
    assert {f"src/intouch/{name}" for name in tracked("src/intouch")} <= inside
    assert {f"site_templates/{name}" for name in tracked("site_templates")} <= inside
    assert {"README.md", "LICENSE", "pyproject.toml", "CHANGELOG.md", "intouch.toml"} <= inside


def test_the_installed_wheel_builds_a_notebook_far_from_any_clone(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    site = next(home.rglob("site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)  # noqa: S202 - a wheel that the test itself built
    # Its dependencies come from where the tests run; its own code and theme from the wheel alone.
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(borrowed), encoding="utf-8")
    notebook = tmp_path / "network"
    (notebook / "contacts").mkdir(parents=True)
    (notebook / "contacts" / "priya-nair.md").write_text("---\nname: Priya Nair\n---\n", encoding="utf-8")
    done = subprocess.run(
        [home / scripts / "python", "-m", "intouch", "build"],
        cwd=notebook,
        env={"PYTHONNOUSERSITE": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (notebook / "_site" / "people" / "priya-nair" / "index.html").is_file()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=;\[ ]", requirement)[0] for requirement in requirements}


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ([a-z0-9-]+) \| \S", page, re.MULTILINE)) - {"package", "---"}
    optional = PROJECT["optional-dependencies"].values()
    assert told == names(PROJECT["dependencies"]).union(*map(names, optional))


def test_every_dependency_is_used() -> None:
    modules = {"jinja2": "jinja2", "markdown-it-py": "markdown_it", "python-frontmatter": "frontmatter"}
    modules["pyyaml"] = "yaml"
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for name in names(PROJECT["dependencies"]) - {"tzdata"}:
        module = modules.get(name, name)
        assert re.search(rf"^\s*(import|from) {module}\b", source, re.MULTILINE), name
