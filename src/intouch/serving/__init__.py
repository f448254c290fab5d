"""Serving the dashboard on this computer: from memory, rebuilt on every save."""

from intouch.serving.server import PortTakenError, serve

__all__ = ["PortTakenError", "serve"]
