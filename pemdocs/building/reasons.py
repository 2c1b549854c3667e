"""Turn what has changed for a document into reasons that a person can follow: cells, rows, parts of the templates."""

from __future__ import annotations

from collections.abc import Iterable

from pemdocs.building.drafts import FINDINGS, Due
from pemdocs.building.memory import Change
from pemdocs.building.outcome import CELL, NEVER, PIECES, ROW, ROWS, UNKNOWN, Reason
from pemdocs.data.dataset import Dataset
from pemdocs.model import LANGUAGE_MARK, Read
from pemdocs.page.reads import Answers, Question
from pemdocs.project.manifest import Manifest

CELLS = frozenset({Read.VALUE, Read.TEXTS, Read.PLACE})


def reasons(due: Due, manifest: Manifest) -> tuple[Reason, ...]:
    """Why a document is not current, each reason once, in the order of the workbook."""
    if due.path not in manifest.entries:
        return (Reason(NEVER),)
    return of_changes(due.changes, due.draft.memory.answers)


def of_changes(changes: Iterable[Change] | None, answers: Answers) -> tuple[Reason, ...]:
    """What these changes are for a person, each once, in the order of the workbook; none are not known."""
    found = {_reason(change, answers) for change in changes or ()}
    order = {name: place for place, name in enumerate(answers.dataset.tables)}

    def place(each: Reason) -> tuple[int, str, int, str, str, str]:
        return (order.get(each.table, -1), each.sheet, len(each.cell), each.cell, each.code, each.name)

    return tuple(sorted(found, key=place)) or (Reason(UNKNOWN),)


def _reason(change: Change, answers: Answers) -> Reason:
    if change.question is None:
        return _part(change.part)
    if change.question.sort in CELLS:
        return _cell(change.question, answers)
    if change.question.sort is Read.FILE:
        return _file(change.question.name, answers.dataset)
    return _other(change.question, answers.dataset)


def _part(part: str) -> Reason:
    """A part that a document is made with: ``layout.front``, ``pieces.passport``, ``findings.People!F12``."""
    code, _, which = part.partition(".")
    if code == FINDINGS:
        sheet, _, cell = which.rpartition("!")
        return Reason(code, sheet or cell, cell if sheet else "")
    return Reason(code, name=which if code == PIECES else "")


def _cell(question: Question, answers: Answers) -> Reason:
    """The cell that is asked for; the sheet alone where its row is gone."""
    record, (table, _, _) = answers.record(question.who), question.who
    name, _, language = question.name.partition(LANGUAGE_MARK)
    if record is None:
        return Reason(ROW, sheet_of(table, answers.dataset), table=table)
    return Reason(CELL, record.sheet, record.place(name, language), table, name)


def _file(name: str, dataset: Dataset) -> Reason:
    """The first cell that names a file: the name itself, which may be a person's, is not told."""
    for table, records in dataset.records.items():
        for record in records:
            for key, cell in record.cells.items():
                if cell.value == name:
                    return Reason(Read.FILE, record.sheet, cell.ref, table, key.partition(LANGUAGE_MARK)[0])
    return Reason(Read.FILE)


def _other(question: Question, dataset: Dataset) -> Reason:
    match question.sort:
        case Read.BACK | Read.TABLE:
            table = question.name.partition(".")[0]
            return Reason(ROWS, sheet_of(table, dataset), table=table)
        case Read.FIND:
            table = question.name.partition(":")[0]
            return Reason(ROW, sheet_of(table, dataset), table=table)
        case Read.DAY | Read.DAY_WITHIN | Read.YEAR:
            return Reason(Read.DAY)
        case _:
            return Reason(question.sort)


def sheet_of(table: str, dataset: Dataset) -> str:
    """The sheet that a table has in the workbook, or would have."""
    there = dataset.records.get(table, ())
    return there[0].sheet if there else next(iter(dataset.tables[table].sheet.values()))
