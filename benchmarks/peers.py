"""Who is measured: each program in each shape of the same content, and how to make it build and serve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import sources
from install import Program

OURS = "intouch"


@dataclass(frozen=True, slots=True)
class Shape:
    """A program with one shape of the content."""

    name: str
    tool: str
    prepare: Callable[[Path, Path], None]
    """Writes what it reads: from the notebook, to a new folder."""
    build: tuple[str, ...]
    serve: tuple[str, ...]
    """`{port}` stands for the port."""
    output: str
    edited: str
    """The file that an edit goes to; `{slug}` and `{note}` stand for the person and the last note."""
    index: str = "index.html"
    caches: tuple[str, ...] = ()
    """What else to delete before a cold build."""

    def file_of(self, root: Path, slug: str, note: str) -> Path:
        """The file to edit."""
        return root / self.edited.format(slug=slug, note=note)

    def page_of(self, slug: str) -> str:
        """The person's page inside the output; all of them use the same addresses."""
        return f"people/{slug}/index.html"


def _hugo(name: str, prepare: Callable[[Path, Path], None], edited: str) -> Shape:
    quiet = ("--quiet", "--cacheDir", "{root}/cache")
    return Shape(
        name=name,
        tool="hugo",
        prepare=prepare,
        build=quiet,
        serve=("server", *quiet, "--bind", "127.0.0.1", "--port", "{port}", "--baseURL", "http://127.0.0.1/"),
        output="public",
        edited=edited,
        caches=("cache", "resources", ".hugo_build.lock"),
    )


def _pelican(name: str, prepare: Callable[[Path, Path], None]) -> Shape:
    return Shape(
        name=name,
        tool="pelican",
        prepare=prepare,
        build=("--quiet", "--settings", "pelicanconf.py"),
        serve=(
            *("--quiet", "--settings", "pelicanconf.py", "--autoreload", "--listen"),
            *("--bind", "127.0.0.1", "--port", "{port}"),
        ),
        output="output",
        edited="content/people/{slug}.md",
        caches=("cache", "__pycache__"),
    )


def _mkdocs(name: str, *, dirty: bool) -> Shape:
    how = ("--dirty",) if dirty else ()
    return Shape(
        name=name,
        tool="mkdocs",
        prepare=sources.mkdocs,
        build=("build", "--quiet", *how),
        # Without --livereload, newer versions of click make it watch nothing.
        serve=("serve", "--quiet", "--livereload", *how, "--dev-addr", "127.0.0.1:{port}"),
        output="site",
        edited="docs/people/{slug}.md",
    )


def _eleventy(name: str, prepare: Callable[[Path, Path], None], edited: str) -> Shape:
    return Shape(
        name=name,
        tool="eleventy",
        prepare=prepare,
        build=("--quiet",),
        serve=("--quiet", "--serve", "--port={port}"),
        output="_site",
        edited=edited,
    )


SHAPES = (
    Shape(
        name=OURS,
        tool=OURS,
        prepare=sources.intouch,
        build=("build",),
        serve=("serve", "--port", "{port}"),
        output="_site",
        index="people/index.html",
        edited="contacts/{slug}/{note}",
        caches=(".intouch",),
    ),
    _hugo("Hugo (split)", sources.hugo_split, "content/people/{slug}/{note}"),
    _hugo("Hugo (one file)", sources.hugo_one, "content/people/{slug}.md"),
    _pelican("Pelican (no cache)", sources.pelican),
    _pelican("Pelican (its cache)", sources.pelican_cached),
    _mkdocs("MkDocs (plain)", dirty=False),
    _mkdocs("MkDocs (dirty)", dirty=True),
    _eleventy("Eleventy (split)", sources.eleventy_split, "src/people/{slug}/{note}"),
    _eleventy("Eleventy (one file)", sources.eleventy_one, "src/people/{slug}.md"),
)
"""In the order of the tables."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A shape, installed and with its content in a folder of its own."""

    shape: Shape
    program: Program
    root: Path
    cache: Path
    """Where programs that keep a cache for the user keep it (`XDG_CACHE_HOME`)."""

    @property
    def output(self) -> Path:
        """The built site."""
        return self.root / self.shape.output

    def build(self) -> list[str]:
        """The command that builds, in its root."""
        return [*self.program.command, *(part.replace("{root}", str(self.root)) for part in self.shape.build)]

    def serve(self, port: int) -> list[str]:
        """The command that serves and rebuilds on save, in its root."""
        given = {"{root}": str(self.root), "{port}": str(port)}
        return [*self.program.command, *(_filled(part, given) for part in self.shape.serve)]

    def to_delete(self) -> tuple[Path, ...]:
        """What a cold build must not find."""
        return (self.output, self.cache, *(self.root / name for name in self.shape.caches))


def _filled(part: str, given: Mapping[str, str]) -> str:
    for name, value in given.items():
        part = part.replace(name, value)
    return part
