"""Whom a word on the command line means: a slug, a name, an alias, or a part that is only theirs."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from intouch import project
from intouch.build import Loaded
from intouch.card_folder import FOLDER
from intouch.cli.exits import USAGE, stop
from intouch.cli.opening import show_problems
from intouch.model import Contact
from intouch.names import folded

_SHOWN = 12
"""How many people are named where a word may mean any of them."""


class _Person(click.ParamType[str]):
    """A person; the shell completes the slugs of the notebook."""

    name = "person"

    def shell_complete(
        self, ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the slugs that begin so, without reading a single card."""
        root = project.find(Path(ctx.params.get("directory") or "."))
        if root is None:
            return []
        slugs = sorted(path.stem for path in (root / FOLDER).glob("*.md"))
        return [CompletionItem(slug) for slug in slugs if slug.startswith(incomplete.casefold())]


PERSON = _Person()


def find_person(person: str, loaded: Loaded, *, told: bool = False) -> Contact:
    """Find someone by slug, name or alias; stop with what may have been meant.

    Args:
        person: the word.
        loaded: the notebook.
        told: whether its problems have been shown already.
    """
    wanted = folded(person)
    contacts = loaded.book.contacts
    if wanted in contacts:
        return contacts[wanted]
    names = {c.slug: {folded(name) for name in (c.name, *c.aliases)} for c in contacts.values()}
    found = [slug for slug, known in names.items() if wanted in known]
    if len(found) == 1:
        return contacts[found[0]]
    if wanted and not found:
        found = [slug for slug, known in names.items() if any(wanted in name for name in (slug, *known))]
    if len(found) == 1:
        return contacts[found[0]]
    if loaded.has_errors and not (found or told):  # it may be one of these
        show_problems(loaded.diagnostics)
    return _not_one(person, sorted(found), loaded)


def _not_one(person: str, candidates: list[str], loaded: Loaded) -> NoReturn:
    """Stop where a word means nobody or several, with the people who may have been meant."""
    if candidates:
        more = f" and {len(candidates) - _SHOWN:,} more" if len(candidates) > _SHOWN else ""
        hint = f"Choose one: {', '.join(candidates[:_SHOWN])}{more}"
        stop(USAGE, f"'{person}' may be any of {len(candidates):,} people", hint)
    close = get_close_matches(person.casefold(), loaded.book.contacts, n=3)
    hint = f"Did you mean {' or '.join(close)}?" if close else "The files in 'contacts' name them all."
    stop(USAGE, f"nobody is called '{person}'", hint)
