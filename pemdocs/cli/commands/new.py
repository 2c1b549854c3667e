"""The command ``new``: make a project folder with a blank workbook, or a template to start from."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.building.copying import copy_template
from pemdocs.cli import report
from pemdocs.cli.options import KIND, LANG, SPEECH
from pemdocs.cli.speaking import CLEAN, speaking
from pemdocs.words.speech import word


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
@click.option("--as", "form", type=click.Choice(["docx"]), help="With --template: as a Word file, to change in Word.")
@click.option("--template-docx", "table", metavar="TABLE", help="Make a Word template about this table, to start from.")
@KIND
@LANG
@click.option(
    "--add-kind",
    "more_kinds",
    metavar="KIND",
    multiple=True,
    help="Extend the workbook of the project FOLDER (by default here) by what this kind needs; the rest of it stays.",
)
@click.option(
    "--add-lang",
    "more_languages",
    metavar="fr|en|nl|fr+en…",
    multiple=True,
    help="Extend the workbook of the project FOLDER (by default here) by this language; the rest of it stays.",
)
@SPEECH
@speaking
def command(
    folder: Path | None,
    programme: str,
    template: str | None,
    form: str | None,
    table: str | None,
    kinds: tuple[str, ...],
    languages: tuple[str, ...],
    more_kinds: tuple[str, ...],
    more_languages: tuple[str, ...],
    speech: str,
) -> int:
    """Make a project FOLDER: settings and a blank workbook with drop-downs, help and an example row.

    With --add-kind or --add-lang: extend the workbook of a project that is in use.
    """
    if table or (template and form):
        return _word_template(folder or Path(), template, table, speech)
    if template:
        click.echo("\n".join(report.of_template(template, copy_template(template, folder or Path()), speech)))
        return CLEAN
    if more_kinds or more_languages:
        grown = pemdocs.extend(folder or Path(), kinds=more_kinds, languages=(*more_languages, *languages))
        click.echo("\n".join(report.of_extending(grown, speech)))
        return CLEAN
    if folder is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    workbook = pemdocs.new(folder, programme=programme, kinds=kinds, languages=languages, lang=speech)
    click.echo(report.made_project(workbook, speech))
    return CLEAN


def _word_template(folder: Path, template: str | None, table: str | None, speech: str) -> int:
    """Put a shipped Word template into a project, or make one about a table in the folder or under the name given."""
    from pemdocs.building import authoring  # python-docx takes a moment

    if template:
        path = authoring.word_template(template, folder)[0]
    else:
        path = folder if folder.suffix == ".docx" else folder / f"{table}.docx"
        authoring.write_new(path, authoring.starting_template(table or "", project=path.parent, lang=speech))
    click.echo(word("made-word-template", speech, path=str(path), file=str(path)))
    return CLEAN
