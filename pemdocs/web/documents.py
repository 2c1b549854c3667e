"""Answer what people do with documents: see how they stand, look at one, make some, stop, take them away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from starlette.responses import Response

from pemdocs.checking.examination import Report, findings_on
from pemdocs.data.dataset import Linked
from pemdocs.data.schema import AUDIENCES
from pemdocs.model import PemdocsError
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.manifest import Entry, Manifest
from pemdocs.project.settings import Project, versions_of
from pemdocs.web import home, papers
from pemdocs.web.answering import Ask, shown, to
from pemdocs.web.desk import Desk
from pemdocs.writing import make
from pemdocs.writing.glance import glance

FRAME = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""A document that is looked at does nothing: no script, no form, no address."""

NOTHING = {"made": 0, "current": 0, "edited": [], "faults": [], "skipped": [], "fault": ""}
"""What a build tells that has nothing to tell."""

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "csv": "text/csv",
    "zip": "application/zip",
}


def documents(desk: Desk, ask: Ask) -> Response:
    """How every document stands."""
    known, state = desk.known, desk.making.state
    if desk.target is None:
        return to("/")
    shelves = papers.shelves(known.status, known.cases, ask.lang) if known.status else None
    result = NOTHING | dict(state.result) if state.result and not state.busy else {}
    told: dict[str, Any] = {"result": result, "done": state.done, "of": state.of, "stopped": state.stopped}
    some = bool(_entries(known.project))
    return shown(desk, ask, "documents", shelves=shelves, some=some, said=home.progress(desk, ask.lang), **told)


def build(desk: Desk, ask: Ask) -> Response:
    """Make what is ticked, or one document as something else too; where nothing is asked for, all that is due."""
    if desk.target is None:
        return to("/")
    orders = _also(ask.texts("also")) or _orders(ask.texts("doc"))
    order = {"target": str(desk.target), "lang": ask.lang, "orders": orders}
    desk.making.start(order)
    return to("/documents")


def _orders(ticks: Iterable[str]) -> list[dict[str, list[str]]]:
    """Kinds with the cases of which they are ticked; those of the same cases together, for each order reads anew."""
    by_kind: dict[str, list[str]] = {}
    for each in ticks:
        kind, _, case = each.partition("|")
        if case:
            by_kind.setdefault(kind, []).append(case)
    together: dict[tuple[str, ...], list[str]] = {}
    for kind, cases in by_kind.items():
        together.setdefault(tuple(sorted(set(cases))), []).append(kind)
    return [{"kinds": named, "cases": list(cases)} for cases, named in together.items()] or [{}]


def _also(wishes: Iterable[str]) -> list[dict[str, list[str]]]:
    """A kind and a case with the format in which it is to be made too."""
    parted = (each.split("|") for each in wishes)
    return [{"kinds": [each[0]], "cases": [each[1]], "formats": [each[2]]} for each in parted if len(each) == 3]


def stop(desk: Desk, ask: Ask) -> Response:
    """Stop what is being made."""
    desk.making.stop()
    return to("/documents")


def look(desk: Desk, ask: Ask) -> Response:
    """A page around a document that is looked at; around one with restricted data only after a click that says so."""
    kind, case, version = _asked(desk, ask)
    hidden = kind.audience == AUDIENCES[-1] and ask.query.get("show") != "1"
    return shown(
        desk, ask, "look", title=kinds.title(kind.id, ask.lang, kind.templates), kind=kind.id, case=case.record.id,
        version="+".join(version), hidden=hidden, restricted=kind.audience == AUDIENCES[-1],
    )  # fmt: skip


def frame(desk: Desk, ask: Ask) -> Response:
    """The document itself, as it will read."""
    kind, case, version = _asked(desk, ask)
    if kind.audience == AUDIENCES[-1] and ask.query.get("show") != "1":
        raise PemdocsError("web-hidden")
    report = _report(desk)
    findings = findings_on(case, report, kind, version) if kind.faulty else ()
    page = make.laid_out(View(kind, case, version, findings))
    if isinstance(page, PemdocsError):
        raise page
    content = glance(make.job(kind, case.record.id, page, "pdf"))
    return Response(content, media_type="text/html", headers={"content-security-policy": FRAME})


def _report(desk: Desk) -> Report:
    if desk.known.report is None:
        raise desk.known.fault or PemdocsError("web-not-yet")
    return desk.known.report


def _asked(desk: Desk, ask: Ask) -> tuple[Kind, Linked, tuple[str, ...]]:
    """The kind, the case and the languages that are asked for. Raises ``PemdocsError`` for what there is not."""
    dataset = _report(desk).dataset
    kind = kinds.load(ask.query.get("kind", ""), dataset.programme.templates)
    case = dataset.find(kind.table, ask.query.get("case", ""))
    if case is None or kind.role:
        raise PemdocsError("web-not-yet")
    written = ask.query.get("version") or dataset.programme.languages[0]
    return kind, case, kind.versions(versions_of(written, dataset.programme))


def take(desk: Desk, ask: Ask) -> Response:
    """One document, to be saved."""
    project, path = desk.known.project, ask.query.get("path", "")
    if project is None or path not in {each.path for each in _entries(project)}:
        raise PemdocsError("web-no-file-there")
    return home.sent(
        _read(project, path), Path(path).name, MEDIA.get(path.rpartition(".")[2], "application/octet-stream")
    )


def take_all(desk: Desk, ask: Ask) -> Response:
    """All documents in one archive, in their folders."""
    project = desk.known.project
    if project is None:
        return to("/")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:  # PDF and Word are compressed already
        for each in _entries(project):
            archive.writestr(each.path, _read(project, each.path))
    return home.sent(packed.getvalue(), f"{project.folder.name}.zip", MEDIA["zip"])


def _entries(project: Project | None) -> list[Entry]:
    """The documents of the account: nothing else of the folder can be taken."""
    return list(Manifest.read(project.out).entries.values()) if project else []


def _read(project: Project, path: str) -> bytes:
    """A file of the output folder. Raises ``PemdocsError`` for one that a link, or its name, leads elsewhere."""
    place, root = (project.out / path).resolve(), project.out.resolve()
    if not place.is_relative_to(root) or not place.is_file():
        raise PemdocsError("web-no-file-there")
    return place.read_bytes()
