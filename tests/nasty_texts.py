"""Texts that have broken calendar programs, and a notebook in which they are everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intouch.dates import Cadence, Period, Unit
from intouch.model import Book, Contact, Interaction, Kind, Pin, Source
from intouch.places import Place

TODAY = date(2026, 11, 23)

NASTY: dict[str, str] = {
    "a component": "BEGIN:VEVENT",
    "an end": "END:VCALENDAR",
    "a property": "ATTENDEE:mailto:eve@evil.example",
    "an injection with CRLF": "Ann\r\nATTENDEE:mailto:eve@evil.example\r\nX-Y:z",
    "an injection with LF": "Ann\nEND:VEVENT\nBEGIN:VEVENT",
    "an injection with CR": "Ann\rATTENDEE:mailto:eve@evil.example",
    "an injection with NEL": "Ann\x85ATTENDEE:mailto:eve@evil.example",
    "an injection with a line separator": "Ann\u2028ATTENDEE:mailto:eve@evil.example",
    "an injection with a paragraph separator": "Ann\u2029ATTENDEE:mailto:eve@evil.example",
    "other line ends": "a\x0bb\x0cc\x1cd\x1de\x1ef",
    "NUL and its neighbours": "a\x00b\x01c\x07d\x08e\x1bf\x7fg\x80h\x9fi",
    "a backslash": "AC\\DC \\",
    "two backslashes": "a\\\\b",
    "a written n": "C:\\new\\Nord \\n \\N",
    "a backslash before punctuation": "a\\,b\\;c",
    "commas and semicolons": 'Nair, Priya; (the "elder"), o\'Hara: 100%',
    "a fold of its own": "Ann\r\n Bell",
    "ZWJ emoji": "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 " * 4,
    "flags": "🇦🇺🇳🇿" * 9,
    "right to left": "מַרְיָם כֹּהֵן ومحمد بن سلمان",
    "bidi controls": "\u202eevil\u202c \u2066ann\u2069 \u200ebell\u200f\u061c",
    "combining marks": "Zoe\u0308 " + "o\u0301\u0323\u0302" * 30,
    "other scripts": "王小明 田中さくら 김민준 Ωμέγα Ђорђе",
    "beyond the basic plane": "𝒫𝓇𝒾𝓎𝒶 𠜎𠜱𠝹 " * 6,
    "a byte order mark": "\ufeffAnn\ufeff",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d",
    "zero width": "a\u200bb\u200cc\u2060d",
    "tabs and wide spaces": "\tAnn\t\u3000Bell\u00a0Cho ",
    "lone surrogates": "a\ud800b\udfffc",
    "HTML": "<html><script>alert(1)</script>&amp;",
    "a parameter": 'x;VALUE=DATE:20260101";ENCODING=BASE64',
    "nothing": "",
    "nothing that remains": "\u202e\x00\u2066",
    "no space in 300": "x" * 300,
    "folds at 73 to 77": " ".join("y" * n for n in range(73, 78)),
}
HUGE = {
    "huge": "a, b; c\\ " * 6_889,
    "huge and of four octets": "😀" * 62_000,
    "huge and combining": "e\u0301" * 31_000,
}


def people(texts: dict[str, str]) -> Book:
    """One person for each text, which is their name, organization, phone, and what was last said."""
    contacts: dict[str, Contact] = {}
    happened: list[Interaction] = []
    for number, text in enumerate(texts.values()):
        slug = f"p{number:03}"
        card = f"contacts/{slug}.md"
        contacts[slug] = Contact(
            slug=slug,
            name=text,
            place=Place(card, 2),
            organization=text,
            phones=(text,),
            emails=(text,),
            cadence=Cadence(Period(1, Unit.MONTH)),
        )
        happened.append(Interaction(slug, date(2026, 10, 30), Kind.CALL, Place(card, 9), text=text))
    return Book(contacts, tuple(sorted(happened, key=lambda i: i.order)))


def roles_and_promises(texts: dict[str, str]) -> Book:
    """One person for each text, which is a role applied for, an agency's note, and a promise."""
    book = people(texts)
    happened: list[Interaction] = []
    for number, text in enumerate(texts.values()):
        slug = f"p{number:03}"
        note = Place(f"contacts/{slug}/2026-11-20-interview.md")
        happened.append(
            Interaction(
                slug, date(2026, 11, 20), Kind.INTERVIEW, note, Source.NOTE, role=text, title=text, text=text
            )
        )
    promising = {
        slug: replace(contact, next=Pin(date(2026, 12, 1), text, contact.place))
        for (slug, contact), text in zip(book.contacts.items(), texts.values(), strict=True)
    }
    return Book(promising, tuple(sorted((*book.interactions, *happened), key=lambda i: i.order)))
