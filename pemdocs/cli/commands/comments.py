"""The command ``comments``: what reviewers say in the Word files that they send back, in one table by paragraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import pemdocs
from pemdocs.building.reviewing import counted
from pemdocs.cli import report
from pemdocs.cli.options import SPEECH
from pemdocs.cli.report.text import wrapped
from pemdocs.cli.speaking import CLEAN, speaking
from pemdocs.model import PemdocsError


@click.command("comments")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--docx", type=click.Path(path_type=Path), metavar="FILE", help="Write the table as a Word file.")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="Write the table as a workbook.")
@click.option("--force", is_flag=True, help="Replace a table that is there.")
@SPEECH
@speaking
def command(files: tuple[Path, ...], docx: Path | None, xlsx: Path | None, force: bool, speech: str) -> int:
    """Collect the comments and the tracked changes of Word files that reviewers have sent back (FILE...) in one table,
    in the order of the paragraphs: who, which passage, what; with room for the answer and for what was decided. Names
    stand in the table alone.
    """
    found = pemdocs.comments(files)
    _say(counted(found, speech))
    for path, make in ((docx, found.as_word), (xlsx, found.as_workbook)):
        if path is not None:
            _write(path, make, speech, files, force)
            _say(report.word("comments-written", speech, path=str(path)))
    return CLEAN


def _write(path: Path, make: Callable[[str], bytes], speech: str, files: tuple[Path, ...], force: bool) -> None:
    """Write a table; one that is there may hold answers. Raises ``PemdocsError``: ``review-there``, ``mark-open``."""
    if any(path.resolve() == each.resolve() for each in files) or (path.exists() and not force):
        raise PemdocsError("review-there", file=path.name)
    content = make(speech)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PemdocsError("mark-open", file=path.name) from error


def _say(text: str) -> None:
    click.echo("\n".join(wrapped(text)))
