"""Hostile slugs: whatever files, folders and people are called, a build writes into its own folder alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from intouch import project
from intouch.build import load, render
from intouch.disk import write_site

OURS = re.compile(
    r"(?:index|404|(?:people|organizations|pipeline|calendar|insights|subscribe|problems)/index)\.html|"
    r"people/[a-z0-9]+(?:-[a-z0-9]+)*/index\.html|check-ins\.ics|find\.json|icon\.svg|"
    r"assets/[a-z]+\.[0-9a-f]+\.(?:css|js)|assets/(?:app\.js|theme\.js|style\.css|icon\.svg)"
)
CARD = "---\nname: Bob\n---\nHello.\n"

SLUGS = (
    *(
        "..",
        "...",
        ". .",
        "..bob",
        "bob..",
        ".bob",
        "bob.",
        " bob",
        "bob ",
        "bob bob",
        "-bob",
        "bob-",
        "b--b",
        "_",
        "-",
    ),
    *(
        "..\\..\\bob",
        "C:bob",
        "C:\\bob",
        "bob:stream",
        "bob*",
        "bob?",
        'bob"',
        "bob<",
        "bob>",
        "bob|",
        "bob'",
        "bob;ls",
    ),
    *(
        "$(touch x)",
        "`touch x`",
        "$HOME",
        "%2e%2e%2fbob",
        "%00",
        "bob%00.md",
        "&amp;",
        "<script>alert(1)<",
        "{{7*7}}",
    ),
    *(
        "bob\n",
        "bob\r\nX: y",
        "bob\t",
        "bob\x01",
        "bob\x1b[2J",
        "bob\x7f",
        "bob\u202egpj",
        "bob\u200b",
        "\ufeffbob",
        "bob\u00a0",
    ),
    *(
        "böb",
        "bo\u0308b",
        "БОБ",
        "ｂｏｂ",
        "．．",
        "․․",
        "bob／..",
        "bob∕x",
        "😀",
        "ſlug",
        "Ⅷ",
        "٣",
        "BOB",
        "Bob",
    ),
    *(
        "con",
        "nul",
        "aux",
        "prn",
        "com1",
        "lpt9",
        "CON",
        "con.x",
        "index.html",
        "~",
        "~root",
        "#bob",
        "bob~",
        "CLOCK$",
    ),
    *(
        "x" * 251,
        "0" * 250 + "-",
        "@bob",
        "bob@evil.example",
        "http:bob",
        "javascript:alert(1)",
        "a,b",
        "a=b",
        "a&b",
        "a+b",
    ),
)
"""Stems of cards, and names of folders of notes, that a file system can hold and nobody should follow."""

NAMES = (
    *(
        "../../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "//evil.example",
        "contacts/../../x",
        "bob/../../../x",
        "~root",
    ),
    *(
        "file:///etc/passwd",
        "\\\\host\\share",
        "C:\\x",
        "x\x00y",
        "javascript:alert(1)",
        "<script>",
        "{{ 7 * 7 }}",
    ),
)
"""What may stand where a person, an organization or a tag is named."""


def outside(root: Path) -> set[str]:
    """Everything beside the notebook's output."""
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if "out" not in p.relative_to(root).parts}


def assert_only_ours(root: Path) -> None:
    """Build and write; every path is one of ours, and nothing has come to lie anywhere else."""
    before = outside(root.parent)
    made = render(load(root, project.read_settings(root), date(2026, 11, 23)))
    assert [path for path in made.site if not OURS.fullmatch(path)] == []
    out = root.parent / "out"
    write_site(made.site, out, notebook=root)
    assert outside(root.parent) - before <= {".intouch.lock", "network/.intouch.lock"}
    written = [p for p in out.rglob("*") if not p.is_dir() and p.name[0] != "."]
    assert {p.relative_to(out).as_posix() for p in written} == set(made.site)
    assert not [p for p in out.rglob("*") if p.is_symlink()]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_slug_leads_out(slug: str, tmp_path: Path) -> None:
    root = tmp_path / "network"
    (root / "contacts" / "good").mkdir(parents=True)
    (root / "contacts" / "good.md").write_text(CARD)
    try:
        (root / "contacts" / f"{slug}.md").write_text(CARD)
    except OSError:
        assert len(slug) > 250, "all others are names here"
    if slug not in {".", ".."}:
        (root / "contacts" / slug).mkdir()
        (root / "contacts" / slug / "2026-11-02-call.md").write_text("hi")
    (root / "contacts" / "good" / f"2026-11-02-call {slug[:200]}.md").write_text("hi")
    loaded = load(root, project.read_settings(root), date(2026, 11, 23))
    assert set(loaded.book.contacts) <= {"good", slug}
    assert "good" in loaded.book.contacts
    assert_only_ours(root)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out(name: str, tmp_path: Path) -> None:
    root = tmp_path / "network"
    (root / "contacts" / "bob").mkdir(parents=True)
    quoted = '"' + name.replace("\\", "\\\\").replace("\x00", "\\0") + '"'
    keys = "\n".join(f"{k}: {quoted}" for k in ("name", "organization", "introduced_by", "title", "greeting"))
    (root / "contacts" / "bob.md").write_text(
        f"---\n{keys}\ntags: [{quoted}]\naliases: [{quoted}]\n---\n[[{name}]]\n"
    )
    keys = f"people: [{quoted}]\nvia: {quoted}\nrole: {quoted}\norganization: {quoted}"
    note = f"---\n{keys}\n---\n[x]({name}) ![y]({name})\n"
    (root / "contacts" / "bob" / "2026-11-02-interview.md").write_text(note.replace("\x00", ""))
    assert_only_ours(root)


LINKS = (
    "/etc",
    "/etc/passwd",
    "..",
    "../..",
    "../../beyond",
    ".",
    "nowhere",
    "circle",
    "/proc/self/environ",
    "/dev/zero",
)


@pytest.mark.parametrize("target", LINKS)
@pytest.mark.parametrize(
    "place", ["bob.md", "bob", "bob/2026-11-02-call.md", "bob/a.png", "eve.md", "eve", "circle"]
)
def test_no_link_is_followed_out(place: str, target: str, tmp_path: Path) -> None:
    root = tmp_path / "network"
    (root / "contacts").mkdir(parents=True)
    (tmp_path / "beyond").mkdir()
    (tmp_path / "beyond" / "2026-11-02-call.md").write_text("the-secret-beyond")
    link = root / "contacts" / place
    if place != "bob.md":
        (root / "contacts" / "bob.md").write_text(f"{CARD}![x](bob/a.png)")
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    made = render(load(root, project.read_settings(root), date(2026, 11, 23)))
    assert_only_ours(root)
    assert not [p for p in made.site if b"the-secret-beyond" in made.site[p] or b"root:x:0" in made.site[p]]


def test_there_are_enough_of_them() -> None:
    assert len(set(SLUGS)) >= 54
