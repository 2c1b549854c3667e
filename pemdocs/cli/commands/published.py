"""The command ``published``: what is out, what of it must be recalled, and where."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report import register
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking


@click.command("published")
@TARGET
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@SPEECH
@speaking
def command(target: Path, form: str, speech: str) -> int:
    """Say what of a project (TARGET, by default here) has been published, by its sheet “Publications”.

    First what must be recalled, and where, for a consent no longer covers it; then the codes of the versions that were
    made and are in no row yet.
    """
    found = pemdocs.published(target)
    click.echo(register.as_json(found, speech) if form == "json" else register.as_text(found, speech))
    return CLEAN if found.clean else FINDINGS
