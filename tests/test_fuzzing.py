"""Some hundreds of broken texts for each reader, and those that once broke one; `fuzzing.py` throws more."""

from __future__ import annotations

import sys

import pytest

from fuzzing import READERS, fault_in, thrown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an alarm as POSIX has it")

THROWN = {"card": 100, "site": 6, "note": 300, "settings": 200, "imports": 100, "words": 1_500, "lock": 1_500}

ENTRY = (
    b"PK\x01\x02\x14\x03\x14\0\0\0\0\0\0\0t]OS\xb0}\xa9\x02\0\0\xa9\x02\0\0\x0f"
    b"\0\0\0\0\0\0\0\0\0\0\0\x80\x01s\0\0\0"
)
KEPT = {
    "an archive whose file lies before its beginning": (
        "imports",
        b"PK\x03\x04" + ENTRY + b"Connections.csv" + b"PK\x05\x06\0\0\0\0\x01\0\x01\0=\0\0\0I\x03\0\0\0\0",
    ),
    "a line that names two encodings": (
        "imports",
        b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nN;ENCODING=x;ENCODING=QUOTED-PRINTABLE:A=C5=9F\nEND:VCARD\n",
    ),
    "a control character by way of an escape": ("card", b'---\nname: "\\0"\n---\n'),
    "half a pair of surrogates": ("card", b'---\nname: "\\ud800"\n---\n'),
    "a name of line ends": ("card", b'---\nname: "A\\nB\\u2028C"\naliases: ["\\n"]\n---\n'),
    "a mark within the name of an empty key": ("card", b"---\nname: A\ntit\xef\xbb\xbfle:\n---\n"),
    "a log that is one line": (
        "card",
        b"---\nname: A\n---\n## Log\r- 2026-11-02 call: told 1.\r- 2026-11-03 call: told 2.",
    ),
}


@pytest.mark.parametrize("kind", READERS)
def test_whatever_is_thrown_is_read_or_refused(kind: str) -> None:
    assert [
        fault for number in range(THROWN[kind]) if (fault := fault_in(kind, thrown(kind, 1, number)))
    ] == []


@pytest.mark.parametrize("name", KEPT)
def test_what_once_broke_a_reader_is_read_or_refused(name: str) -> None:
    assert fault_in(*KEPT[name]) == ""
