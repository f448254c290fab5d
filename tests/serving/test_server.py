"""The server's life: it starts plainly, wakes at midnight, and leaves cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import PATIENCE, Served, serving, write_notebook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(write_notebook(tmp_path / "network")) as running:
        yield running


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_at_once_and_cleanly_while_pages_listen(served: Served, number: signal.Signals) -> None:
    request = f"GET /_intouch/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as page:
        page.sendall(request)
        heard = b""
        while b"data: " not in heard:
            heard += page.recv(65536)
        served.process.send_signal(number)
        said, _ = served.process.communicate(timeout=PATIENCE)
    assert served.process.returncode == 0
    assert "Traceback" not in said


def test_a_page_is_told_of_a_change_and_of_nothing_else(served: Served) -> None:
    request = f"GET /_intouch/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as page:
        page.sendall(request)
        stream = b""
        while stream.count(b"data: ") < 1:
            stream += page.recv(65536)
        with (served.root / "contacts" / "ann.md").open("a", encoding="utf-8") as log:
            log.write("- 2026-11-20 check-in: secret\n")
        while stream.count(b"data: ") < 2:
            stream += page.recv(65536)
    assert b"secret" not in stream
    assert b"ann" not in stream


def test_a_port_that_is_taken_is_said_in_one_line(served: Served) -> None:
    where = ["--project", str(served.root), "--port", str(served.port)]
    command = [sys.executable, "-m", "intouch", "serve", *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 3
    assert f"port {served.port} is taken" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_this_computer_is_served(served: Served) -> None:
    other = "127.0.0.2"
    with pytest.raises(OSError, match="refused"), socket.create_connection((other, served.port), timeout=5):
        pass


MIDNIGHT = """
import sys, threading
from datetime import date
from pathlib import Path
from intouch.serving import serve
day = [date(2026, 11, 23)]
def build():
    return {"index.html": f"<html><head></head>{day[0]}</html>".encode()}
def midnight():
    sys.stdin.readline()
    day[0] = date(2026, 11, 24)
threading.Thread(target=midnight, daemon=True).start()
say = lambda line: print(line, flush=True)
serve(build, root=Path(sys.argv[1]), port=0, today=lambda: day[0], announce=say, clock=0.05)
"""


def test_it_wakes_at_midnight_though_no_file_was_saved(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    command = [sys.executable, "-c", MIDNIGHT, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        running = Served(root, port, process)
        assert "2026-11-23" in running.ask("/").text
        process.stdin.write("midnight\n")
        process.stdin.flush()
        running.until("/", lambda a: "2026-11-24" in a.text)
        process.terminate()


def test_a_build_that_breaks_leaves_the_last_page(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    script = MIDNIGHT.replace(
        '    return {"index', '    if day[0].day == 24: raise RuntimeError("oh")\n    return {"index'
    )
    command = [sys.executable, "-c", script, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        process.stdin.write("midnight\n")
        process.stdin.flush()
        assert "The build failed (RuntimeError: oh)" in process.stdout.readline()
        assert "2026-11-23" in Served(root, port, process).ask("/").text
        process.terminate()
