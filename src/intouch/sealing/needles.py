"""Needles: what of a notebook nobody may find in what is published, and the ways in which it could hide."""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

from intouch.model import Book
from intouch.settings import Settings

_FOUND_ANYWHERE = 5
"""Letters of a needle that is found inside a word as well; a shorter one only as a word of its own: `Jo` is
in half of all words, and a leaked `Jo` stands alone."""

_SHORTEST = 2
_SHORTEST_BASE64 = 6
_SHORTEST_NUMBER = 7
_ALIGNMENTS = 3
_ESCAPED = re.compile(r"\\u\{?([0-9a-fA-F]{2,6})\}?|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{2,6}) ?")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/]+(?=[\d(])")
_LARGEST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Needle:
    """Something of the notebook.

    Attributes:
        text: as it is written there.
        what: what it is, for a message that does not repeat it.
    """

    text: str
    what: str


def needles(book: Book, settings: Settings) -> tuple[Needle, ...]:
    """Every name, e-mail address, phone number, organization, slug, tag, role and file name of a notebook."""
    found = {needle.text.strip(): needle for needle in (*_of_people(book), *_of_owner(settings))}
    return tuple(needle for text, needle in found.items() if len(text) >= _SHORTEST)


def _of_people(book: Book) -> Iterator[Needle]:
    for contact in book.contacts.values():
        yield Needle(contact.slug, "a slug")
        yield from (Needle(word, "part of a name") for word in contact.name.split())
        for texts, what in (
            ((contact.name, *contact.aliases, contact.greeting), "a name"),
            (contact.emails, "an e-mail address"),
            (contact.phones, "a phone number"),
            ((contact.organization,), "an organization"),
            ((contact.title, contact.location, contact.met_at), "a line of a card"),
            ((*contact.websites, *contact.linkedin), "a web address"),
            (contact.tags, "a tag"),
            ((contact.place.file, _stem(contact.place.file)), "a file's name"),
        ):
            yield from (Needle(text, what) for text in texts if text)
    for interaction in book.interactions:
        for text, what in (
            (interaction.role, "a role"),
            (interaction.organization, "an organization"),
            (interaction.title, "a note's title"),
            (interaction.place.file, "a file's name"),
            (_stem(interaction.place.file), "a file's name"),
        ):
            if text:
                yield Needle(text, what)


def _of_owner(settings: Settings) -> Iterator[Needle]:
    me = settings.me
    yield from (Needle(word, "your name") for word in (me.name, *me.name.split()) if word)
    for text, what in (
        (me.email, "your e-mail address"),
        (me.phone, "your phone number"),
        (me.link, "your link"),
    ):
        if text:
            yield Needle(text, what)


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]


def found_in(text: str, wanted: Iterable[Needle]) -> Iterator[tuple[Needle, str]]:
    """Which needles a text holds, and in which form each: plain, or encoded in some way.

    The text is decoded and then searched, so that it does not matter which of the many ways to write a
    character as an entity or in percent was taken.
    """
    forms = list(_views(text))
    for needle in wanted:
        form = next((form for form, view in forms if _holds(view, needle)), "")
        if not form and any(part in text for part in base64_parts(needle.text)):
            form = "in base64"
        if form:
            yield needle, form


def _views(text: str) -> Iterator[tuple[str, str]]:
    """A text as it is, and as it is once decoded; each form only where it differs."""
    seen = set()
    for form, decode in (
        ("plain", str),
        ("in percent", unquote),
        ("in percent", unquote_plus),
        ("as HTML", html.unescape),
        ("as HTML in percent", lambda t: html.unescape(unquote(t))),
        ("in percent in HTML", lambda t: unquote(html.unescape(t))),
        ("escaped", lambda t: _ESCAPED.sub(_unescaped, t)),
    ):
        view = comparable(decode(text))
        if view not in seen:
            seen.add(view)
            yield form, view


def _unescaped(match: re.Match[str]) -> str:
    point = int(match[1] or match[2] or match[3], 16)
    return chr(point) if point <= _LARGEST_CODE_POINT else match[0]


def comparable(text: str) -> str:
    """A text as it is compared: no case, one Unicode form, one kind of space, numbers without gaps."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _BETWEEN_DIGITS.sub("", folded)


def _holds(view: str, needle: Needle) -> bool:
    wanted = comparable(needle.text)
    digits = re.sub(r"\D", "", needle.text)
    if needle.what.endswith("phone number") and len(digits) >= _SHORTEST_NUMBER and digits in view:
        return True
    if len(wanted) >= _FOUND_ANYWHERE:
        return wanted in view
    start = view.find(wanted)
    while start >= 0:
        before, after = view[start - 1 : start], view[start + len(wanted) : start + len(wanted) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        start = view.find(wanted, start + 1)
    return False


def base64_parts(text: str) -> Iterator[str]:
    """What a text leaves in base64, whatever stands before and after it: at each of three alignments.

    Too short a part would be found by chance, and is left out.
    """
    data = text.encode("utf-8", "surrogatepass")
    for before in range(_ALIGNMENTS):
        encoded = base64.b64encode(bytes(before) + data).decode().rstrip("=")
        # The first characters mix with what stands before, the last one with what comes after.
        first = (0, 2, 3)[before]
        last = len(encoded) if (before + len(data)) % _ALIGNMENTS == 0 else len(encoded) - 1
        part = encoded[first:last]
        if len(part) >= _SHORTEST_BASE64:
            yield part
            if "+" in part or "/" in part:
                yield part.translate(str.maketrans("+/", "-_"))
