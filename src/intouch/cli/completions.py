"""`intouch completions SHELL`: what bash, zsh or fish reads to complete commands, options and people."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from intouch.cli.examples import Command, Example
from intouch.cli.exits import FINE

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_VARIABLE = "_INTOUCH_COMPLETE"
"""By it the script asks `intouch` what may come next; the name is click's."""


@click.command(
    "completions",
    cls=Command,
    examples=(
        Example("What bash reads", "intouch completions bash"),
        Example("What fish reads", "intouch completions fish"),
    ),
)
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(list(_SHELLS)))
def command(shell: str) -> None:
    """What bash, zsh or fish reads to complete commands, options and people.

    Put one line where your shell begins: `eval "$(intouch completions bash)"`, the same for zsh below its
    compinit, or for fish `intouch completions fish | source`.
    """
    program = click.get_current_context().find_root().command
    complete = _SHELLS[shell](program, {}, "intouch", _VARIABLE)
    # Not `source()`: it would start bash to see how old it is.
    click.echo(complete.source_template % complete.source_vars())
    raise SystemExit(FINE)
