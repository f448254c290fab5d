"""The server's life: bind, build, watch, rebuild on saves and at midnight, and leave cleanly."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn

from intouch.serving.app import make_app
from intouch.serving.live import Live
from intouch.serving.watching import Watch

ADDRESS = "127.0.0.1"
SETTLE = 0.05
"""Seconds of quiet after a change before a rebuild: an editor's save is several changes."""
CLOCK = 20.0
"""Seconds between two looks at the date. A timer set for midnight would sleep through a laptop's sleep."""

Site = Mapping[str, bytes]


class PortTakenError(Exception):
    """The port is used by another program."""


class _Server(uvicorn.Server):
    """A server that leaves signals to us, so that Ctrl-C ends it without a trace."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def serve(
    build: Callable[[], Site],
    *,
    root: Path,
    port: int,
    today: Callable[[], date],
    announce: Callable[[str], None],
    clock: float = CLOCK,
) -> None:
    """Serve a notebook until the program is told to stop.

    Args:
        build: makes the site as of now; what it raises is announced, and the last good site stays.
        root: the notebook, for watching.
        port: 0 for any free one.
        today: tells the date; asked again and again, since it changes by itself.
        announce: shows one line to the user.
        clock: seconds between two looks at the date.

    Raises:
        PortTakenError: when the port is in use.
    """
    with _bind(port) as listener:
        rebuilder = _Rebuilder(build, today=today, announce=announce, clock=clock)
        watch = Watch(root, rebuilder.changed.set)
        # Before the first build: a save while that is under way is a change like any other.
        watch.start()
        try:
            asyncio.run(_run(rebuilder, listener, announce))
        finally:
            watch.stop()


def _bind(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # where it would let two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        # From here on a caller waits in line, so that the address may be announced before the first answer.
        listener.listen(128)
    except OSError as problem:
        listener.close()
        if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTakenError(str(port)) from problem
        raise
    return listener


async def _run(rebuilder: _Rebuilder, listener: socket.socket, announce: Callable[[str], None]) -> None:
    live = Live(rebuilder.first())
    port = int(listener.getsockname()[1])
    hosts = frozenset(f"{name}:{port}" for name in (ADDRESS, "localhost"))
    config = uvicorn.Config(
        make_app(live, hosts),
        http="h11",
        ws="none",
        # Rubbish and connections cut by Ctrl-C are nothing to tell the user.
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    loop = asyncio.get_running_loop()

    def leave() -> None:
        live.close()
        server.should_exit = True

    _on_signals(loop, leave)
    rebuilder.tell(lambda site: loop.call_soon_threadsafe(live.show, site))
    rebuilder.start()
    announce(f"Serving http://{ADDRESS}:{port}/ (stop with Ctrl-C)")
    try:
        await server.serve(sockets=[listener])
    finally:
        rebuilder.stop()


def _on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, leave)
        except NotImplementedError:
            # Windows has no such handlers; there the plain one wakes the loop.
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(leave))


class _Rebuilder(threading.Thread):
    """Rebuilds when a file has changed or the date has, one build at a time, in a thread of its own."""

    def __init__(
        self,
        build: Callable[[], Site],
        *,
        today: Callable[[], date],
        announce: Callable[[str], None],
        clock: float,
    ) -> None:
        super().__init__(name="rebuilder", daemon=True)
        self._build, self._today, self._announce, self._clock = build, today, announce, clock
        self._built_for = date.min
        self._show: Callable[[Site], object] = lambda _site: None
        self._stopping = threading.Event()
        self.changed = threading.Event()

    def first(self) -> Site:
        """Build for the first time; here an exception is the caller's."""
        self._built_for = self._today()
        return self._build()

    def tell(self, show: Callable[[Site], object]) -> None:
        """Say whom to give each new site."""
        self._show = show

    def stop(self) -> None:
        """End after the build that is under way."""
        self._stopping.set()
        self.changed.set()
        self.join()

    def run(self) -> None:
        """Wait for a change or another day, let it settle, build."""
        while True:
            saved = self.changed.wait(self._clock)
            if self._stopping.is_set():
                return
            if not saved and self._today() == self._built_for:
                continue
            while self.changed.is_set():
                self.changed.clear()
                self.changed.wait(SETTLE)
            if self._stopping.is_set():
                return
            self._rebuild()

    def _rebuild(self) -> None:
        day = self._today()
        try:
            site = self._build()
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the last good site is still served
            self._announce(
                f"The build failed ({type(problem).__name__}: {problem}); the last site is still shown."
            )
            return
        self._built_for = day
        self._show(site)
