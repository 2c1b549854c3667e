"""Turn the lines of a tracker into a workbook to filter and a sheet of paper for a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pemdocs import resources
from pemdocs.building.tracking import saying
from pemdocs.building.tracking.board import Board
from pemdocs.building.tracking.rows import CHARTER, DOSSIER, STAGES, Tracked
from pemdocs.data import schema
from pemdocs.facts.signatures import STATES
from pemdocs.model import PemdocsError
from pemdocs.page.board import FOLDER, lay_out
from pemdocs.project import theme
from pemdocs.workbook.listed import Listed, Plain, workbook
from pemdocs.writing import make

COLUMNS = {
    DOSSIER: (("case", 8), ("traveller", 17), ("stage", 11), ("who", 14), ("next", 30), ("count", 20)),
    CHARTER: (("case", 8), ("stage", 22), ("who", 18), ("next", 34), ("count", 18)),
}
"""The columns on paper of each kind, and their widths in percent."""


def as_workbook(board: Board, lang: str) -> bytes:
    """The workbook of a tracker: a sheet with a line for each dossier and charter, one with all that is missing."""
    return workbook([_lines(board, lang), _missing(board, lang)], saying.word("title", lang))


def _lines(board: Board, lang: str) -> Listed:
    named = any(each.traveller for each in board.rows)
    heads = [("case", 10), ("kind", 14), *([("traveller", 24)] if named else []), ("role", 16), ("cohort", 9),
             ("stage", 18), ("who", 26), ("about", 20), ("day", 12), ("left", 10), ("count", 9),
             ("missing", 70)]  # fmt: skip
    late = frozenset(number for number, each in enumerate(board.rows) if _late(each))
    rows = tuple(_line(each, lang, board, named=named) for each in board.rows)
    return Listed(saying.word("sheet-lines", lang), _heads(heads, lang), rows, late)


def _heads(heads: Iterable[tuple[str, int]], lang: str) -> tuple[tuple[str, int], ...]:
    return tuple((saying.word(f"head-{name}", lang), width) for name, width in heads)


def _line(each: Tracked, lang: str, board: Board, *, named: bool) -> tuple[Plain, ...]:
    templates = board.project.programme.templates
    about = saying.label("about", each.about, lang) if each.about else ""
    found = saying.missing(each.missing, lang, templates)
    who = [each.traveller] if named else []
    return (each.case, saying.label("kind-one", each.kind, lang), *who, role(each, lang), each.cohort,
            saying.label("stage", each.stage, lang), saying.actors(each.who, lang), about, each.deadline,
            each.days_left, len(each.missing) or None, "\n".join(found))  # fmt: skip


def _missing(board: Board, lang: str) -> Listed:
    """Who has to bring what: a line for each thing, to filter by who brings it."""
    heads = (("case", 10), ("who", 24), ("what", 60), ("about", 20), ("day", 12), ("left", 10))
    rows = [
        (each.case, saying.label("who", thing.who, lang), saying.thing(thing, lang, board.project.programme.templates),
         saying.label("about", each.about, lang) if each.about else "", each.deadline, each.days_left)
        for each in board.rows
        for thing in each.missing
    ]  # fmt: skip
    return Listed(saying.word("sheet-missing", lang), _heads(heads, lang), tuple(rows))


def role(each: Tracked, lang: str) -> str:
    """What a traveller's role is called; empty for a charter."""
    labels = schema.load()["people"].fields["role"].labels
    return labels[each.role][lang] if each.role in labels else ""


def _late(each: Tracked) -> bool:
    return each.days_left is not None and each.days_left < 0


def as_pdf(board: Board, lang: str) -> bytes:
    """The tracker on one sheet, as PDF. Raises ``PemdocsError`` where it cannot be made."""
    profile = board.project.programme
    author = str(profile.profile["implementer"]["name"][profile.languages[0]])
    page = lay_out(_told(board, lang), lang, profile.templates, author=author, on=board.on)
    sheets = (*profile.templates.files("house/house.css"), *profile.templates.files(f"{FOLDER}/page.css"))
    styles = tuple(resources.text(path, profile.templates.shown(path)) for path in sheets)
    job = make.Job("tracker.pdf", FOLDER, "", "pdf", page, theme.of(profile.templates, FOLDER), styles)
    [made] = make.make_all([job])
    if isinstance(made, PemdocsError):
        raise made
    return made.content


def _told(board: Board, lang: str) -> dict[str, Any]:
    profile = board.project.programme.profile
    return {
        "title": saying.word("title", lang),
        "subtitle": f"{profile['name'][lang]} · {saying.word('on', lang, day=board.on)}",
        "counted": " · ".join(_counted(board.rows, lang)),
        "parts": [_part(kind, board, lang) for kind in COLUMNS],
        "foot": saying.word("foot", lang),
    }


def _counted(rows: Iterable[Tracked], lang: str) -> Iterator[str]:
    counted = Counter(each.stage for each in rows if each.kind == DOSSIER)
    for stage in STAGES:
        if counted[stage]:
            yield f"{counted[stage]} {saying.label('stage', stage, lang)}"


def _part(kind: str, board: Board, lang: str) -> dict[str, Any]:
    rows = [each for each in board.rows if each.kind == kind]
    open_, over = [each for each in rows if not each.over], [each for each in rows if each.over]
    return {
        "heading": saying.label("kind", kind, lang),
        "columns": [
            {"label": saying.word(f"head-{name}", lang), "width": width, "style": "", "until": name == "next"}
            for name, width in COLUMNS[kind]
        ],
        "rows": [{"cells": _cells(each, lang), "late": _late(each)} for each in open_],
        "none": saying.word("none-open", lang),
        "over": " · ".join(_over(over, lang)),
    }


def _over(rows: Iterable[Tracked], lang: str) -> Iterator[str]:
    """What is over, in a line: the cases of each stage."""
    found: dict[str, list[str]] = {}
    for each in rows:
        found.setdefault(each.stage, []).append(each.case)
    for stage in (*STAGES, *STATES):
        if stage in found:
            yield f"{saying.label('stage', stage, lang)}: {', '.join(sorted(found[stage]))}"


def _cells(each: Tracked, lang: str) -> list[str]:
    """A line on paper: of what is missing how much, of those who act the first; the workbook has them all."""
    told = {
        "case": each.case,
        "traveller": each.traveller or role(each, lang),
        "stage": saying.label("stage", each.stage, lang),
        "who": _first(each.who, lang),
        "next": saying.until(each, lang),
        "count": " · ".join(_sorts(each, lang)) or "–",
    }
    return [told[name] for name, _ in COLUMNS[each.kind]]


def _first(who: tuple[str, ...], lang: str) -> str:
    more = f" +{len(who) - 1}" if len(who) > 1 else ""
    return f"{saying.actors(who[:1], lang)}{more}"


def _sorts(each: Tracked, lang: str) -> Iterator[str]:
    """How many things of each sort are missing; a day to enter by its name."""
    counted = Counter(thing.sort for thing in each.missing)
    for sort, count in counted.items():
        if sort == "date":
            yield from (saying.label("date", thing.code, lang) for thing in each.missing if thing.sort == sort)
        else:
            yield saying.word(f"sort-{sort}{'-one' if count == 1 else ''}", lang, count=count)
