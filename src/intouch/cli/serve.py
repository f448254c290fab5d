"""`intouch serve`: show the dashboard on this computer, rebuilt on every save."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intouch.cli.examples import Command, Example
from intouch.cli.exits import MACHINE, stop
from intouch.cli.opening import notebook_options, open_project
from intouch.cli.saying import announce, complain
from intouch.cli.served_notebook import ServedNotebook

if TYPE_CHECKING:
    from intouch.serving import Addresses, Desk, Secrets

_PORT = 8765
_THIS_COMPUTERS = "this computer's"


@click.command(
    "serve",
    cls=Command,
    examples=(
        Example("The dashboard, opened in your browser", "intouch serve --open"),
        Example("With the calendar for a phone in the same network", "intouch serve --lan-feed"),
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=_PORT,
    show_default=True,
    help="The port; 0 takes any free one.",
)
@click.option("--open", "opens", is_flag=True, help="Open the dashboard in the browser.")
@click.option(
    "--lan-feed",
    "lan",
    is_flag=False,
    flag_value=_THIS_COMPUTERS,
    default="",
    metavar="[ADDRESS]",
    help="Serve the calendar feed, and nothing else, to your local network, unencrypted.",
)
@click.option(
    "--poll", is_flag=True, help="Look for changes every second; for folders whose system tells of none."
)
@notebook_options
def command(
    *, port: int, opens: bool, lan: str, poll: bool, directory: Path | None, on_day: date | None
) -> None:
    """Show the dashboard on this computer, rebuilt on every save.

    The page in the browser reloads by itself. Nobody else can reach it: the address holds a secret, which
    stays the same for this notebook.
    """
    from intouch.serving import PortTakenError, serve

    notebook = ServedNotebook(open_project(directory, on_day), on_day)
    address = _address_of(lan)
    with ExitStack() as stack:
        desk, secrets, tell = _at_desk(notebook.root, stack, opens=opens)

        def ready(addresses: Addresses) -> None:
            tell(addresses.pages)
            announce(f"Serving {addresses.pages} (stop with Ctrl-C)")
            announce(f"Calendar feed: {addresses.feed}")
            if addresses.lan:
                _announce_lan(addresses.lan)
            if opens:
                _open(desk, addresses.pages)

        try:
            serve(
                notebook.build,
                root=notebook.root,
                secrets=secrets,
                port=port,
                today=notebook.today,
                say=announce,
                ready=ready,
                lan=address,
                poll=poll,
            )
        except PortTakenError:
            stop(
                MACHINE,
                f"port {port} is taken by another program, perhaps by `intouch serve` of another notebook",
                "Choose another with --port, or let --port 0 take any free one.",
            )


def _at_desk(
    root: Path, stack: ExitStack, *, opens: bool
) -> tuple[Desk | None, Secrets, Callable[[str], None]]:
    """Take the place of the one that serves this notebook, or say who has it and leave."""
    from intouch.serving import Desk, new_secrets

    try:
        desk = Desk(root)
        running = stack.enter_context(desk.alone())
        if running.ours:
            running.tell("")
            return desk, desk.secrets(), running.tell
    except OSError as problem:
        complain(f"The address cannot be kept ({problem.strerror}): the next `intouch serve` has another.")
        return None, new_secrets(), lambda _address: None
    address = running.address
    if not address:
        stop(MACHINE, "this notebook is being served already, and its address is not known yet", "Try again.")
    announce(f"This notebook is served already: {address}")
    if opens:
        _open(desk, address)
    raise SystemExit(0)


def _address_of(lan: str) -> str:
    """The address on the local network that `--lan-feed` means; empty without it."""
    from intouch.serving import NoAddressError, checked_address, own_address, usable

    if not lan:
        return ""
    try:
        found = own_address() if lan == _THIS_COMPUTERS else checked_address(lan)
        usable(found)
    except NoAddressError as problem:
        stop(
            MACHINE,
            f"the feed cannot be served to the local network: {problem}",
            "Name this computer's own address there: --lan-feed 192.168.1.20",
        )
    return found


def _announce_lan(address: str) -> None:
    """Tell the feed's address for a phone, what it costs, and a code for the camera on a terminal."""
    announce(
        f"For your phone, in the same network: {address}\n"
        "  It is not encrypted: whoever listens in that network can read the calendar, names included.\n"
        "  `[feed] level` in intouch.toml decides how much it tells."
    )
    if sys.stdout.isatty():
        import segno

        webcal = f"webcal:{address.partition(':')[2]}"
        with suppress(OSError, UnicodeError):  # a terminal that cannot draw it has the address
            segno.make(webcal, micro=False).terminal(out=sys.stdout, compact=True)


def _open(desk: Desk | None, address: str) -> None:
    """Open the browser; without a place for a private page, the address is all there is."""
    with suppress(OSError, webbrowser.Error):
        if desk is not None and webbrowser.open(desk.way_in(address)):
            return
    complain("The browser could not be opened; open the address above.")
