"""Two computers, two time zones, two locales, two Pythons: the same bytes; and one changed byte is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from intouch.sealing.verifying import compare, from_folder, more_in

ROOT = Path(__file__).parent.parent.parent
WORDS = "zeven blauwe fietsen zonder bel"


def other_pythons() -> Iterator[tuple[str, str]]:
    """Every other Python of this computer that we run on, on the path or among those that pyenv keeps."""
    for version in (f"3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor):
        kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python3"))
        for python in filter(None, (shutil.which(f"python{version}"), *map(str, kept))):
            asked = [python, "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            if done.stdout.strip() == version:
                yield version, python
                break


OTHERS = dict(other_pythons())
"""By version. Where there is none, each version still runs in CI what is recorded: pages, and envelopes."""


def nothing() -> None:
    """Change nothing of the process."""


def few_rights_and_one_core() -> None:
    os.umask(0o077)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@dataclass(frozen=True)
class Elsewhere:
    """How another computer differs from this one.

    Attributes:
        options: of Python itself.
        first: what the process does before it begins.
        backwards: whether its file system tells of files in another order, and of other times.
        secret: whether it has the key as CI has it, and nothing else of ours.
    """

    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    first: Callable[[], None] = nothing
    backwards: bool = False
    secret: bool = False


COMPUTERS = {
    "in CI, in another time zone, in Turkish": Elsewhere(
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
        secret=True,
    ),
    "in a far west, in C, with files in another order, one core and few rights": Elsewhere(
        {"TZ": "Pacific/Niue", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"},
        first=few_rights_and_one_core,
        backwards=True,
    ),
    "where Python leaves assertions out": Elsewhere({"TZ": "UTC"}, options=("-O", "-X", "utf8")),
}


def copied(source: Path, target: Path, *, backwards: bool = False) -> Path:
    """A notebook, copied file by file, in order or against it; each copy has a time of its own."""
    files = sorted(
        path for name in ("contacts", "intouch.toml", "lock.json") for path in _files(source / name)
    )
    for number, path in enumerate(reversed(files) if backwards else files):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1_000_000_000 + number, 1_000_000_000 + number))
    return target


def _files(path: Path) -> list[Path]:
    return [each for each in (path, *path.rglob("*")) if each.is_file()]


def run(root: Path, *arguments: str, python: str = sys.executable, like: Elsewhere | None = None) -> str:
    """Run the program from a folder that is not the notebook's; what it prints on stderr would be a fault."""
    like = like or Elsewhere()
    own = root.parent
    environment = {
        **os.environ,
        "CI": "true" if like.secret else "",
        "INTOUCH_CONFIG_DIR": str(own / "config"),
        "XDG_CACHE_HOME": str(own / "cache"),
        "INTOUCH_PASSPHRASE": WORDS,
        **like.environment,
    }
    done = subprocess.run(
        [python, *like.options, "-m", "intouch", *arguments, "--project", str(root)],
        cwd="/",
        env=environment,
        preexec_fn=like.first,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample notebook, sealed on this computer."""
    root = copied(ROOT, tmp_path_factory.mktemp("here") / "network")
    run(root, "seal", "init")
    run(root, "build", "--sealed")
    return root


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights and processes as POSIX has them")


@pytest.mark.parametrize("computer", COMPUTERS)
def test_another_computer_makes_the_same_bytes(here: Path, tmp_path: Path, computer: str) -> None:
    like = COMPUTERS[computer]
    root = copied(here, tmp_path / "elsewhere" / "my notes", backwards=like.backwards)
    key = next((here.parent / "config" / "keys").iterdir())
    environment = dict(like.environment)
    if like.secret:
        environment["INTOUCH_SITE_KEY"] = key.read_text(encoding="ascii")
    else:
        shutil.copytree(key.parent, root.parent / "config" / "keys")
    if "LC_ALL" in environment and shutil.which("localedef"):
        # A locale in which `I` and `i` are two letters, and months have other names.
        made = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(tmp_path / "tr_TR.UTF-8")]
        subprocess.run(made, capture_output=True, check=False)
        environment["LOCPATH"] = str(tmp_path)
    run(root, "build", "--sealed", like=Elsewhere(environment, like.options, like.first, secret=like.secret))
    assert tree(root / "_sealed") == tree(here / "_sealed")


@pytest.mark.parametrize("version", OTHERS)
def test_another_python_makes_the_same_bytes(here: Path, tmp_path: Path, version: str) -> None:
    python = OTHERS[version]
    # All that we need runs on any Python, but for what `cryptography` stands on.
    its_own = tmp_path / "its own"
    asked = [python, "-m", "pip", "install", "--quiet", "--target", str(its_own), "cffi"]
    if subprocess.run(asked, capture_output=True, check=False).returncode != 0:
        pytest.skip(f"NOT TESTED: nothing can be installed for Python {version} here")
    packages = os.pathsep.join([str(its_own), str(ROOT / "src"), sysconfig.get_path("purelib")])
    root = copied(here, tmp_path / "network")
    shutil.copytree(here.parent / "config", tmp_path / "config")
    run(root, "build", "--sealed", python=python, like=Elsewhere({"PYTHONPATH": packages}))
    assert tree(root / "_sealed") == tree(here / "_sealed")


def test_another_computer_finds_no_change_and_then_one_byte(here: Path, tmp_path: Path) -> None:
    root = copied(here, tmp_path / "network", backwards=True)
    shutil.copytree(here.parent / "config", tmp_path / "config")
    published = tmp_path / "published"
    shutil.copytree(here / "_sealed", published)
    said = run(root, "verify", str(published), like=COMPUTERS["where Python leaves assertions out"])
    assert re.search(r"all \d+ files are those of a rebuild, byte for byte", said)
    site = {name: content for name, content in tree(published).items() if name != ".intouch-site"}
    fetch = from_folder(published)
    for name, content in site.items():
        for at in (0, len(content) // 2, len(content) - 1):
            changed = bytearray(content)
            changed[at] ^= 1
            (published / name).write_bytes(bytes(changed))
            compared = compare(site, fetch, more_in(published, site, ".intouch-site"))
            assert (*compared.code, *compared.content, *compared.more) == (name,)
        (published / name).write_bytes(content)
    assert compare(site, fetch).same == len(site)
