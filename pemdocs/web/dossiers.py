"""Answer what people do with dossiers: see how far each is, add a scan to a piece, have a charter signed."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response

import pemdocs
from pemdocs.checking.attachments import FOLDER
from pemdocs.data.dataset import tellable
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, placing, signed
from pemdocs.project.settings import Project
from pemdocs.scans.sniff import Format, sniff
from pemdocs.signing import paper, returning
from pemdocs.signing.paper import Paper
from pemdocs.web import home, tracker
from pemdocs.web.answering import Ask, shown, to
from pemdocs.web.desk import Desk
from pemdocs.web.speaking import said
from pemdocs.words import speech

ENDINGS = {Format.PDF: "pdf", Format.JPEG: "jpg", Format.PNG: "png", Format.TIFF: "tif", Format.WEBP: "webp",
           Format.HEIC: "heic"}  # fmt: skip
MOST = 99
"""So many files one piece may have."""


class Found(NamedTuple):
    """A version that was found among scans, waiting for who has signed and when."""

    token: str
    title: str
    case: str
    version: int
    pages: int
    of: int
    missing: str
    doubled: str
    outdated: bool
    people: tuple[str, ...]


class Pile(NamedTuple):
    """What came back: what is entered already, what waits for an answer, what belongs to nothing."""

    entered: tuple[str, ...]
    found: tuple[Found, ...]
    strange: tuple[str, ...]


def dossiers(desk: Desk, ask: Ask) -> Response:
    """How far each dossier and charter is, and the days that count."""
    known, names = desk.known, ask.query.get("names") == "1"
    if desk.target is None:
        return to("/")
    board, cases = known.board, known.cases
    return shown(
        desk, ask, "dossiers", names=names, there=board is not None, done=ask.query.get("done", "")[:40],
        lines=tracker.dossiers(board, cases, ask.lang, names=names) if board else (),
        charters=tracker.charters(board, cases, ask.lang) if board else (),
        days=tracker.days(board, ask.lang) if board else (),
        timelines=tracker.timelines(board, cases) if board else (),
        pieces=tracker.all_pieces(ask.lang),
    )  # fmt: skip


def attach(desk: Desk, ask: Ask) -> Response:
    """Put scans to a piece of a dossier."""
    project = _project(desk)
    stay, piece = ask.text("stay"), ask.text("piece")
    if (
        desk.known.report is None
        or stay not in _stays(desk)
        or piece not in {each.code for each in tracker.all_pieces("en")}
    ):
        raise PemdocsError("web-not-yet")
    sent = ask.files("scan")
    if not sent:
        raise PemdocsError("web-no-file")
    kept = [(content, ENDINGS[sniff(content)]) for _, content in sent]
    for content, ending in kept:
        _put(project.folder / FOLDER / stay, piece, ending, content)
    return to("/dossiers?done=attached")


def _stays(desk: Desk) -> set[str]:
    report = desk.known.report
    stays = report.dataset.table("stays") if report else ()
    return {each.record.id for each in stays if tellable(each.record.id, each.table)}


def _put(folder: Path, piece: str, ending: str, content: bytes) -> None:
    taken = {each.stem for each in folder.glob(f"{piece}*")} if folder.is_dir() else set()
    name = next(each for each in (piece, *(f"{piece}-{number}" for number in range(2, MOST))) if each not in taken)
    try:
        placing.put(folder / f"{name}.{ending}", content)
    except OSError as error:
        raise placing.unwritten(error, f"{name}.{ending}") from error


def prepare(desk: Desk, ask: Ask) -> Response:
    """Write the version of a charter that is to be signed."""
    _project(desk)
    pemdocs.prepare(_target(desk), ask.text("case"), language=ask.text("language"))
    desk.again()
    return to("/dossiers?done=prepared")


def take(desk: Desk, ask: Ask) -> Response:
    """A version, to be signed or as it was signed."""
    project, path = _project(desk), ask.query.get("path", "")
    place = (project.folder / path).resolve()
    inside = place.is_relative_to((project.folder / signed.FOLDER).resolve())
    if path not in tracker.takeable(project.folder) or not inside or not place.is_file():
        raise PemdocsError("web-no-file-there")
    return home.sent(place.read_bytes(), place.name, "application/pdf")


def receive(desk: Desk, ask: Ask) -> Response:
    """What came back signed: files that are signed electronically are entered, scans are looked through."""
    sent = ask.files("signed")
    if not sent:
        raise PemdocsError("web-no-file")
    entered, scans, strange = [], [], []
    for number, (name, content) in enumerate(sent, 1):
        if returning.signed_electronically(content):
            try:
                back = returning.receive(_target(desk), content)
                entered.append(_entered(back.frozen.kind, back.frozen.case, back.people, desk, ask.lang))
            except PemdocsError as fault:
                strange.append(f"{name[:80]}: {speech.fault(fault, ask.lang)}")
        else:
            scans.append((f"{number:03}{Path(name).suffix.lower()[:6]}", name[:80], content))
    found, other = _looked(desk, scans, ask.lang)
    desk.again()
    if entered and not found and not strange and not other:
        return to("/dossiers?done=signed")
    return shown(
        desk, ask, "received", pile=Pile(tuple(entered), found, (*strange, *other)), today=date.today().isoformat()
    )


def _entered(kind: str, case: str, people: Sequence[str], desk: Desk, lang: str) -> str:
    title = kinds.title(kind, lang, _project(desk).programme.templates)
    return said("signed.entered", lang, title=title, case=case, people=", ".join(people))


def _looked(desk: Desk, scans: list[tuple[str, str, bytes]], lang: str) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What lies in scans: versions that wait for an answer, and what belongs to nothing."""
    if not scans:
        return (), ()
    folder = Path(tempfile.mkdtemp(prefix="pemdocs-"))
    names = {}
    for inner, name, content in scans:
        (folder / inner).write_bytes(content)
        names[inner] = name
    pile = paper.scan(_target(desk), folder)
    desk.piles[str(folder)] = pile.papers
    found = tuple(_found(str(folder), number, each, desk, lang) for number, each in enumerate(pile.papers))
    strange = [speech.word("sign-foreign", lang, file=names[each.file.name], page=each.number,
                           case=each.said.case if each.said else "") for each in pile.foreign]  # fmt: skip
    strange += [
        speech.word("sign-without", lang, file=names[each.file.name], page=each.number) for each in pile.without
    ]
    strange += [f"{names[path.name]}: {speech.fault(fault, lang)}" for path, fault in pile.unread]
    return found, tuple(strange)


def _found(folder: str, number: int, each: Paper, desk: Desk, lang: str) -> Found:
    frozen = each.frozen
    token = secrets.token_urlsafe(12)
    desk.waiting[token] = (folder, number)
    return Found(
        token=token,
        title=kinds.title(frozen.kind, lang, _project(desk).programme.templates),
        case=frozen.case,
        version=frozen.version,
        pages=len(each.sheets),
        of=frozen.pages,
        missing=", ".join(map(str, each.missing)),
        doubled=", ".join(map(str, each.doubled)),
        outdated=each.outdated,
        people=frozen.signatories,
    )


def place(desk: Desk, ask: Ask) -> Response:
    """Put a scan into its place, and enter who has signed on which day."""
    folder, number = desk.waiting.get(ask.text("token"), ("", 0))
    if folder not in desk.piles:
        raise PemdocsError("web-gone")
    try:
        day = date.fromisoformat(ask.text("on")) if ask.text("on") else None
    except ValueError as error:
        raise PemdocsError("web-form") from error
    paper.place(_target(desk), desk.piles[folder][number], day, ask.texts("who"))
    del desk.waiting[ask.text("token")]
    if not any(other == folder for other, _ in desk.waiting.values()):
        del desk.piles[folder]
        shutil.rmtree(folder, ignore_errors=True)
    desk.again()
    return to("/dossiers?done=signed")


def _project(desk: Desk) -> Project:
    if desk.known.project is None:
        raise PemdocsError("web-not-yet")
    return desk.known.project


def _target(desk: Desk) -> Path:
    if desk.target is None:
        raise PemdocsError("web-not-yet")
    return desk.target
