"""The `intouch` command: finds the subcommand, imports nothing that it does not need."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from intouch import NOTEBOOK_FORMAT, __version__
from intouch.cli.examples import Example, Group
from intouch.cli.exits import MACHINE, stop
from intouch.cli.saying import leave_unsaid

_COMMANDS = {
    "build": ("intouch.cli.build", "Write the dashboard and the calendar feed."),
    "check": ("intouch.cli.check", "Read everything and print all problems at once."),
    "completions": ("intouch.cli.completions", "What a shell reads to complete commands and people."),
    "draft": ("intouch.cli.draft", "The message to send now, filled in."),
    "due": ("intouch.cli.due", "Whom to write to, when and why."),
    "export": ("intouch.cli.export", "Write people out as vCards, a table, or JSON."),
    "feed-url": ("intouch.cli.feed_url", "Where the published feeds are."),
    "import": ("intouch.cli.import_", "Take in people from LinkedIn, Google, Outlook, vCards or a CSV."),
    "init": ("intouch.cli.init", "Start a notebook of your own."),
    "log": ("intouch.cli.log", "Write down what happened."),
    "new": ("intouch.cli.new", "Write a card for someone you have met."),
    "schema": ("intouch.cli.schema", "The front matter as a JSON Schema, for editors."),
    "seal": ("intouch.cli.seal", "The key and the passphrases of a sealed dashboard."),
    "serve": ("intouch.cli.serve", "Show the dashboard here, rebuilt on every save."),
    "verify": ("intouch.cli.verify", "Hold what is published against a rebuild."),
    "why": ("intouch.cli.why", "How each date of a person came about, step by step."),
}


class _Commands(Group):
    """Subcommands that are imported when they are called, so that `--help` answers at once."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name them, sorted."""
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one."""
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name][0]).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in sorted(_COMMANDS.items())])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first, or say which one may have been meant."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"there is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command tells more: intouch due --help. How it went is told by the exit code: 0 fine, "
    "1 problems in your files, 2 wrong usage, 3 the machine (disk, network).",
    examples=(
        Example("A notebook of your own, in the new folder 'network'", "intouch init network"),
        Example("Whom to write to, when and why", "intouch due"),
    ),
)
@click.version_option(
    __version__,
    prog_name="intouch",
    message=f"%(prog)s %(version)s\nPython {sys.version.split()[0]}\nnotebook format {NOTEBOOK_FORMAT}",
)
def intouch() -> None:
    """Keep in touch with the people of your job search.

    Your contacts and interview notes are Markdown files in the folder 'contacts'. intouch works out
    from them whom to write to, when and why.
    """


def run() -> None:
    """Run the command line; the entry point of the package."""
    # Nearly all that a command makes lives until it ends: looking for garbage that often finds none.
    gc.set_threshold(200_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        # Where a terminal or a file is not in UTF-8, a name of another script is told by its numbers.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        intouch()
    except OSError as problem:
        leave_unsaid(sys.stdout)
        if isinstance(problem, FileNotFoundError) and not problem.filename:
            stop(
                MACHINE, "the folder that you are in is gone", "Change into one that is there, and try again."
            )
        where = f"{problem.filename}: " if problem.filename else ""
        stop(MACHINE, f"{where}{problem.strerror or problem}")
