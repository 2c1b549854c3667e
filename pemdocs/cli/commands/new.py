"""The command ``new``: make a project folder with a blank workbook."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import LANG, SPEECH
from pemdocs.cli.speaking import CLEAN, speaking


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--programme",
    default="",
    help="Programme of the project: installed, or a folder with programme.toml (default: the first).",
)
@LANG
@SPEECH
@speaking
def command(folder: Path, programme: str, languages: tuple[str, ...], speech: str) -> int:
    """Make a project FOLDER: settings and a blank workbook with drop-downs, help and an example row."""
    workbook = pemdocs.new(folder, programme=programme, languages=languages, lang=speech)
    click.echo(report.made_project(workbook, speech))
    return CLEAN
