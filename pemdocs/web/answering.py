"""Turn a request into what a page needs, and what goes wrong on the way into a page that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pemdocs.model import PemdocsError
from pemdocs.project import languages
from pemdocs.web.desk import Desk, fault_of
from pemdocs.web.speaking import page, said
from pemdocs.words import speech

TOO_LARGE = 413


class Ask(NamedTuple):
    """What somebody asks: parts of the path, what stands behind it, what a form says, in which language."""

    lang: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: FormData

    def text(self, name: str) -> str:
        """A text of the form, empty where it has none."""
        found = self.form.get(name, "")
        return found.strip() if isinstance(found, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of the form under one name."""
        return tuple(each for each in self.form.getlist(name) if isinstance(each, str))

    def files(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """The files of the form under one name: what each is called, and its content."""
        sent = (each for each in self.form.getlist(name) if isinstance(each, UploadFile) and each.filename)
        return tuple((str(each.filename), each.file.read()) for each in sent)


Handler = Callable[[Desk, Ask], Response]
Endpoint = Callable[[Request], object]


def answered(desk: Desk, handler: Handler) -> Callable[[Request], object]:
    """What answers a request with a handler, in a thread, so that others need not wait."""

    async def answer(request: Request) -> Response:
        desk.alive()
        lang, form = spoken(desk, request), FormData()
        try:
            if request.method == "POST":
                form = await request.form(max_files=200, max_fields=5000)
            return await run_in_threadpool(handler, desk, Ask(lang, request.path_params, request.query_params, form))
        except HTTPException as refused:
            code = "web-too-large" if refused.status_code == TOO_LARGE else "web-form"
            return faulty(desk, PemdocsError(code), lang, refused.status_code)
        except Exception as error:
            return faulty(desk, fault_of(error), lang, 400 if isinstance(error, PemdocsError) else 500)
        finally:
            await form.close()

    return answer


def spoken(desk: Desk, request: Request) -> str:
    """The language of the pages: chosen, the project's, the browser's, English."""
    known = languages.available()
    project = desk.known.project
    accepted = [each.strip()[:2].lower() for each in request.headers.get("accept-language", "").split(",")]
    for each in (desk.lang, project.lang if project else "", *accepted):
        if each in known:
            return str(each)
    return "en"


def shown(desk: Desk, ask: Ask, name: str, *, status: int = 200, **facts: object) -> Response:
    """A page with what all pages have: which project is open, in which languages it can be read, what is going on."""
    return HTMLResponse(page(name, ask.lang, **common(desk, ask.lang, name), **facts), status)


def common(desk: Desk, lang: str, name: str) -> dict[str, object]:
    """What every page is given."""
    known, state = desk.known, desk.making.state
    project = known.project
    return {
        "here": name,
        "project": project.workbook.name if project else "",
        "folder": str(project.folder) if project else "",
        "number": known.number,
        "made": state.number,
        "checking": known.checking,
        "looking": known.looking,
        "busy": state.busy,
        "languages": tuple((each, said("language", each)) for each in languages.available()),
        "wrong": speech.fault(known.fault, lang) if known.fault else "",
    }


def faulty(desk: Desk, fault: PemdocsError, lang: str, status: int = 400) -> Response:
    """The page that says what went wrong."""
    ask = Ask(lang, {}, {}, FormData())
    return shown(desk, ask, "fault", status=status, message=speech.fault(fault, lang))


def to(path: str) -> Response:
    """Go on to another page, once something was done."""
    return RedirectResponse(path, 303)
