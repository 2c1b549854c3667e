"""The command ``enter``: what was filled in on Word files that came back, into the empty cells of the workbook."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.building.answering import Answer
from pemdocs.cli import report
from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report.text import wrapped
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking
from pemdocs.model import FieldName
from pemdocs.words import speech as spoken


@click.command("enter")
@TARGET
@click.option(
    "--from",
    "files",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Word file that came back; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be entered.")
@SPEECH
@speaking
def command(target: Path, files: tuple[Path, ...], yes: bool, speech: str) -> int:
    """Enter into the workbook of a project (TARGET, by default here) what was filled in on Word files that came back,
    such as the committee's decision on a selection file or the consents of companies. Only empty cells and new rows are
    filled; without --yes nothing is written.
    """
    found = pemdocs.enter(target, files, yes=yes)
    for each in found.answers:
        _say(_told(each, speech))
    done = "done" if found.written else "would"
    facts = {"count": str(len(found.new)), "workbook": found.workbook}
    _say(report.word(f"entering-{done}" if found.new else "entering-none", speech, **facts))
    return FINDINGS if found.left else CLEAN


def _told(answer: Answer, speech: str) -> str:
    """An answer in a line, without what it says."""
    column = spoken.label(answer.field, speech) if answer.id else ""
    place = f"{answer.sheet}!{answer.cell}" if answer.cell else answer.sheet
    withdrawn = spoken.label(FieldName("consents", "withdrawn"), speech)
    facts = {"file": answer.file, "id": answer.id, "column": column, "place": place, "withdrawn": withdrawn}
    return report.word(f"entering-{answer.state}", speech, **facts)


def _say(text: str) -> None:
    click.echo("\n".join(wrapped(text)))
