"""What the leak audit looks for, and that no encoding hides it: a leak is found, and chance is no leak."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.sealing.needles import Needle, base64_parts, found_in

NAME = Needle("Priya Nair", "a name")
SHORT = Needle("Jo", "a name")
PHONE = Needle("+61 2 5550 0142", "a phone number")


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
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_is_found_in_every_encoding(encoding: str) -> None:
    text = f"body {{ }} <{ENCODINGS[encoding](NAME.text)}> more"
    assert finds(text, NAME)


@given(st.text(min_size=8, max_size=30), st.binary(max_size=12), st.binary(max_size=12))
def test_base64_hides_nothing_at_any_alignment(text: str, before: bytes, after: bytes) -> None:
    encoded = base64.b64encode(before + text.encode("utf-8", "surrogatepass") + after).decode()
    assert any(part in encoded for part in base64_parts(text))


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
