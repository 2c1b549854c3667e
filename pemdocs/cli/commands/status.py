"""The command ``status``: say of each document whether it is current, and if not, why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

import pemdocs
from pemdocs.cli.options import AS_OF, CASE, KIND, LANG, SPEECH, TARGET
from pemdocs.cli.report import standing
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking


@click.command("status")
@TARGET
@KIND
@CASE
@LANG
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out in the project).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--no-cache", is_flag=True, help="Lay out every page: ignore what earlier builds have remembered.")
@AS_OF
@SPEECH
@speaking
def command(target: Path, form: str, no_cache: bool, as_of: date | None, speech: str, **wishes: Any) -> int:
    """Say of each document of a project (TARGET, by default here) how it stands, and write nothing.

    Current; stale, with the cells that have changed; missing, and why; edited by hand; withdrawn, for a consent is
    over; failed.
    """
    found = pemdocs.status(target, as_of=as_of, cache=not no_cache, **wishes)
    click.echo(standing.as_json(found, speech) if form == "json" else standing.as_text(found, speech))
    return CLEAN if found.clean else FINDINGS
