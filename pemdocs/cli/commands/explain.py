"""The command ``explain``: lead from a document, or words in it, to the cells, and from a cell to the documents."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli.options import SPEECH
from pemdocs.cli.report import explanation
from pemdocs.cli.speaking import CLEAN, speaking


@click.command("explain")
@click.argument("what", metavar="DOCUMENT|SHEET!CELL")
@click.argument("words", default="")
@click.option(
    "--project",
    "target",
    default=".",
    type=click.Path(path_type=Path),
    help="Project folder or workbook (default: here, or where the document lies).",
)
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out in the project).")
@SPEECH
@speaking
def command(what: str, words: str, target: Path, out: Path | None, speech: str) -> int:
    """Say which cells a DOCUMENT is made of, or where WORDS in it come from; or which documents read a cell.

    \b
    pemdocs explain out/accompaniment-plan/P-07/plan-P-07.fr.pdf
    pemdocs explain out/accompaniment-plan/P-07/plan-P-07.fr.docx "12 mars"
    pemdocs explain Activités!F9
    """
    click.echo(explanation.as_text(pemdocs.explain(what, words, target=target, out=out), speech))
    return CLEAN
