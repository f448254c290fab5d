"""vCards 4.0 (RFC 6350), for address books and phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intouch.model import Birthday, Book, Contact


def write_vcards(contacts: Iterable[Contact], book: Book) -> bytes:
    """A vCard for each; how well they fit and how often to write stays in the notebook."""
    return b"".join(line for contact in contacts for line in _card(contact, book.text_of(contact)))


def _card(contact: Contact, text: str) -> Iterator[bytes]:
    """The lines of one card, folded as the format wants them."""
    from icalendar.parser import Contentline

    for line in _lines(contact, text.strip()):
        yield Contentline(line).to_ical() + b"\r\n"  # type: ignore[no-untyped-call]


def _lines(contact: Contact, text: str) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0")
    yield f"FN:{_escaped(contact.name)}"
    yield f"N:{_name_parts(contact.name)}"
    texts = (
        ("NICKNAME", contact.aliases),
        ("ORG", (contact.organization,)),
        ("TITLE", (contact.title,)),
        ("EMAIL", contact.emails),
        ("TEL", contact.phones),
    )
    for key, values in texts:
        yield from (f"{key}:{_escaped(value)}" for value in values if value)
    # An address is no text: nothing in it is escaped.
    yield from (f"URL:{url}" for url in (*contact.websites, *contact.linkedin))
    if contact.location:
        yield f"ADR:;;;{_escaped(contact.location)};;;"
    if contact.timezone:
        yield f"TZ:{_escaped(contact.timezone)}"
    if contact.birthday:
        yield f"BDAY:{_birthday(contact.birthday)}"
    if contact.tags:
        yield f"CATEGORIES:{','.join(_escaped(tag) for tag in contact.tags)}"
    if text:
        yield f"NOTE:{_escaped(text)}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    from icalendar.prop import vText

    return vText(text).to_ical().decode()


def _name_parts(name: str) -> str:
    """Family and given name, as well as one can tell: the last word, and those before it."""
    *given, family = name.split()
    return f"{_escaped(family)};{_escaped(' '.join(given))};;;" if given else f";{_escaped(family)};;;"


def _birthday(birthday: Birthday) -> str:
    year = f"{birthday.year:04}" if birthday.year else "--"
    return f"{year}{birthday.month:02}{birthday.day:02}"
