"""Turn what people have filled in on Word files that came back into cells of the workbook.

A control of such a file says by its tag which record and field it is for, or which row of the kind it belongs to. Only
fields that the papers of the programme leave to be filled in by hand are entered, and only into empty cells or new
rows: nothing that stands there is written over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pemdocs.building.answering import FORMULA, GONE, NEW, OTHER, SAME, Answer, answered, meant
from pemdocs.building.newrows import NewRows
from pemdocs.building.paperrows import Controls, PaperRows
from pemdocs.checking.examination import examine
from pemdocs.checking.returning import replaced
from pemdocs.data.dataset import Dataset
from pemdocs.model import FieldName, PemdocsError
from pemdocs.project import kinds
from pemdocs.project.programme import Programme
from pemdocs.project.settings import Project, open_project
from pemdocs.workbook.entering import entered
from pemdocs.workbook.formats import sniff
from pemdocs.workbook.parts.splicing import Unkept
from pemdocs.writing.reviewed.filled import Filled, filled


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
    dataset = examine(project).dataset
    new = NewRows(project, source, dataset)
    found = _settled(_answers(read, project, dataset, new))
    cells: dict[str, dict[str, str | date]] = defaultdict(dict)
    for each in found:
        if each.state == NEW:
            cells[each.sheet][each.cell] = each.said
    try:
        made = entered(source.content, cells, new.like)
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


def _answers(
    read: Iterable[tuple[str, Sequence[Filled]]], project: Project, dataset: Dataset, new: NewRows
) -> Iterator[Answer]:
    allowed = _allowed(project.programme)
    rows: dict[tuple[str, str], list[tuple[str, Controls]]] = defaultdict(list)
    for file, controls in read:
        by_record: dict[tuple[str, str], dict[str, list[Filled]]] = defaultdict(lambda: defaultdict(list))
        for each in controls:
            by_record[each.table, each.id][each.field].append(each)
        for (table, name), fields in by_record.items():
            if "+" in name:
                rows[table, name].append((file, fields))
            else:
                yield from _of_record(file, table, name, fields, project, dataset, allowed)
    papers = PaperRows(project, dataset, new, allowed)
    for (table, name), files in rows.items():
        yield from papers.answers(table, name, files)


def _of_record(
    file: str, table: str, name: str, fields: Controls, project: Project, dataset: Dataset, allowed: frozenset[str]
) -> Iterator[Answer]:
    record = next((each for each in dataset.records.get(table, ()) if each.id == name), None)
    for field, controls in fields.items():
        column = dataset.tables[table].fields.get(field) if record else None
        if record is None or column is None or f"{table}.{field}" not in allowed:
            if any(each.said for each in controls):
                yield Answer(file, "", FieldName("", ""), "", "", "", GONE)
        elif said := meant(column, controls, dataset):
            yield answered(file, record, column, said, project)


def _allowed(programme: Programme) -> frozenset[str]:
    """The fields that the papers of a programme leave to be filled in by hand."""
    members = [each for name in programme.kinds for each in kinds.members(name, programme.templates)]
    return frozenset(path for each in members for path in kinds.load(each, programme.templates).by_hand)


def _settled(answers: Iterable[Answer]) -> list[Answer]:
    """The answers of several files: one that says of a cell otherwise than one before it is not entered."""
    found: list[Answer] = []
    before: dict[tuple[str, str], str | date] = {}
    for each in answers:
        if each.state == NEW:
            first = before.setdefault((each.sheet, each.cell), each.said)
            each = replace(each, state=NEW if first == each.said else OTHER)
        found.append(each)
    return found
