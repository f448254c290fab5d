"""`intouch serve`: show the dashboard on this computer, rebuilt on every save."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TextIO

import click

from intouch import project
from intouch.build import load, render
from intouch.cli import clock
from intouch.cli.examples import Command, Example
from intouch.cli.exits import MACHINE, stop
from intouch.cli.opening import Opened, notebook_options, open_project, show_problems
from intouch.cli.progress import shown
from intouch.diagnostics import Diagnostic, Severity
from intouch.english import count
from intouch.progress import silent
from intouch.publication import plain
from intouch.reading.scan import Scanned, scan
from intouch.website import Website

if TYPE_CHECKING:
    from intouch.serving import Addresses, Desk, Secrets, Shown, Touched

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

    notebook = _Notebook(open_project(directory, on_day), on_day)
    address = _address_of(lan)
    with ExitStack() as stack:
        desk, secrets, tell = _at_desk(notebook.root, stack, opens=opens)

        def ready(addresses: Addresses) -> None:
            tell(addresses.pages)
            _announce(f"Serving {addresses.pages} (stop with Ctrl-C)")
            _announce(f"Calendar feed: {addresses.feed}")
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
                say=_announce,
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
        _complain(f"The address cannot be kept ({problem.strerror}): the next `intouch serve` has another.")
        return None, new_secrets(), lambda _address: None
    address = running.address
    if not address:
        stop(MACHINE, "this notebook is being served already, and its address is not known yet", "Try again.")
    _announce(f"This notebook is served already: {address}")
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
    _announce(
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
    _complain("The browser could not be opened; open the address above.")


def _announce(line: str) -> None:
    _say(lambda: click.echo(line), sys.stdout)


def _complain(line: str) -> None:
    _say(lambda: click.echo(f"intouch: {line}", err=True), sys.stderr)


def _say(show: Callable[[], None], stream: TextIO) -> None:
    """Show something; where nobody listens any more (`intouch serve | head`), the site is served on."""
    try:
        show()
    except OSError:
        with suppress(OSError):  # else the rest of the line fails again when Python ends
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class _Shared(Mapping[str, bytes]):
    """A site whose pages are made when they are asked for, beside a thread that builds the next one.

    Both use what is remembered; only while that is swept must the other wait, which is a moment.
    """

    def __init__(self, site: Website, using_memo: Lock) -> None:
        self._site, self._using_memo = site, using_memo
        self._paths = frozenset(site)

    def __getitem__(self, path: str) -> bytes:
        with self._using_memo:
            return self._site[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._site)

    def __len__(self) -> int:
        return len(self._site)

    def __contains__(self, path: object) -> bool:
        return path in self._paths


class _Notebook:
    """A notebook whose settings, too, may change between two builds."""

    def __init__(self, opened: Opened, on_day: date | None) -> None:
        self.root = opened.root
        self._settings = opened.settings
        self._memo = opened.memo
        self._using_memo = Lock()
        self._on_day = on_day
        self._scanned: Scanned | None = None
        self._told: tuple[Diagnostic, ...] = ()
        self._feeds: dict[str, bytes] = {}
        self._builds = 0

    def today(self) -> date:
        """The date, as the settings of the last build tell it."""
        return clock.calendar_of(self._settings.settings, self._on_day)()

    def build(self, touched: Touched) -> Shown:
        """Build the site as of now, and say what is wrong when that has changed.

        Args:
            touched: the files that may have changed since the last time.

        Raises:
            GoneError: when the notebook is not there: an empty site in its place would empty calendars.
        """
        from intouch.serving import GoneError, Shown
        from intouch.site.addresses import anywhere

        before, self._scanned = self._scanned, None  # where this fails, all is read the next time
        if not (self.root / "contacts").is_dir():
            raise GoneError(
                f"{self.root / 'contacts'} is gone; the last site is still shown, until it is back."
            )
        taken = clock.stopwatch()
        first = not self._builds
        read = project.read_settings(self.root, self._memo)
        if read != self._settings:
            self._settings = read
        day = self.today()
        progress = shown if first else silent
        self._scanned = scan(self.root, before, touched)
        loaded = load(self.root, self._settings, day, self._memo, progress, scanned=self._scanned)
        built = render(loaded, self._memo, progress, later=not first)
        with self._using_memo:
            # What later builds learn is remembered in memory alone: the disk would only slow them down.
            self._memo.settle(write=first)
        if built.diagnostics != self._told:
            _say(lambda: show_problems(built.diagnostics), sys.stderr)
        self._told = built.diagnostics
        if not first:
            people, open_items = len(built.agenda.standings), len(built.agenda.check_ins)
            counts = f"{count(people, 'person', 'people')}, {count(open_items, 'check-in')}"
            _announce(f"Rebuilt: {counts} ({taken():.2f} s).")
        self._builds += 1
        feeds = {feed.path for feed in plain(loaded.settings).feeds}
        if not built.has_errors:
            self._feeds = {path: built.site[path] for path in feeds}
        # Pages show what they can, with a banner; the feeds stay the last whole ones, so that nobody
        # disappears from a calendar because of a typo.
        site = _Shared(built.site.without(feeds).with_files(self._feeds), self._using_memo)
        errors = tuple(d for d in built.diagnostics if d.severity is Severity.ERROR)
        return Shown(site, day, errors, anywhere(self._settings.settings.site.base_url).root)
