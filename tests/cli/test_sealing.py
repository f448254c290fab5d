"""The commands of sealing, run as a program: what they make, what they say, and how they refuse."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from hosting import hosted, listening
from intouch.sealing import slots
from intouch.sealing.envelopes import carried, opened
from intouch.sealing.keys import derived, key_text, root_in
from intouch.sealing.lockfile import Lock, lock_text, read_lock
from program import Done, run, write_files

NOTEBOOK = """
=== contacts/priya-nair.md
---
name: Priya Nair
organization: Brightpath College
email: priya@brightpath.example
cadence: every month
---
## Log
- 2026-10-01 call: told me about the night class
=== intouch.toml
[site]
base_url = "https://me.example/people"
"""
WORDS = "zeven blauwe fietsen zonder bel"
OTHER_WORDS = "purple monkey dish washer lamp"
THIRD_WORDS = "seven green boats under bridges"
DAY = ("--today", "2026-11-23")


@pytest.fixture
def unsealed(tmp_path: Path) -> Path:
    return write_files(tmp_path / "network", NOTEBOOK)


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_files(tmp_path_factory.mktemp("once") / "network", NOTEBOOK)
    done(root, "seal", "init")
    return root.parent


@pytest.fixture
def root(sealed_once: Path, tmp_path: Path) -> Path:
    """The notebook with a lock, and its key in a settings folder beside it."""
    shutil.copytree(sealed_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "network"


def intouch(root: Path, *arguments: str, **environment: str) -> Done:
    """Run a command with a settings folder of its own, outside CI unless it says otherwise."""
    home = {"INTOUCH_CONFIG_DIR": str(root.parent / "config"), "CI": "", "INTOUCH_SITE_KEY": ""}
    return run(*arguments, cwd=root, **{**home, "INTOUCH_PASSPHRASE": WORDS, **environment})


def done(root: Path, *arguments: str, **environment: str) -> Done:
    """Run a command that must go well."""
    result = intouch(root, *arguments, **environment)
    assert (result.code, result.err) == (0, ""), result
    return result


def lock(root: Path) -> Lock:
    return read_lock((root / "lock.json").read_text(encoding="utf-8"))


def key_file(root: Path) -> Path:
    (path,) = (root.parent / "config" / "keys").iterdir()
    return path


def opens(slot: slots.Slot, root: Path, passphrase: str) -> bool:
    return slots.unwrapped(slot, lock(root).site, passphrase) is not None


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_init_makes_a_key_for_its_owner_only_and_a_lock_that_tells_nothing(unsealed: Path) -> None:
    said = done(unsealed, "seal", "init").out
    assert WORDS not in said
    assert stat.S_IMODE(key_file(unsealed).stat().st_mode) == (0o600 if os.name == "posix" else 0o666)
    keys = derived(root_in(key_file(unsealed).read_text()))
    assert lock(unsealed).site == keys.site
    (slot,) = lock(unsealed).slots
    assert slot.iterations == 600_000
    assert slots.unwrapped(slot, keys.site, WORDS) == keys.read
    told = f"{(unsealed / 'lock.json').read_text()}{said}"
    for name in ("priya", "brightpath", "network"):
        assert name not in told.casefold().replace(str(unsealed.parent).casefold(), "")


def test_init_makes_a_passphrase_where_none_is_given_and_prints_it_once(unsealed: Path) -> None:
    said = done(unsealed, "seal", "init", INTOUCH_PASSPHRASE="").out
    match = re.search(r"Passphrase:  ([a-z-]+(?: [a-z-]+){5})\n", said)
    assert match
    assert opens(lock(unsealed).slots[0], unsealed, match[1])
    assert match[1] not in done(unsealed, "seal", "status").out


def test_init_refuses_what_is_easy_to_guess_and_writes_nothing(unsealed: Path) -> None:
    for words, why in (("correct horse", "too easy"), (f"{WORDS} priya", "contains a name")):
        result = intouch(unsealed, "seal", "init", INTOUCH_PASSPHRASE=words)
        assert result.code == 2
        assert why in result.err
        assert words not in result.out + result.err
        assert not (unsealed / "lock.json").exists()
        assert not (unsealed.parent / "config").exists()


def test_init_never_replaces_a_lock(root: Path) -> None:
    before = tree(root.parent)
    again = intouch(root, "seal", "init")
    assert again.code == 2
    assert "lock.json is there already" in again.err
    assert tree(root.parent) == before


def test_add_and_passwd_change_slots_and_nothing_else(root: Path) -> None:
    first = lock(root)
    done(root, "seal", "add", INTOUCH_PASSPHRASE=OTHER_WORDS)
    both = lock(root)
    assert both.slots[0] == first.slots[0]
    assert opens(both.slots[1], root, OTHER_WORDS)
    unclear = intouch(root, "seal", "passwd")
    assert unclear.code == 2
    assert "--slot 1 to 2" in unclear.err
    assert "no slot 3" in intouch(root, "seal", "passwd", "--slot", "3").err
    said = done(root, "seal", "passwd", "--slot", "1", INTOUCH_PASSPHRASE=THIRD_WORDS).out
    assert "does not revoke" in said
    assert "Copies that were fetched before stay readable" in said
    assert lock(root).site == first.site
    assert lock(root).slots[1] == both.slots[1]
    assert not opens(lock(root).slots[0], root, WORDS)


def test_there_is_room_for_eight_passphrases(root: Path) -> None:
    slot = lock(root).slots[0]
    (root / "lock.json").write_text(lock_text(Lock(lock(root).site, (slot,) * 8)))
    assert "no room for another" in intouch(root, "seal", "add").err


def test_rotate_makes_everything_new(root: Path) -> None:
    before, old_key = lock(root), key_file(root).read_text()
    done(root, "build", "--sealed", *DAY)
    old = tree(root / "_sealed")
    said = done(root, "seal", "rotate", INTOUCH_PASSPHRASE=OTHER_WORDS).out
    assert "remove the old subscription" in said
    assert lock(root).site != before.site
    assert key_file(root).read_text() != old_key
    done(root, "build", "--sealed", *DAY)
    new = tree(root / "_sealed")
    assert not {name for name in old if name.startswith(("e/", "f/"))} & set(new)
    stale = intouch(root, "build", "--sealed", INTOUCH_SITE_KEY=old_key)
    assert stale.code == 2
    assert "does not match lock.json" in stale.err


def test_rotate_mends_a_lock_that_cannot_be_read(root: Path) -> None:
    (root / "lock.json").write_text("{}")
    assert intouch(root, "seal", "status").code == 1
    done(root, "seal", "rotate")
    done(root, "seal", "status")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")
def test_a_key_that_others_can_read_is_refused(root: Path) -> None:
    key_file(root).chmod(0o644)
    result = intouch(root, "build", "--sealed", *DAY)
    assert result.code == 2
    assert "chmod 600" in result.err
    assert not (root / "_sealed").exists()


def test_a_sealed_build_has_the_files_it_should_have_and_no_other(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    site = tree(root / "_sealed")
    shapes = (
        r"index\.html",
        r"a/app\.[0-9a-f]{12}\.js",
        r"a/app\.[0-9a-f]{12}\.css",
        r"a/lock\.js",
        r"e/[0-9a-f]{32}\.js",
        r"f/[a-z2-7]{26}\.ics",
        r"\.intouch-site",
    )
    unshaped = [name for name in site if not any(re.fullmatch(shape, name) for shape in shapes)]
    assert unshaped == []
    (feed,) = (name for name in site if name.endswith(".ics"))
    assert not [name for name, content in site.items() if feed.removesuffix(".ics")[2:].encode() in content]
    assert b"SUMMARY:Check in \xc2\xb7 P.N." in site[feed]
    assert b"<title>Locked</title>" in site["index.html"]


def test_a_rebuild_changes_nothing_and_an_edit_little(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    before = tree(root / "_sealed")
    done(root, "build", "--sealed", *DAY)
    assert tree(root / "_sealed") == before
    card = root / "contacts" / "priya-nair.md"
    card.write_text(card.read_text().replace("## Log", "She keeps bees.\n\n## Log"))
    done(root, "build", "--sealed", *DAY)
    after = tree(root / "_sealed")
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    index = re.search(rb'"index":"([0-9a-f]{32})"', after["a/lock.js"])
    assert index
    # The person's own page and the index.
    assert len(changed) == 2
    assert f"e/{index[1].decode()}.js" in changed


def test_the_secret_of_ci_opens_as_the_key_file_does(root: Path) -> None:
    key = key_file(root).read_text()
    here = done(root, "build", "--sealed", *DAY)
    site = tree(root / "_sealed")
    key_file(root).unlink()
    there = done(root, "build", "--sealed", *DAY, "--output", "elsewhere", INTOUCH_SITE_KEY=key, CI="true")
    assert tree(root / "elsewhere") == site
    assert "initials" in here.out
    assert "feed" not in there.out


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.json"))
    path.symlink_to("elsewhere.json")


def _linked_output(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "_sealed").symlink_to("elsewhere")


REFUSED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no lock": ("no lock.json", lambda root: (root / "lock.json").unlink()),
    "no key": ("not on this computer", lambda root: key_file(root).unlink()),
    "a broken key": ("cannot be read", lambda root: key_file(root).write_text("intouch-site-key-1:AAAA")),
    "another key": ("does not match", lambda root: key_file(root).write_text(key_text(bytes(32)))),
    "a broken lock": ("cannot be used", lambda root: (root / "lock.json").write_text("{}")),
    "a newer lock": (
        "its version is unknown",
        lambda root: (root / "lock.json").write_text(
            json.dumps({**json.loads((root / "lock.json").read_text()), "version": 2})
        ),
    ),
    "a lock that is a link": ("it is a link", lambda root: _link(root / "lock.json")),
    "an error in the notebook": (
        "mend the errors",
        lambda root: (root / "contacts" / "bob.md").write_text("---\nname: Bob\nfit: 9\n---\n"),
    ),
    "somebody's folder": (
        "was not made by intouch",
        lambda root: write_files(root / "_sealed", "=== notes.txt\nmine"),
    ),
    "something of somebody's among what was sealed": (
        "holds files that intouch did not write",
        lambda root: (
            done(root, "build", "--sealed", "--today", "2026-10-05"),
            write_files(root / "_sealed", "=== e/notes.txt\nmine"),
        ),
    ),
    "a link in its place": ("is a link", _linked_output),
    "a file in its place": ("is a file", lambda root: (root / "_sealed").write_text("mine")),
}
OTHER_KEYS = {
    "another site's": ("does not match", key_text(bytes(32))),
    "half of one": ("cannot be read", "intouch-site-key-1:AAAA"),
    "none in CI": ("not on this computer", " "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_sealed_build_writes_nothing_where_something_is_wrong(root: Path, case: str) -> None:
    said, break_it = REFUSED[case]
    break_it(root)
    before = tree(root)
    result = intouch(root, "build", "--sealed", *DAY)
    assert result.code in {1, 2, 3}
    assert said in result.err
    assert tree(root) == before


@pytest.mark.parametrize("case", OTHER_KEYS)
def test_with_another_secret_nothing_is_written(root: Path, case: str) -> None:
    said, secret = OTHER_KEYS[case]
    done(root, "build", "--sealed", "--today", "2026-10-05")
    elsewhere = {"INTOUCH_CONFIG_DIR": str(root.parent / "nothing")} if case == "none in CI" else {}
    before = tree(root.parent)
    for output in ("_sealed", "new"):
        command = ("build", "--sealed", *DAY, "--output", output)
        result = intouch(root, *command, INTOUCH_SITE_KEY=secret, CI="true", **elsewhere)
        assert result.code == 2
        assert said in result.err
        assert len(secret) < 9 or secret not in result.err + result.out
    assert tree(root.parent) == before


@pytest.mark.parametrize("sealed", [True, False])
def test_in_ci_a_plain_build_needs_a_policy(unsealed: Path, sealed: bool) -> None:  # noqa: FBT001 - a parameter
    if sealed:
        done(unsealed, "seal", "init")
    result = intouch(unsealed, "build", *DAY, CI="true")
    assert result.code == 2
    assert "a plain dashboard would be published" in result.err
    assert not (unsealed / "_site").exists()
    settings = unsealed / "intouch.toml"
    said = settings.read_text()
    settings.write_text(f'{said}[publish]\naccess = "sealed"\n')
    assert intouch(unsealed, "build", *DAY, CI="true").code == 2
    settings.write_text(f'{said}[publish]\naccess = "host-auth"\n')
    assert intouch(unsealed, "build", *DAY, CI="true").code == 0
    settings.write_text(f"{said}[demo]\ntoday = 2026-11-23\n")
    assert intouch(unsealed, "build", "--output", "demo", CI="true").code == 0


def test_the_log_of_ci_names_nobody(root: Path) -> None:
    key = key_file(root).read_text()
    (root / "contacts" / "ann-bell.md").write_text("---\nname: Ann Bell\nxyz: 1\n---\n")
    warned = intouch(root, "build", "--sealed", *DAY, CI="true", INTOUCH_SITE_KEY=key)
    assert "intouch check" in warned.err
    said = warned.out + warned.err
    for secret in ("ann", "bell", "Ann", "xyz", key.strip()[20:40], ".ics"):
        assert secret not in said.replace(str(root), "")


def test_a_plain_build_never_replaces_a_sealed_site(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    before = tree(root)
    result = intouch(root, "build", *DAY, "--output", "_sealed")
    assert result.code == 2
    assert "holds a sealed site" in result.err
    assert tree(root) == before


def test_a_sealed_build_leaves_nothing_of_a_plain_one(root: Path) -> None:
    done(root, "build", *DAY, "--output", "public")
    assert b"Priya" in b"".join(tree(root / "public").values())
    done(root, "build", "--sealed", *DAY, "--output", "public")
    assert b"Priya" not in b"".join(tree(root / "public").values())
    assert not [name for name in tree(root / "public") if "priya" in name]


def test_verify_tells_one_changed_byte_and_what_is_too_many(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    sealed = root / "_sealed"
    assert "byte for byte" in done(root, "verify", "_sealed", *DAY).out
    (feed,), (envelope, *_) = (sealed / "f").iterdir(), sorted((sealed / "e").iterdir())
    for path, told in (
        (sealed / "index.html", "index.html"),
        (sealed / "a" / "lock.js", "a/lock.js"),
        (envelope, f"e/{envelope.name}"),
        (feed, "f/….ics"),
    ):
        before = path.read_bytes()
        middle = len(before) // 2
        path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
        result = intouch(root, "verify", "_sealed", *DAY)
        assert (result.code, told in result.err) == (1, True)
        assert ("Enter no passphrase" in result.err) == told.startswith(("a/", "index"))
        path.write_bytes(before)
    (sealed / "more.txt").write_text("x")
    (sealed / "people" / "ann").mkdir(parents=True)
    said = intouch(root, "verify", "_sealed", *DAY).err
    assert all(name in said for name in ("more.txt", "people/ann"))
    (sealed / "more.txt").unlink()
    shutil.rmtree(sealed / "people")
    assert intouch(root, "verify", "_sealed", "--today", "2027-03-01").code == 1


def test_verify_says_what_it_cannot_reach_or_will_not_ask(root: Path) -> None:
    for where, code, said in (
        ("nowhere", 2, "there is no folder"),
        ("https://[me", 3, "is no web address"),
        ("http://127.0.0.1:9/", 3, "cannot be reached"),
        ("http://me.example/people", 3, "Write it as https://me.example/people"),
    ):
        result = intouch(root, "verify", where)
        assert (result.code, said in result.err) == (code, True)


PLANTING = """
import os
import sys
from pathlib import Path
import intouch.cli.build as build
write = build.write_site
def planted(site, output, **options):
    output = Path(output)
    written = write(site, output, **options)
    PLANT
    return written
build.write_site = planted
sys.argv = ["intouch", "build", "--sealed", "--today", "2026-11-23"]
from intouch.cli.main import run
run()
"""


PLANTS = {
    "e/notes.txt": '(output / "e" / "notes.txt").write_text("Priya Nair")',
    "people": '(output / "people" / "priya-nair").mkdir(parents=True)',
    "e/link": '(output / "e" / "link").symlink_to("../../contacts")',
    "index.html": '(output / "index.html").unlink(); (output / "index.html").symlink_to("../intouch.toml")',
    "a/lock.js": '(output / "a" / "lock.js").unlink(); os.mkfifo(output / "a" / "lock.js")',
    "f/….ics": 'next((output / "f").iterdir()).write_text("Priya Nair")',
}


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")
@pytest.mark.parametrize("what", PLANTS)
def test_whatever_gets_into_the_folder_takes_the_folder_with_it(root: Path, what: str) -> None:
    environment = {**os.environ, "INTOUCH_CONFIG_DIR": str(root.parent / "config"), "CI": ""}
    result = subprocess.run(
        [sys.executable, "-c", PLANTING.replace("PLANT", PLANTS[what], 1)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 1, result.stderr
    assert "was removed" in result.stderr
    assert what in result.stderr
    assert not (root / "_sealed").exists()
    assert (root / "contacts" / "priya-nair.md").is_file()


def test_a_theme_that_names_somebody_stops_the_build_and_is_named(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    before = tree(root / "_sealed")
    write_files(root, "=== site_templates/assets/style.css\n/* for Priya Nair */")
    result = intouch(root, "build", "--sealed", *DAY)
    assert result.code == 1
    assert re.search(
        r"nothing was written: 2 leaks found\n  a/app\.[0-9a-f]{12}\.css holds a name, plain, in line 1\n",
        result.err,
    )
    assert "Priya" not in result.err
    assert tree(root / "_sealed") == before


def test_verify_asks_a_host_for_every_file(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    with hosted(root / "_sealed") as address:
        assert "byte for byte" in done(root, "verify", address, *DAY).out
        assert "byte for byte" in done(root, "verify", address.rstrip("/"), *DAY).out
        page = root / "_sealed" / "index.html"
        page.write_bytes(page.read_bytes() + b"<script src='//else.example/x.js'></script>")
        result = intouch(root, "verify", address, *DAY)
        assert (result.code, "Enter no passphrase there" in result.err) == (1, True)
        page.unlink()
        assert intouch(root, "verify", address, *DAY).code == 1


class _Elsewhere(BaseHTTPRequestHandler):
    """A host that leads elsewhere, and notes who asks."""

    to = ""
    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(302)
        self.send_header("Location", self.to + self.path)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def test_verify_follows_nobody_elsewhere_and_asks_as_a_browser_does(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    with listening(_Elsewhere) as port, hosted(root / "_sealed") as address:
        _Elsewhere.to = address.rstrip("/")
        result = intouch(root, "verify", f"http://127.0.0.1:{port}", *DAY)
    assert (result.code, "Enter no passphrase there" in result.err) == (1, True)
    assert {agent.partition("/")[0] for _, agent in _Elsewhere.asked} == {"Mozilla"}
    assert "intouch" not in f"{_Elsewhere.asked}"


@pytest.mark.parametrize("command", ["init", "rotate"])
def test_the_key_never_lies_in_the_notebook(unsealed: Path, command: str) -> None:
    if command == "rotate":
        done(unsealed, "seal", "init")
    before = tree(unsealed)
    result = intouch(
        unsealed, "seal", command, INTOUCH_CONFIG_DIR=str(unsealed / "contacts" / ".." / "settings")
    )
    assert result.code == 2
    assert "in the notebook itself" in result.err
    assert tree(unsealed) == before


def answering(root: Path, *lines: str) -> str:
    """Run `seal init` on a terminal and answer its questions."""
    import pty

    told, terminal = pty.openpty()
    environment = {**os.environ, "INTOUCH_CONFIG_DIR": str(root.parent / "config"), "CI": "", "TERM": "dumb"}
    child = subprocess.Popen(
        [sys.executable, "-m", "intouch", "seal", "init"],
        cwd=root,
        env={**environment, "INTOUCH_PASSPHRASE": WORDS},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    seen = b""
    for line in lines:
        while not seen.rstrip().endswith(b":"):
            seen += os.read(told, 4096)
        os.write(told, f"{line}\n".encode())
        seen += b"|"
    with suppress(OSError):  # the end of a terminal is an error on Linux
        while more := os.read(told, 4096):
            seen += more
    assert child.wait() == 0
    os.close(told)
    return seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
def test_on_a_terminal_a_passphrase_is_asked_for_and_never_shown(unsealed: Path) -> None:
    seen = answering(unsealed, "correct horse", OTHER_WORDS, "something else", OTHER_WORDS, OTHER_WORDS)
    assert "too easy to guess" in seen
    assert "The two differ." in seen
    for typed in ("correct horse", OTHER_WORDS, "something else", WORDS):
        assert typed not in seen
    assert opens(lock(unsealed).slots[0], unsealed, OTHER_WORDS)


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
def test_on_a_terminal_nothing_typed_makes_one(unsealed: Path) -> None:
    seen = answering(unsealed, "")
    match = re.search(r"Passphrase:  ([a-z-]+(?: [a-z-]+){5})\r", seen)
    assert match
    assert opens(lock(unsealed).slots[0], unsealed, match[1])


def test_no_passphrase_is_made_in_ci(unsealed: Path) -> None:
    result = intouch(unsealed, "seal", "init", INTOUCH_PASSPHRASE="", CI="true")
    assert result.code == 2
    assert "not for a log" in result.err
    assert not (unsealed / "lock.json").exists()


def test_feed_url_tells_every_feed_and_ci_none(unsealed: Path) -> None:
    assert done(unsealed, "feed-url").out == "full      https://me.example/people/check-ins.ics\n"
    done(unsealed, "seal", "init")
    settings = unsealed / "intouch.toml"
    settings.write_text(f'{settings.read_text()}[feed]\nalso = ["busy"]\n')
    lines = done(unsealed, "feed-url").out.splitlines()
    assert [line.split()[0] for line in lines] == ["initials", "busy"]
    assert all(re.search(r" https://me\.example/people/f/[a-z2-7]{26}\.ics$", line) for line in lines)
    done(unsealed, "build", "--sealed", *DAY)
    names = {f"{line.rpartition('/')[2]}" for line in lines}
    assert {p.name for p in (unsealed / "_sealed" / "f").iterdir()} == names
    refused = intouch(unsealed, "feed-url", CI="true")
    assert refused.code == 2
    assert not any(name[:-4] in refused.err + refused.out for name in names)


def test_a_raised_epoch_moves_the_feed_and_empties_the_old_one_for_thirty_days(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    (old,) = (root / "_sealed" / "f").iterdir()
    settings, said = root / "intouch.toml", (root / "intouch.toml").read_text()
    settings.write_text(f"{said}[feed]\nepoch = 2\nmoved = 2026-11-23\n")
    for day, there in (("2026-11-23", True), ("2026-12-22", True), ("2026-12-23", False)):
        done(root, "build", "--sealed", "--today", day)
        assert old.exists() == there
        if there:
            assert b"SUMMARY:Nothing due" in old.read_bytes()
            assert b"P.N." not in old.read_bytes()
    # Without the day it cannot be known when calendars have forgotten.
    settings.write_text(f"{said}[feed]\nepoch = 2\n")
    done(root, "build", "--sealed", "--today", "2028-01-01")
    assert old.exists()


def test_full_must_be_asked_for_and_is_what_it_says(root: Path) -> None:
    settings = root / "intouch.toml"
    settings.write_text(f'{settings.read_text()}[feed]\nlevel = "full"\n')
    said = done(root, "build", "--sealed", *DAY).out
    assert "(full)" in said
    (feed,) = (root / "_sealed" / "f").iterdir()
    text = feed.read_bytes().replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Keep in touch: Priya Nair (Brightpath College)" in text
    assert re.search(r"URL:https://me\.example/people/#/[0-9a-f]{32}~[0-9a-f]{8}\r\n", text)
    settings.write_text(f"{settings.read_text()}[publish]\nfeed = false\n")
    done(root, "build", "--sealed", *DAY)
    assert not (root / "_sealed" / "f").exists()


def test_a_published_feed_does_not_say_how_well_somebody_would_suit(root: Path) -> None:
    card = root / "contacts" / "priya-nair.md"
    card.write_text(card.read_text().replace("cadence: every month", "fit: 5"))
    settings = root / "intouch.toml"
    settings.write_text(f'{settings.read_text()}[feed]\nlevel = "full"\n')
    done(root, "build", "--sealed", *DAY)
    done(root, "build", *DAY)
    (feed,) = (root / "_sealed" / "f").iterdir()
    published, own = (
        path.read_bytes().replace(b"\r\n ", b"").decode() for path in (feed, root / "_site" / "check-ins.ics")
    )
    assert "every 2 months (fit 5)." in own
    assert "every 2 months." in published
    assert "fit" not in published


def test_every_envelope_opens_with_what_a_browser_has(root: Path) -> None:
    done(root, "build", "--sealed", *DAY)
    keys = derived(root_in(key_file(root).read_text()))
    pages = [
        opened(keys, path.stem, carried(path.stem, path.read_bytes()))
        for path in (root / "_sealed" / "e").iterdir()
    ]
    assert sum(page.startswith(b"<!DOCTYPE html>") for page in pages) >= 10
    assert any(b"told me about the night class" in page for page in pages)


def test_what_is_remembered_holds_nothing_that_was_made_with_the_key(root: Path) -> None:
    cache = root.parent / "cache"
    done(root, "build", "--sealed", *DAY, XDG_CACHE_HOME=str(cache))
    kept = b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file())
    assert b"night class" in kept, "the notebook itself is remembered; else this proves nothing"
    keys = derived(root_in(key_file(root).read_text()))
    told = [name.encode() for name in tree(root / "_sealed")]
    (feed,) = (content for name, content in tree(root / "_sealed").items() if name.endswith(".ics"))
    uids = re.findall(rb"UID:([0-9a-f]+)@", feed)
    assert uids
    secrets = [keys.read, keys.siv, keys.names, keys.feed, *uids]
    secrets += [secret.hex().encode() for secret in (keys.read, keys.siv, keys.names, keys.feed)]
    secrets += [name.rpartition(b"/")[2].partition(b".")[0] for name in told if name[:2] in {b"e/", b"f/"}]
    assert [secret for secret in secrets if secret in kept] == []


def test_in_ci_nothing_is_remembered_on_the_disk(root: Path) -> None:
    key = key_file(root).read_text()
    cache = root.parent / "cache"
    done(root, "build", "--sealed", *DAY, XDG_CACHE_HOME=str(cache), CI="true", INTOUCH_SITE_KEY=key)
    assert not cache.exists()
    done(root, "build", "--sealed", *DAY, XDG_CACHE_HOME=str(cache))
    assert cache.is_dir()


def test_a_sealed_build_that_remembers_is_the_same_to_the_byte(root: Path) -> None:
    card = root / "contacts" / "priya-nair.md"
    done(root, "build", "--sealed", *DAY)
    card.write_text(card.read_text().replace("night class", "evening class"))
    done(root, "build", "--sealed", *DAY)
    done(root, "build", "--sealed", *DAY, "--output", "anew", XDG_CACHE_HOME=str(root.parent / "empty"))
    assert tree(root / "_sealed") == tree(root / "anew")
