"""Turn what the controls of a paper say of one field into the value that it means, and that into an answer.

A field may have several controls: a box for each code, one for each of the parties that must agree, and a day that
counts where another one is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pemdocs.consent.consents import NOTHING
from pemdocs.data.convert import Unfit, convert
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, FieldName, Record, Value
from pemdocs.project.settings import Project
from pemdocs.workbook import values
from pemdocs.workbook import words as wording
from pemdocs.workbook.columns import Column
from pemdocs.writing.reviewed.filled import Filled

NEW, SAME, OTHER, SEVERAL, UNFIT, FORMULA, NO_COLUMN, GONE = (
    "new", "same", "other", "several", "unfit", "formula", "no-column", "gone",
)  # fmt: skip
CHANGED, WAITING, INCOMPLETE, NO_SHEET = "changed", "waiting", "incomplete", "no-sheet"
"""What becomes of an answer: it is entered; it stands there already; another one stands there; boxes are ticked that
exclude each other; it cannot be read; the cell holds a formula; the sheet has no such column; there is no such record
or field. Of a row of a kind: another answer stands in the row that holds; the other party has not answered yet; a new
row would lack it; there is no sheet for one."""

ELSE = "else"
"""What the control of a day says that counts where the other one of its field is empty."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """An answer of a file: the record and the field it is for, where it belongs, what it says, what becomes of it.

    ``said`` is what the cell is to hold: a text, or a day.
    """

    file: str
    id: str
    field: FieldName
    sheet: str
    cell: str
    said: str | date
    state: str


@dataclass(frozen=True, slots=True, repr=False)
class Meant:
    """What controls mean for a field: the value, or why there is none; ``more`` as the control has it."""

    value: Value
    state: str = NEW
    more: str = ""


def meant(field: Field, controls: Sequence[Filled], dataset: Dataset) -> Meant | None:
    """What the controls of a field in one file mean together; ``None`` where nothing was filled in."""
    said = [each for each in controls if each.said]
    if not said:
        return None
    if field.type == "boolean":
        return _agreed(controls)
    if field.type == "array":
        codes = tuple(dict.fromkeys(each.said for each in said))
        return Meant(codes, SEVERAL if NOTHING in codes and len(codes) > 1 else NEW)
    said = [each for each in said if each.more != ELSE] or said
    if len({each.said for each in said}) > 1:
        return Meant(None, SEVERAL)
    value = _value(field, said[0], dataset)
    return Meant(value, UNFIT if value is None else NEW, said[0].more)


def _agreed(controls: Iterable[Filled]) -> Meant:
    """Yes where each party says so, no where one does; a box has the code ``yes-home`` where there are parties."""
    told: dict[str, set[str]] = {}
    for each in controls:
        _, _, party = each.more.partition("-")
        answers = told.setdefault(party, set())
        answers |= {each.said.partition("-")[0]} if each.said else set()
    if any(len(answers) > 1 for answers in told.values()):
        return Meant(None, SEVERAL)
    if any("no" in answers for answers in told.values()):
        return Meant(False)
    return Meant(True) if all(told.values()) else Meant(None, WAITING)


def _value(field: Field, said: Filled, dataset: Dataset) -> Value:
    if field.ref:
        return _named(field, said.said, dataset)
    codes = dataset.programme.codelist(field.codelist) if field.codelist else None
    read = [_converted(field, each, codes) for each in (said.said, said.picked) if each]
    if said.picked and read[0] is None:
        return read[1]  # what Word shows of a day may be in words that nobody else reads
    return read[0] if len(set(read)) == 1 else None


def _converted(field: Field, said: str, codes: Mapping[str, Mapping[str, str]] | None) -> Value:
    try:
        return convert(field, said, codes)
    except Unfit:
        return None


def _named(field: Field, said: str, dataset: Dataset) -> Value:
    """The id of the record that is meant by its id or its name; none where none is, or several are."""
    wanted = " ".join(said.split()).casefold()
    names = {each.record.id: (each.record.id, getattr(each, "full_name", None) or getattr(each, "name", None))
             for each in dataset.table(field.ref)}  # fmt: skip
    found = [each for each, known in names.items() if wanted in (str(one).casefold() for one in known if one)]
    return found[0] if len(found) == 1 else None


def answered(file: str, record: Record, field: Field, said: Meant, project: Project) -> Answer:
    """What becomes of an answer for a record that is there. Of words the column of their language counts."""
    key, cell = _cell(record, field, said.more)
    made = Answer(file, record.id, FieldName(field.table, field.name), record.sheet, cell, "", said.state)
    if said.state != NEW:
        return made
    made = replace(made, said=held(field, said.value, project))
    there = record.cells.get(key)
    if there is not None and there.value is not None:
        return replace(made, state=SAME if alike(there.value, said.value) else OTHER)
    return made if cell else replace(made, state=NO_COLUMN)


def _cell(record: Record, field: Field, language: str) -> tuple[str, str]:
    """The key and the cell of an answer. No cell where there is no column."""
    keys = [f"{field.name}{LANGUAGE_MARK}{language}"] if field.translated else []
    for key in (*keys, field.name):
        if key in record.cells:
            return key, record.cells[key].ref
        if key in record.columns:
            return key, f"{record.columns[key]}{record.number}"
    return field.name, ""


def held(field: Field, value: Value, project: Project) -> str | date:
    """A value as its cell holds it: a code by its label, a list of them with semicolons, a day as a day."""
    lang = project.lang if project.lang in wording.available() else wording.available()[0]
    labels = values.labels(field, project.programme, lang) if field.coded else {}
    shown = values.shown(Column(field, "", "", 0, ""), value, labels, wording.load(lang).answers)
    return shown if isinstance(shown, date) else str(shown)


def alike(one: Value, other: Value) -> bool:
    """Whether two values say the same; a list whatever its order."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other
