"""Turn a report into the workbook that goes back to its author, with marks. Only this module writes over a workbook."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pemdocs.checking.examination import Report
from pemdocs.checking.grouping import Group, grouped
from pemdocs.model import PemdocsError
from pemdocs.project.settings import open_project
from pemdocs.words import speech
from pemdocs.workbook import marking
from pemdocs.workbook.formats import sniff
from pemdocs.workbook.marking import Mark, Unkept
from pemdocs.workbook.words import load

MARKED = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Returned:
    """The file that was written. ``alone``: it is the list without the workbook, which cannot take marks.

    ``sheet`` is what the list is called.
    """

    path: Path
    sheet: str
    alone: bool


def mark(
    target: Path | str, found: Report, file: Path | str | None = None, *, lang: str = "fr", every: bool = False
) -> Returned:
    """Mark the workbook of a project with what ``check`` found, or without ``file`` a copy of it.

    Bad cells are coloured and have a note, a first sheet lists them all; the marks of an earlier run are gone. All the
    rest stays as it is. ``every``: missing translations are marked too, each at its cell. Of a workbook in another
    format than ``.xlsx`` or ``.xlsm`` the list is written as a workbook of its own, in the output folder.
    Raises ``PemdocsError``: ``mark-…`` where something could not be kept or written; then nothing is.
    """
    project = open_project(Path(target))
    source = sniff.source(project.workbook)
    marks = tuple(_marks(grouped(found.findings, every), found.tabs, lang))
    alone = source.format is not sniff.Format.XLSX
    sheet = load(lang).marking.sheet
    path = Path(file) if file else project.out / f"{sheet}.xlsx" if alone else project.workbook
    _check(path, project.workbook, alone, asked=file is not None)
    try:
        content = marking.listed(marks, lang) if alone else marking.mark(source.content, marks, lang)
    except Unkept as fault:
        raise PemdocsError(fault.why, file=project.workbook.name) from fault
    replaced(path, content)
    return Returned(path, sheet, alone)


def _marks(groups: tuple[Group, ...], tabs: Mapping[str, str], lang: str) -> Iterator[Mark]:
    for each in groups:
        first = each.first
        message, remedy = speech.message(first, lang), speech.remedy(first, lang)
        if each.others:
            facts = {"count": each.count, "language": first.facts["language"]}
            message = speech.word("untranslated", lang, **facts)
        yield Mark(
            tabs.get(first.sheet, first.sheet),
            first.cell,
            first.severity.value,
            message,
            remedy,
            listed=bool(each.others),
        )


def _check(path: Path, workbook: Path, alone: bool, asked: bool) -> None:
    same = path.resolve() == workbook.resolve()
    endings = (".xlsx",) if alone else (workbook.suffix.lower(),) if workbook.suffix.lower() in MARKED else MARKED
    if path.suffix.lower() not in endings and not same:
        raise PemdocsError("mark-ending", file=path.name, ending=endings[0])
    if asked and path.exists() and not same:
        raise PemdocsError("mark-exists", file=path.name)
    if (path.parent / f"~${path.name}").exists():
        raise PemdocsError("mark-open", file=path.name)


def replaced(path: Path, content: bytes) -> None:
    """All of it or nothing: it is written beside the file and then takes its place."""
    path = path.resolve()
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as target:
            beside = target.name
            target.write(content)
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    except OSError as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise PemdocsError("mark-open", file=path.name) from error
