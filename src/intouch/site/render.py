"""From the agenda to the pages of the site, as bytes by path."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intouch.checkins import Agenda
from intouch.diagnostics import Code, Diagnostic, error
from intouch.drafts.writer import Drafts
from intouch.history import History
from intouch.places import Place
from intouch.publication import PublishedFeed, plain
from intouch.site.addresses import FIND
from intouch.site.find import find_index
from intouch.site.lookup import Lookup, look_up
from intouch.site.theme import Theme, read_theme
from intouch.site.views.calendar import calendar_view
from intouch.site.views.insights import insights_view
from intouch.site.views.organizations import organizations_view
from intouch.site.views.people import people_view
from intouch.site.views.person import person_view
from intouch.site.views.pipeline import pipeline_view
from intouch.site.views.problems import missing_view, problems_view
from intouch.site.views.shell import Assets, Frame, frame
from intouch.site.views.subscribe import subscribe_view
from intouch.site.views.today import today_view
from intouch.theme_folder import FOLDER

ICON = "icon.svg"

View = object
Page = tuple[str, str, Callable[[], View]]
"""Where a page goes, its template, and what gathers its view."""


def pages(look: Lookup, around: Frame, feeds: tuple[PublishedFeed, ...]) -> Iterator[Page]:
    """Every page of the site."""
    yield "index.html", "today.html", partial(today_view, look, around)
    yield "people/index.html", "people.html", partial(people_view, look, around)
    for slug in look.book.contacts:
        yield f"people/{slug}/index.html", "person.html", partial(person_view, slug, look, around)
    yield "organizations/index.html", "organizations.html", partial(organizations_view, look, around)
    yield "pipeline/index.html", "pipeline.html", partial(pipeline_view, look, around)
    yield "calendar/index.html", "calendar.html", partial(calendar_view, look, around)
    yield "insights/index.html", "insights.html", partial(insights_view, look, around)
    yield "subscribe/index.html", "subscribe.html", partial(subscribe_view, look, around, feeds)
    yield "problems/index.html", "problems.html", partial(problems_view, look, around)
    yield "404.html", "404.html", partial(missing_view, around)


def render_site(
    *,
    history: History,
    agenda: Agenda,
    drafts: Drafts,
    diagnostics: tuple[Diagnostic, ...],
    overrides: Path | None,
    feeds: tuple[PublishedFeed, ...] | None = None,
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Render every page of the site.

    Args:
        history: the notebook and its settings, seen on one day.
        agenda: what the rules make of it.
        drafts: the messages for every open check-in.
        diagnostics: the problems found so far, for the page of problems.
        overrides: the notebook's own `site_templates` folder, or None.

        feeds: where the calendar feeds are; None for where a plain site has them.

    Returns:
        The files of the site by path with `/`, and the problems that rendering found.
    """
    theme, of_theme = read_theme(overrides)
    look, of_texts = look_up(history, agenda, (*diagnostics, *of_theme), drafts)
    press = _Press(theme)
    around = frame(
        look,
        Assets(
            stylesheet=theme.hashed["style.css"],
            theme_script=theme.hashed["theme.js"],
            script=theme.hashed["app.js"],
            icon=ICON,
        ),
    )
    shown = plain(history.settings).feeds if feeds is None else feeds
    site = {path: press.printed(template, gather()) for path, template, gather in pages(look, around, shown)}
    site[FIND] = find_index(look)
    site |= {f"assets/{name}": data for name, data in theme.assets.items()}
    return MappingProxyType(site), (*of_theme, *of_texts, *press.problems)


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
    """The built-in templates, compiled once for as long as they stay the same."""
    return environment(dict(sources), trusted=True)


class _Press:
    """Prints pages; where a notebook's own template fails, the built-in ones step in."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._own = environment(theme.templates, trusted=False)
        self._builtin = _builtin_environment(tuple(theme.builtin.items()))
        self._failed: set[str] = set()
        self.problems: list[Diagnostic] = []

    def printed(self, name: str, view: View) -> bytes:
        if self._theme.own and name not in self._failed:
            try:
                return _bytes(self._own.get_template(name).render(view=view))
            except Exception as bad:  # noqa: BLE001 - a template of the user's may fail in any way
                self._failed.add(name)
                self.problems.append(self._diagnosed(name, bad))
        return _bytes(self._builtin.get_template(name).render(view=view))

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
        remedy = "Compare it with the built-in template of that name, which is used meanwhile."
        return error(Place(file, line), Code.BAD_TEMPLATE, f"the template fails: {what}", remedy)


def _bytes(html: str) -> bytes:
    # YAML can spell half a surrogate pair, which has no UTF-8 form.
    return html.encode("utf-8", "replace")
