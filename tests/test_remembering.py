"""The law of remembering: after whatever was done, a build that remembers gives what a clean build gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intouch import project
from intouch.build import Built, load, render
from intouch.disk import write_site
from intouch.memo import Memo
from intouch.reading.scan import Scanned, scan
from intouch.site import render as rendering
from intouch.site import texts
from intouch.theme_folder import builtin_folder
from intouch.unchanged import Outcome, inputs_key, known_or_built
from photographs import jpeg, png

ROOT = Path(__file__).parent.parent
PERSON = (builtin_folder() / "person.html").read_text("utf-8")

FILES = {
    "contacts/ann.md": """\
---
name: Ann Bell
organization: Harbour Library
fit: 5
email: ann@harbour.example
phone: "+61 2 5550 0101"
introduced_by: sam
---
Knows [[Ben Cho]] and [[Benny]].

## Log
- 2026-09-01 meeting: about **reading**
- 2026-09-02 thank-you
""",
    "contacts/ben.md": "---\nname: Ben Cho\norganization: Open Books\naliases: [Benny]\n---\n",
    "contacts/cy.md": "---\nname: Cy Doe\norganization: Open Books\ncadence: every 6 weeks\n---\n## Log\n",
    "contacts/sam.md": "---\nname: Sam Lee\ncontact_type: agency\nemail: sam@north.example\n---\n## Log\n"
    "- 2026-08-31 call\n",
    "contacts/ben/2026-11-12-interview.md": "---\nrole: Editor\npeople: [cy]\nvia: sam\n"
    "decision_by: 2026-11-20\n---\nThey asked about `[[Ann]]` and [[Ann Bell|her]].\n",
}
SETTINGS = (
    "",
    '[site]\ntitle = "Mine"\n',
    '[site]\nrepository = "https://github.com/me/network"\nbase_url = "https://me.example"\n',
    '[calendar]\ncountry = "AU"\nsubdivision = "NSW"\n',
    "[[away]]\nfrom = 2026-11-20\nto = 2027-02-08\n",
    '[feed]\nlevel = "initials"\nname = "Busy"\n',
    "[limits]\nper_day = 1\nper_week = 2\n",
    '[me]\nname = "Ailsa"\nlink = "https://ailsa.example"\n',
    "[demo]\ntoday = 2026-11-23\n",
    "nonsense = [",
)
TEMPLATES: tuple[dict[str, str], ...] = (
    {},
    {"person.html": PERSON.replace("<h1", "<!-- own --><h1")},
    {"person.html": "{{ view.nothing_of_the_kind }}"},
    {"404.html": "{% broken"},
    {"messages/keep-in-touch.txt": "Subject: Hello\n\nDear {{ contact.name }}\n"},
    {"messages/keep-in-touch.txt": "Subject: Hello\n\nDear {{ contact.nobody }}\n"},
    {"assets/style.css": "body { color: teal }"},
)
PICTURES = (png(), png(6), jpeg(), jpeg(8), b"nothing", png()[:50])
SHOWN = ("\n![[a.png]]\n", "\nsee ![it](a.png) and ![](b.jpg)\n", "\n![x](../ben/b.jpg) ![y](ben/a.png)\n")
LINES = (
    "- 2026-11-19 call: hello, see [[Cy Doe]]",
    "- 2026-11-20 check-in",
    "- 2026-11-18 rejection (Editor): no *luck*",
    "- 2026-11-21 offer (Editor)",
    "- 2026-12-01 interview (Trainer): 10:30",
    "- 2026-11-22 accepted",
    "- 2026-11-17 applied (Trainer)",
    "- nonsense",
)
CHANGES = (
    ("name: Ann Bell", "name: Ann Bell-Cho"),
    ("name: Ben Cho", "name: Ann Bell"),
    ("aliases: [Benny]", "aliases: [Ann]"),
    ("Open Books", "Shut Books"),
    ("fit: 5", "fit: 1"),
    ("introduced_by: sam", "introduced_by: ben"),
    ("contact_type: agency", "do_not_contact: yes"),
    ("cadence: every 6 weeks", "cadence: none"),
    ("email: ann", "next: 2026-12-24 send the book\nemail: ann"),
    ("via: sam", "via: ann"),
    ("people: [cy]", "people: [ann, sam]"),
    ("Knows ", "# Long\n\n" + "[" * 20_000 + "\n\nKnows "),
    ("---\n", ""),
)


@dataclass
class Notebook:
    """A notebook, the two builds of it, and what the one of them remembers on the disk."""

    root: Path
    today: date = date(2026, 11, 23)
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))
    pictures: dict[str, bytes] = field(default_factory=dict)
    settings: str = ""
    templates: dict[str, str] = field(default_factory=dict)
    in_memory: Memo = field(default_factory=Memo)
    touched: set[str] = field(default_factory=set)
    scanned: Scanned | None = None

    @property
    def cache(self) -> Path:
        return self.root.parent / "cache"

    def lay_out(self) -> None:
        texts = {**self.files, **{f"site_templates/{n}": text for n, text in self.templates.items()}}
        if self.settings:
            texts["intouch.toml"] = self.settings
        wanted = {**{name: text.encode() for name, text in texts.items()}, **self.pictures}
        for path in [p for p in self.root.rglob("*") if p.is_file()]:
            name = path.relative_to(self.root).as_posix()
            if name not in wanted:
                path.unlink()
                self.touched.add(name)
        for path in sorted((p for p in self.root.rglob("*") if p.is_dir()), reverse=True):
            if not any(path.iterdir()):
                path.rmdir()
        for name, content in wanted.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
                self.touched.add(name)
        (self.root / "contacts").mkdir(parents=True, exist_ok=True)

    def built(self, memo: Memo) -> Built:
        read = project.read_settings(self.root, memo)
        scanned = None
        if memo is self.in_memory:  # as `serve` does it: what nobody touched is not even looked at
            scanned = self.scanned = scan(self.root, self.scanned, self.touched)
            self.touched = set()
        return render(load(self.root, read, self.today, memo, scanned=scanned), memo)

    def check_known(self, memo: Memo, again: Built, clean: Built) -> None:
        """What is known without building at all is that same site, too."""
        read = project.read_settings(self.root, memo)
        key = inputs_key(self.root, scan(self.root).key, read.text + repr(read.diagnostics), self.today)
        said = Outcome(
            again.site, len(again.agenda.standings), len(again.agenda.check_ins), again.diagnostics
        )
        for _ in range(2):
            known = known_or_built(key, memo, lambda: said)
            assert (known.people, known.check_ins) == (said.people, said.check_ins)
            assert known.diagnostics == clean.diagnostics
            assert {p: known.site.digest_of(p) for p in known.site} == {
                p: clean.site.digest_of(p) for p in clean.site
            }
            assert known.site["index.html"] == clean.site["index.html"]

    def check(self) -> None:
        self.lay_out()
        clean = self.built(Memo())
        whole = dict(clean.site)
        for memo in (Memo(self.cache), self.in_memory):
            again = self.built(memo)
            assert again.diagnostics == clean.diagnostics
            assert again.agenda == clean.agenda
            assert {path: again.site.digest_of(path) for path in again.site} == {
                path: clean.site.digest_of(path) for path in clean.site
            }
            assert dict(again.site) == whole
            self.check_known(memo, again, clean)
            output = self.root.parent / ("site" if memo is not self.in_memory else "site-in-memory")
            write_site(again.site, output, notebook=self.root, memo=memo)
            memo.settle()
            there = {p.relative_to(output).as_posix(): p for p in output.rglob("*") if p.is_file()}
            assert {name: path.read_bytes() for name, path in there.items() if name[0] != "."} == whole


def log(rng: random.Random, it: Notebook) -> None:
    name = rng.choice(sorted(n for n in it.files if n.count("/") == 1) or [""])
    if name:
        head = "" if "## Log" in it.files[name] else "\n## Log\n"
        it.files[name] += f"{head}{rng.choice(LINES)}\n"


def change(rng: random.Random, it: Notebook) -> None:
    old, new = rng.choice(CHANGES)
    for name in it.files:
        it.files[name] = it.files[name].replace(old, new, 1)


def add(rng: random.Random, it: Notebook) -> None:
    owner = rng.choice(["ann", "ben", "cy", "sam", "dee"])
    it.files.setdefault(f"contacts/{owner}.md", f"---\nname: {owner.title()} New\n---\n[[Sam Lee]]\n")
    kind = rng.choice(["interview", "check-in", "reply", "nonsense"])
    it.files[f"contacts/{owner}/2026-11-1{rng.randrange(10)}-{kind}.md"] = "---\npeople: [sam]\n---\nhi\n"


def remove(rng: random.Random, it: Notebook) -> None:
    name = rng.choice(sorted(it.files) or [""])
    it.files.pop(name, None)


def rename(rng: random.Random, it: Notebook) -> None:
    old = rng.choice(["ann", "ben", "cy", "sam"])
    it.files = {
        n.replace(f"contacts/{old}.", f"contacts/{old}-new.").replace(f"/{old}/", f"/{old}-new/"): text
        for n, text in it.files.items()
    }


def show(rng: random.Random, it: Notebook) -> None:
    """Somebody shows a picture that is there, is elsewhere, or will come."""
    owner = rng.choice(["ann", "ben"])
    name = rng.choice([f"contacts/{owner}/2026-11-16-note.md", f"contacts/{owner}.md"])
    it.files.setdefault(f"contacts/{owner}.md", f"---\nname: {owner.title()} New\n---\n")
    it.files[name] = it.files.get(name, "") + rng.choice(SHOWN)


def picture(rng: random.Random, it: Notebook) -> None:
    """A picture comes, changes, moves or goes, often one of which another build knew something else."""
    name = rng.choice(["contacts/a.png", "contacts/ann/a.png", "contacts/ben/a.png", "contacts/ben/b.jpg"])
    if rng.randrange(4) == 0:
        it.pictures.pop(name, None)
    else:
        it.pictures[name] = rng.choice(PICTURES)


def set_up(rng: random.Random, it: Notebook) -> None:
    it.settings = rng.choice(SETTINGS)


def dress(rng: random.Random, it: Notebook) -> None:
    it.templates = rng.choice(TEMPLATES)


def wait(rng: random.Random, it: Notebook) -> None:
    it.today += timedelta(days=rng.choice([-30, -1, 1, 2, 40]))


def spoil(rng: random.Random, it: Notebook) -> None:
    """Damage what is remembered, as a kill, a disk or a hand may."""
    for path in sorted(p for p in it.cache.rglob("*") if p.is_file()):
        way = rng.randrange(4)
        if way == 0:
            path.unlink()
        elif way == 1:
            path.write_bytes(path.read_bytes()[: rng.randrange(200)])
        elif way == 2:
            data = bytearray(path.read_bytes())
            data[rng.randrange(len(data))] ^= 0xFF
            path.write_bytes(data)


def interrupt(_rng: random.Random, it: Notebook) -> None:
    """A build that is killed before it writes anything down."""
    it.lay_out()
    it.built(Memo(it.cache))


def touch_output(rng: random.Random, it: Notebook) -> None:
    """Somebody edits the output."""
    for path in sorted((it.root.parent / "site").rglob("*.html")):
        if rng.randrange(4) == 0:
            path.unlink()
            path.write_text("mine")


STEPS: tuple[Callable[[random.Random, Notebook], None], ...] = (
    *(log, log, change, change, change, add, add, remove, rename, show, show, picture, picture, picture),
    *(set_up, dress, wait, spoil, interrupt, touch_output),
)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 10**6)), min_size=1, max_size=6))
def test_a_build_that_remembers_gives_what_a_clean_build_gives(
    steps: list[tuple[Callable[[random.Random, Notebook], None], int]],
) -> None:
    with TemporaryDirectory() as folder:
        it = Notebook(Path(folder) / "network")
        it.root.mkdir()
        it.check()
        for step, seed in steps:
            step(random.Random(seed), it)
            it.check()


def test_each_change_of_settings_and_templates_is_seen(tmp_path: Path) -> None:
    it = Notebook(tmp_path / "network")
    it.root.mkdir()
    for it.settings in SETTINGS:
        it.check()
    it.settings = ""
    for it.templates in TEMPLATES:
        it.check()


@pytest.mark.parametrize("day", [1, 7, 40])
def test_each_change_of_a_text_is_seen(day: int, tmp_path: Path) -> None:
    it = Notebook(tmp_path / "network", date(2026, 11, 23) + timedelta(days=day))
    it.root.mkdir()
    for old, new in CHANGES:
        it.files = {name: text.replace(old, new, 1) for name, text in FILES.items()}
        it.check()


def test_each_change_of_a_picture_is_seen(tmp_path: Path) -> None:
    it = Notebook(tmp_path / "network")
    it.root.mkdir()
    shown: set[frozenset[str]] = set()
    it.files["contacts/ann.md"] += "".join(SHOWN)
    it.files["contacts/ann/2026-11-16-note.md"] = "".join(SHOWN)
    for name in ("contacts/ann/a.png", "contacts/ben/a.png", "contacts/a.png", "contacts/ben/b.jpg"):
        for it.pictures[name] in PICTURES:
            it.check()
            shown.add(frozenset(p for p in it.built(Memo()).site if p.startswith("files/")))
        it.check()
    del it.pictures["contacts/ann/a.png"]
    it.check()
    assert len(shown) == 5, "none, and each of the four that can be shown"


def test_every_core_makes_the_same_site(monkeypatch: pytest.MonkeyPatch) -> None:
    def site() -> dict[str, bytes]:
        loaded = load(ROOT, project.read_settings(ROOT), date(2026, 11, 23))
        return dict(render(loaded).site)

    alone = site()
    for module, name in ((rendering, "_MANY_PEOPLE"), (texts, "_ENOUGH")):
        monkeypatch.setattr(module, name, 1)
    assert site() == alone


def test_one_edit_makes_few_pages_anew(tmp_path: Path) -> None:
    it = Notebook(tmp_path / "network")
    it.root.mkdir()
    it.check()
    it.files["contacts/cy.md"] += "- 2026-11-20 check-in\n"
    it.lay_out()
    made: list[str] = []
    memo = Memo(it.cache)
    printed = rendering._Printing.person

    def noted(self: rendering._Printing, slug: str) -> object:
        made.append(slug)
        return printed(self, slug)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering._Printing, "person", noted)
        it.built(memo)
    assert "cy" in made
    assert "sam" not in made or "ann" not in made, "whoever has nothing to do with it stays as they are"
