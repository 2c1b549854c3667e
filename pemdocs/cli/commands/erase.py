"""The command ``erase``: remove the restricted data of travellers whose dossiers are over, once it is said what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report import erasing as told
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking


@click.command("erase")
@TARGET
@click.option("--case", "cases", multiple=True, help="Id of a dossier (S-07); may be repeated.")
@click.option(
    "--after",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="All dossiers whose time is over on this day, by the period of the programme.",
    callback=lambda _context, _option, given: given and given.date(),
)
@click.option("--ground", type=click.Choice(["period", "request"]), help="Why: the time is over, or the person asks.")
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE", help="Write the workbook without them here.")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be done.")
@SPEECH
@speaking
def command(
    target: Path,
    cases: tuple[str, ...],
    after: date | None,
    ground: str | None,
    to: Path | None,
    yes: bool,
    speech: str,
) -> int:
    """Remove what is restricted about travellers from a project (TARGET, by default here).

    Cells, scans, packs, letters, caches.

    Without --yes nothing is removed. An account without names is kept in erasures.json.
    """
    from pemdocs.building.erasing import erase

    found = erase(target, cases=cases, after=after, ground=ground or "", to=to, yes=yes)
    click.echo(told.as_text(found, speech))
    return FINDINGS if found.left or found.quoting or found.shown else CLEAN
