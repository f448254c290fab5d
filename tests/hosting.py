"""Web servers for tests, on this computer and at any free port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class _Quiet(SimpleHTTPRequestHandler):
    """A handler that keeps what it is asked to itself."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler], address: str = "127.0.0.1") -> Iterator[int]:
    """A server that answers by a handler; gives its port."""
    server = ThreadingHTTPServer((address, 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))  # seconds until it sees that it is to end
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def hosted(folder: Path, address: str = "127.0.0.1") -> Iterator[str]:
    """A plain web server for a folder, as any static host is one."""
    with listening(partial(_Quiet, directory=str(folder)), address) as port:
        yield f"http://{address}:{port}/"
