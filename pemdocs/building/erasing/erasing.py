"""Turn dossiers into nothing: the restricted data of their travellers, scans, packs, letters, caches, accounts.

Nothing is erased before it is said what: without ``yes`` nothing is written at all.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from pemdocs.building.erasing import files, record
from pemdocs.building.erasing.belonging import Belonging, belonging, due
from pemdocs.checking.examination import Report, examine
from pemdocs.checking.returning import replaced
from pemdocs.consent import consents
from pemdocs.data.cleaning import fold
from pemdocs.data.dataset import Linked, key, tellable_ids
from pemdocs.model import PemdocsError
from pemdocs.project import lock, placing, pseudonyms, signed
from pemdocs.project.manifest import Manifest
from pemdocs.project.settings import Project, open_project
from pemdocs.workbook.emptying import Emptied, emptied
from pemdocs.workbook.formats import sniff
from pemdocs.workbook.parts.splicing import Unkept

PERIOD, REQUEST = "period", "request"
GROUNDS = (PERIOD, REQUEST)
"""Why data are erased: their time is over, or the person asks for it (Regulation (EU) 2016/679, art. 5(1)(e), 17)."""


@dataclass(frozen=True, slots=True, repr=False)
class Erasure:
    """What is erased, or would be: ``done`` tells. Paths are from the project on; none holds a name.

    ``sheets``: how many cells of each sheet. ``left`` are other files in which a value of a traveller still stands:
    they are not removed. ``quoting`` are documents about others that say something of it until they are made anew;
    ``shown`` are parts of the workbook that show a value all the same, such as a chart. ``register``: how many rows of
    the register of signatures.
    """

    cases: tuple[str, ...]
    ground: str
    workbook: str
    sheets: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    documents: int
    register: int
    left: tuple[str, ...]
    done: bool
    quoting: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def erase(
    target: Path | str,
    *,
    cases: Sequence[str] = (),
    after: date | None = None,
    ground: str = "",
    to: Path | str | None = None,
    yes: bool = False,
) -> Erasure:
    """Erase what is restricted about the travellers of these dossiers; only say what would be, without ``yes``.

    ``after`` chooses the dossiers whose time is over on that day, by the period of the programme's profile. ``to`` is
    a file for the workbook without the data; without it the workbook itself is written. Raises ``PemdocsError``:
    ``erase-which``, ``unknown-case``, ``erase-format``, and where something cannot be written.
    """
    project = open_project(Path(target))
    report = examine(project)
    stays = _chosen(report, cases, after)
    ids = tuple(each.record.id for each in stays)
    found = belonging(stays, report.dataset)
    values = _values(found, report)
    content = _without(project, report, found, values)
    quoting = sorted(files.quoting(project, found, report.dataset, ids))
    folders = [each for each in files.folders(project, ids) if each.exists()]
    accounts = {out: files.documents(out, ids, project) for out in files.outs(project)}
    papers = [out / path for out, paths in accounts.items() for path in paths]
    gone = [*folders, *papers, *files.caches(project, values)]
    erasure = Erasure(
        cases=ids,
        ground=ground or (REQUEST if cases else PERIOD),
        workbook=Path(to or project.workbook).name,
        sheets=tuple(sorted(_counted(found, report).items())),
        files=tuple(_paths(gone, project)),
        documents=sum(len(paths) for paths in accounts.values()),
        register=len(_entered(project, ids)),
        left=tuple(str(each.relative_to(project.folder)) for each in files.left(project, values, gone)),
        done=yes and bool(ids),
        quoting=tuple(_shown(each, project) for each in quoting),
        shown=files.parts(content, values),
    )
    if erasure.done:
        record.read(project.folder)
        # The workbook last: while it tells of the dossier, what was not removed can be found again.
        _removed(project, ids, gone, accounts, [str(each.record.value("person")) for each in stays])
        replaced(Path(to) if to else project.workbook, content)
        counts = {"cells": sum(count for _, count in erasure.sheets), "files": len(erasure.files),
                  "signatures": erasure.register}  # fmt: skip
        record.add(project.folder, consents.today(), erasure.ground, ids, counts)
    return erasure


def _chosen(report: Report, cases: Sequence[str], after: date | None) -> tuple[Linked, ...]:
    if bool(cases) == (after is not None):
        raise PemdocsError("erase-which")
    if after is not None:
        return due(report.dataset, after)
    known = {fold(each.record.id): each for each in report.dataset.table("stays")}
    unknown = next((case for case in cases if fold(case) not in known), None)
    if unknown is not None:
        told = ", ".join(tellable_ids(report.dataset, "stays")[:20])
        raise PemdocsError("unknown-case", case=unknown, known=told)
    return tuple(dict.fromkeys(known[fold(case)] for case in cases))


def _values(found: Belonging, report: Report) -> frozenset[bytes]:
    """The texts that are erased, as other files may hold them; numbers and short words would be found everywhere.

    What a row that stays says too, such as the address of a hotel, is nothing that is erased.
    """
    cells = [cell for row in found.rows for name, cell in row.cells.items() if _telling(row, name)]
    cells += [row.cells[name] for row, name in found.cells]
    texts = {each.value for each in cells if isinstance(each.value, str) and len(each.value) >= files.SHORTEST}
    told = [text for text in texts - _staying(found, report) if any(letter.isdigit() for letter in text)]
    # In a workbook and in a Word file a filler of the machine-readable zone is written as XML has it.
    return frozenset(each.encode() for text in told for each in (text, escape(text)))


def _staying(found: Belonging, report: Report) -> frozenset[object]:
    """The texts of the cells that stay."""
    whole, single = {key(row) for row in found.rows}, {(key(row), name) for row, name in found.cells}
    rows = (row for table in report.dataset.records.values() for row in table if key(row) not in whole)
    cells = (cell.value for row in rows for name, cell in row.cells.items() if (key(row), name) not in single)
    return frozenset(value for value in cells if isinstance(value, str))


def _telling(row: object, name: str) -> bool:
    return name not in files.LINKS


def _counted(found: Belonging, report: Report) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for row in found.rows:
        counted[report.tabs.get(row.sheet, row.sheet)] += len(row.cells)
    for row, _ in found.cells:
        counted[report.tabs.get(row.sheet, row.sheet)] += 1
    return counted


def _paths(gone: Iterable[Path], project: Project) -> list[str]:
    """Every file that goes, once."""
    found = [path for each in gone for path in ([each] if each.is_file() else sorted(each.rglob("*")))]
    inside = (path for path in found if path.is_file() or path.is_symlink())
    return list(dict.fromkeys(_shown(path, project) for path in inside))


def _shown(path: Path, project: Project) -> str:
    base = project.folder if path.is_relative_to(project.folder) else project.out.parent
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name


def _without(project: Project, report: Report, found: Belonging, values: Collection[bytes]) -> bytes:
    """The workbook without the data; what it has no data of stays as it is."""
    if not (found.rows or found.cells):
        return b""
    source = sniff.source(project.workbook)
    if project.workbook.suffix.lower() == ".json":
        return _json(project.workbook.read_bytes(), found)
    if source.format is not sniff.Format.XLSX:
        raise PemdocsError("erase-format", file=project.workbook.name)
    rows: dict[str, set[int]] = defaultdict(set)
    cells: dict[str, set[str]] = defaultdict(set)
    for row in found.rows:
        if row.sheet != signed.TABLE or row.columns:
            rows[report.tabs.get(row.sheet, row.sheet)].add(row.number)
    for row, name in found.cells:
        cells[report.tabs.get(row.sheet, row.sheet)].add(row.cells[name].ref)
    sheets = {each: Emptied(frozenset(rows[each]), frozenset(cells[each])) for each in {*rows, *cells}}
    try:
        return emptied(source.content, sheets, values)
    except Unkept as fault:
        raise PemdocsError(fault.why, file=project.workbook.name) from fault


def _json(content: bytes, found: Belonging) -> bytes:
    data = json.loads(content)
    whole = {(row.sheet, row.number) for row in found.rows}
    single = {(row.sheet, row.number, name.partition("::")[0]) for row, name in found.cells}
    for table, rows in data.items():
        data[table] = [
            {name: value for name, value in row.items() if (table, number, name) not in single}
            for number, row in enumerate(rows, 1)
            if (table, number) not in whole
        ]
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _entered(project: Project, ids: Collection[str]) -> list[signed.Row]:
    return [row for row in signed.rows(project.folder) if row.get("stay") in ids]


def _removed(
    project: Project,
    ids: Collection[str],
    gone: Iterable[Path],
    accounts: dict[Path, tuple[str, ...]],
    people: Iterable[str],
) -> None:
    """Remove the files, and what leads from the codes of the travellers back to them."""
    try:
        _remove(project, ids, gone, accounts)
        pseudonyms.forget(project.folder, people)
    except OSError as error:
        raise placing.unwritten(error, Path(error.filename or "").name) from error


def _remove(
    project: Project, ids: Collection[str], gone: Iterable[Path], accounts: dict[Path, tuple[str, ...]]
) -> None:
    """Remove the files, and what the accounts tell of them."""
    for out, paths in accounts.items():
        with lock.held(out):
            manifest = Manifest.read(out)
            for path in paths:
                manifest.entries.pop(path, None)
                (out / path).unlink(missing_ok=True)
            manifest.write(out)
    for each in gone:
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink(missing_ok=True)
    if _entered(project, ids):
        with lock.held(project.folder / signed.FOLDER):
            signed.leave(project.folder, [row for row in signed.rows(project.folder) if row.get("stay") not in ids])
