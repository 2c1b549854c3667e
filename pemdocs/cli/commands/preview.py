"""The command ``preview``: build a kind with made-up data, the worst that its layout can meet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import CASE, LANG, SPEECH
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking


@click.command("preview")
@click.argument("kind")
@click.argument("target", default=".", type=click.Path(path_type=Path))
@CASE
@LANG
@click.option(
    "--format", "formats", multiple=True, default=["pdf"], help="docx or pdf; may be repeated (default: pdf)."
)
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out/preview in the project).")
@SPEECH
@speaking
def command(kind: str, target: Path, speech: str, **wishes: Any) -> int:
    """Build KIND for the project folder TARGET (by default here) with made-up data, into out/preview.

    The cases are longest, shortest, empty and hostile; --case chooses among them, or names one of the workbook.
    """
    outcomes = pemdocs.preview(kind, target, **wishes)
    click.echo(report.of_preview(outcomes, speech))
    return FINDINGS if any(outcome.fault for outcome in outcomes) else CLEAN
