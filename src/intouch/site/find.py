"""What the quick find searches: people, organizations, tags and roles, with where each leads."""

from __future__ import annotations

import json

from intouch.names import folded
from intouch.site.addresses import AT_ROOT
from intouch.site.lookup import Lookup


def find_index(look: Lookup) -> bytes:
    """List everything that can be found, as JSON: `[kind, name, beside it, address, other words]` each.

    It is data for the pages' script and never a script itself, so that no page of another site can load it.
    """
    entries = [*_people(look), *_organizations(look), *_roles(look), *_tags(look)]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _people(look: Lookup) -> list[list[str]]:
    found = []
    for contact in look.book.contacts.values():
        beside = ", ".join(part for part in (contact.title, contact.organization) if part)
        others = " ".join((contact.slug.replace("-", " "), *contact.aliases))
        found.append(["person", contact.name, beside, AT_ROOT.person(contact.slug), others])
    return found


def _organizations(look: Lookup) -> list[list[str]]:
    names = [c.organization for c in look.book.contacts.values()]
    names += [a.organization for a in look.agenda.applications]
    first: dict[str, str] = {}
    for name in names:
        if name:
            first.setdefault(folded(name), name)
    return [
        ["organization", first[key], "", AT_ROOT.organization(look.anchors[key]), ""] for key in sorted(first)
    ]


def _roles(look: Lookup) -> list[list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for application in look.agenda.applications:
        if application.role:
            slug = application.people[0]
            beside = application.organization or ""
            key = (folded(application.role), folded(beside))
            found.setdefault(key, ["role", application.role, beside, AT_ROOT.person(slug), ""])
    return [found[key] for key in sorted(found)]


def _tags(look: Lookup) -> list[list[str]]:
    tags = sorted({tag for contact in look.book.contacts.values() for tag in contact.tags})
    return [["tag", tag, "", AT_ROOT.tagged(tag), ""] for tag in tags]
