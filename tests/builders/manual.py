"""The last chapter of the user's guide, every command with its options, as the program itself says them.

``python tests/builders/manual.py`` writes it into the guide of each language.
"""

from __future__ import annotations

from pathlib import Path

import click

from pemdocs.cli import main
from pemdocs.cli.usage import HELP

DOCS = Path(__file__).parents[2] / "docs"
HEADINGS = {
    "fr": "## Toutes les commandes et leurs options",
    "en": "## All commands and their options",
    "nl": "## Alle opdrachten en hun opties",
}
COLUMNS = {"fr": "| option | sens |", "en": "| option | meaning |", "nl": "| optie | betekenis |"}


def commands(lang: str) -> list[click.Command]:
    """Every command, with its help in the language."""
    context = click.Context(main)
    context.meta[HELP] = lang
    return [found for name in main.list_commands(context) if (found := main.get_command(context, name))]


def chapter(lang: str) -> str:
    """The chapter in the language."""
    return "\n\n".join([HEADINGS[lang], *(_command(command, lang) for command in commands(lang))]) + "\n"


def _command(command: click.Command, lang: str) -> str:
    about = " ".join((command.help or "").split("\b")[0].split())
    rows = [
        f"| {_names(each)} | {_cell(each.help or '')} |" for each in command.params if isinstance(each, click.Option)
    ]
    return "\n".join([f"**`pemdocs {command.name}`** · {about}", "", COLUMNS[lang], "|---|---|", *rows])


def _names(option: click.Option) -> str:
    return ", ".join(f"`{name}`" for name in option.opts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def guide(lang: str) -> str:
    """The guide of the language."""
    return (DOCS / f"guide.{lang}.md").read_text("utf-8")


def without_chapter(lang: str) -> str:
    """The guide of the language up to its last chapter."""
    return guide(lang).split(HEADINGS[lang])[0]


if __name__ == "__main__":
    for each in HEADINGS:
        (DOCS / f"guide.{each}.md").write_text(f"{without_chapter(each).rstrip()}\n\n{chapter(each)}", "utf-8")
