"""No encoding hides what the leak audit looks for: a leak is found, and chance is no leak."""

from __future__ import annotations

import base64
import html
import json
import textwrap
import unicodedata
from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encodings_of_texts import base64_parts
from intouch.sealing.hiding import found_in
from intouch.sealing.needles import Needle

NAME = Needle("Priya Nair", "a name")
SHORT = Needle("Jo", "a name")
PHONE = Needle("+61 2 5550 0142", "a phone number")

LETTERS = "aeioumnrstäöüßñ"


def finds(text: str, needle: Needle) -> bool:
    return [found for found, _ in found_in(text, [needle])] == [needle]


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda t: t,
    "upper case": str.upper,
    "percent": quote,
    "percent, all of it": lambda t: "".join(f"%{byte:02x}" for byte in t.encode()),
    "plus for space": lambda t: t.replace(" ", "+"),
    "entities": lambda t: "".join(f"&#{ord(c)};" for c in t),
    "hexadecimal entities": lambda t: "".join(f"&#x{ord(c):X};" for c in t),
    "named entities": lambda t: html.escape(t).replace(" ", "&nbsp;"),
    "percent in entities": lambda t: "".join(f"&#{ord(c)};" for c in quote(t)),
    "entities in percent": lambda t: quote("".join(f"&#{ord(c)};" for c in t)),
    "JSON": lambda t: "".join(f"\\u{ord(c):04x}" for c in t),
    "JavaScript": lambda t: "".join(f"\\x{ord(c):02x}" for c in t),
    "full width": lambda t: "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in t),
    "base64": lambda t: base64.b64encode(t.encode()).decode(),
    "base64 one on": lambda t: base64.b64encode(f"x{t}".encode()).decode(),
    "base64 two on": lambda t: base64.b64encode(f"xy{t}yz".encode()).decode(),
    "base64 for addresses": lambda t: base64.urlsafe_b64encode(f"xy{t}".encode()).decode().rstrip("="),
    "base64 of capitals": lambda t: base64.b64encode(t.upper().encode()).decode(),
    "base64 of small letters": lambda t: base64.b64encode(f"x{t.lower()}".encode()).decode(),
    "base64 in lines": lambda t: textwrap.fill(base64.b64encode(f"xy{t}".encode()).decode(), 7),
    "base64 of JSON": lambda t: base64.b64encode("".join(f"\\u{ord(c):04x}" for c in t).encode()).decode(),
    "base64 of percent": lambda t: base64.b64encode(quote(t).encode()).decode(),
    "base64 of entities": lambda t: base64.b64encode("".join(f"&#{ord(c)};" for c in t).encode()).decode(),
    "base64 in percent": lambda t: "".join(f"%{b:02x}" for b in base64.b64encode(t.encode())),
    "base64 in entities": lambda t: "".join(f"&#{b};" for b in base64.b64encode(t.encode())),
    "hexadecimals": lambda t: t.encode().hex(),
    "hexadecimals, shifted and in capitals": lambda t: f"a{t.encode().hex()}".upper(),
    "hexadecimals in pairs": lambda t: t.encode().hex(" "),
    "percent, twice": lambda t: quote(quote(t)),
    "entities, twice": lambda t: html.escape("".join(f"&#{ord(c)};" for c in t)),
    "JSON in percent": lambda t: quote("".join(f"\\u{ord(c):04x}" for c in t)),
    "CSS": lambda t: "".join(f"\\{ord(c):06x}" for c in t),
    "other spaces": lambda t: t.replace(" ", "\u00a0"),
    "two lines": lambda t: t.replace(" ", "\n    "),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_is_found_in_every_encoding(encoding: str) -> None:
    text = f"body {{ }} <{ENCODINGS[encoding](NAME.text)}> more"
    assert finds(text, NAME)


MARKED = Needle("Zoë Ñandú-Pōtiki 𝒫", "a name")


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "encode",
    [
        str,
        str.upper,
        quote,
        lambda t: json.dumps(t).strip('"'),
        lambda t: "".join(f"&#x{ord(c):x};" for c in t),
        lambda t: base64.b64encode(t.encode()).decode(),
        lambda t: base64.b64encode(f"x{t.lower()}".encode()).decode(),
    ],
)
def test_marks_and_capitals_are_found_in_every_form_of_unicode(
    form: Literal["NFC", "NFD", "NFKC", "NFKD"], encode: Callable[[str], str]
) -> None:
    assert finds(f"x: {encode(unicodedata.normalize(form, MARKED.text))};", MARKED)


@given(st.text(min_size=8, max_size=30), st.binary(max_size=12), st.binary(max_size=12))
def test_base64_hides_nothing_at_any_alignment(text: str, before: bytes, after: bytes) -> None:
    encoded = base64.b64encode(before + text.encode("utf-8", "surrogatepass") + after).decode()
    assert any(part in encoded for part in base64_parts(text))


@given(st.text(LETTERS, min_size=5, max_size=30), st.text(LETTERS, max_size=9), st.text(LETTERS, max_size=9))
def test_a_name_is_found_at_any_alignment(text: str, before: str, after: str) -> None:
    encoded = base64.b64encode(f"{before}{text}{after}".encode()).decode()
    assert finds(f"x{encoded}", Needle(text, "a name"))
    assert finds(f"url(data:;base64,{encoded})", Needle(text, "a name"))


@pytest.mark.parametrize("text", ["Jo", "by Jo.", '"jo"', "&#74;o", "people/jo/index.html", "J%6F!"])
def test_a_short_name_that_stands_alone_is_found(text: str) -> None:
    assert finds(text, SHORT)


@pytest.mark.parametrize("text", ["banjo", "job", "JOIN", "x7joq2", "e/0jo1.js", "Sm9h", "UmpvYg=="])
def test_a_short_name_by_chance_is_no_leak(text: str) -> None:
    assert not finds(text, SHORT)


@pytest.mark.parametrize("text", ["+61 2 5550 0142", "+61255500142", "tel:%2B61255500142", "+61-2-5550-0142"])
def test_a_number_is_found_however_it_is_grouped(text: str) -> None:
    assert finds(text, PHONE)


@given(st.text(max_size=200))
def test_a_text_without_it_holds_no_name(text: str) -> None:
    assert not finds(text.replace("P", "").replace("p", ""), Needle("Ppqx Zzkw", "a name"))
