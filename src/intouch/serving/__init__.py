"""Serving the dashboard on this computer: from memory, rebuilt on every save."""

from intouch.serving.live import Shown
from intouch.serving.server import Addresses, serve
from intouch.serving.sockets import NoAddressError, PortTakenError, checked_address, own_address, usable
from intouch.serving.state import Desk, Secrets, new_secrets
from intouch.serving.trouble import GoneError
from intouch.serving.watching import Touched

__all__ = [
    "Addresses",
    "Desk",
    "GoneError",
    "NoAddressError",
    "PortTakenError",
    "Secrets",
    "Shown",
    "Touched",
    "checked_address",
    "new_secrets",
    "own_address",
    "serve",
    "usable",
]
