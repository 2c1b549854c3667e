"""Turn the words on the command line into a command. Only this module knows where commands lie."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click

import pemdocs
from pemdocs.cli import commands, streams, usage
from pemdocs.cli.options import SPEECH


class Commands(click.Group):
    """The commands by the names of their modules: each is imported when it is called, so that a start stays short."""

    context_class = usage.SpokenContext

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, once the streams can take whatever it says."""
        streams.prepare()
        return super().main(*args, **options)

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        """The context of a call, in the language that it asks for."""
        lang = usage.asked(args)
        with usage.told(lang):
            return super().make_context(info_name, args, *rest, lang=lang, **extra)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does, in the reader's language."""
        said = usage.translated(click.Command("pemdocs", help=self.help), ctx.meta.get(usage.HELP, "en"))
        said.format_help_text(ctx, formatter)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options of the program itself, in the reader's language."""
        return usage.parameters(super().get_params(ctx), ctx.meta.get(usage.HELP, "en"))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called; what is wrong with the call is said in the reader's language."""
        with usage.told(ctx.meta[usage.HELP]):
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            usage.no_such_command(args[0], self.list_commands(ctx), ctx, ctx.meta[usage.HELP])
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        return usage.translated(found, ctx.meta.get(usage.HELP, "en"))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pemdocs.__version__, prog_name="pemdocs")
@SPEECH
def main(speech: str | None) -> None:
    """One Excel workbook in, all the paperwork of a mobility programme out, in Word and PDF.

    \b
    pemdocs new my-cohort --lang fr     a project folder with a blank workbook
    pemdocs check my-cohort             everything that should be mended in it
    pemdocs build my-cohort             its documents, into my-cohort/out
    """
