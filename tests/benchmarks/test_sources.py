"""The same content for everybody, and a look at every page before a time counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generate import generate
from install import Program
from peers import SHAPES, Contender, Shape
from sources import Person, people_of
from verify import NotTheWorkError, links, missing, verify

PERSON = Person(
    "ada",
    "---\nname: Ada Bell\ntags: [a, b]\n---\nShe **knows**.\n\n## Log\n- 2026-01-01 call: well\n",
    (("2026-01-02-call-0.md", "---\nhook: a river\n---\nA **bold** word.\n\n- one\n\nSo ends ada, 0.\n"),),
)
PAGE = "<p>A <strong>bold</strong> word.</p><ul><li>one</li></ul><p>So ends ada, 0.</p>"


def test_one_file_holds_the_card_and_every_note() -> None:
    assert PERSON.in_one_file() == (
        "---\ntitle: Ada Bell\nname: Ada Bell\n---\nShe **knows**.\n\n## Log\n- 2026-01-01 call: well\n\n"
        "## 2026-01-02-call-0\n\nA **bold** word.\n\n- one\n\nSo ends ada, 0.\n"
    )


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_is_given_every_word_and_a_file_to_edit(shape: Shape, tmp_path: Path) -> None:
    generate(tmp_path / "n", people=3, notes=2, seed=1)
    root = tmp_path / "site"
    shape.prepare(tmp_path / "n", root)
    given = "".join(p.read_text(encoding="utf-8") for p in sorted(root.rglob("*.md")))
    for person in people_of(tmp_path / "n"):
        for file, text in person.notes:
            assert text.split("---\n", 2)[2].strip() in given
            assert shape.file_of(root, person.slug, file).is_file()


@pytest.mark.parametrize(
    ("page", "lack"),
    [
        (PAGE, ""),
        (PAGE.replace("ada, 0", "ada, 1"), "the last words of 2026-01-02-call-0.md, 'So ends ada, 0.'"),
        (PAGE.replace("<strong>", "**"), "emphasis: the Markdown was not rendered"),
        (PAGE.replace("<li>", "- "), "lists: the Markdown was not rendered"),
    ],
)
def test_what_a_page_lacks_is_seen(page: str, lack: str) -> None:
    assert missing(page, PERSON) == lack


def test_links_are_followed_from_where_they_stand() -> None:
    page = '<a href="ada/">A</a> <a class=x href=../people/bo/>B</a> <a href="/people/cy/#top">C</a>'
    assert links(page, "people/index.html") == {f"people/{name}/index.html" for name in ("ada", "bo", "cy")}


def test_a_site_whose_index_forgets_someone_is_not_the_work(tmp_path: Path) -> None:
    shape = SHAPES[1]
    one = Contender(shape, Program(("true",), "1"), tmp_path, tmp_path / "cache")
    page = one.output / "people" / "ada" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    index = one.output / "index.html"
    index.write_text('<a href="/people/ada/">A</a>', encoding="utf-8")
    verify(one, [PERSON])
    index.write_text("nobody", encoding="utf-8")
    with pytest.raises(NotTheWorkError, match=r"does not link to /people/ada/index\.html"):
        verify(one, [PERSON])
