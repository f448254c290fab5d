"""The press: templates and views in, pages out."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intouch.compiled import Compiled
from intouch.diagnostics import Code, Diagnostic, error
from intouch.memo import Memo, digest
from intouch.places import Place
from intouch.site.theme import Theme
from intouch.theme_folder import FOLDER

View = object
"""What a template prints: one of the classes in `views`."""


class _Sources(BaseLoader):
    """Hands out templates that were read before, so that no template can reach another file."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja's signature
        if template not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[template], f"{FOLDER}/{template}", lambda: True


def environment(sources: Mapping[str, str], *, trusted: bool) -> Environment:
    """A Jinja environment in which values are escaped and what a view does not hold is an error.

    Args:
        sources: the templates, by name.
        trusted: whether they are all our own. A notebook copied from somebody else may bring templates,
            and building it must not run their code: those work in a sandbox.
    """
    made = Environment if trusted else ImmutableSandboxedEnvironment
    return made(
        loader=_Sources(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@lru_cache(maxsize=1)
def _builtin_environment(sources: tuple[tuple[str, str], ...]) -> Environment:
    """The built-in templates, compiled once in a process for as long as they stay the same."""
    return environment(dict(sources), trusted=True)


_OF_PYTHON = re.compile(r"'[\w.]*?(\w+) object' has no attribute '(\w+)'")
"""How Jinja says that a value does not hold a field."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A page, and what is wrong with the template that it asked for."""

    content: bytes
    problems: tuple[Diagnostic, ...]


class Press:
    """Prints pages; where a notebook's own template fails, the built-in one steps in.

    Attributes:
        key: a digest of all templates.
    """

    def __init__(self, theme: Theme, memo: Memo) -> None:
        self._theme = theme
        self._own = environment(theme.templates, trusted=False)
        self._builtin = _builtin_environment(tuple(theme.builtin.items()))
        self._builtin.bytecode_cache = Compiled(memo)
        for name in theme.builtin:
            # Before other processes are forked: each would compile it for itself, and remember nothing.
            self._builtin.get_template(name)
        self.key = digest(*(part for item in theme.templates.items() for part in item))

    def printed(self, name: str, view: View) -> Printed:
        """Print a page: its bytes, and the problem of the notebook's own template, if it has one."""
        if not self._theme.own:
            return Printed(_bytes(self._builtin.get_template(name).render(view=view)), ())
        try:
            return Printed(_bytes(self._own.get_template(name).render(view=view)), ())
        except Exception as bad:  # noqa: BLE001 - a template of the user's may fail in any way
            page = _bytes(self._builtin.get_template(name).render(view=view))
            return Printed(page, (self._diagnosed(name, bad),))

    def _diagnosed(self, name: str, bad: Exception) -> Diagnostic:
        """Say what is wrong with a template of the notebook, at the line that failed."""
        file, line = f"{FOLDER}/{name}", 1
        for step in traceback.extract_tb(bad.__traceback__):
            if (
                step.filename.startswith(f"{FOLDER}/")
                and step.filename.removeprefix(f"{FOLDER}/") in self._theme.own
            ):
                file, line = step.filename, step.lineno or 1
        what = (bad.message if isinstance(bad, TemplateError) else None) or str(bad) or type(bad).__name__
        what = _OF_PYTHON.sub(r"\1 holds no '\2'", what)
        remedy = "Compare it with the built-in template of that name, which is used meanwhile."
        return error(Place(file, line), Code.BAD_TEMPLATE, f"the template fails: {what}", remedy)


def _bytes(html: str) -> bytes:
    # YAML can spell half a surrogate pair, which has no UTF-8 form.
    return html.encode("utf-8", "replace")
