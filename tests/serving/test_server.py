"""The server's life: it starts plainly, wakes at midnight, and leaves cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from server import PATIENCE, Reply, Served, private, serving, started, write_notebook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


def shows(text: str) -> Callable[[Reply], bool]:
    return lambda answer: text in answer.text


def differs_from(old: bytes) -> Callable[[Reply], bool]:
    return lambda answer: answer.body != old


def strike(running: Served) -> None:
    """Let it be midnight."""
    assert running.process.stdin is not None
    running.process.stdin.write("midnight\n")
    running.process.stdin.flush()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server that the test may end."""
    with serving(write_notebook(tmp_path / "network")) as running:
        yield running


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for all tests that leave it running."""
    with serving(write_notebook(tmp_path_factory.mktemp("lasting") / "network")) as running:
        yield running


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_at_once_and_cleanly_while_pages_listen(served: Served, number: signal.Signals) -> None:
    request = served.listening("people/ann/index.html")
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as page:
        page.sendall(request)
        heard = b""
        while b"data: " not in heard:
            heard += page.recv(65536)
        served.process.send_signal(number)
        said, _ = served.process.communicate(timeout=PATIENCE)
    assert served.process.returncode == 0
    assert "Traceback" not in said


@POSIX
def test_it_leaves_at_once_and_says_nothing_whoever_is_still_connected(served: Served) -> None:
    card = served.root / "contacts" / "ann.md"
    story = "long " * 35_000
    card.write_text(card.read_text("utf-8").replace("## Log", f"{story}\n\n## Log"), encoding="utf-8")
    served.until("/people/ann/", shows("long long"))
    asked = f"GET {served.base}people/ann/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with ExitStack() as open_ones:
        idle, half, deaf = (
            open_ones.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE))
            for _ in range(3)
        )
        idle.sendall(asked.replace(b"GET", b"HEAD"))
        assert b"200 OK" in idle.recv(65536)
        half.sendall(asked[:20])
        deaf.sendall(asked * 100)
        for _ in range(20):
            assert served.ask("/").status == 200, "who never reads keeps nobody waiting"
        before = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        said, _ = served.process.communicate(timeout=PATIENCE)
    assert served.process.returncode == 0
    assert [line for line in said.splitlines() if not line.startswith("Rebuilt: ")] == []
    assert time.monotonic() - before < PATIENCE / 2


@POSIX
def test_it_serves_on_when_nobody_listens_to_what_it_says(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card = root / "contacts" / "ann.md"
    good = card.read_text(encoding="utf-8")
    # Without -u, and so with what could not be said still waiting when Python ends.
    with started(root, "-m", "intouch", "serve", "--port", "0", "--project") as running:
        process = running.process
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        for word in ("once", "and again"):
            card.write_text(good.replace("said by", word), encoding="utf-8")
            running.until("/people/ann/", shows(f"{word} Ann"))
        process.terminate()
        assert process.stderr.read() == ""
        assert process.wait(PATIENCE) == 0


def test_a_page_is_told_of_a_change_and_of_nothing_else(lasting: Served) -> None:
    request = lasting.listening("people/ann/index.html")
    with socket.create_connection(("127.0.0.1", lasting.port), timeout=PATIENCE) as page:
        page.sendall(request)
        stream = b""
        while stream.count(b"data: ") < 1:
            stream += page.recv(65536)
        with (lasting.root / "contacts" / "ann.md").open("a", encoding="utf-8") as log:
            log.write("- 2026-11-20 check-in: secret\n")
        while stream.count(b"data: ") < 2:
            stream += page.recv(65536)
    assert b"secret" not in stream
    assert b"ann" not in stream


def test_a_port_that_is_taken_is_said_in_one_line(lasting: Served, tmp_path: Path) -> None:
    other = write_notebook(tmp_path / "other")
    where = ["--project", str(other), "--port", str(lasting.port)]
    command = [sys.executable, "-m", "intouch", "serve", *where]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=private(lasting.root)
    )
    assert done.returncode == 3
    assert f"port {lasting.port} is taken" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


SERVE = """
import sys, threading
from datetime import date
from pathlib import Path
from intouch.serving import Secrets, Shown, serve
root = Path(sys.argv[1])
day = [date(2026, 11, 23)]
say = lambda line: print(line, flush=True)
def run(build):
    serve(build, root=root, secrets=Secrets("a" * 26, "b" * 26), port=0, today=lambda: day[0], say=say,
          ready=lambda where: say(f"Serving {where.pages}"), pulse=0.05)
"""
MIDNIGHT = (
    SERVE
    + """
def build(_touched):
    return Shown({"index.html": f"<html><head></head>{day[0]}</html>".encode()}, day[0])
def midnight():
    sys.stdin.readline()
    day[0] = date(2026, 11, 24)
threading.Thread(target=midnight, daemon=True).start()
run(build)
"""
)


def test_it_wakes_at_midnight_though_no_file_was_saved(tmp_path: Path) -> None:
    with started(write_notebook(tmp_path / "network"), "-c", MIDNIGHT) as running:
        assert "2026-11-23" in running.ask("/").text
        strike(running)
        running.until("/", shows("2026-11-24"))


SAVED_WHILE_BUILDING = (
    SERVE
    + """
card = root / "contacts" / "ann.md"
def build(_touched):
    read = card.read_bytes()
    if b"meanwhile" not in read:
        card.write_bytes(read + b"meanwhile")
    return Shown({"index.html": b"<html><head></head>" + read + b"</html>"}, day[0])
run(build)
"""
)


def test_a_save_during_the_first_build_is_not_missed(tmp_path: Path) -> None:
    with started(write_notebook(tmp_path / "network"), "-c", SAVED_WHILE_BUILDING) as running:
        running.until("/", shows("meanwhile"))


FEEDS = ("/check-ins.ics", "/check-ins-busy.ics")
TWO_FEEDS = 'feed.also = ["busy"]\n[demo]\ntoday = 2026-11-23\n'


def test_every_feed_stays_the_last_whole_one_while_the_notebook_has_errors(tmp_path: Path) -> None:
    with serving(write_notebook(tmp_path / "network", TWO_FEEDS)) as running:
        card = running.root / "contacts" / "ann.md"
        whole = card.read_text(encoding="utf-8")
        before = [running.ask(path) for path in FEEDS]
        assert [(feed.status, feed.headers["cache-control"]) for feed in before] == [(200, "max-age=60")] * 2
        card.write_text(whole.replace("every 3 months", "every blue moon"), encoding="utf-8")
        running.until("/_intouch/trouble.json", shows("blue moon"))
        assert [running.ask(path).body for path in FEEDS] == [feed.body for feed in before]
        card.write_text(whole.replace("every 3 months", "every 2 months"), encoding="utf-8")
        for path, feed in zip(FEEDS, before, strict=True):
            assert running.until(path, differs_from(feed.body)).status == 200


def test_no_feed_is_an_empty_one_where_there_was_never_a_whole_one(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network", TWO_FEEDS)
    card = root / "contacts" / "ann.md"
    card.write_text(card.read_text(encoding="utf-8").replace("every 3", "every blue"), encoding="utf-8")
    with serving(root) as running:
        assert [running.ask(path).status for path in (*FEEDS, "/people/ann/")] == [503, 503, 200]


def test_a_build_that_breaks_leaves_the_last_page(tmp_path: Path) -> None:
    script = MIDNIGHT.replace(
        "    return Shown", '    if day[0].day == 24: raise RuntimeError("oh")\n    return Shown'
    )
    with started(write_notebook(tmp_path / "network"), "-c", script) as running:
        strike(running)
        assert running.process.stdout is not None
        assert "The build failed (RuntimeError: oh)" in running.process.stdout.readline()
        assert "2026-11-23" in running.ask("/").text


SLOW = (
    SERVE
    + """
import time
def build(_touched):
    say("building")
    time.sleep(30)
run(build)
"""
)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_cleanly_during_the_first_build(tmp_path: Path, number: signal.Signals) -> None:
    root = write_notebook(tmp_path / "network")
    command = [sys.executable, "-c", SLOW, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        process.send_signal(number)
        time.sleep(0.05)
        process.send_signal(number)
        assert process.stdout.read() == ""
        assert process.wait(PATIENCE) == 0


SLOW_AGAIN = (
    SERVE
    + """
import time
builds = []
def build(_touched):
    builds.append(1)
    if len(builds) > 1:
        say("building")
        time.sleep(30)
    return Shown({"index.html": b"<html><head></head>one</html>"}, day[0])
run(build)
"""
)


@POSIX
def test_it_leaves_at_once_during_a_later_build_and_however_often_it_is_told(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    with started(root, "-c", SLOW_AGAIN) as running:
        process = running.process
        assert process.stdout is not None
        assert process.stderr is not None
        (root / "contacts" / "ann.md").touch()
        assert process.stdout.readline() == "building\n"
        assert "one" in running.ask("/").text, "the last site is served meanwhile"
        before = time.monotonic()
        for _ in range(5):
            process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == ""
        assert time.monotonic() - before < 10


@POSIX
def test_the_program_leaves_cleanly_when_told_twice(served: Served) -> None:
    for _ in range(3):
        served.process.send_signal(signal.SIGINT)
        time.sleep(0.03)
    said, _ = served.process.communicate(timeout=PATIENCE)
    assert (served.process.returncode, said) == (0, "")


def test_a_crashed_build_tells_the_pages_and_names_nothing(tmp_path: Path) -> None:
    broken = f'if day[0].day == 24: raise RuntimeError("{tmp_path} Ann Bell")'
    script = MIDNIGHT.replace("    return Shown", f"    {broken}\n    return Shown")
    with started(write_notebook(tmp_path / "network"), "-c", script) as running:
        assert running.ask("/_intouch/trouble.json").text == "null"
        strike(running)
        told = running.until("/_intouch/trouble.json", shows("could not be shown")).text
        assert str(tmp_path) not in told
        assert "Ann" not in told
        assert "RuntimeError" not in told


def test_a_new_time_zone_in_the_settings_is_another_day_at_once(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network", 'timezone = "Etc/GMT+12"\n')
    with serving(root) as running:
        west = running.ask("/").text
        # 26 hours further east it is always another day.
        (root / "intouch.toml").write_text('timezone = "Etc/GMT-14"\n', encoding="utf-8")
        running.until("/", lambda answer: day_of(answer.text) > day_of(west))


def day_of(page: str) -> str:
    return page.partition('As of <time datetime="')[2][:10]
