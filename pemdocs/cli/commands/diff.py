"""The command ``diff``: compare two versions of a plan, in Word with tracked changes."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report import differences
from pemdocs.cli.speaking import CLEAN, speaking


@click.command("diff")
@TARGET
@click.option("--case", required=True, help="Id of the partnership (P-07).")
@click.option("--from", "since", required=True, metavar="1.1", help="The older version, as it was when it was built.")
@click.option("--to", "until", default="", metavar="1.2", help="The newer version (default: what the workbook says).")
@click.option("--lang", "language", default="", metavar="fr|en|nl|fr+en…", help="Language of the Word file.")
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out in the project).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@SPEECH
@speaking
def command(target: Path, form: str, speech: str, **wishes: str) -> int:
    """Compare two versions of the plan of a project (TARGET, by default here).

    A Word file with tracked changes is written beside the plan; what has changed is told by field and cell.
    """
    found = pemdocs.diff(target, **wishes)
    click.echo(differences.as_json(found) if form == "json" else differences.as_text(found, speech))
    return CLEAN
