"""The command ``verify``: say what a paper is, whether it is unchanged and current, and what its signatures say."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli.options import SPEECH
from pemdocs.cli.report import signing as told
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--project",
    "target",
    type=click.Path(path_type=Path),
    help="Project folder or workbook (default: the project in whose folder the file lies).",
)
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of certificates that signatures must lead back to, and of revoked ones; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@SPEECH
@speaking
def command(files: tuple[Path, ...], target: Path | None, trusted: tuple[Path, ...], form: str, speech: str) -> int:
    """Say of FILES (PDF, Word, a scan with a code) which paper they are, and what they are worth.

    Which case and version; whether the bytes are those that were made; whether the workbook still says the same; the
    state of each signature.
    """
    found = pemdocs.verify(files, target=target, trusted=trusted)
    click.echo(told.verdicts_as_json(found, speech) if form == "json" else told.verdicts_as_text(found, speech))
    return CLEAN if all(each.clean for each in found) else FINDINGS
