"""The server's life: bind, build, watch, rebuild on saves and at midnight, and leave cleanly."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from intouch.publication import FEED
from intouch.serving.answers import Door
from intouch.serving.app import dashboard, feed_alone
from intouch.serving.live import Live, Shown
from intouch.serving.patience import PatientProtocol
from intouch.serving.rebuilding import PULSE, Changes, Rebuilder
from intouch.serving.sockets import LOOPBACK, authority, hosts_of, listen, loopback, port_of
from intouch.serving.state import Secrets
from intouch.serving.trouble import Trouble
from intouch.serving.watching import Touched, Watch


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where one finds it.

    Attributes:
        pages: of the dashboard, with the secret path.
        feed: of the calendar feed, for this computer.
        lan: of the calendar feed for the local network; empty where it is not served there.
    """

    pages: str
    feed: str
    lan: str


class _Server(uvicorn.Server):
    """A server that leaves signals to us, so that Ctrl-C ends it without a trace."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def serve(
    build: Callable[[Touched], Shown],
    *,
    root: Path,
    secrets: Secrets,
    port: int,
    today: Callable[[], date],
    say: Callable[[str], None],
    ready: Callable[[Addresses], None],
    lan: str = "",
    poll: bool = False,
    pulse: float = PULSE,
) -> None:
    """Serve a notebook until the program is told to stop, by Ctrl-C or SIGTERM; afterwards both are ignored.

    Args:
        build: makes the site as of now, told what may have changed since; what it raises is said, no more.
        root: the notebook, for watching.
        secrets: the first part of every path, and the name of the feed on the local network.
        port: 0 for any free one.
        today: tells the date; asked again and again, since it changes by itself.
        say: shows one line to the user.
        ready: is told the addresses once they are listened on and there is something to show.
        lan: an address of this computer in the local network, on which to serve the feed alone; or empty.
        poll: look at the files every pulse, instead of waiting for events of the file system.
        pulse: seconds between two looks at the date.

    Raises:
        PortTakenError: when the port is in use.
        OSError: when `lan` is no address of this computer.
    """
    leaving = _Leaving()
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        stack.callback(leaving.done)
        listeners = stack.enter_context(loopback(port))
        inner = _Entrance(listeners, Door(hosts_of(listeners), secrets.pages))
        outer = None
        if lan:
            outside = (stack.enter_context(listen(lan, inner.port)),)
            outer = _Entrance(outside, Door(hosts_of(outside), secrets.feed))
        changes = Changes()
        watch = Watch(root, changes.note, say, poll=poll)
        stack.callback(watch.stop)
        rebuilder = Rebuilder(build, watch=watch, changes=changes, today=today, say=say, pulse=pulse)
        # A save while the first build is under way is a change like any other; but to use every core that
        # one must not have threads beside it.
        watch.note()
        live = Live(rebuilder.first())
        watch.start()
        asyncio.run(_run(rebuilder, live, (inner, outer), leaving, ready))


@dataclass(frozen=True, slots=True)
class _Entrance:
    """Sockets that are listened on, and what those must know who come in there."""

    listeners: tuple[socket.socket, ...]
    door: Door

    @property
    def port(self) -> int:
        return port_of(self.listeners[0])


async def _run(
    rebuilder: Rebuilder,
    live: Live,
    entrances: tuple[_Entrance, _Entrance | None],
    leaving: _Leaving,
    ready: Callable[[Addresses], None],
) -> None:
    inner, outer = entrances
    servers = [(_server(dashboard(live, inner.door)), inner.listeners)]
    if outer is not None:
        servers.append((_server(feed_alone(live, outer.door)), outer.listeners))
    loop = asyncio.get_running_loop()

    def leave() -> None:
        live.close()
        for server, _ in servers:
            server.should_exit = True

    leaving.then(lambda: loop.call_soon_threadsafe(leave))

    def show(shown: Shown | None, trouble: Trouble | None) -> None:
        with suppress(RuntimeError):  # the loop has ended while a build was under way
            loop.call_soon_threadsafe(live.show, shown, trouble)

    rebuilder.tell(show)
    rebuilder.start()
    ready(_addresses(inner, outer))
    try:
        await asyncio.gather(*(server.serve(sockets=list(sockets)) for server, sockets in servers))
    finally:
        rebuilder.stop()


def _addresses(inner: _Entrance, outer: _Entrance | None) -> Addresses:
    pages = f"http://{LOOPBACK}:{inner.port}{inner.door.base}"
    lan = ""
    if outer is not None:
        host = authority(outer.listeners[0].getsockname()[0])
        lan = f"http://{host}:{outer.port}/{outer.door.secret}.ics"
    return Addresses(pages, f"{pages}{FEED}", lan)


def _server(app: ASGIApp) -> _Server:
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
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
    return _Server(config)


class _Leaving:
    """Ctrl-C and SIGTERM, from the first build to the end of the program; the second one changes nothing."""

    def __init__(self) -> None:
        self._leave: Callable[[], object] | None = None
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def then(self, leave: Callable[[], object]) -> None:
        """Say what ends the server."""
        self._leave = leave

    def done(self) -> None:
        """From here on the program only ends; Python would let a late signal kill it with a bad exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)

    def _on_signal(self, *_: object) -> None:
        if self._asked:
            return
        self._asked = True
        if self._leave is None:
            # The first build is under way, and nothing is shown yet.
            raise KeyboardInterrupt
        with suppress(RuntimeError):  # the loop has ended by itself
            self._leave()
