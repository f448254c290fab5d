"""Where the server listens: on this computer's loopback addresses, and on the local network if asked."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

LOOPBACK = "127.0.0.1"
LOOPBACK_6 = "::1"

_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
_ABSENT = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})
_TRIES = 20


class PortTakenError(Exception):
    """The port is used by another program."""


class NoAddressError(Exception):
    """An address of the local network cannot be used; the text says why."""


@contextmanager
def loopback(port: int) -> Iterator[tuple[socket.socket, ...]]:
    """Listen on 127.0.0.1, and on ::1 where there is IPv6, on one port.

    Args:
        port: 0 for any that is free on both.

    Raises:
        PortTakenError: when the port is in use on one of them.
    """
    listeners = _both(port)
    try:
        yield listeners
    finally:
        for listener in listeners:
            listener.close()


def _both(port: int) -> tuple[socket.socket, ...]:
    for left in range(_TRIES if port == 0 else 1, 0, -1):
        first = listen(LOOPBACK, port)
        try:
            return first, listen(LOOPBACK_6, port_of(first))
        except PortTakenError:
            first.close()
            if left == 1:
                raise
        except OSError as problem:
            if problem.errno not in _ABSENT:
                first.close()
                raise
            return (first,)
    raise PortTakenError(str(port))


def listen(address: str, port: int) -> socket.socket:
    """Listen on one address.

    Raises:
        PortTakenError: when the port is in use.
        OSError: when the address cannot be had.
    """
    six = ":" in address
    listener = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if six:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if sys.platform != "win32":  # where it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        # From here on a caller waits in line, so that the address may be announced before the first answer.
        listener.listen(128)
    except OSError as problem:
        listener.close()
        if problem.errno in _TAKEN:
            raise PortTakenError(str(port)) from problem
        raise
    return listener


def port_of(listener: socket.socket) -> int:
    """The port that a socket listens on."""
    return int(listener.getsockname()[1])


def hosts_of(listeners: tuple[socket.socket, ...]) -> frozenset[str]:
    """How a browser may call these in its `Host` header."""
    port = port_of(listeners[0])
    addresses = [str(listener.getsockname()[0]) for listener in listeners]
    names = [*map(authority, addresses), *(["localhost"] if LOOPBACK in addresses else [])]
    # Browsers leave out the port that is the usual one.
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())  # noqa: PLR2004


def authority(address: str) -> str:
    """An address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address


def own_address() -> str:
    """The address by which the local network knows this computer.

    Raises:
        NoAddressError: when there is none, or only one that the whole internet could reach.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # Nothing is sent: the system only chooses the address that it would send from.
        probe.connect(("198.51.100.1", 9))
        found = ip_address(probe.getsockname()[0])
        if found.is_loopback or found.is_unspecified:
            raise NoAddressError("this computer is on no network")
        if found.is_global:
            raise NoAddressError(f"the whole internet may reach {found}")
        return str(found)
    raise NoAddressError("this computer is on no network")


def checked_address(text: str) -> str:
    """An address that a user named.

    Raises:
        NoAddressError: when it is not one single address.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        raise NoAddressError(f"'{text}' is no address; write it as 192.168.1.20") from None
    if found.is_unspecified or found.is_multicast:
        raise NoAddressError(f"{found} is not one address of this computer")
    return str(found)


def usable(address: str) -> None:
    """Make sure that one can listen on an address.

    Raises:
        NoAddressError: when it is not this computer's.
    """
    try:
        listen(address, 0).close()
    except OSError as problem:
        # A link-local address without its interface is EINVAL.
        raise NoAddressError(f"{address} is not an address of this computer") from problem
