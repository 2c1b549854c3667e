"""Turn the texts of a project into a sheet for whoever translates them, and the sheet that comes back into cells.

Confidential texts are in no sheet. A translation is entered only where nobody has changed the original, or the
translation, since the sheet was made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pemdocs.checking.examination import examine
from pemdocs.checking.returning import replaced
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, FieldName, PemdocsError, Record
from pemdocs.project import translations
from pemdocs.project.languages import available, spoken
from pemdocs.project.settings import Project, open_project
from pemdocs.project.translations import Remembered
from pemdocs.words import speech
from pemdocs.workbook.entering import entered
from pemdocs.workbook.formats import opening, sniff
from pemdocs.workbook.grid import Raw
from pemdocs.workbook.listed import Listed, Plain, workbook
from pemdocs.workbook.parts.splicing import Unkept

MISSING, OLDER, CURRENT = STATES = "missing", "older", "current"
"""How a translation is: not there; there, but its original has changed since; as its original."""

CHANGED, OTHER, FORMULA, NO_COLUMN, GONE = "changed", "other", "formula", "no-column", "gone"
TWICE = "twice"
"""Why a translation was not entered: the original has changed since; somebody else has translated it; the cell holds a
formula; the sheet has no column for the language; there is no such text any more; the sheet has two for it."""

RESTRICTED = "restricted"
HEADS = (("place", 22), ("id", 12), ("field", 22), ("original", 60), ("translation", 60), ("state", 14), ("key", 4))
HEADS_READ = ("translation", "key")
"""The columns that are read when a sheet comes back, wherever they stand by then."""

MARK, MARKS = "|", 3
REF = re.compile(r"[A-Z]+[0-9]+")


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A text of a record: where its translation stands or would stand, both, and how the translation is."""

    table: str
    id: str
    field: str
    sheet: str
    cell: str
    language: str
    original: str
    translation: str
    state: str

    @property
    def key(self) -> str:
        """What a text is known by when its sheet comes back."""
        return f"{self.table}/{self.id}/{self.field}"


@dataclass(frozen=True, slots=True, repr=False)
class Texts:
    """The texts of a project with their translations into a language, in the order of the workbook."""

    to: str
    texts: tuple[Text, ...]
    keyed: Remembered

    def count(self, state: str) -> int:
        """How many are in a state."""
        return sum(each.state == state for each in self.texts)

    def as_workbook(self, lang: str) -> bytes:
        """The sheet to translate in: the column of translations is written in, the others are read."""
        heads = tuple((speech.word(f"translating-{name}", lang), width) for name, width in HEADS)
        rows = tuple(_row(each, self.to, lang, self.keyed) for each in self.texts)
        marked = frozenset(number for number, each in enumerate(self.texts) if each.state != CURRENT)
        name = speech.word("translating-sheet", lang, language=self.to)
        return workbook([Listed(name, heads, rows, marked, frozenset({len(HEADS) - 1}))], name)


@dataclass(frozen=True, slots=True, repr=False)
class TakenIn:
    """What became of a sheet: how many translations were entered, and why others were not, by sheet and cell."""

    to: str
    workbook: str
    count: int
    left: tuple[tuple[str, str, str], ...]
    """Why, the sheet, the cell."""


def translate(target: Path | str, to: str) -> Texts:
    """Every text of a project that is written in another language, with its translation into ``to``.

    The first language of the programme that a text is written in counts as its original. A translation counts as
    older where the original has changed since a sheet was made or came back. Raises ``PemdocsError`` as ``check``
    does, and ``unknown-language``.
    """
    spoken(to)
    project = open_project(Path(target))
    remembered = translations.read(project.folder)
    found = tuple(_texts(project, to, remembered))
    return Texts(to, found, _remember(project, remembered, found, to))


def take_in(target: Path | str, file: Path | str) -> TakenIn:
    """Enter the translations of a sheet that ``translate`` made into the workbook of a project.

    Raises ``PemdocsError``: ``translating-sheet`` where the file is none, ``translating-foreign`` where it is another
    project’s; ``extend-format``, ``mark-open``, ``unkept-…`` where nothing can be written into the workbook; then
    nothing is.
    """
    project = open_project(Path(target))
    source = sniff.source(project.workbook)
    if source.format is not sniff.Format.XLSX:
        raise PemdocsError("extend-format", file=project.workbook.name)
    to, rows = _sheet(Path(file))
    remembered = translations.read(project.folder)
    known = {each.key: each for each in _texts(project, to, remembered)}
    if not any(_made_of(known.get(each.name), each, remembered) for each in rows):
        raise PemdocsError("translating-foreign", file=Path(file).name)
    wanted, left = _sorted(known, rows, remembered)
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for text, said in wanted:
        cells[text.sheet][text.cell] = said
    try:
        made = entered(source.content, cells)
    except Unkept as fault:
        raise PemdocsError(fault.why, file=project.workbook.name) from fault
    left += [(FORMULA, sheet, cell) for sheet, refs in made.left.items() for cell in refs]
    done = [(text, said) for text, said in wanted if text.cell not in made.left.get(text.sheet, ())]
    if done:
        replaced(project.workbook, made.content)
        pairs = {f"{text.key}/{to}": (text.original, said) for text, said in done}
        translations.write(project.folder, remembered.having(pairs))
    return TakenIn(to, project.workbook.name, len(done), tuple(left))


def _texts(project: Project, to: str, remembered: Remembered) -> Iterator[Text]:
    dataset = examine(project).dataset
    for name, records in dataset.records.items():
        fields = [each for each in dataset.tables[name].fields.values() if each.translated or each.names]
        for record in records:
            for field in fields:
                if field.audience != RESTRICTED:
                    yield from _text(record, field, to, project.programme.languages, remembered)


def _written_in(record: Record, field: Field, to: str, own: str) -> dict[str, str]:
    """The texts by language. A name or a source holds for all of them, unless its sheet has a column for this one."""
    found = dict(record.texts(field.name))
    if field.names:
        found[own] = record.value(field.name)
        found = found if to != own and _cell(record, field, to) else {}
    return {lang: value for lang, value in found.items() if isinstance(value, str)}


def _text(record: Record, field: Field, to: str, order: Sequence[str], remembered: Remembered) -> Iterator[Text]:
    there = _written_in(record, field, to, order[0])
    first = next((lang for lang in (*order, *there) if lang != to and lang in there), "")
    if first:
        said = there.get(to, "")
        found = Text(record.table, record.id, field.name, record.sheet, _cell(record, field, to), first,
                     there[first], said, MISSING)  # fmt: skip
        if said:
            older = remembered.older(f"{found.key}/{to}", found.original, said)
            found = replace(found, state=OLDER if older else CURRENT)
        yield found


def _cell(record: Record, field: Field, to: str) -> str:
    """The cell of a translation; that of the original never stands in for it. Empty where there is no column."""
    key = f"{field.name}{LANGUAGE_MARK}{to}"
    there = key in record.columns or key in record.cells
    return record.place(field.name, to) if there else ""


def _remember(project: Project, remembered: Remembered, texts: Sequence[Text], to: str) -> Remembered:
    """Keep of which original each translation is that is seen for the first time, or was written anew."""
    pairs = {f"{each.key}/{to}": (each.original, each.translation) for each in texts if each.state == CURRENT}
    new = remembered.having(pairs)
    if new != remembered:
        with suppress(OSError):  # a project that may not be written into is read all the same
            translations.write(project.folder, new)
    return new


def _row(text: Text, to: str, lang: str, keyed: Remembered) -> tuple[Plain, ...]:
    label = speech.label(FieldName(text.table, text.field), lang)
    key = MARK.join((to, text.key, keyed.digest(text.original), keyed.digest(text.translation)))
    place = f"{text.sheet}!{text.cell}" if text.cell else text.sheet
    shown = "" if ":" in text.id else text.id  # a row without an id is known by its place
    return place, shown, label, text.original, text.translation, speech.word(f"translating-{text.state}", lang), key


@dataclass(frozen=True, slots=True, repr=False)
class Back:
    """A row that comes back: its text, the digests of original and translation when it left, what it says now."""

    name: str
    original: str
    before: str
    said: str


def _sheet(file: Path) -> tuple[str, list[Back]]:
    """The language of a sheet, and its rows."""
    found = [pair for sheet in opening.sheets(sniff.source(file)) for pair in _rows(sheet.rows.values())]
    split = [(key.split(MARK), said) for key, said in found if key.count(MARK) == MARKS]
    tongues = {parts[0] for parts, _ in split}
    if len(tongues) != 1:
        raise PemdocsError("translating-sheet", file=file.name)
    return tongues.pop(), [Back(name, was, before, said) for (_, name, was, before), said in split]


def _rows(rows: Iterable[Mapping[int, Raw]]) -> Iterator[tuple[str, str]]:
    """The keys of a sheet with what is written as their translations: below the headings, in whatever column."""
    words = [{speech.word(f"translating-{name}", each) for each in available()} for name in HEADS_READ]
    columns: tuple[int | None, ...] = (None, None)
    for row in rows:
        here = tuple(next((number for number in row if _text_in(row, number) in each), None) for each in words)
        columns = here if None not in here else columns
        if None not in columns:
            translation, key = (number or 0 for number in columns)
            yield _text_in(row, key), _text_in(row, translation)


def _text_in(row: Mapping[int, Raw], column: int) -> str:
    return str(row[column].value).strip() if column in row else ""


def _sorted(
    known: Mapping[str, Text], rows: Sequence[Back], keyed: Remembered
) -> tuple[list[tuple[Text, str]], list[tuple[str, str, str]]]:
    """What is to be entered, and what is not, with the reason and the place."""
    wanted: dict[str, tuple[Text, str]] = {}
    left = []
    for row in rows:
        text = known.get(row.name)
        if not row.said or keyed.digest(row.said) == row.before or (text and text.translation == row.said):
            continue
        if text is None:
            left.append((GONE, "", ""))
            continue
        twice = row.name in wanted and wanted[row.name][1] != row.said
        why = TWICE if twice else _why_not(text, row, keyed)
        if why:
            left.append((why, text.sheet, text.cell))
        else:
            wanted[row.name] = (text, row.said)
    return list(wanted.values()), left


def _made_of(text: Text | None, row: Back, keyed: Remembered) -> bool:
    """Whether a row was made of this text, or of what it was then: another project has other digests of the same."""
    return text is not None and row.original == keyed.digest(text.original)


def _why_not(text: Text, row: Back, keyed: Remembered) -> str:
    """Why a translation is not entered; empty where it is."""
    if not _made_of(text, row, keyed):
        return CHANGED
    if keyed.digest(text.translation) != row.before:
        return OTHER
    return "" if REF.fullmatch(text.cell) else NO_COLUMN
