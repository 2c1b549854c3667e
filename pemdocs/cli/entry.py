"""Turn the words on the command line into a command. Only this module knows where commands lie."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click

import pemdocs
from pemdocs.cli import commands, streams


class Commands(click.Group):
    """The commands by the names of their modules: each is imported when it is called, so that a start stays short."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, once the streams can take whatever it says."""
        streams.prepare()
        return super().main(*args, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pemdocs.__version__, prog_name="pemdocs")
def main() -> None:
    """One Excel workbook in, all the paperwork of a mobility programme out, in Word and PDF.

    \b
    pemdocs new my-cohort --lang fr     a project folder with a blank workbook
    pemdocs check my-cohort             everything that should be mended in it
    pemdocs build my-cohort             its documents, into my-cohort/out
    """
