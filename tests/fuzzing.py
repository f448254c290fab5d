"""Throw broken notebooks, settings, locks and address books at what reads them: does anything get lost?

    python tests/fuzzing.py                             # a minute of each reader
    python tests/fuzzing.py settings imports --seconds 600 --seed 7

What is thrown is the sample notebook, the catalogue of errors and the importers' cases, cut, doubled, swapped
and sprinkled with what parsers trip over. A reader may refuse anything in its own words, within some seconds;
it may not break, and no line of a log may be lost: it is an entry, or text on the page, or a problem is told.
Prints what it found as literal cases, which belong into `test_fuzzing.py`, and ends with an error.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from intouch import project
from intouch.build import load, render
from intouch.cli.days import spoken_day
from intouch.dates import CadenceError, parse_cadence
from intouch.exporters.csv_file import write_csv
from intouch.exporters.vcards import write_vcards
from intouch.importers.formats import read_listing
from intouch.importers.planning import plan_import
from intouch.importers.source import SourceError, open_source
from intouch.memo import digest
from intouch.model import Book, Kind
from intouch.reading import notebook
from intouch.reading.files import CONTROLS, FileKind, RawFile
from intouch.reading.scan import Scanned
from intouch.reading.words import DateError, parse_date
from intouch.sealing.lockfile import read_lock
from intouch.sealing.refusals import SealError
from intouch.settings import Settings
from intouch.writing.entries import EntryError, NewEntry, with_entry
from intouch.writing.values import with_values

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
LONGEST = 10
"""Seconds after which a reader is stuck; the slowest that is known takes a tenth of one."""

NOBODY = Book({})
NO_SETTINGS = project.ReadSettings(Settings(), (), "")
ENTRY = NewEntry(TODAY, "call", Kind.CALL, None, "will try again")
TOKENS = (
    "---", "\n---\n", "\n", "\r", "\r\n", "\n\n", "\t", "    ", " ", "\u2028", "\x85", "\x00",
    "\ufeff", "\u202e",
    "## Log\n", "# Log\n", "Log\n===\n", "## log ##\n", "> ", "- ", "* ", "1. ", "+ ", "<!--", "-->", "<x>",
    "- 2026-11-02 call: x\n", "- 2026-02-30 call\n", "- 2026-11-02 cal\n", "- 0000-00-00", "2026-11-02",
    "```", "~~~", "`", "**", "_", "[", "]", "[[", "]]", "(", ")", "|", "![", "\\", "\\\n", "&amp;",
    "{{", "}}",
    "name: ", "date: ", "kind: call\n", "next: ", "people: [", "tags: ", "cadence: ", "x-y: ", ": ",
    ":", "#",
    "&a ", "*a", "!!python/object ", "!!binary ", "? ", "<<: ", "%YAML 1.1\n", "|\n", ">-\n", "'", '"',
    '"\\0"',
    "~", "null", "no", "yes", "0x10", "1e9", "-1", "9" * 20, "every ", "3 months", "6-8 weeks", "½",
    "٣", " #",
    "=", "[a]\n", "[[away]]\n", "from = 2026-01-01\n", '"""', "'''", "\\u0000", "true", "{a = 1}",
    "07:32:00Z",
    "BEGIN:VCARD\n", "END:VCARD\n", "FN:", "N:;;;;", "TEL;TYPE=", "=3D=\n", "QUOTED-PRINTABLE", "item1.",
    ",", ";", '""', "First Name", "E-mail 1 - Value", " ::: ", "Notes:\n", "=HYPERLINK(", "sep=;\n",
    "e\u0301",
)  # fmt: skip
"""What parsers trip over."""


def mutated(seed: bytes, others: list[bytes], dice: random.Random) -> bytes:
    """A text with some things done to it that hands, editors and programs do, and some that they do not."""
    text = bytearray(seed)
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        at = dice.randrange(len(text) + 1)
        end = min(len(text), at + dice.choice((1, 2, 8, 40, 400)))
        way = dice.randrange(8)
        if way <= 2:
            text[at:at] = dice.choice(TOKENS).encode()
        elif way == 3:
            del text[at:end]
        elif way == 4:
            text[at:at] = text[at:end] * dice.choice((1, 2, 30))
        elif way == 5 and at < len(text):
            text[at] = dice.randrange(256)
        elif way == 6:
            other = dice.choice(others)
            start = dice.randrange(len(other) + 1)
            text[at:end] = other[start : start + dice.choice((8, 80, 800))]
        else:
            lines = text.splitlines(keepends=True)
            dice.shuffle(lines)
            text = bytearray(b"".join(lines))
    return bytes(text[:100_000])


def read_files(*files: tuple[str, FileKind, bytes]) -> notebook.Reading:
    """Read files of one person as those of a notebook."""
    raw = tuple(RawFile(name, kind, "ann", content, digest(name, content)) for name, kind, content in files)
    return notebook.understand(Scanned(raw, ()))


NUMBERED = re.compile(r"^[-*+] .*?\b(told \d+\.)$", re.MULTILINE)
HIDING = re.compile(r"```|~~~|<|`|^(?: {4}|\t)", re.MULTILINE)
"""What keeps a text from being read as a list on purpose: code and HTML."""


def card(content: bytes) -> None:
    """A card, also one that is written to: nothing breaks, and no line of its log is lost."""
    reading = read_files(("contacts/ann.md", FileKind.CARD, content))
    _nothing_lost(content, reading)
    for change in (
        partial(with_entry, entry=ENTRY),
        partial(with_values, values={"title": "Head", "tags": ("a",)}),
    ):
        with suppress(EntryError):
            after = change(content, "ann")
            kept = [line.strip() for line in after.splitlines()]
            for line in content.splitlines():
                if line.strip() in kept:
                    kept.remove(line.strip())
                else:
                    key = CONTROLS.sub("", line.decode("utf-8", "replace"))  # told of, and read without
                    assert key.startswith(("title", "tags")), f"a line was changed: {line!r}"


def _nothing_lost(content: bytes, reading: notebook.Reading) -> None:
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if reading.diagnostics or HIDING.search(text):
        return
    said = " ".join(i.text for i in reading.book.interactions)
    said += " ".join(map(reading.book.text_of, reading.book.contacts.values()))
    for line in NUMBERED.findall(text):
        assert line in said, f"{line!r} is lost"


def note(content: bytes) -> None:
    """A note: nothing breaks, and it counts, or it is said why not."""
    whole = ("contacts/ann.md", FileKind.CARD, b"---\nname: Ann\n---\n")
    reading = read_files(whole, ("contacts/ann/2026-11-02-call.md", FileKind.NOTE, content))
    assert reading.book.interactions or reading.diagnostics, "a note is lost"


def site(content: bytes) -> None:
    """A card all the way: planned, drafted, on every page, in the feed, and exported."""
    ann = RawFile("contacts/ann.md", FileKind.CARD, "ann", content, digest(content))
    loaded = load(HERE, NO_SETTINGS, TODAY, scanned=Scanned((ann,), ()))
    pages = dict(render(loaded).site)
    assert pages["check-ins.ics"].endswith(b"END:VCALENDAR\r\n")
    for write in (write_vcards, write_csv):
        write(loaded.book.contacts.values(), loaded.book)


def settings(content: bytes) -> None:
    """The settings."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "intouch.toml").write_bytes(content)
        project.read_settings(Path(folder))


def imports(content: bytes) -> None:
    """A file to import from, of whatever format: each person in it is planned, or a problem is told."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people"
        path.write_bytes(content)
        with suppress(SourceError):
            listing = read_listing(open_source(path), {})
            plan = plan_import(listing.candidates, NOBODY, taken=set(), separate=False)
            assert len(plan.steps) == len(listing.candidates), "somebody is lost"


def words(content: bytes) -> None:
    """Dates, days and cadences."""
    text = content.decode("utf-8", "replace")
    for some in (text, *text.splitlines()[:5]):
        with suppress(CadenceError):
            cadence = parse_cadence(some)
            assert parse_cadence(str(cadence)) == cadence
        with suppress(DateError):
            assert parse_date(some).isoformat()
        with suppress(DateError):
            assert spoken_day(some, TODAY).isoformat()


def lock(content: bytes) -> None:
    """A lock, which anybody may have tampered with."""
    with suppress(SealError):
        read_lock(content.decode("utf-8", "replace"))


@cache
def seeds(kind: str) -> list[bytes]:
    """What each reader is used to."""
    sample = HERE.parent / "contacts"
    cases = sorted((HERE / "importers" / "cases").glob("*/*"))
    catalogue = sorted((HERE / "errors").glob("*/contacts/**/*.md"))
    numbered = b"".join(b"- 2026-11-%02d call: told %d.\n" % (n + 1, n) for n in range(9))
    front = b'---\nname: Ann Bell\norganization: Acme\ntags: [a, "b c"]\ntitle:\nnext: 2027-01-15 call\n---\n'
    own = front + b"Met *her*.\n\n## Log\n" + numbered + b"\n## After\nMore.\n"
    found: Mapping[str, list[bytes]] = {
        "card": [own, own, own, *(path.read_bytes() for path in (*sorted(sample.glob("*.md")), *catalogue))],
        "note": [path.read_bytes() for path in sorted(sample.glob("*/*.md"))],
        "settings": [
            (HERE.parent / "intouch.toml").read_bytes(),
            *(p.read_bytes() for p in HERE.glob("errors/*/*.toml")),
        ],
        "imports": [path.read_bytes() for path in cases if path.suffix != ".json" and path.is_file()],
        "words": [
            b"every 3 months",
            b"6w",
            b"twice a year",
            b"2026-11-23",
            b"yesterday",
            b"-3d",
            b"fri",
            b"quarterly",
        ],
        "lock": [b'{"format": 1, "site": "%s", "slots": [{"iterations": 600000}]}' % (b"0" * 32)],
    }
    return found[kind]


READERS: Mapping[str, Callable[[bytes], None]] = {
    "card": card,
    "site": site,
    "note": note,
    "settings": settings,
    "imports": imports,
    "words": words,
    "lock": lock,
}


class StuckError(Exception):
    """A reader that takes too long."""


@contextmanager
def patience() -> Iterator[None]:
    """Interrupt what takes too long."""

    def stuck(_number: int, _frame: FrameType | None) -> NoReturn:
        raise StuckError

    before = signal.signal(signal.SIGALRM, stuck)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def thrown(kind: str, seed: int, number: int) -> bytes:
    """The n-th text for a reader."""
    dice = random.Random(f"{seed} {kind} {number}")
    some = seeds("card" if kind == "site" else kind)
    return mutated(dice.choice(some), some, dice)


def fault_in(kind: str, content: bytes) -> str:
    """What a reader does wrong with a text; empty for nothing."""
    try:
        with patience():
            READERS[kind](content)
    except StuckError:
        return f"stuck for {LONGEST} seconds"
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc(limit=-3)
    return ""


def main() -> None:
    """Throw for a while, and tell."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}")
    options.add_argument("--seconds", type=float, default=60, help="for each reader")
    options.add_argument("--seed", type=int, default=2026)
    chosen = options.parse_args()
    wrong = 0
    for kind in chosen.readers or READERS:
        end, number = time.monotonic() + chosen.seconds, 0
        found: dict[str, bytes] = {}
        while time.monotonic() < end:
            content = thrown(kind, chosen.seed, number)
            fault = fault_in(kind, content)
            number += 1
            if fault and (fault not in found or len(content) < len(found[fault])):
                found[fault] = content
        wrong += len(found)
        sys.stdout.write(f"{kind}: {number:,} texts, {len(found)} faults\n")
        for fault, content in found.items():
            sys.stdout.write(f"{fault}\n    {content!r}\n\n")
        sys.stdout.flush()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
