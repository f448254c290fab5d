"""A save is seen, whichever way an editor saves; errors keep what was good."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server import CARD, Served, serving, write_notebook


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


SAVES: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    atomically,
    like_vim,
    like_emacs,
    like_git,
    appending,
)


@pytest.mark.parametrize("save", SAVES, ids=[save.__name__ for save in SAVES])
def test_a_save_is_seen(served: Served, save: Callable[[Path, str], None]) -> None:
    word = f"saved {save.__name__.replace('_', ' ')}"
    save(served.root / "contacts" / "ann.md", CARD.format(name="Ann Bell", text=word))
    served.until("/people/ann/", lambda a: word in a.text)


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
