"""Turn a project into the standing of each of its documents: current, stale and why, missing and why, edited, failed.

Nothing is written; only pages of which something has changed are laid out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pemdocs.building.drafts import Due
from pemdocs.building.files import file_digest
from pemdocs.building.jobs import Plan, plan
from pemdocs.building.making import read, remembered, wished
from pemdocs.building.order import Names, Order, folder_of
from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, NEVER, Outcome, Reason, Skipped
from pemdocs.building.packs import dossiers, foresee
from pemdocs.building.reasons import reasons
from pemdocs.building.wish import Wish, known_cases
from pemdocs.checking.examination import Report
from pemdocs.checking.published import against_consent
from pemdocs.checking.signed import AMENDED
from pemdocs.model import PemdocsError
from pemdocs.project.manifest import Manifest
from pemdocs.project.programme import Programme
from pemdocs.project.settings import open_project
from pemdocs.signing.states import State, states

STALE, MISSING, WITHDRAWN = "stale", "missing", "withdrawn"
STATES = (CURRENT, STALE, MISSING, EDITED, WITHDRAWN, FAILED)
"""How a document stands, from what needs nothing to what needs somebody."""

LEFT_OVER = "left-over"
"""Why a document is stale that is no longer asked for: its case is gone, or may not be made now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands. ``path`` is empty for a case of which the kind cannot be made; then ``skipped`` says why.

    ``reasons`` say why it is not current; ``fault`` why it failed.
    """

    state: str
    kind: str
    case: str
    languages: tuple[str, ...] = ()
    format: str = ""
    path: str = ""
    reasons: tuple[Reason, ...] = ()
    fault: PemdocsError | None = None
    skipped: Skipped | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Status:
    """How all documents stand that were asked for."""

    documents: tuple[Standing, ...]
    out: Path
    programme: Programme
    signatures: tuple[State, ...] = ()
    """How far each signature of a charter or letter is, of the kinds and cases that were asked for."""

    @property
    def clean(self) -> bool:
        """Whether every document that is due is current."""
        waiting = (each.skipped is not None and not each.skipped.wrong for each in self.documents)
        return all(each.state == CURRENT or waits for each, waits in zip(self.documents, waiting, strict=True))


def status(
    target: Path | str,
    *,
    kinds: Names = (),
    cases: Names = (),
    languages: Names = (),
    formats: Names = (),
    out: Path | str | None = None,
    as_of: date | None = None,
    cache: bool = True,
) -> Status:
    """How each document of a project stands; the arguments are those of ``build``.

    Raises ``PemdocsError`` for misuse and for input that cannot be read.
    """
    project = open_project(Path(target))
    order = Order(
        project,
        folder_of(project, out, as_of),
        kinds=kinds,
        cases=cases,
        languages=languages,
        formats=formats,
        as_of=as_of,
        dry_run=True,
        cache=cache,
    )
    return standing(order, read(order)[0])


def standing(order: Order, report: Report) -> Status:
    """The same of what is read already; ``report`` is that of ``examine``."""
    asked = wished(order)
    known_cases(report.dataset, asked)
    manifest = Manifest.read(order.folder)
    found = plan(report, asked, remembered(order, report), made=manifest.entries)
    against = against_consent(report.dataset, order.folder, order.project.folder)
    over = {str(each.facts["path"]) for each in against if "path" in each.facts}
    documents = [_withdrawn(each, over) for each in _documents(report, asked, found, manifest, order)]
    documents += [_skipped(each) for each in found.skipped.values()]
    amended = (amendment for amendment, document in AMENDED.items() if document in asked.kinds)
    told = states(report.dataset, (*asked.kinds, *amended))
    signing = tuple(each for each in told if not asked.cases or each.case in asked.cases)
    return Status(tuple(sorted(documents, key=_place)), order.folder, order.project.programme, signing)


def _place(each: Standing) -> tuple[str, str, tuple[str, ...], str]:
    return (each.kind, each.case, each.languages, each.path)


def _documents(report: Report, asked: Wish, found: Plan, manifest: Manifest, order: Order) -> Iterator[Standing]:
    known = {path: _standing(due, manifest, order.folder) for path, due in found.dues.items()}
    yield from known.values()
    states = {path: MADE if each.state in (STALE, MISSING) else each.state for path, each in known.items()}
    bound = list(dossiers(report, asked, found, order.folder, states))
    why = {path: each.reasons for path, each in known.items() if each.state in (STALE, MISSING)}
    packs = foresee(bound, states, manifest, order.folder, found.memory, why, force=False)
    yield from (_pack(each, manifest) for each in packs)
    yield from _left_over(asked, {*known, *(each.path for each in packs)}, manifest)


def _standing(due: Due, manifest: Manifest, folder: Path) -> Standing:
    draft, entry = due.draft, manifest.entries.get(due.path)
    found = Standing("", draft.kind.id, draft.case.record.id, draft.version, due.format, due.path)
    there = file_digest(folder, due.path)
    if not there and draft.foreseen:
        return _as(found, MISSING, reasons(due, manifest))
    mark = due.fingerprint
    fault = next((each for each in (mark, there) if isinstance(each, PemdocsError)), None)
    if fault is not None:
        return _as(found, FAILED, fault=fault)
    if not there:
        return _as(found, MISSING, reasons(due, manifest))
    if entry is None or entry.sha256 != there:
        return _as(found, EDITED)
    return _as(found, CURRENT) if entry.fingerprint == mark else _as(found, STALE, reasons(due, manifest))


def _as(each: Standing, state: str, why: tuple[Reason, ...] = (), fault: PemdocsError | None = None) -> Standing:
    return Standing(state, each.kind, each.case, each.languages, each.format, each.path, why, fault)


def _pack(each: Outcome, manifest: Manifest) -> Standing:
    place, case, _ = each.path.split("/", 2)
    entry = manifest.entries.get(each.path)
    languages = entry.languages if entry else ()
    state = each.state
    if state == MADE:
        state = MISSING if Reason(NEVER) in each.reasons else STALE
    kind = entry.kind if entry else place
    return Standing(state, kind, case, languages, "pdf", each.path, each.reasons, each.fault)


def _left_over(asked: Wish, known: Container[str], manifest: Manifest) -> Iterator[Standing]:
    """The documents of the kinds that are asked for that a build would not make any more, but that are still there."""
    roles = {kind.id for kind in asked.loaded if kind.role}
    made = {kind.id for kind in asked.loaded} - roles
    for path, entry in manifest.entries.items():
        form = asked.again or entry.format in asked.formats
        wanted = entry.kind in made and form and not (asked.asked or asked.cases)
        if wanted and path not in known:
            why = (Reason(LEFT_OVER),)
            yield Standing(STALE, entry.kind, entry.case, entry.languages, entry.format, path, why)


def _skipped(each: Skipped) -> Standing:
    return Standing(MISSING, each.kind, each.case, skipped=each)


def _withdrawn(each: Standing, over: set[str]) -> Standing:
    return _as(each, WITHDRAWN, each.reasons) if each.path in over else each
