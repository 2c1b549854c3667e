"""Answer what people do first: open a project, bring a workbook, make a new project, see its three steps, check it."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.responses import Response as Plain

import pemdocs
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, languages
from pemdocs.project.programme import Programme
from pemdocs.web import beginning, checks, folders
from pemdocs.web.answering import Ask, shown, to
from pemdocs.web.checks import Asked
from pemdocs.web.desk import Desk, programmes
from pemdocs.web.speaking import said, static

TYPES: Mapping[str, str] = {"page.css": "text/css", "page.js": "text/javascript"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Offer(NamedTuple):
    """A programme that a new project can be of, with its kinds by id and title, and its languages."""

    id: str
    name: str
    meaning: str
    kinds: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]


def home(desk: Desk, ask: Ask) -> Response:
    """The three steps of the project, or the ways to open one."""
    if desk.target is None or "open" in ask.query:
        return start(desk, ask)
    return shown(desk, ask, "home", steps=beginning.steps(desk.known, ask.lang))


def start(desk: Desk, ask: Ask) -> Response:
    """The ways to a project: one of late, a workbook, a folder, a new one."""
    offers = tuple(_offer(each, ask.lang) for each in programmes())
    parent = str(folders.home())
    return shown(desk, ask, "start", recent=folders.recent(), offers=offers, parent=parent)


def _offer(profile: Programme, lang: str) -> Offer:
    names = kinds.meant((), profile.kinds, profile.templates)
    places = dict.fromkeys(_place(each, profile) for each in names)
    titles = tuple((each, kinds.title(each, lang, profile.templates)) for each in places)
    named = profile.profile
    return Offer(profile.id, _in(named["name"], lang), _in(named["full_name"], lang), titles, profile.languages)


def _place(kind: str, profile: Programme) -> str:
    """The pack that a kind belongs to, else the kind itself."""
    place = kinds.load(kind, profile.templates).place
    return place if kinds.packs(place, profile.templates) else kind


def _in(words: Mapping[str, str], lang: str) -> str:
    return words.get(lang, next(iter(words.values())))


def look(desk: Desk, ask: Ask) -> Response:
    """What lies in a folder, to find a project."""
    return shown(desk, ask, "folders", found=folders.look(ask.query.get("at", "")))


def open_(desk: Desk, ask: Ask) -> Response:
    """Open a project folder or a workbook."""
    if not ask.text("path"):
        raise PemdocsError("web-path")
    return _opened(desk, folders.meant(ask.text("path")))


def _opened(desk: Desk, target: Path) -> Response:
    desk.open(target)
    if desk.target is not None:
        folders.remember(desk.target)
    return to("/")


def upload(desk: Desk, ask: Ask) -> Response:
    """Put a workbook that somebody brings into a project folder of its own."""
    sent = ask.files("workbook")
    if not sent:
        raise PemdocsError("web-no-file")
    name, content = sent[0]
    folder = folders.place(ask.text("parent"), Path(name.replace("\\", "/")).stem)
    return _opened(desk, folders.receive(folder, name, content, ask.text("programme"), ask.lang))


def new(desk: Desk, ask: Ask) -> Response:
    """Make a project folder with a blank workbook."""
    folder = folders.place(ask.text("parent"), ask.text("name"))
    programme = ask.text("programme")
    chosen = ask.texts(f"kinds-{programme}")
    wanted = ask.texts("languages") or (ask.lang,)
    pemdocs.new(folder, programme=programme, kinds=chosen, languages=wanted, lang=ask.lang)
    return _opened(desk, folder)


def speak(desk: Desk, ask: Ask) -> Response:
    """Choose the language of the pages."""
    desk.lang = languages.spoken(ask.text("lang"))
    return to(inside(ask.text("back")))


def again(desk: Desk, ask: Ask) -> Response:
    """Look at everything anew."""
    desk.again()
    return to("/check")


def reveal(desk: Desk, ask: Ask) -> Response:
    """Open the workbook, or a folder, with the program that this computer has for it."""
    project = desk.known.project
    if project is not None:
        places = {"workbook": project.workbook, "folder": project.folder, "out": project.out}
        place = places.get(ask.text("what"), project.folder)
        webbrowser.open((place if place.exists() else project.folder).resolve().as_uri())
    return to(inside(ask.text("back")))


def inside(path: str) -> str:
    """A path of our own pages; the first page for any other."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"


def end(desk: Desk, ask: Ask) -> Response:
    """End the program."""
    answer = shown(desk, ask, "ended")
    desk.close()
    return answer


def check(desk: Desk, ask: Ask) -> Response:
    """What is to be mended, as far as it is asked for."""
    known, asked = desk.known, _asked(ask)
    found = checks.shown(known.report, known.cases, asked, ask.lang) if known.report else None
    return shown(desk, ask, "check", found=found, seconds=round(known.seconds, 1)) if desk.target else to("/")


def _asked(ask: Ask) -> Asked:
    given = {name: ask.query[name] for name in Asked._fields if ask.query.get(name)}
    if given.get("severity") not in (None, "error", "warning", "note"):
        given.pop("severity")
    return Asked(**given)


def marked(desk: Desk, ask: Ask) -> Response:
    """A copy of the workbook in which what is to be mended is coloured and noted."""
    known = desk.known
    if desk.target is None or known.report is None or known.project is None:
        return to("/")
    book = known.project.workbook
    suffix = book.suffix.lower() if book.suffix.lower() in (".xlsx", ".xlsm") else ".xlsx"
    name = f"{book.stem}-{said('marked-file', ask.lang)}{suffix}"
    with tempfile.TemporaryDirectory() as folder:
        returned = pemdocs.mark(desk.target, known.report, Path(folder) / f"marked{suffix}", lang=ask.lang)
        content = returned.path.read_bytes()
    return sent(content, name, XLSX)


def sent(content: bytes, name: str, media: str) -> Response:
    """A file to be saved."""
    from urllib.parse import quote

    return Plain(content, headers={
        "content-type": media, "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
    })  # fmt: skip


def nowhere(desk: Desk, ask: Ask) -> Response:
    """An address that there is not."""
    return shown(desk, ask, "fault", status=404, message=said("nowhere", ask.lang))


def file(desk: Desk, ask: Ask) -> Response:
    """A file that the pages link to."""
    name = ask.path["name"]
    if name not in TYPES:
        return RedirectResponse("/", 303)
    return Plain(static(name), media_type=TYPES[name])


def pulse(desk: Desk, ask: Ask) -> Response:
    """What is going on, for a page that is open."""
    known, state = desk.known, desk.making.state
    return JSONResponse({
        "number": known.number, "checking": known.checking, "looking": known.looking, "busy": state.busy,
        "made": state.number, "done": state.done, "of": state.of, "said": progress(desk, ask.lang),
    })  # fmt: skip


def progress(desk: Desk, lang: str) -> str:
    """How far a build is, in a sentence."""
    state = desk.making.state
    if not state.busy:
        return ""
    if state.stopped:
        return said("stopping", lang)
    if not state.of:
        return said("preparing", lang)
    if state.done >= state.of:
        return said("binding", lang)
    left = state.left
    several = {"part": state.part, "parts": state.parts} if state.parts > 1 else {}
    told = said("progress", lang, done=state.done, of=state.of, **several)
    return told if left is None else f"{told} {said('left', lang, minutes=left // 60, seconds=left % 60)}"
