"""The command ``check``: name everything to mend in a workbook, and mark it there if asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import pemdocs
from pemdocs.checking.examination import Report
from pemdocs.cli import report
from pemdocs.cli.options import AS_OF, LANG, SPEECH, TARGET
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking

ITSELF = "."
"""What stands for the name of the marked file where none is given."""


@click.command("check")
@TARGET
@click.option(
    "--mark",
    is_flag=False,
    flag_value=ITSELF,
    metavar="[FILE.xlsx]",
    help="Mark the bad cells in the workbook itself, or in a copy: colours, notes, a first sheet that lists them.",
)
@click.option("--all", "every", is_flag=True, help="Name each missing translation, not only how many there are.")
@LANG
@SPEECH
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@AS_OF
@speaking
def command(
    target: Path, mark: str | None, every: bool, languages: tuple[str, ...], form: str, as_of: date | None, speech: str
) -> int:
    """Check a project folder or a workbook (TARGET, by default here) and name everything to mend."""
    if mark and str(target) == "." and Path(mark).exists():  # check --mark my-cohort
        target, mark = Path(mark), ITSELF
    found = pemdocs.check(target, as_of=as_of, languages=languages)
    click.echo(report.as_json(found, speech) if form == "json" else report.as_text(found, speech, colour()))
    if mark:
        _mark(target, found, None if mark == ITSELF else Path(mark), speech, every)
    return CLEAN if found.clean else FINDINGS


def _mark(target: Path, found: Report, file: Path | None, speech: str, every: bool) -> None:
    returned = pemdocs.mark(target, found, file, lang=speech, every=every)
    click.echo(report.of_marking(returned, found, speech), err=True)
