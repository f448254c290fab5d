"""A save is seen, whichever way an editor saves; errors keep what was good."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from needs import needs_program
from server import CARD, PATIENCE, Served, serving, write_notebook


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_notebook(tmp_path_factory.mktemp("served") / "network")) as running:
        yield running


def in_place(path: Path, text: str) -> None:
    """As `echo >` and VS Code do."""
    path.write_text(text, encoding="utf-8")


def atomically(path: Path, text: str) -> None:
    """As gedit and many others do."""
    beside = path.with_name(f".{path.name}.goutputstream-X1")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)  # noqa: PTH105 - the call that editors make


def like_vim(path: Path, text: str) -> None:
    """With a swap file, a probe, a backup and a new file of the old name."""
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM")
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink()
    swap.unlink()


def like_emacs(path: Path, text: str) -> None:
    """With a lock that is a dangling link, an auto-save file and a backup that stays."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("me@here.4711")
    auto = path.with_name(f"#{path.name}#")
    auto.write_text(text, encoding="utf-8")
    shutil.copy(path, path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")
    auto.unlink()
    lock.unlink()
    path.with_name(f"{path.name}~").unlink()


def like_git(path: Path, text: str) -> None:
    """As a checkout does: away, and there again."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


def appending(path: Path, text: str) -> None:
    """As `echo >>` does, in two writes."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:30])
        file.flush()
        file.write(text[30:])


def like_vim_that_copies(path: Path, text: str) -> None:
    """With `backupcopy=yes`: the backup is a copy, and the file itself is cut short and written again."""
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM")
    backup = path.with_name(f"{path.name}~")
    shutil.copy(path, backup)
    with path.open("r+", encoding="utf-8") as file:
        file.truncate(0)
        file.flush()
        file.write(text)
    backup.unlink()
    swap.unlink()


def like_nano(path: Path, text: str) -> None:
    """With its lock file beside it, in place, without a last line end for a moment."""
    lock = path.with_name(f".{path.name}.swp")
    lock.write_bytes(b"b0nano")
    with path.open("w", encoding="utf-8") as file:
        file.write(text.rstrip("\n"))
        file.flush()
        file.write("\n")
    lock.unlink()


def with_a_backup_kept(path: Path, text: str) -> None:
    """As Emacs does by default: the old file becomes `ann.md~` and stays."""
    backup = path.with_name(f"{path.name}~")
    os.replace(path, backup)  # noqa: PTH105 - the call that editors make
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def through_a_folder_beside(path: Path, text: str) -> None:
    """As macOS's programs do: written in a folder of its own, and moved in from there."""
    beside = path.parent.parent / ".sb-1234"
    beside.mkdir()
    (beside / path.name).write_text(text, encoding="utf-8")
    os.replace(beside / path.name, path)  # noqa: PTH105 - the call that editors make
    beside.rmdir()


def with_old_times(path: Path, text: str) -> None:
    """As a synchronizing program does: the same size, and a date of long ago."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    os.utime(beside, (946_684_800, 946_684_800))
    os.replace(beside, path)  # noqa: PTH105 - the call that such programs make


def slowly(path: Path, text: str) -> None:
    """As over a slow line: piece by piece."""
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, len(text), 10):
            file.write(text[start : start + 10])
            file.flush()
            time.sleep(0.02)


SAVES: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    atomically,
    like_vim,
    like_emacs,
    like_git,
    appending,
    like_vim_that_copies,
    like_nano,
    with_a_backup_kept,
    through_a_folder_beside,
    with_old_times,
    slowly,
)


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = write_notebook(tmp_path_factory.mktemp("polled") / "network")
    with serving(root, "--poll", quick=True) as running:
        yield running


@pytest.mark.parametrize("save", SAVES, ids=[save.__name__ for save in SAVES])
@pytest.mark.parametrize("how", ["served", "polled"])
def test_a_save_is_seen(request: pytest.FixtureRequest, how: str, save: Callable[[Path, str], None]) -> None:
    running: Served = request.getfixturevalue(how)
    word = f"saved {save.__name__.replace('_', ' ')}"
    save(running.root / "contacts" / "ann.md", CARD.format(name="Ann Bell", text=word))
    running.until("/people/ann/", lambda a: word in a.text)
    assert running.ask("/problems/").text.count('class="panel error"') == 0


VIM = ("set backupcopy=no", "set backupcopy=yes", "set backup", "set noswapfile nowritebackup")


@pytest.mark.parametrize("settings", VIM)
def test_vim_itself_saves(served: Served, settings: str) -> None:
    vim = needs_program("vim")
    word = f"vim with {settings}"
    card = served.root / "contacts" / "ann.md"
    edit = f"normal Go- 2026-11-20 check-in: {word}"
    done = subprocess.run(
        [vim, "-es", "-u", "NONE", "-c", settings, "-c", edit, "-c", "wq", str(card)],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert word in card.read_text(encoding="utf-8"), done
    served.until("/people/ann/", lambda a: word in a.text)
    card.with_name("ann.md~").unlink(missing_ok=True)


def test_cards_and_notes_come_and_go(served: Served) -> None:
    contacts = served.root / "contacts"
    (contacts / "cleo.md").write_text(CARD.format(name="Cleo Drew", text="new"), encoding="utf-8")
    served.until("/people/", lambda a: "Cleo Drew" in a.text)
    (contacts / "cleo").mkdir()
    (contacts / "cleo" / "2026-11-20-meeting.md").write_text("by the *river*", encoding="utf-8")
    served.until("/people/cleo/", lambda a: "<em>river</em>" in a.text)
    shutil.rmtree(contacts / "cleo")
    served.until("/people/cleo/", lambda a: "river" not in a.text)
    (contacts / "cleo.md").rename(contacts / "cleopatra.md")
    served.until("/people/cleo/", lambda a: a.status == 404)
    served.until("/people/cleopatra/", lambda a: a.status == 200)
    (contacts / "cleopatra.md").unlink()
    served.until("/people/cleopatra/", lambda a: a.status == 404)


def test_settings_and_templates_are_watched_too(served: Served) -> None:
    settings = served.root / "intouch.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}[site]\ntitle = "My people"\n', encoding="utf-8")
    served.until("/", lambda a: "My people" in a.text)
    settings.write_text(before, encoding="utf-8")
    served.until("/", lambda a: "My people" not in a.text)
    own = served.root / "site_templates"
    own.mkdir()
    (own / "404.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>Gone fishing</h1>{% endblock %}', encoding="utf-8"
    )
    served.until("/nowhere", lambda a: "Gone fishing" in a.text)
    shutil.rmtree(own)
    served.until("/nowhere", lambda a: "Gone fishing" not in a.text)


def test_an_error_shows_on_the_pages_and_leaves_the_feed(served: Served) -> None:
    card = served.root / "contacts" / "ben.md"
    good, feed = card.read_text(encoding="utf-8"), served.ask("/check-ins.ics")
    assert "Ben Cho" in feed.text
    card.write_text(good.replace("cadence: every", "cadence: evry"), encoding="utf-8")
    served.until("/", lambda a: "needs mending" in a.text)
    assert "bad-cadence" in served.ask("/problems/").text
    assert served.ask("/check-ins.ics").body == feed.body
    card.write_text(good, encoding="utf-8")
    served.until("/", lambda a: "needs mending" not in a.text)
    assert served.ask("/check-ins.ics").body == feed.body


def test_the_feed_and_its_tag_follow_a_save(served: Served) -> None:
    card = served.root / "contacts" / "ben.md"
    good, before = card.read_text(encoding="utf-8"), served.ask("/check-ins.ics")
    card.write_text(f"{good}- 2026-11-20 check-in\n", encoding="utf-8")
    after = served.until("/check-ins.ics", lambda a: a.body != before.body)
    assert after.headers["etag"] != before.headers["etag"]
    assert served.ask("/check-ins.ics", If_None_Match=before.headers["etag"]).body == after.body
    card.write_text(good, encoding="utf-8")
    again = served.until("/check-ins.ics", lambda a: a.body != after.body)
    assert again.headers["etag"] == before.headers["etag"]


def test_settings_with_an_error_keep_the_feed_too(served: Served) -> None:
    settings, feed = served.root / "intouch.toml", served.ask("/check-ins.ics")
    good = settings.read_text(encoding="utf-8")
    settings.write_text(f"{good}[feed\n", encoding="utf-8")
    served.until("/", lambda a: "needs mending" in a.text)
    assert "intouch.toml:" in served.ask("/problems/").text
    answer = served.ask("/check-ins.ics")
    assert (answer.status, answer.body) == (200, feed.body)
    settings.write_text(good, encoding="utf-8")
    served.until("/", lambda a: "needs mending" not in a.text)


def test_a_checkout_that_replaces_everybody_is_seen_whole(served: Served) -> None:
    contacts = served.root / "contacts"
    for number in range(60):
        card = CARD.format(name=f"Guest {number}", text="first")
        (contacts / f"guest-{number}.md").write_text(card, encoding="utf-8")
    served.until("/people/", lambda a: a.text.count(">Guest ") >= 60)
    for number in range(60):
        path = contacts / f"guest-{number}.md"
        path.unlink()
        if number % 2:
            path.write_text(CARD.format(name=f"Visitor {number}", text="second"), encoding="utf-8")
    served.until("/people/", lambda a: "Guest " not in a.text and a.text.count(">Visitor ") >= 30)
    for path in contacts.glob("guest-*.md"):
        path.unlink()
    served.until("/people/", lambda a: "Visitor " not in a.text)


def git(root: Path, *arguments: str) -> None:
    me = ("-c", "user.name=me", "-c", "user.email=me@me.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *me, *arguments], check=True, capture_output=True)


def test_a_checkout_of_hundreds_of_files_is_one_rebuild_or_two(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    git(root, "init", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-m", "two people")
    git(root, "checkout", "-b", "many")
    for number in range(400):
        card = CARD.format(name=f"Guest {number}", text="first")
        (root / "contacts" / f"guest-{number}.md").write_text(card, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-m", "many people")
    with serving(root) as running:
        assert running.ask("/people/guest-399/").status == 200
        git(root, "checkout", "main")
        running.until("/people/guest-399/", lambda a: a.status == 404)
        git(root, "checkout", "many")
        running.until("/people/", lambda a: a.text.count(">Guest ") >= 400)
    rebuilt = running.said.count("Rebuilt: ")
    assert 2 <= rebuilt <= 6, running.said


def test_a_folder_that_never_comes_to_rest_is_built_all_the_same(served: Served) -> None:
    card = served.root / "contacts" / "ann.md"
    text = CARD.format(name="Ann Bell", text="never at rest")
    deadline = time.monotonic() + PATIENCE
    while "never at rest" not in served.ask("/people/ann/").text:
        assert time.monotonic() < deadline
        card.write_text(text, encoding="utf-8")


def test_what_editors_leave_behind_is_no_reason_to_rebuild(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    with serving(root) as running:
        for name in (".ann.md.swp", "ann.md~", "#ann.md#", "4913", ".#ann.md", "ann.md.bak", ".DS_Store"):
            (root / "contacts" / name).write_text("left behind", encoding="utf-8")
            (root / "contacts" / name).unlink()
        (root / "_site").mkdir()
        (root / "_site" / "index.html").write_text("built", encoding="utf-8")
        (root / "notes.txt").write_text("of something else", encoding="utf-8")
        time.sleep(0.5)
    assert "Rebuilt" not in running.said


def test_many_saves_and_then_silence_are_a_clean_build(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    dice = random.Random(5)
    names = [f"guest-{number}" for number in range(12)]
    saves = [save for save in SAVES if save is not slowly]
    with serving(root) as running:
        for number in range(150):
            path = root / "contacts" / f"{dice.choice(names)}.md"
            if path.exists() and dice.random() < 0.2:
                path.unlink()
            else:
                text = (
                    "broken"
                    if dice.random() < 0.1
                    else CARD.format(name=path.stem.title(), text=f"the {number}th")
                )
                path.touch()
                dice.choice(saves)(path, text)
            time.sleep(dice.random() * 0.03)
        for path in (root / "contacts").glob("guest-*.md"):
            if "broken" in path.read_text(encoding="utf-8"):
                path.write_text(CARD.format(name="Whole Again", text="and well"), encoding="utf-8")
        (root / "contacts" / "last.md").write_text(
            CARD.format(name="The Last", text="saved"), encoding="utf-8"
        )
        running.until("/people/last/", lambda a: a.status == 200)
        site = tmp_path / "site"
        build = [sys.executable, "-m", "intouch", "build", "--project", str(root), "--output", str(site)]
        subprocess.run(build, check=True, capture_output=True)
        files = sorted(path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
        assert len(files) > 20
        running.until(
            "/",
            lambda _: all(
                served_file(running, path.relative_to(site).as_posix()) == path.read_bytes() for path in files
            ),
        )


def served_file(running: Served, name: str) -> bytes:
    """A file as it is served, without the reload script; the page for missing addresses as it was built."""
    body = re.sub(
        rb'<script src="[^"]*/_intouch/reload.js"[^>]*></script>', b"", running.ask(f"/{name}").body
    )
    return body.replace(b'="' + running.base.encode(), b'="/') if name == "404.html" else body


def test_the_whole_folder_may_be_replaced(served: Served) -> None:
    contacts = served.root / "contacts"
    contacts.rename(served.root / "elsewhere")
    shutil.copytree(served.root / "elsewhere", contacts)
    (contacts / "ann.md").write_text(CARD.format(name="Ann Bell", text="in a new folder"), encoding="utf-8")
    served.until("/people/ann/", lambda a: "in a new folder" in a.text)
    (contacts / "ann.md").write_text(CARD.format(name="Ann Bell", text="and again"), encoding="utf-8")
    served.until("/people/ann/", lambda a: "and again" in a.text)


def test_a_notebook_that_starts_with_errors_has_no_feed_until_they_are_mended(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card = root / "contacts" / "ben.md"
    good = card.read_text(encoding="utf-8")
    card.write_text(good.replace("name:", "nmae:"), encoding="utf-8")
    with serving(root) as broken:
        missing = broken.ask("/check-ins.ics")
        assert missing.status == 503
        assert "html" not in missing.headers["content-type"]
        assert "etag" not in missing.headers
        card.write_text(good, encoding="utf-8")
        broken.until("/check-ins.ics", lambda a: a.status == 200 and "Ben Cho" in a.text)
