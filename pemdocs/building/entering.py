"""Turn what people have filled in on Word files that came back into cells of the workbook.

A control of such a file says by its tag which record and field it is for. Only fields that the papers of the programme
leave to be filled in by hand are entered, and only into empty cells: nothing that stands there is written over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pemdocs.checking.examination import examine
from pemdocs.checking.returning import replaced
from pemdocs.data.convert import Unfit, convert
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, FieldName, PemdocsError, Record
from pemdocs.project import kinds
from pemdocs.project.programme import Programme
from pemdocs.project.settings import Project, open_project
from pemdocs.workbook.entering import entered
from pemdocs.workbook.formats import sniff
from pemdocs.workbook.parts.splicing import Unkept
from pemdocs.writing.reviewed.filled import Filled, filled

NEW, SAME, OTHER, SEVERAL, UNFIT, FORMULA, NO_COLUMN, GONE = (
    "new", "same", "other", "several", "unfit", "formula", "no-column", "gone",
)  # fmt: skip
"""What becomes of an answer: it is entered; it stands there already; another one stands there; more than one box is
ticked; it cannot be read; the cell holds a formula; the sheet has no such column; there is no such record or field."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """An answer of a file: the record and the field it is for, where it belongs, what it says, what becomes of it."""

    file: str
    id: str
    field: FieldName
    sheet: str
    cell: str
    said: str
    state: str


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """The answers of the files in their order, and whether those that are new were written into the workbook."""

    workbook: str
    answers: tuple[Answer, ...]
    written: bool

    @property
    def new(self) -> tuple[Answer, ...]:
        """Those that are entered, or would be."""
        return tuple(each for each in self.answers if each.state == NEW)

    @property
    def left(self) -> tuple[Answer, ...]:
        """Those that somebody has to look at."""
        return tuple(each for each in self.answers if each.state not in (NEW, SAME))


def enter(target: Path | str, files: Sequence[Path | str], *, yes: bool = False) -> Answers:
    """Read what was filled in on Word files, and with ``yes`` enter it into the workbook of the project.

    Raises ``PemdocsError``: ``entering-nothing`` where a file has no room to fill in that pemdocs made, those of
    ``comments`` where it is no Word file that can be read; ``extend-format``, ``mark-open``, ``unkept-…`` where
    nothing can be written into the workbook; then nothing is.
    """
    project = open_project(Path(target))
    source = sniff.source(project.workbook)
    if source.format is not sniff.Format.XLSX:
        raise PemdocsError("extend-format", file=project.workbook.name)
    read = [(path.name, _read(path)) for path in map(Path, files)]
    found = _settled(_answers(read, project, examine(project).dataset))
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for each in found:
        if each.state == NEW:
            cells[each.sheet][each.cell] = each.said
    try:
        made = entered(source.content, cells)
    except Unkept as fault:
        raise PemdocsError(fault.why, file=project.workbook.name) from fault
    found = [replace(each, state=FORMULA) if _kept_out(each, made.left) else each for each in found]
    if yes and any(each.state == NEW for each in found):
        replaced(project.workbook, made.content)
    return Answers(project.workbook.name, tuple(found), yes)


def _read(path: Path) -> tuple[Filled, ...]:
    found = filled(path)
    if not found:
        raise PemdocsError("entering-nothing", file=path.name)
    return found


def _kept_out(answer: Answer, left: Mapping[str, Sequence[str]]) -> bool:
    return answer.state == NEW and answer.cell in left.get(answer.sheet, ())


def _answers(read: Iterable[tuple[str, Sequence[Filled]]], project: Project, dataset: Dataset) -> Iterator[Answer]:
    allowed = _allowed(project.programme)
    for file, controls in read:
        by_field: dict[tuple[str, str, str], list[Filled]] = defaultdict(list)
        for each in controls:
            by_field[each.table, each.id, each.field].append(each)
        for (table, name, field), alike in by_field.items():
            said = [each for each in alike if each.said]
            record = next((each for each in dataset.records.get(table, ()) if each.id == name), None)
            if not said:
                continue
            column = dataset.tables[table].fields.get(field) if record else None
            if record is None or column is None or f"{table}.{field}" not in allowed:
                yield Answer(file, "", FieldName("", ""), "", "", "", GONE)
            else:
                yield _answer(file, record, column, said, project)


def _allowed(programme: Programme) -> frozenset[str]:
    """The fields that the papers of a programme leave to be filled in by hand."""
    members = [each for name in programme.kinds for each in kinds.members(name, programme.templates)]
    return frozenset(path for each in members for path in kinds.load(each, programme.templates).by_hand)


def _answer(file: str, record: Record, field: Field, said: Sequence[Filled], project: Project) -> Answer:
    key, cell = _cell(record, field, said[0].language)
    made = Answer(file, record.id, FieldName(field.table, field.name), record.sheet, cell, "", NEW)
    if len({each.said for each in said}) > 1:
        return replace(made, state=SEVERAL)
    codes = project.programme.codelist(field.codelist) if field.codelist else None
    try:
        value = convert(field, said[0].said, codes)
    except Unfit:
        return replace(made, state=UNFIT)
    made = replace(made, said=_written(field, said[0].said, value, project.lang))
    there = record.cells.get(key)
    if there is not None and there.value is not None:
        return replace(made, state=SAME if there.value == value else OTHER)
    return made if cell else replace(made, state=NO_COLUMN)


def _cell(record: Record, field: Field, language: str) -> tuple[str, str]:
    """The key and the cell of an answer; of words the column of their language. No cell where there is no column."""
    keys = [f"{field.name}{LANGUAGE_MARK}{language}"] if field.translated else []
    for key in (*keys, field.name):
        if key in record.cells:
            return key, record.cells[key].ref
        if key in record.columns:
            return key, f"{record.columns[key]}{record.number}"
    return field.name, ""


def _written(field: Field, said: str, value: object, lang: str) -> str:
    """An answer as a cell holds it: a code by its label, a day as every reader of dates knows it, words as said."""
    if isinstance(value, date):
        return value.isoformat()
    return field.labels.get(value, {}).get(lang, value) if isinstance(value, str) else said


def _settled(answers: Iterable[Answer]) -> list[Answer]:
    """The answers of several files: one that says of a cell otherwise than one before it is not entered."""
    found: list[Answer] = []
    before: dict[tuple[str, str], str] = {}
    for each in answers:
        if each.state == NEW:
            first = before.setdefault((each.sheet, each.cell), each.said)
            each = replace(each, state=NEW if first == each.said else OTHER)
        found.append(each)
    return found
