"""The people who are known: those of the notebook, and those whom the same import adds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from intouch.front_matter import Value
from intouch.importers.candidate import Candidate
from intouch.importers.cells import linkedin
from intouch.model import Contact
from intouch.names import folded

_LEGAL_FORMS = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lp|plc|pty|gmbh|mbh|ag|kg|ug|se|sas?"
    r"|sarl|srl|spa|bv|nv|ab|as|oy|aps|kk|the)\b"
)
_EXTENSION = re.compile(r"ext|x ?\d", re.IGNORECASE)
_DIGITS_COMPARED = 8


def organization_key(name: str | None) -> str:
    """An organization's name as it is compared: without legal form and punctuation."""
    plain = " ".join(re.findall(r"\w+", (name or "").casefold().replace(".", "")))
    return " ".join(_LEGAL_FORMS.sub(" ", plain).split()) or plain or folded(name)


def phone_key(number: str) -> str:
    """The last digits of a number: with or without the country's prefix it is the same."""
    digits = "".join(c for c in _EXTENSION.split(number)[0] if c.isdecimal())
    return digits[-_DIGITS_COMPARED:]


def name_words(name: str) -> frozenset[str]:
    """The words of a name, without marks on their letters."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=50_000)  # among many of one name, each is compared with all
def comparable(key: str, value: Value) -> frozenset[str]:
    """The values of a key as they are compared."""
    texts = _texts(value)
    if key == "phone":
        return frozenset(phone_key(text) for text in texts)
    if key == "linkedin":
        return frozenset(linkedin(text) or folded(text) for text in texts)
    if key == "organization":
        return frozenset(organization_key(text) for text in texts)
    if key == "website":
        return frozenset(folded(text).rstrip("/") for text in texts)
    return frozenset(folded(text) for text in texts)


def _texts(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@dataclass
class Known:
    """Somebody, with what is known of them; an import may add to it.

    Attributes:
        values: by the key of a card; nothing empty.
        body: the text of the card.
        is_new: whether the card is yet to be written.
    """

    slug: str
    values: dict[str, Value]
    body: str = ""
    do_not_contact: bool = False
    is_new: bool = False
    _names: frozenset[str] = field(default=frozenset(), init=False)

    def keys(self, key: str) -> frozenset[str]:
        """The values of a key as they are compared; none where it is not given."""
        return comparable(key, self.values[key]) if key in self.values else frozenset()

    @property
    def addresses(self) -> frozenset[str]:
        """All web addresses, whichever key they stand under, each in both ways of comparing."""
        urls = [url for key in ("website", "linkedin") for url in _texts(self.values.get(key, ()))]
        return comparable("website", tuple(urls)) | comparable("linkedin", tuple(urls))

    @property
    def profiles(self) -> frozenset[str]:
        """LinkedIn addresses as they are compared, whichever key they stand under."""
        websites = frozenset(linkedin(url) for url in _texts(self.values.get("website", ()))) - {""}
        return self.keys("linkedin") | websites

    def is_called(self, name: str) -> bool:
        """Whether a name is theirs, or an alias."""
        return folded(name) in self.keys("name") | self.keys("aliases")

    def may_be_called(self, name: str) -> bool:
        """Whether a name has a word in common with theirs."""
        own = frozenset[str]().union(
            *(name_words(text) for text in (*self.keys("name"), *self.keys("aliases")))
        )
        return self.is_called(name) or bool(own & name_words(name))

    def contradicts(self, candidate: Candidate) -> bool:
        """Whether the two have each a LinkedIn address, and not the same."""
        theirs = comparable("linkedin", candidate.linkedin)
        return bool(theirs and self.profiles) and not theirs & self.profiles


def known(contact: Contact, text: str) -> Known:
    """Somebody who has a card, and its text."""
    values: dict[str, Value] = {
        "name": contact.name,
        "organization": contact.organization or "",
        "title": contact.title or "",
        "email": contact.emails,
        "phone": contact.phones,
        "website": contact.websites,
        "linkedin": contact.linkedin,
        "location": contact.location or "",
        "tags": contact.tags,
        "birthday": str(contact.birthday or ""),
        "aliases": contact.aliases,
    }
    given = {key: value for key, value in values.items() if value}
    return Known(contact.slug, given, text, do_not_contact=contact.do_not_contact)


@dataclass(frozen=True, slots=True)
class Match:
    """The one person whom a candidate is, and by what that was known."""

    person: Known
    by: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A candidate who may be somebody; never merged.

    Attributes:
        reason: what they have in common, in words.
        people: who they may be.
        may_be_new: whether they can be taken for somebody else; not where several cards fit equally well.
    """

    reason: str
    people: tuple[Known, ...]
    may_be_new: bool


class Directory:
    """Finds people by what is theirs alone."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.people: dict[str, Known] = {}
        self._by: dict[tuple[str, str], dict[str, Known]] = {}
        for person in people:
            self.add(person)

    def add(self, person: Known) -> None:
        """Make somebody known, or take up what was added to them."""
        self.people[person.slug] = person
        for key, texts in (
            ("email", person.keys("email")),
            ("linkedin", person.profiles),
            ("phone", person.keys("phone")),
            ("name", person.keys("name") | person.keys("aliases")),
        ):
            for text in texts:
                self._by.setdefault((key, text), {})[person.slug] = person

    def _having(self, key: str, value: Value) -> list[Known]:
        found: dict[str, Known] = {}
        for text in sorted(comparable(key, value)):
            found |= self._by.get((key, text), {}) if text else {}
        return list(found.values())

    def find(self, candidate: Candidate) -> Match | Doubt | None:
        """Who a candidate is: by e-mail, LinkedIn address, phone, or exact name and organization.

        Returns:
            The match; a doubt where it may be somebody; None for nobody who is known.
        """
        of_email = self._having("email", candidate.emails)
        by_email = [p for p in of_email if p.may_be_called(candidate.name) and not p.contradicts(candidate)]
        by_linkedin = self._having("linkedin", candidate.linkedin)
        by_phone = [
            p
            for p in self._having("phone", candidate.phones)
            if p.may_be_called(candidate.name) and not p.contradicts(candidate)
        ]
        namesakes = self._having("name", candidate.name)
        exact = [p for p in namesakes if _same_place(p, candidate) and not p.contradicts(candidate)]
        if by_email and by_linkedin and {p.slug for p in by_email} != {p.slug for p in by_linkedin}:
            both = {p.slug: p for p in (*by_email, *by_linkedin)}
            return Doubt(
                "the e-mail address is one person's and the LinkedIn address another's",
                tuple(both.values()),
                may_be_new=False,
            )
        for found, by in (
            (by_email, "e-mail address"),
            (by_linkedin, "LinkedIn address"),
            (by_phone, "phone number"),
            (exact, "name and organization"),
        ):
            if len(found) == 1:
                return Match(found[0], by)
            if found:
                return Doubt(f"several cards have the same {by}", tuple(found), may_be_new=False)
        if of_email:
            return Doubt("the e-mail address is somebody else's too", tuple(of_email), may_be_new=True)
        alike = [p for p in namesakes if not p.contradicts(candidate)]
        return Doubt("only the name is the same", tuple(alike), may_be_new=True) if alike else None


def _same_place(person: Known, candidate: Candidate) -> bool:
    """Whether both are at one organization; of two at none, neither addresses nor numbers may part them."""
    theirs = (
        comparable("organization", candidate.organization) if candidate.organization else frozenset[str]()
    )
    ours = person.keys("organization")
    if theirs or ours:
        return theirs == ours
    return not any(
        said - {""} and person.keys(key) - {""} and not said & person.keys(key)
        for key, said in (
            ("email", comparable("email", candidate.emails)),
            ("phone", comparable("phone", candidate.phones)),
        )
    )
