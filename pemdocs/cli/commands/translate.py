"""The command ``translate``: a sheet of all texts for whoever translates them, and the sheet that comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report.text import wrapped
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking
from pemdocs.model import PemdocsError


@click.command("translate")
@TARGET
@click.option("--to", default="", help="Language to translate into.")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="Write the sheet to translate in.")
@click.option(
    "--from", "file", type=click.Path(path_type=Path), metavar="FILE", help="Enter this sheet into the workbook."
)
@click.option("--force", is_flag=True, help="Replace the sheet if it is there.")
@SPEECH
@speaking
def command(target: Path, to: str, xlsx: Path | None, file: Path | None, force: bool, speech: str) -> int:
    """List all texts of a project (TARGET, by default here) with their translation into a language: which are missing,
    which are older than their original; or enter a sheet that comes back. Confidential texts are in no sheet.
    """
    if file is not None:
        return _taken(target, file, speech)
    if not to:
        raise PemdocsError("translating-wish")
    found = pemdocs.translate(target, to)
    counts = {"all": len(found.texts), "missing": str(found.count("missing")), "older": found.count("older")}
    _say(report.word("translating-counts", speech, language=to, **counts))
    if xlsx is not None:
        _write(xlsx, found.as_workbook(speech), force)
        _say(report.word("translating-written", speech, path=str(xlsx)))
    return FINDINGS if found.count("missing") or found.count("older") else CLEAN


def _taken(target: Path, file: Path, speech: str) -> int:
    """Enter a sheet, and say what was left and why."""
    found = pemdocs.take_in(target, file)
    facts = {"count": str(found.count), "workbook": found.workbook}
    _say(report.word("translating-taken", speech, language=found.to, **facts))
    for line in _left(found, speech):
        _say(line)
    return FINDINGS if found.left else CLEAN


def _left(found: pemdocs.TakenIn, speech: str) -> Iterator[str]:
    gone = sum(why == "gone" for why, *_ in found.left)
    if gone:
        yield report.word("translating-left-gone", speech, count=gone)
    grouped: dict[tuple[str, str], list[str]] = {}
    for why, sheet, cell in found.left:
        grouped.setdefault((why, sheet), []).append(cell)
    for (why, sheet), cells in grouped.items():
        if why != "gone":
            place = f"{sheet}!{', '.join(cells)}" if all(cells) else sheet
            yield report.word(f"translating-left-{why}", speech, place=place, language_code=found.to)


def _write(path: Path, content: bytes, force: bool) -> None:
    """Write the sheet; one that is there may hold somebody's work. Raises ``PemdocsError`` ``translating-there``."""
    if path.exists() and not force:
        raise PemdocsError("translating-there", file=path.name)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PemdocsError("mark-open", file=path.name) from error


def _say(text: str) -> None:
    click.echo("\n".join(wrapped(text)))
