"""The command ``doctor``: say what this computer can do, what it lacks, and how to get it."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli.options import SPEECH
from pemdocs.cli.report import organs
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking


@click.command("doctor")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@SPEECH
@speaking
def command(target: Path | None, form: str, speech: str) -> int:
    """Say what this computer has of what documents need, for the project folder TARGET where one is named: Python,
    Pango, typefaces, LibreOffice, Word templates, extras, the right to write; and how to get what is missing.
    """
    found = pemdocs.doctor(target or "")
    click.echo(organs.as_json(found, speech) if form == "json" else organs.as_text(found, speech, colour()))
    return CLEAN if all(each.state != "lacks" for each in found) else FINDINGS
