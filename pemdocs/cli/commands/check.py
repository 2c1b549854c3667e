"""The command ``check``: name everything to mend in a workbook, and mark it there if asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

import pemdocs
from pemdocs.checking.examination import Report
from pemdocs.checking.selecting import select
from pemdocs.checking.upcoming import Upcoming, upcoming
from pemdocs.cli import report
from pemdocs.cli.options import AS_OF, CASE, KIND, LANG, SPEECH, TARGET
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking
from pemdocs.cli.streams import for_programs
from pemdocs.model import Severity
from pemdocs.project.settings import open_project

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
@CASE
@KIND
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    help="Only findings as bad as this, or worse.",
)
@click.option("--limit", type=click.IntRange(min=0), default=0, help="So many findings at the most (default: all).")
@click.option("--all", "every", is_flag=True, help="Name each missing translation, not only how many there are.")
@LANG
@SPEECH
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to report.")
@AS_OF
@speaking
def command(
    target: Path,
    mark: str | None,
    cases: tuple[str, ...],
    kinds: tuple[str, ...],
    severity: str | None,
    limit: int,
    every: bool,
    languages: tuple[str, ...],
    form: str,
    as_of: date | None,
    speech: str,
) -> int:
    """Check a project folder or a workbook (TARGET, by default here) and name everything to mend, errors first."""
    if mark and str(target) == "." and Path(mark).exists():  # check --mark my-cohort
        target, mark = Path(mark), ITSELF
    found = pemdocs.check(target, as_of=as_of, languages=languages)
    asked, left_out = select(found, cases=cases, wanted=kinds, severity=severity or "")
    soon = upcoming(found.dataset, cases) if not severity and not kinds else ()
    shown = report.Shown(every, limit, colour())
    click.echo(_reported(form, asked, left_out, soon, shown, target, speech))
    if mark:
        returned = pemdocs.mark(target, asked, None if mark == ITSELF else Path(mark), lang=speech, every=every)
        click.echo(report.of_marking(returned, asked, speech), err=True)
    return CLEAN if asked.clean else FINDINGS


def _reported(
    form: str, found: Report, left_out: int, soon: Sequence[Upcoming], shown: report.Shown, target: Path, speech: str
) -> str:
    if form == "json":
        return for_programs(report.as_json(found, speech, left_out, soon))
    if form == "sarif":
        return for_programs(report.as_sarif(found, speech, open_project(target).workbook.name))
    return report.as_text(found, speech, shown, left_out, soon)
