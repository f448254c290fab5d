"""Laws of importing: twice is once, what was exported changes nothing, and no card is ever spoilt."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from intouch.exporters.csv_file import write_csv
from intouch.exporters.vcards import write_vcards
from intouch.front_matter import Value
from intouch.importers.candidate import Candidate
from intouch.importers.cells import linkedin, tidy
from intouch.importers.formats import read_listing
from intouch.importers.planning import Status, plan_import
from intouch.importers.source import Source, SourceError, decoded
from intouch.importers.writing import carry_out
from intouch.model import Book
from intouch.places import Place
from intouch.reading import notebook
from intouch.writing.cards import card

# Few words, so that people collide in every way; and some that break careless writers.
WORDS = st.sampled_from(
    [
        "Ann",
        "Ray",
        "Bob",
        "Low",
        "Acme",
        "Acme Inc",
        "Zoë",
        "O'Neil",
        "a: b",
        "[[ann]]",
        "'+1",
        "no",
        "#x",
        "林",
    ]
)
TEXTS = st.lists(WORDS, max_size=2).map(" ".join)
ANYTHING = st.text(max_size=30)


def some(*texts: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(texts), max_size=2, unique=True)


EMAILS = some("ann@x.example", "Bob@x.example", "info@x.example")
LINKS = some("in/ann", "in/bob", "in/zoe").map(
    lambda paths: tuple(f"https://www.linkedin.com/{path}" for path in paths)
)
PHONES = some("+61 2 5550 0142", "02 5550 0142", "5550143", "0")
URLS = some("https://x.example/?a=1;b,c", "http://ann.example")
TAGS = some("warm", "panel talk", "no")
BIRTHDAYS = st.sampled_from(["", "1980-04-12", "04-12", "02-29"])


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    return Candidate(
        place=Place("people.csv", draw(st.integers(1, 99))),
        name=tidy(draw(st.one_of(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), ANYTHING))) or "Ann",
        organization=tidy(draw(st.one_of(TEXTS, ANYTHING))),
        title=tidy(draw(TEXTS)),
        emails=tuple(draw(EMAILS)),
        phones=tuple(draw(PHONES)),
        websites=tuple(draw(URLS)),
        linkedin=draw(LINKS),
        location=tidy(draw(TEXTS)),
        tags=tuple(draw(TAGS)),
        birthday=draw(BIRTHDAYS),
        about=draw(st.one_of(st.just(""), ANYTHING, st.just("## Log\n- 2026-01-01 call\n[[nobody]]"))),
    )


NOBODY = Book({})


def written(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "contacts").iterdir()}


def do_import(root: Path, people: list[Candidate], *, separate: bool) -> set[str]:
    """Import for real; every card that comes of it reads without a problem."""
    book = notebook.read(root).book
    plan = plan_import(people, book, taken=written(root), separate=separate)
    assert len(plan.steps) == len(people)
    outcomes = list(carry_out(root, plan.changes))
    assert [outcome.refused for outcome in outcomes if outcome.refused] == []
    after = notebook.read(root)
    assert after.diagnostics == ()
    assert after.book.interactions == book.interactions
    return {str(step.status) for step in plan.steps}


@settings(max_examples=150)
@given(st.lists(candidates(), max_size=5), st.lists(candidates(), max_size=8), st.booleans())
def test_importing_twice_is_importing_once(
    known: list[Candidate],
    people: list[Candidate],
    separate: bool,  # noqa: FBT001
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "contacts").mkdir()
        do_import(root, known, separate=True)
        before = notebook.read(root).book
        do_import(root, people, separate=separate)
        once = written(root)
        after = notebook.read(root).book
        for slug, contact in before.contacts.items():
            for name in ("name", "organization", "title", "emails", "phones", "linkedin", "birthday"):
                old = getattr(contact, name)
                assert not old or getattr(after.contacts[slug], name) == old
            text = before.text_of(contact)
            assert not text or after.text_of(after.contacts[slug]) == text
        assert {"create", "update"} & do_import(root, people, separate=separate) == set()
        assert written(root) == once


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card as a user may write it, with keys that no address book has."""
    candidate = draw(candidates())
    values: dict[str, Value] = {
        **candidate.values,
        "website": (*candidate.websites, *draw(LINKS)),
        "linkedin": (*candidate.linkedin, *draw(st.sampled_from([(), ("https://profiles.example/ann",)]))),
        "aliases": tuple(draw(st.lists(WORDS, max_size=2, unique=True))),
        "fit": draw(st.sampled_from(["", "5"])),
        "cadence": draw(st.sampled_from(["", "none", "every 3 months"])),
    }
    return card(values, about=draw(st.sampled_from(["", "Tall.\n\n- a; b, c\\d", "> “quoted”\u2028line"])))


@settings(max_examples=150)
@given(st.lists(cards(), min_size=1, max_size=5), st.sampled_from([write_vcards, write_csv]))
def test_what_was_exported_changes_nothing_when_it_comes_back(texts: list[str], write: object) -> None:
    assert callable(write)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "contacts").mkdir()
        for number, text in zip(count(1), texts, strict=False):
            (root / "contacts" / f"card-{number}.md").write_text(text, encoding="utf-8")
        reading = notebook.read(root)
        assert reading.diagnostics == ()
        exported = write(reading.book.contacts.values(), reading.book)
        listing = read_listing(Source("out", decoded(exported)), {})
        assert len(listing.candidates) == len(texts)
        plan = plan_import(listing.candidates, reading.book)
        assert plan.changes == ()
        if len(texts) == 1 and write is write_vcards:
            assert [(s.status, dict(s.kept)) for s in plan.steps] == [(Status.SKIP, {})]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for prefix in ("", "First Name,Last Name,Company,Position\n", "BEGIN:VCARD\nFN:", "name;email\n"):
        with suppress(SourceError):
            plan_import(read_listing(Source("any", prefix + text), {}).candidates, NOBODY)


@given(st.text(st.one_of(st.sampled_from("%25cC3aAéÉ/?#İ"), st.characters()), min_size=1, max_size=20))
def test_an_address_in_the_form_that_is_compared_is_in_it_already(text: str) -> None:
    found = linkedin(f"https://au.linkedin.com/in/{text}")
    assert not found or (linkedin(found), found.isascii()) == (found, True)
