"""Turn two versions of a plan into a Word file with tracked changes, and a list of the cells that are otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from pemdocs.building import keeping
from pemdocs.building.keeping import PLAN, Records
from pemdocs.checking.examination import examine
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.model import Page, PemdocsError, Record
from pemdocs.page.view import View
from pemdocs.project import kinds, placing
from pemdocs.project.settings import Project, open_project, versions_of
from pemdocs.writing import make, tracked


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record that is otherwise, or a whole record (``field`` is empty) that is new or gone.

    ``sheet`` and ``cell`` say where it stands in the workbook, empty where it no longer does.
    """

    sort: str
    table: str
    record: str
    field: str = ""
    language: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise between two versions; ``path`` is the Word file, ``until`` is the version it leads to."""

    case: str
    since: str
    until: str
    path: Path
    changes: tuple[Change, ...]


def diff(
    target: Path | str,
    *,
    case: str,
    since: str,
    until: str = "",
    language: str = "",
    out: Path | str | None = None,
) -> Difference:
    """Compare two versions of the plan of a case: what was kept when ``since`` was built, with ``until``.

    ``until`` is another version that was kept; left out, it is what the workbook says now. The Word file lies beside
    the plan, in ``language`` (``fr``, ``fr+nl``; default: the project's first). Its changes are of the author and the
    day of the newer version. Raises ``PemdocsError``: ``version-not-kept``, ``unknown-case``, ``unwritten``, and as
    ``build`` does.
    """
    project = open_project(Path(target))
    folder = Path(out) if out else project.out
    languages = versions_of(language, project.programme) if language else project.languages[0]
    if not keeping.versions(folder, case):
        _current(project, case)  # a case that nobody knows is another fault than a version that was not kept
    before = keeping.kept(folder, case, since)
    current = None if until else _current(project, case)
    after = keeping.kept(folder, case, until) if current is None else _of(current)
    old, new = (keeping.pair_of(told, case, day, project.programme) for day, told in (before, after))
    version: Any = new
    newest = next((each for each in version.versions if each.version == until), version.current_version)
    author, day = _signed(newest, project, after[0])
    content = tracked.compared(_word(old, languages), _word(new, languages), author, day)
    named = until or (newest.version if newest else "")
    path = folder / PLAN / case / f"changes-{case}.{since}-{named}.{'-'.join(languages)}.docx"
    try:
        placing.put(path, content)
    except OSError as error:
        raise placing.unwritten(error, path.name) from None
    return Difference(case, since, named, path, tuple(_changes(before[1], after[1], current)))


def _current(project: Project, case: str) -> Linked:
    dataset = examine(project).dataset
    found = dataset.find("partnerships", case)
    if found is None:
        known = ", ".join(each.id for each in dataset.records.get("partnerships", ()))
        raise PemdocsError("unknown-case", case=case, known=known)
    return found


def _of(case: Linked) -> tuple[date, Records]:
    return case.dataset.speaks_of, keeping.records(case)


def _signed(version: Any, project: Project, day: date) -> tuple[str, date]:
    """Whose the changes are, and of which day."""
    author = version.author.full_name if version and version.author else None
    told = version.date if version else None
    return author or str(project.programme.profile["implementer"]["short"]), told or day


def _word(case: Linked, languages: tuple[str, ...]) -> bytes:
    """The plan of a case as a Word file, without its list of contents, whose pages are another matter."""
    kind = kinds.load(PLAN, case.dataset.programme.templates)
    page = make.laid_out(View(kind, case, languages))
    if isinstance(page, PemdocsError):
        raise page
    assert isinstance(page, Page), "a plan is laid out by a page"  # noqa: S101
    for contents in list(page.tree.iter("nav")):
        parent = contents.getparent()
        if parent is not None:
            parent.remove(contents)
    made = make.make_all([make.job(kind, case.record.id, page, "docx")])[0]
    if isinstance(made, PemdocsError):
        raise made
    return made.content


def _changes(old: Records, new: Records, current: Linked | None) -> Iterator[Change]:
    """Every field that is otherwise, table by table in the order of the sheets."""
    for name, table in schema.load().items():
        before, after = (_named(side.get(name, ()), table) for side in (old, new))
        places = _places(current, name, table)
        for who in chain(before, (each for each in after if each not in before)):
            if who not in after:
                yield Change("gone", name, who)
            elif who not in before:
                yield Change("new", name, who, **_row(places.get(who)))
            else:
                yield from _fields(name, who, before[who], after[who], places.get(who))


def _fields(
    table: str, who: str, old: Mapping[str, Any], new: Mapping[str, Any], place: Record | None
) -> Iterator[Change]:
    for field in schema.load()[table].fields:
        ours, theirs = old.get(field), new.get(field)
        if ours == theirs:
            continue
        both = [each if isinstance(each, Mapping) else {"": each} for each in (ours, theirs) if each is not None]
        for language in dict.fromkeys(chain(*both)):
            values = [each.get(language) if isinstance(each, Mapping) else each for each in (ours, theirs)]
            if values[0] != values[1]:
                cell = {"sheet": place.sheet, "cell": place.place(field, language)} if place else {}
                yield Change("changed", table, who, field, language, **cell)


def _named(rows: Any, table: Any) -> dict[str, Mapping[str, Any]]:
    """The records of a table by their id, or by what makes them unique; those that are alike by their order."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        name, number = _name(row, table), 1
        while (said := name if number == 1 else f"{name} ({number})") in found:
            number += 1
        found[said] = row
    return found


def _name(row: Mapping[str, Any], table: Any) -> str:
    if row.get("id"):
        return str(row["id"])
    fields = next(iter(table.unique), None) or ("partnership", "objective", "date")
    return " ".join(str(row[field]) for field in fields if row.get(field) is not None) or table.name


def _places(current: Linked | None, name: str, table: Any) -> dict[str, Record]:
    """The rows of the workbook by the same names."""
    if current is None:
        return {}
    there = current.dataset.records.get(name, ())
    rows = [{field: keeping.plain(each.value(field)) for field in table.fields} for each in there]
    return dict(zip(_named(rows, table), there, strict=True))


def _row(record: Record | None) -> dict[str, str]:
    return {"sheet": record.sheet, "cell": f"{record.number}:{record.number}"} if record else {}
