"""Turn the lines of the tracker and the versions to be signed into the page of the dossiers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from pemdocs.building.tracking import Board, Tracked, saying
from pemdocs.building.tracking.rows import CHARTER
from pemdocs.data import schema
from pemdocs.project import kinds, signed
from pemdocs.project.signed import Frozen
from pemdocs.signing import papers, states
from pemdocs.signing.states import State
from pemdocs.web.tallying import Case
from pemdocs.words import speech

SOON = 14
"""Days before a deadline from which it presses."""

FILES = ("", f".{papers.SIGNED}", f".{papers.SCANNED}")
"""What a version has in its name: as it was made, with signatures, scanned."""


class Wanted(NamedTuple):
    """A piece that is missing in a dossier."""

    code: str
    label: str


class Line(NamedTuple):
    """A dossier or a charter: how far, who acts, until when, what is missing."""

    case: str
    label: str
    cohort: str
    traveller: str
    stage: str
    over: bool
    acts: str
    until: str
    pressing: str
    lacks: str
    pieces: tuple[Wanted, ...]


class Signer(NamedTuple):
    """Somebody who signs: how far that is."""

    id: str
    state: str
    word: str
    on: date | None


class Version(NamedTuple):
    """A version that is to be signed, with its files."""

    case: str
    title: str
    number: int
    languages: str
    files: tuple[tuple[str, str], ...]


class Charter(NamedTuple):
    """A charter: its line, who signs, its versions, the languages in which one can be prepared."""

    line: Line
    signers: tuple[Signer, ...]
    versions: tuple[Version, ...]
    languages: tuple[str, ...]


class Day(NamedTuple):
    """A day that counts, of a case."""

    on: date
    case: str
    about: str
    left: str
    pressing: str


class Bar(NamedTuple):
    """A pair on the timeline: where its mobility begins and ends, in thousandths of the whole."""

    case: str
    label: str
    start: int
    width: int
    first: date
    last: date
    row: int


class Timeline(NamedTuple):
    """The mobilities of a cohort side by side, the months below them, today."""

    cohort: str
    bars: tuple[Bar, ...]
    months: tuple[tuple[int, date], ...]
    today: int
    height: int


def dossiers(board: Board, cases: tuple[Case, ...], lang: str, *, names: bool) -> tuple[Line, ...]:
    """The visa dossiers, the most urgent first; travellers are named only where that is asked for."""
    labels = {each.id: each.label for each in cases}
    found = (each for each in board.rows if each.kind != CHARTER)
    return tuple(_line(each, labels.get(each.case, ""), board, lang, names) for each in found)


def charters(board: Board, cases: tuple[Case, ...], lang: str) -> tuple[Charter, ...]:
    """The charters with who signs them and what is prepared."""
    labels = {each.id: each.label for each in cases}
    profile = board.project.programme
    told = states.states(board.report.dataset, [name for name in profile.kinds if _signed(name, board)])
    versions = signed.versions(board.project.folder)
    languages = tuple("+".join(each) for each in board.project.languages)
    return tuple(
        Charter(
            _line(each, labels.get(each.case, ""), board, lang, False),
            tuple(_signer(state, lang) for state in told if state.case == each.case),
            tuple(_version(frozen, board, lang) for frozen in versions if frozen.case == each.case),
            languages,
        )
        for each in board.rows
        if each.kind == CHARTER
    )


def _signed(name: str, board: Board) -> bool:
    templates = board.project.programme.templates
    return name in kinds.available(templates) and bool(kinds.load(name, templates).signatories)


def _line(each: Tracked, label: str, board: Board, lang: str, names: bool) -> Line:
    templates = board.project.programme.templates
    lacking = "; ".join(saying.missing(each.missing, lang, templates))
    pieces = tuple(dict.fromkeys(one.code for one in each.missing if one.sort == "piece"))
    return Line(
        case=each.case,
        label=label,
        cohort=each.cohort,
        traveller=each.traveller if names else "",
        stage=saying.label("stage", each.stage, lang),
        over=each.over,
        acts=saying.word("acts", lang, who=saying.actors(each.who, lang)) if each.who else "",
        until=saying.until(each, lang),
        pressing=_pressing(each.days_left),
        lacks=saying.word("lacks", lang, what=lacking) if lacking else "",
        pieces=tuple(Wanted(code, piece(code, lang)) for code in pieces),
    )


def piece(code: str, lang: str) -> str:
    """What a piece of a dossier is called."""
    labels = schema.load()["supporting_documents"].fields["piece"].codes
    return labels[code][lang] if code in labels else code


def all_pieces(lang: str) -> tuple[Wanted, ...]:
    """Every piece that a dossier may have."""
    codes = schema.load()["supporting_documents"].fields["piece"].codes
    return tuple(Wanted(code, labels[lang]) for code, labels in codes.items())


def _pressing(days: int | None) -> str:
    if days is None:
        return ""
    return "bad" if days < 0 else "warn" if days <= SOON else ""


def _signer(state: State, lang: str) -> Signer:
    return Signer(state.signatory, state.state, speech.word(f"sign.{state.state}", lang), state.on)


def _version(frozen: Frozen, board: Board, lang: str) -> Version:
    title = kinds.title(frozen.kind, lang, board.project.programme.templates)
    there = ((sort.lstrip("."), f"{frozen.name}{sort}.pdf") for sort in FILES)
    files = tuple((sort, path) for sort, path in there if (board.project.folder / path).is_file())
    return Version(frozen.case, title, frozen.version, "+".join(frozen.languages), files)


def takeable(folder: Path) -> frozenset[str]:
    """The files of versions that can be taken away: no other of the folder."""
    return frozenset(f"{each.name}{sort}.pdf" for each in signed.versions(folder) for sort in FILES)


def days(board: Board, lang: str) -> tuple[Day, ...]:
    """The days that count, the first one first."""
    found = [
        Day(each.deadline, each.case, saying.label("about", each.about, lang), saying.left(each.days_left, lang),
            _pressing(each.days_left))
        for each in board.rows
        if each.deadline is not None and each.days_left is not None and not each.over
    ]  # fmt: skip
    return tuple(sorted(found))


ROW = 26
"""Units that a pair takes on the timeline."""

WHOLE = 1000


def timelines(board: Board, cases: tuple[Case, ...]) -> tuple[Timeline, ...]:
    """Each cohort's mobilities on one line of time."""
    labels = {each.id: each.label for each in cases}
    cohorts: dict[str, list[tuple[str, date, date]]] = {}
    for pair in board.report.dataset.table("partnerships"):
        if pair.mobility_start and pair.mobility_end and pair.mobility_start <= pair.mobility_end:
            name = pair.cohort.record.id if pair.cohort is not None else ""
            cohorts.setdefault(name, []).append((pair.record.id, pair.mobility_start, pair.mobility_end))
    return tuple(_timeline(name, spans, labels, board.on) for name, spans in cohorts.items())


def _timeline(cohort: str, spans: list[tuple[str, date, date]], labels: dict[str, str], today: date) -> Timeline:
    first = min(start for _, start, _ in spans).replace(day=1)
    last = _after(max(end for _, _, end in spans))
    whole = (last - first).days

    def at(day: date) -> int:
        return round(WHOLE * (day - first).days / whole)

    ordered = sorted(spans, key=lambda each: each[1])
    bars = tuple(
        Bar(case, labels.get(case, ""), at(start), max(6, at(end) - at(start)), start, end, row * ROW)
        for row, (case, start, end) in enumerate(ordered)
    )
    months, month = [], first
    while month < last:
        months.append((at(month), month))
        month = _after(month)
    inside = first <= today <= last
    return Timeline(cohort, bars, tuple(months), at(today) if inside else -1, len(bars) * ROW)


def _after(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
