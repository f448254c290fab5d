"""Pictures in notes: what a link to one means, what the site carries for it, what is told of others."""

from __future__ import annotations

import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from intouch import project
from intouch.build import Built, load, render
from intouch.memo import Memo
from intouch.reading import attachments
from photographs import CANARY, claiming, gif, jpeg, png, webp

CARD = "---\nname: {}\n---\n{}\n"
ADDRESS = re.compile(r'<img src="\.\./\.\./(files/[0-9a-f]{32}\.(?:jpg|png|gif|webp))" alt="([^"]*)"')


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in {"contacts/ann.md": CARD.format("Ann", ""), **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def built(root: Path, memo: Memo | None = None) -> Built:
    return render(load(root, project.read_settings(root), date(2026, 11, 23)), memo)


def page(site: Built, slug: str = "ann") -> str:
    return site.site[f"people/{slug}/index.html"].decode()


def told(site: Built) -> list[str]:
    return [f"{d.place.file}:{d.place.line} {d.message}" for d in site.diagnostics]


def shown(root: Path, files: dict[str, str | bytes], slug: str = "ann") -> list[tuple[str, str]]:
    """The pictures on a page, and their words; there is a file for each."""
    made = built(write(root, files))
    found = ADDRESS.findall(page(made, slug))
    assert {path for path, _ in found} <= set(made.site)
    assert told(made) == []
    return found


NOTE = "contacts/ann/2026-11-02-call.md"
WAYS = {
    "beside a note": (NOTE, "![the room](photo.jpg)", "contacts/ann/photo.jpg"),
    "from the same folder": (NOTE, "![the room](./photo.jpg)", "contacts/ann/photo.jpg"),
    "from the card": ("contacts/ann.md", "![the room](ann/photo.jpg)", "contacts/ann/photo.jpg"),
    "by a long way": ("contacts/ann.md", "![the room](../contacts/ann/photo.jpg)", "contacts/ann/photo.jpg"),
    "beside the card": (NOTE, "![the room](../photo.jpg)", "contacts/photo.jpg"),
    "another person's": (NOTE, "![the room](../ben/photo.jpg)", "contacts/ben/photo.jpg"),
    "with a space, encoded": (NOTE, "![the room](a%20photo.jpg)", "contacts/ann/a photo.jpg"),
    "with a space, in brackets": (NOTE, "![the room](<a photo.jpg>)", "contacts/ann/a photo.jpg"),
    "with a percent sign": (NOTE, "![the room](50%2541.jpg)", "contacts/ann/50%41.jpg"),
    "in another alphabet": (NOTE, "![the room](фото.jpg)", "contacts/ann/фото.jpg"),
    "with marks apart": (NOTE, "![the room](Caf\u00e9.jpg)", "contacts/ann/Cafe\u0301.jpg"),
    "in capitals": (NOTE, "![the room](IMG_1.JPG)", "contacts/ann/IMG_1.JPG"),
    "with a query": (NOTE, "![the room](photo.jpg?raw=true#top)", "contacts/ann/photo.jpg"),
    "with a title": (NOTE, '![the room](photo.jpg "a title")', "contacts/ann/photo.jpg"),
    "by a reference": (NOTE, "![the room][1]\n\n[1]: photo.jpg", "contacts/ann/photo.jpg"),
    "in a link": (NOTE, "[![the room](photo.jpg)](https://a.example)", "contacts/ann/photo.jpg"),
    "in a table": (NOTE, "| a |\n| - |\n| ![the room](photo.jpg) |", "contacts/ann/photo.jpg"),
    "embedded": (NOTE, "![[photo.jpg|the room]]", "contacts/ann/photo.jpg"),
    "embedded from elsewhere": (NOTE, "![[photo.jpg|the room]]", "contacts/ben/photo.jpg"),
    "embedded by its path": (NOTE, "![[contacts/ben/photo.jpg|the room]]", "contacts/ben/photo.jpg"),
    "embedded by a short path": (NOTE, "![[ben/photo.jpg|the room]]", "contacts/ben/photo.jpg"),
    "in the log": (
        "contacts/ann.md",
        "## Log\n- 2026-11-02 call: ![the room](photo.jpg)",
        "contacts/photo.jpg",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_is_found(way: str, tmp_path: Path) -> None:
    file, text, picture = WAYS[way]
    text = CARD.format("Ann", text) if file == "contacts/ann.md" else text
    ben = CARD.format("Ben", "")
    ((path, words),) = shown(tmp_path, {file: text, "contacts/ben.md": ben, picture: jpeg()})
    assert words == "the room"
    assert "photo" not in path


def test_the_sites_copy_tells_nothing_and_has_no_name(tmp_path: Path) -> None:
    pictures: dict[str, str | bytes] = {"a.jpg": jpeg(6), "b.png": png(), "c.gif": gif(), "d.webp": webp()}
    text = "\n\n".join(f"![{name}]({name})" for name in pictures)
    files = {NOTE: text, **{f"contacts/ann/{name}": content for name, content in pictures.items()}}
    found = shown(tmp_path, files)
    site = built(tmp_path).site
    assert [path.rpartition(".")[2] for path, _ in found] == ["jpg", "png", "gif", "webp"]
    assert not [path for path in site if CANARY.encode() in site[path]]
    for path, _ in found:
        with Image.open(io.BytesIO(site[path])) as image:
            image.load()
    assert 'width="20" height="32" loading="lazy"' in page(built(tmp_path)), "as it is looked at"


def test_the_type_is_told_by_the_content(tmp_path: Path) -> None:
    ((path, _),) = shown(tmp_path, {NOTE: "![x](photo.jpg)", "contacts/ann/photo.jpg": png()})
    assert path.endswith(".png")


def test_pictures_that_differ_only_in_what_they_tell_are_one_file(tmp_path: Path) -> None:
    bare = built(write(tmp_path / "first", {NOTE: "![x](a.png)", "contacts/ann/a.png": png()}))
    (path,) = (path for path in bare.site if path.startswith("files/"))
    files: dict[str, str | bytes] = {"contacts/ann/a.png": png(), "contacts/ann/b.png": bare.site[path]}
    found = shown(tmp_path / "second", {NOTE: "![x](a.png) ![y](b.png)", **files})
    assert [found_path for found_path, _ in found] == [path, path]


def test_only_what_is_shown_is_carried(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        NOTE: "![x](a.png) [y](b.png) `![z](c.png)`",
        "contacts/ann/cv.pdf": b"%PDF-1.7",
    }
    pictures = {f"contacts/ann/{name}.png": png(n) for n, name in enumerate("abc", start=1)}
    site = built(write(tmp_path, {**files, **pictures})).site
    assert len([path for path in site if path.startswith("files/")]) == 1
    assert not [path for path in site if b"%PDF" in site[path]]


def test_words_for_a_picture_without_any_are_its_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {NOTE: "![](a%20b.png)\n\n![[a b.png|300]]\n\n![[a b.png|300x200]]"}
    assert [words for _, words in shown(tmp_path, {**files, "contacts/ann/a b.png": png()})] == [
        "a b.png"
    ] * 3


@pytest.mark.parametrize("text", ["![[Ben]]", "![[Ben|x]]", "![[note.md]]", "![[x.pdf]]", "![[a\nb.png]]"])
def test_embeds_of_other_things_stay_as_they_are(text: str, tmp_path: Path) -> None:
    made = built(write(tmp_path, {NOTE: text}))
    assert "<img" not in page(made)
    assert told(made) == []


@pytest.mark.parametrize("address", ["https://evil.example/a.png", "//evil.example/a.png", "cid:a.png@b"])
def test_a_picture_on_the_web_is_a_word_and_no_problem(address: str, tmp_path: Path) -> None:
    made = built(write(tmp_path, {NOTE: f"![x]({address})", "contacts/ann/a.png": png()}))
    assert "<img" not in page(made)
    assert told(made) == []


TROUBLE: dict[str, tuple[str, dict[str, bytes], str]] = {
    "gone": ("![x](gone.png)", {}, "there is none at this address"),
    "embedded and gone": ("![[gone.png]]", {}, "there is none at this address"),
    "cut short": ("![x](a.png)", {"a.png": png()[:200]}, "it is damaged: it ends too early"),
    "a drawing": ("![x](a.png)", {"a.png": b"<svg onload=alert(1)>"}, "it is no JPEG, PNG, GIF or WebP"),
    "a document": ("![x](a.jpg)", {"a.jpg": b"%PDF-1.7"}, "it is no JPEG, PNG, GIF or WebP"),
    "nothing": ("![x](a.jpg)", {"a.jpg": b""}, "it is no JPEG, PNG, GIF or WebP"),
    "a huge claim": ("![x](a.png)", {"a.png": claiming(99_999, 99_999)}, "it has 99,999 × 99,999 pixels"),
    "too large": ("![x](a.png)", {"a.png": png() + bytes(10 * 1024 * 1024)}, "this file has 10,48"),
    "twice there": (
        "![[a.png]]",
        {"../cy/a.png": png(), "../ben/a.png": png()},
        "there are several of this name",
    ),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_what_cannot_be_shown_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    text, files, why = TROUBLE[name]
    note = f"---\nrole: Editor\n---\n\n\nfirst line\nsecond line\nand *here*: {text}"
    pictures = {os.path.normpath(f"contacts/ann/x/../{n}"): content for n, content in files.items()}
    others = {f"contacts/{name}.md": CARD.format(name, "") for name in ("ben", "cy")}
    made = built(write(tmp_path, {NOTE: note, **others, **pictures}))
    (problem,) = (d for d in made.diagnostics if d.code == "picture-not-shown")
    assert (problem.place.file, problem.place.line, problem.severity) == (NOTE, 8, "warning")
    assert why in problem.message
    assert problem.remedy
    assert "<img" not in page(made)
    assert "an attached file" in page(made)
    assert why in made.site["problems/index.html"].decode()


def test_a_twin_in_the_same_folder_comes_first(tmp_path: Path) -> None:
    ben = CARD.format("Ben", "")
    files: dict[str, str | bytes] = {"contacts/ben.md": ben}
    files |= {"contacts/ann/a.png": png(3), "contacts/ben/a.png": png(6)}
    ((path, _),) = shown(tmp_path, {NOTE: "![[a.png]]", **files})
    ((other, _),) = shown(tmp_path, {NOTE: "![x](../ben/a.png)", **files})
    assert path != other


def test_lines_of_a_card_are_told_too(tmp_path: Path) -> None:
    text = "\nHello.\n\n![x](gone.png)\n\n## Log\n- 2026-11-02 call: ![y](lost.png)"
    made = built(write(tmp_path, {"contacts/ann.md": CARD.format("Ann", text)}))
    assert [line.partition(" is not")[0] for line in told(made)] == [
        "contacts/ann.md:7 the picture 'gone.png'",
        "contacts/ann.md:10 the picture 'lost.png'",
    ]


def test_the_first_line_of_a_card_without_a_log_is_told(tmp_path: Path) -> None:
    text = "---\nname: Ann\n---\n![x](gone.png)\n![y](lost.png)\n"
    made = built(write(tmp_path, {"contacts/ann.md": text}))
    assert [line.partition(" the")[0] for line in told(made)] == ["contacts/ann.md:4", "contacts/ann.md:5"]


OUTSIDE = """
../../secret.png
../../../../../../etc/secret.png
%2e%2e/%2e%2e/secret.png
%2e%2e%2f%2e%2e%2fsecret.png
..%2f..%2fsecret.png
%252e%252e/%252e%252e/secret.png
..\\..\\secret.png
..%5c..%5csecret.png
....//....//secret.png
.././.././secret.png
../ann/../../secret.png
ann/../../../secret.png
/secret.png
//secret.png
/etc/secret.png
ROOT/secret.png
%2fROOT/secret.png
file:///ROOT/secret.png
file:ROOT/secret.png
FILE://localhost/ROOT/secret.png
C:\\secret.png
C:/secret.png
\\\\host\\share\\secret.png
/\\host/secret.png
//host/share/secret.png
\\secret.png
~/secret.png
$HOME/secret.png
secret.png%00.jpg
../../secret.png%00a.png
..%00/..%00/secret.png
%c0%ae%c0%ae/%c0%ae%c0%ae/secret.png
%uff0e%uff0e/secret.png
．．/．．/secret.png
..／..／secret.png
..;/..;/secret.png
../../contacts/../secret.png
link.png
folder-link/secret.png
../link.png
circle.png
pipe.png
folder.png
.hidden.png
../../.git/secret.png
../../intouch.png
../../_site/files/secret.png
http://127.0.0.1/secret.png
https:secret.png
javascript:secret.png
data:image/png;base64,AAAA.png
blob:secret.png
../../site_templates/secret.png
?../../secret.png
#/../../secret.png
../../../PARENT/secret.png
""".strip().splitlines()


def outside(root: Path) -> None:
    """Pictures that lie near the notebook's people and are none of theirs, and links of every kind."""
    secret = root / "secret.png"
    secret.write_bytes(png(7))
    for name in (".git", "site_templates", "_site/files"):
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name / "secret.png").write_bytes(png(7))
    (root / "intouch.png").write_bytes(png(7))
    beyond = root.parent / "beyond"
    beyond.mkdir(exist_ok=True)
    (beyond / "secret.png").write_bytes(png(7))
    ann = root / "contacts" / "ann"
    ann.mkdir(parents=True, exist_ok=True)
    (ann / "link.png").symlink_to(beyond / "secret.png")
    (ann.parent / "link.png").symlink_to(beyond / "secret.png")
    (ann / "folder-link").symlink_to(beyond)
    (ann / "circle.png").symlink_to("circle.png")
    (ann / ".hidden.png").write_bytes(png(7))
    (ann / "folder.png").mkdir()
    os.mkfifo(ann / "pipe.png")


@pytest.mark.parametrize("form", ["![x]({})", "![x](<{}>)", "![[{}]]"])
def test_no_address_leads_out_of_the_people(form: str, tmp_path: Path) -> None:
    root = tmp_path / "network"
    for number, target in enumerate(OUTSIDE):
        written = target.replace("ROOT", str(root)).replace("PARENT", root.name)
        write(root, {f"contacts/ann/2026-11-02-note-{number}.md": form.format(written)})
    outside(root)
    made = built(root)
    entries = re.findall(r'<li class="note">.*?note-(\d+)\.md.*?</li>', page(made), re.DOTALL)
    assert len(entries) == len(OUTSIDE)
    shown = re.findall(r"<img(?:(?!<li).)*?note-(\d+)\.md", page(made), re.DOTALL)
    assert [OUTSIDE[int(number)] for number in shown] == []
    assert not [path for path in made.site if path.startswith("files/")]


def test_there_are_enough_hostile_addresses() -> None:
    assert len(set(OUTSIDE)) >= 54


def test_a_link_within_the_notebook_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {NOTE: "![x](link.png)", "pictures/photo.png": png()})
    (tmp_path / "contacts/ann/link.png").symlink_to("../../pictures/photo.png")
    assert len(shown(tmp_path, {})) == 1


def test_pictures_beyond_the_most_together_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_TOGETHER", len(png()) + 10)
    files: dict[str, str | bytes] = {"contacts/ann/a.png": png(), "contacts/ann/b.png": png(3)}
    made = built(write(tmp_path, {NOTE: "![x](a.png) ![y](b.png)", **files}))
    assert len(ADDRESS.findall(page(made))) == 1
    (line,) = told(made)
    assert "the picture 'b.png' is not shown: the notebook's pictures have more than" in line


def test_a_picture_that_goes_while_the_site_is_shown_leaves_an_empty_file(tmp_path: Path) -> None:
    made = built(write(tmp_path, {NOTE: "![x](a.png)", "contacts/ann/a.png": png()}))
    (path,) = (path for path in made.site if path.startswith("files/"))
    (tmp_path / "contacts/ann/a.png").unlink()
    assert made.site[path] == b""


@pytest.mark.parametrize("text", ["![x](a.png)", "![[a.png]]", "![[ben/a.png]]"])
def test_a_text_that_is_remembered_shows_its_picture_as_soon_as_there_is_one(
    text: str, tmp_path: Path
) -> None:
    memo = Memo()
    note = "contacts/ben/2026-11-02-call.md"
    assert "<img" not in page(
        built(write(tmp_path, {"contacts/ben.md": "---\nname: Ben\n---\n", note: text}), memo), "ben"
    )
    write(tmp_path, {"contacts/ben/a.png": png()})
    assert "<img" in page(built(tmp_path, memo), "ben")


def test_what_was_saved_over_a_picture_is_not_remembered_as_it(tmp_path: Path) -> None:
    memo = Memo()
    write(tmp_path, {NOTE: "![x](a.png)", "contacts/ann/a.png": png()})
    loaded = load(tmp_path, project.read_settings(tmp_path), date(2026, 11, 23))
    (tmp_path / "contacts/ann/a.png").write_bytes(b"nothing")
    assert "<img" not in page(render(loaded, memo))
    (tmp_path / "contacts/ann/a.png").write_bytes(png())
    assert "<img" in page(built(tmp_path, memo))
