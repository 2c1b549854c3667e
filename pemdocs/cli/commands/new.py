"""The command ``new``: make a project folder with a blank workbook."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.building.copying import copy_template
from pemdocs.cli import report
from pemdocs.cli.options import KIND, LANG, SPEECH
from pemdocs.cli.speaking import CLEAN, speaking


@click.command("new")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--programme",
    default="",
    help="Programme of the project: installed, or a folder with programme.toml (default: the first).",
)
@click.option(
    "--template",
    metavar="KIND",
    help="Copy the templates of this kind of document into the project FOLDER (by default here), to start from.",
)
@KIND
@LANG
@SPEECH
@speaking
def command(
    folder: Path | None,
    programme: str,
    template: str | None,
    kinds: tuple[str, ...],
    languages: tuple[str, ...],
    speech: str,
) -> int:
    """Make a project FOLDER: settings and a blank workbook with drop-downs, help and an example row."""
    if template:
        click.echo("\n".join(report.of_template(template, copy_template(template, folder or Path()), speech)))
        return CLEAN
    if folder is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    workbook = pemdocs.new(folder, programme=programme, kinds=kinds, languages=languages, lang=speech)
    click.echo(report.made_project(workbook, speech))
    return CLEAN
