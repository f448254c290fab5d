"""What ships: the wheel carries all that the program reads, and nothing comes along without a reason."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from intouch import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def kept() -> set[str]:
    """All files that git keeps, or would."""
    if not (ROOT / ".git").exists():
        pytest.skip("NOT TESTED: this is no clone, so nobody says which files belong to it")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name for name in told.split("\0") if name and (ROOT / name).is_file()}


def build(source: Path, folder: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of a tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, archive


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the source archive, built once."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


def test_the_wheel_holds_the_package_the_theme_and_the_man_page_and_nothing_else(
    dist: tuple[Path, Path],
) -> None:
    package = {name.removeprefix("src/") for name in kept() if name.startswith("src/intouch/")}
    theme = {f"intouch/{name}" for name in kept() if name.startswith("site_templates/")}
    about = {"METADATA", "WHEEL", "entry_points.txt", "licenses/LICENSE", "RECORD"}
    about = {f"intouch-{__version__}.dist-info/{name}" for name in about}
    # Where `man` and pipx look.
    manual = {f"intouch-{__version__}.data/data/share/man/man1/intouch.1"}
    with zipfile.ZipFile(dist[0]) as archive:
        assert set(archive.namelist()) == package | theme | about | manual
        page = (ROOT / "docs" / "man" / "man1" / "intouch.1").read_bytes()
        assert [archive.read(name) for name in manual] == [page]


def test_the_source_archive_holds_what_git_keeps_and_nothing_else(dist: tuple[Path, Path]) -> None:
    with tarfile.open(dist[1]) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
        assert {name.partition("/")[0] for name in source.getnames()} == {f"intouch-{__version__}"}
    assert inside == kept() | {"PKG-INFO"}


def test_the_source_archive_builds_the_same_wheel(dist: tuple[Path, Path], tmp_path: Path) -> None:
    wheel, archive = dist
    with tarfile.open(archive) as source:
        # Ours, but Python from 3.12 on wants to know; the first 3.11 cannot be told.
        source.extraction_filter = getattr(tarfile, "data_filter", None)
        source.extractall(tmp_path / "source")  # noqa: S202 - an archive that the test itself built
    again, _ = build(tmp_path / "source" / f"intouch-{__version__}", tmp_path / "dist")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_package_tells_its_version_and_its_command(dist: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(dist[0]) as archive:
        about = f"intouch-{__version__}.dist-info"
        told = email.message_from_bytes(archive.read(f"{about}/METADATA"))
        points = archive.read(f"{about}/entry_points.txt").decode().split()
    assert (told["Name"], told["Version"], told["Requires-Python"]) == ("intouch", __version__, ">=3.11")
    assert points == ["[console_scripts]", "intouch", "=", "intouch.cli.main:run"]


@pytest.mark.skipif(sys.platform == "win32", reason="a script for releases, which are made on Linux")
@pytest.mark.parametrize(
    ("tag", "changelog", "code"),
    [
        (f"v{__version__}", f"## {__version__} - 2026-12-01", 0),
        (f"v{__version__}", "## Unreleased", 1),
        (f"{__version__}", f"## {__version__} - 2026-12-01", 1),
        ("v99.0.0", "## 99.0.0 - 2026-12-01", 1),
        ("", f"## {__version__} - 2026-12-01", 1),
    ],
)
def test_a_tag_is_the_version_and_the_changelog_tells_of_it(
    tmp_path: Path, tag: str, changelog: str, code: int
) -> None:
    for name in (".ci/tag-is-version", "src/intouch/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog}\n", encoding="utf-8")
    done = subprocess.run([tmp_path / ".ci/tag-is-version", tag], capture_output=True, text=True, check=False)
    assert (done.returncode, bool(done.stderr)) == (code, code != 0)


def test_the_installed_wheel_builds_a_notebook_far_from_any_clone(
    dist: tuple[Path, Path], tmp_path: Path
) -> None:
    wheel, _ = dist
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


def test_every_dependency_has_its_reason_its_last_release_and_what_would_replace_it() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!package\b|---)(\S+) \| (.+) \|$", page, re.MULTILINE)
    optional = PROJECT["optional-dependencies"].values()
    assert sorted(name for name, _ in rows) == sorted(
        names(PROJECT["dependencies"]).union(*map(names, optional))
    )
    for name, told in rows:
        reason, released, instead = told.split(" | ")
        assert min(len(reason), len(instead)) > 3, name
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", released), name


def test_every_dependency_is_used() -> None:
    modules = {"jinja2": "jinja2", "markdown-it-py": "markdown_it", "python-frontmatter": "frontmatter"}
    modules["pyyaml"] = "yaml"
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for name in names(PROJECT["dependencies"]) - {"tzdata"}:
        module = modules.get(name, name)
        assert re.search(rf"^\s*(import|from) {module}\b", source, re.MULTILINE), name
