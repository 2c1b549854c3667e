"""The command ``check``: name everything to mend in a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import AS_OF, LANG, SPEECH, TARGET
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking


@click.command("check")
@TARGET
@LANG
@SPEECH
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@AS_OF
@speaking
def command(target: Path, languages: tuple[str, ...], form: str, as_of: date | None, speech: str) -> int:
    """Check a project folder or a workbook (TARGET, by default here) and name everything to mend."""
    found = pemdocs.check(target, as_of=as_of, languages=languages)
    click.echo(report.as_json(found, speech) if form == "json" else report.as_text(found, speech, colour()))
    return CLEAN if found.clean else FINDINGS
