"""Turn a document, or words in it, into the cells they come from; and a cell into the documents that read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pemdocs.building.asked import Asked
from pemdocs.building.bound import bound
from pemdocs.building.drafts import Due
from pemdocs.building.jobs import plan
from pemdocs.building.making import read, remembered, wished
from pemdocs.building.memory import Memory, State
from pemdocs.building.order import Order, folder_of
from pemdocs.building.outcome import CELL, Reason
from pemdocs.building.sources import literal, source
from pemdocs.building.tracing import Trial
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import AUDIENCES
from pemdocs.model import LANGUAGE_MARK, PemdocsError, Read, Record
from pemdocs.page.passages import Passage, folded, standing
from pemdocs.page.reads import Answers, identity
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.project.manifest import FILE, Manifest
from pemdocs.project.settings import Project, open_project

PLACE = re.compile(r"(?P<sheet>.+)!(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]+|\[.+)")
MOST = 5
"""So many places in which the same words stand are explained."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where words come from: cells, and ``source``, a text of the templates that says them, or the rest of them.

    ``heading`` is that of the part of the page in which they stand, ``part`` the sort of passage there.
    """

    heading: str
    part: str
    cells: tuple[Reason, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What ``explain`` found: the cells that a document reads, where words in it come from, or who reads a cell."""

    document: str = ""
    cells: tuple[Reason, ...] = ()
    traced: tuple[Traced, ...] = ()
    cell: Reason | None = None
    readers: tuple[str, ...] = ()


def explain(what: str, words: str = "", *, target: Path | str = ".", out: Path | str | None = None) -> Explained:
    """Explain a document (its path), words in it, or a cell (``Activities!F9``) of a project.

    Values are never quoted. Raises ``PemdocsError``: ``explain-no-document``, ``explain-no-words``,
    ``explain-no-cell``, and as ``build`` does.
    """
    place = PLACE.fullmatch(what)
    if place and not Path(what).exists():
        project = open_project(Path(target))
        return _of_cell(place["sheet"].strip("'"), _written(place["cell"]), project, out)
    folder = _folder(Path(what), target, out)
    project = _project(Path(target), folder)
    return _of_document(_within(Path(what), folder), words, project, folder)


def _written(cell: str) -> str:
    """A cell as the workbook names it: ``F9`` for ``$f$9``."""
    return cell if cell.startswith("[") else cell.replace("$", "").upper()


def _folder(document: Path, target: Path | str, out: Path | str | None) -> Path:
    """The output folder that a document lies in."""
    if out is not None:
        return Path(out)
    above = next((each for each in document.resolve().parents if (each / FILE).is_file()), None)
    return above or open_project(Path(target)).out


def _project(target: Path, folder: Path) -> Project:
    """The project; where the folder at hand is none, the one that the output folder lies in."""
    try:
        return open_project(target)
    except PemdocsError:
        return open_project(folder.resolve().parent)


def _within(document: Path, folder: Path) -> str:
    """The path of a document under the output folder, be it given from there or from here."""
    for each in (document.resolve(), (folder / document).resolve()):
        if each.is_file() and each.is_relative_to(folder.resolve()):
            return each.relative_to(folder.resolve()).as_posix()
    raise PemdocsError("explain-no-document", file=document.name)


def _of_document(path: str, words: str, project: Project, folder: Path) -> Explained:
    papers, sheets, dataset = _made_of(path, project, folder)
    if not words:
        states = [state for each in papers for state in _states(each)]
        for view in sheets:
            states += Memory({}, dataset).states(Trial(view).notes)
        return Explained(path, cells=tuple(_cells(states, dataset)))
    traced: dict[Traced, None] = {}
    for view in (*sheets, *(each.draft.view() for each in papers)):
        trial = Trial(view, web=path.endswith(".html"))
        found = standing(trial.blocks, words)
        some = (_traced(trial, part) for each in found[: MOST - len(traced)] for part in each)
        traced |= dict.fromkeys(some)
    if not traced:
        raise PemdocsError("explain-no-words", path=path)
    return Explained(path, traced=tuple(traced))


def _made_of(path: str, project: Project, folder: Path) -> tuple[tuple[Due, ...], tuple[View, ...], Dataset]:
    """The document, or what is bound in a pack: papers, and the sheets that tell of them."""
    entry = Manifest.read(folder).entries.get(path)
    if entry is None:
        raise PemdocsError("explain-no-document", file=Path(path).name)
    templates = project.programme.templates
    known = kinds.load(entry.kind, templates) if entry.kind in kinds.available(templates) else None
    kind = known.place if known and known.role else entry.kind
    order = Order(project, folder, kinds=(kind,), cases=(entry.case,), formats=(entry.format,))
    for each in (replace(order, languages=("+".join(entry.languages),)), order):
        report, _ = read(each)
        found = plan(report, wished(each), remembered(each, report))
        due = found.dues.get(path)
        if due is not None:
            return (due,), (), report.dataset
        pack = bound(path, each, report, found)
        if pack is not None:
            return pack.papers, pack.sheets, report.dataset
    raise PemdocsError("explain-not-due", path=path)


def _states(due: Due) -> tuple[State, ...]:
    """What a document reads, of each record: as it is remembered where nothing has changed, else laid out anew."""
    if due.changes == ():
        return due.draft.memory.documents[due.path].states
    page = due.draft.page()
    if isinstance(page, PemdocsError):
        raise page
    return due.draft.states


def _cells(states: Iterable[State], dataset: Dataset) -> Iterator[Reason]:
    """The cells that are read and filled, in the order of the workbook."""
    answers = Answers(dataset)
    found = {}
    for state in states:
        record = answers.record(state.who)
        for question, _ in state.questions() if record else ():
            if record and question.sort is Read.VALUE and question.name in record.cells:
                cell = record.cells[question.name]
                field = question.name.partition(LANGUAGE_MARK)[0]
                found[record.table, record.number, cell.ref] = Reason(CELL, cell.sheet, cell.ref, record.table, field)
    order = {name: place for place, name in enumerate(dataset.tables)}
    yield from (
        found[each] for each in sorted(found, key=lambda each: (order[each[0]], each[1], len(each[2]), each[2]))
    )


def _traced(trial: Trial, passage: Passage) -> Traced:
    view = trial.view
    origins = trial.origins(passage, literal=literal(passage, view.kind, view.languages))
    cells = tuple(dict.fromkeys(_reason(each, passage, view.languages) for each in origins))
    # A heading of what only few may see may quote it.
    heading = "" if view.kind.audience == AUDIENCES[-1] else passage.heading
    found = source(trial.rest, view.kind, view.languages, view.linked.dataset) if trial.rest else ""
    # Where the words only hang on a row being there, what they are does not.
    return Traced(heading, passage.part, () if found and trial.shown else cells, found)


def _reason(asked: Asked, passage: Passage, version: tuple[str, ...]) -> Reason:
    """The cell that was asked for; of a text that is written in several languages, the one that has the words."""
    record, (name, _, own) = asked.record, asked.name.partition(LANGUAGE_MARK)
    written = {each: record.cells.get(f"{name}{LANGUAGE_MARK}{each}") for each in version}
    there = [each for each, cell in written.items() if cell is not None]
    words = passage.text[passage.start : passage.end].casefold()
    having = (each for each in there if (cell := written[each]) and words in folded(str(cell.value)).casefold())
    language = own or next(having, there[0] if there else "")
    return Reason(CELL, record.sheet, record.place(name, language), record.table, name)


def _of_cell(sheet: str, cell: str, project: Project, out: Path | str | None) -> Explained:
    order = Order(project, folder_of(project, out, None))
    report, _ = read(order)
    record, name = _record(sheet, cell, report.dataset)
    who, field = identity(record, report.dataset), name.partition(LANGUAGE_MARK)[0]
    asked = {f"value:{name}", f"texts:{field}", f"value:{field}", f"place:{field}{LANGUAGE_MARK}"}
    found = plan(report, wished(order), remembered(order, report))
    readers = [
        path
        for path, due in found.dues.items()
        if any(state.who == who and asked & set(state.names) for state in _read(due))
    ]
    reason = Reason(CELL, record.sheet, cell, record.table, field)
    return Explained(cell=reason, readers=tuple(sorted(readers)))


def _read(due: Due) -> tuple[State, ...]:
    """What a document reads; nothing where it cannot be laid out."""
    try:
        return _states(due)
    except PemdocsError:
        return ()


def _record(sheet: str, cell: str, dataset: Dataset) -> tuple[Record, str]:
    """The row in which a cell stands, and the key of its column."""
    for records in dataset.records.values():
        for record in records:
            if record.sheet.casefold() != sheet.casefold():
                continue
            for key, column in record.columns.items():
                if f"{column}{record.number}" == cell:
                    return record, key
            for key, each in record.cells.items():
                if each.ref == cell:
                    return record, key
    raise PemdocsError("explain-no-cell", place=f"{sheet}!{cell}")
