"""Examples at the end of a command's help, which can be typed as they stand."""

from __future__ import annotations

from typing import Any, NamedTuple

import click


class Example(NamedTuple):
    """One thing to type.

    Attributes:
        says: what comes of it, in a few words.
        line: the whole command.
    """

    says: str
    line: str


class Command(click.Command):
    """A command whose help ends with examples; the man page and the manual show the same ones."""

    def __init__(self, *arguments: Any, examples: tuple[Example, ...] = (), **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples last, each on a line of its own that no terminal wraps."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for number, example in enumerate(self.examples):
                if number:
                    formatter.write_paragraph()
                formatter.write_text(f"{example.says}:")
                indent = " " * (formatter.current_indent + formatter.indent_increment)
                formatter.write(f"{indent}{example.line}\n")


class Group(Command, click.Group):
    """A command that has commands of its own."""
