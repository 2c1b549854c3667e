"""The command ``track``: say how far each visa dossier and each charter is, what is missing, who acts until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report import tracking as told
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking
from pemdocs.model import PemdocsError
from pemdocs.project import placing


@click.command("track")
@TARGET
@click.option("--case", "cases", multiple=True, help="Id of a dossier or pair (S-07, P-07); may be repeated.")
@click.option("--cohort", "cohorts", multiple=True, help="Cohort of which the dossiers and charters are told.")
@click.option("--names", is_flag=True, help="Name the travellers: for those who may know who travels.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day from which days are counted (default: today).",
    callback=lambda _context, _option, given: given and given.date(),
)
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="Write a workbook too.")
@click.option("--pdf", type=click.Path(path_type=Path), metavar="FILE", help="Write one sheet too, for a meeting.")
@click.option("--message", default="", metavar="ID", help="Say the message for the traveller of this dossier.")
@click.option(
    "--messages",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write a message for each traveller into a folder; nothing is sent.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@SPEECH
@speaking
def command(
    target: Path,
    cases: tuple[str, ...],
    cohorts: tuple[str, ...],
    names: bool,
    on: date | None,
    xlsx: Path | None,
    pdf: Path | None,
    message: str,
    folder: Path | None,
    form: str,
    speech: str,
) -> int:
    """Say how far each visa dossier and charter of a project (TARGET, by default here) is, the most urgent first.

    What is missing, who must act, the next day that counts, how many days are left.
    """
    from pemdocs.building.tracking import board, messages, sheets

    if message:
        one = messages.messages(board(target, cases=[message], on=on))
        if not one:
            raise PemdocsError("message-for-dossier", case=message)
        click.echo(one[0].text, nl=False)
        return CLEAN
    found = board(target, cases=cases, cohorts=cohorts, names=names, on=on)
    for path, made in ((xlsx, "as_workbook"), (pdf, "as_pdf")):
        if path is not None:
            _write(path, getattr(sheets, made)(found, speech))
    if folder is not None:
        for each in messages.messages(found):
            _write(folder / f"{each.case}.{each.language}.txt", each.text.encode(), mode=0o600)
    click.echo(told.as_json(found, speech) if form == "json" else told.as_text(found, speech))
    late = any(each.days_left is not None and each.days_left < 0 for each in found.rows)
    return FINDINGS if late else CLEAN


def _write(path: Path, content: bytes, mode: int = 0o666) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        placing.put(path, content, mode=mode)
    except OSError as error:
        raise placing.unwritten(error, path.name) from error
