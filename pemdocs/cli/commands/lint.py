"""The command ``lint``: name everything to mend in the templates of a project."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import SPEECH
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking
from pemdocs.cli.streams import for_programs
from pemdocs.project.settings import FILE


@click.command("lint")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@SPEECH
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@speaking
def command(target: Path | None, form: str, speech: str) -> int:
    """Check the templates of a project folder (TARGET, by default here) without building: layouts, wording, themes,
    profile. Outside of a project, check what comes along.
    """
    here = Path() if (Path(FILE)).is_file() else ""
    found = pemdocs.lint(target or here)
    if form == "json":
        click.echo(for_programs(report.of_lint_as_json(found, speech)))
    else:
        click.echo(report.of_lint(found, speech, colour()))
    return CLEAN if found.clean else FINDINGS
