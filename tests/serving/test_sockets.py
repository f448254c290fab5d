"""Where the server listens."""

from __future__ import annotations

import socket

import pytest

from intouch.serving.sockets import (
    NoAddressError,
    PortTakenError,
    checked_address,
    hosts_of,
    listen,
    loopback,
    port_of,
)


def test_both_loopbacks_have_one_port_and_their_exact_names() -> None:
    with loopback(0) as listeners:
        port = port_of(listeners[0])
        assert [each.getsockname()[0] for each in listeners] == ["127.0.0.1", "::1"][: len(listeners)]
        assert {port_of(each) for each in listeners} == {port}
        names = hosts_of(listeners)
        assert {f"127.0.0.1:{port}", f"localhost:{port}"} <= names
        assert names <= {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}


def test_a_port_that_is_taken_on_one_of_them_is_taken() -> None:
    for address in ("127.0.0.1", "::1"):
        try:
            other = listen(address, 0)
        except OSError:
            continue
        with other, pytest.raises(PortTakenError), loopback(port_of(other)):
            pass


def test_the_sixth_version_does_not_listen_for_the_fourth() -> None:
    with loopback(0) as listeners:
        for each in listeners[1:]:
            assert each.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY) == 1


def test_addresses_are_written_in_one_way() -> None:
    assert checked_address("192.168.1.20") == "192.168.1.20"
    assert checked_address("FD00:0::2") == "fd00::2"
    for wrong in (
        "",
        "192.168.1",
        "192.168.1.20/24",
        "localhost",
        "0.0.0.0",  # noqa: S104 - it is refused
        "::",
        "ff02::1",
        "192.168.1.020",
    ):
        with pytest.raises(NoAddressError):
            checked_address(wrong)
