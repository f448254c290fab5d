"""Whether a site holds the work: every note on its person's page, rendered, and everyone in the index."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from peers import Contender
from sources import Person

_SITE = "http://127.0.0.1/"


class NotTheWorkError(RuntimeError):
    """A site that lacks something; its time counts for nothing."""


def verify(contender: Contender, people: list[Person]) -> None:
    """Look at every page of a site.

    Raises:
        NotTheWorkError: the first thing that is not there.
    """
    shape, output = contender.shape, contender.output
    linked = links(_read(output, shape.index), shape.index)
    for person in people:
        page = shape.page_of(person.slug)
        if page not in linked:
            raise NotTheWorkError(f"{shape.name}: /{shape.index} does not link to /{page}")
        lack = missing(_read(output, page), person)
        if lack:
            raise NotTheWorkError(f"{shape.name}: /{page} lacks {lack}")


def _read(output: Path, page: str) -> str:
    try:
        return (output / page).read_text(encoding="utf-8")
    except OSError as problem:
        raise NotTheWorkError(f"no page: {problem}") from problem


def missing(page: str, person: Person) -> str:
    """What a person's page lacks; empty when it lacks nothing."""
    for file, text in person.notes:
        last = text.rstrip().splitlines()[-1]
        if last not in page:
            return f"the last words of {file}, {last!r}"
    bold = sum(text.count("**") // 2 for _, text in person.notes)
    if page.count("<strong>") < bold:
        return "emphasis: the Markdown was not rendered"
    if page.count("<li>") < sum(text.count("\n- ") for _, text in person.notes):
        return "lists: the Markdown was not rendered"
    return ""


def links(page: str, at: str) -> set[str]:
    """The files of the site that a page links to; `at` is its own path."""
    found = set()
    for quoted, bare in re.findall(r"""<a\s[^>]*?href=(?:"([^"]*)"|([^\s">]+))""", page):
        where = urlsplit(urljoin(_SITE + at, quoted or bare))
        path = unquote(where.path).lstrip("/")
        found.add(f"{path}index.html" if not path or path.endswith("/") else path)
    return found
