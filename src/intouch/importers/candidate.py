"""A candidate: one person as another program's file has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from intouch.diagnostics import Diagnostic
from intouch.front_matter import Value
from intouch.places import Place


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row or one vCard, typed by the keys of a card; every text is tidy and on one line.

    Attributes:
        place: the file and the line on which the row begins.
        linkedin: addresses on linkedin.com, in the form that can be compared.
        birthday: `1980-04-12` or `04-12`.
        own: keys that begin with `x-`.
        about: text of several lines, as it came.
    """

    place: Place
    name: str
    organization: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    linkedin: tuple[str, ...] = ()
    location: str = ""
    tags: tuple[str, ...] = ()
    birthday: str = ""
    aliases: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    about: str = ""

    @property
    def values(self) -> Mapping[str, Value]:
        """What is not empty, by the key of a card, in the order of a card."""
        known: dict[str, Value] = {
            "name": self.name,
            "organization": self.organization,
            "title": self.title,
            "email": self.emails,
            "phone": self.phones,
            "website": self.websites,
            "linkedin": self.linkedin,
            "location": self.location,
            "tags": self.tags,
            "birthday": self.birthday,
            "aliases": self.aliases,
            **self.own,
        }
        return MappingProxyType({key: value for key, value in known.items() if value})


@dataclass(frozen=True, slots=True)
class Listing:
    """What one file lists.

    Attributes:
        name: the file, as it was named.
        form: the format, in words.
        candidates: in the order of the file.
        diagnostics: rows that are no person, cells that could not be used, columns that were left out.
    """

    name: str
    form: str
    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]
