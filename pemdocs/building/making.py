"""Turn an order into the documents of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pemdocs.building import keeping, typefaces
from pemdocs.building import memory as memories
from pemdocs.building import sheets as kept
from pemdocs.building.files import sift, write
from pemdocs.building.jobs import Plan, plan
from pemdocs.building.memory import Memory
from pemdocs.building.order import Order
from pemdocs.building.outcome import FAILED, MADE, Built, Outcome, Progress, Skipped
from pemdocs.building.packs import dossiers, foresee, pack_all
from pemdocs.building.reasons import reasons
from pemdocs.building.single import single_kind
from pemdocs.building.wish import Wish, known_cases, wish
from pemdocs.checking.examination import Report, examine
from pemdocs.checking.typed import Sheets
from pemdocs.consent import consents
from pemdocs.data.dataset import named
from pemdocs.facts.signatures import STATES
from pemdocs.knowledge.systems import resting, settled
from pemdocs.model import Finding
from pemdocs.packs import Wanted
from pemdocs.project import beside, lock, placing, pseudonyms, published
from pemdocs.project import manifest as manifests
from pemdocs.project.manifest import Manifest
from pemdocs.project.programme import Programme
from pemdocs.project.published import Kept
from pemdocs.resources import program
from pemdocs.signing.states import states
from pemdocs.workbook.known import Known
from pemdocs.writing.crew import Crew, clustered, hired
from pemdocs.writing.make import CARDS, Job

MEGABYTE = 1_000_000


def make(
    order: Order, progress: Progress | None, jobs: int | None, timeout: float, cluster: str
) -> tuple[Built, frozenset[str]]:
    """Make what is asked for, or with a dry run foresee it; beside it the names of the files that sheets name."""
    asked = wished(order)
    before = _sheets(order)
    sheets = None if before is None else dict(before)
    report, named = read(order, sheets)
    known_cases(report.dataset, asked)
    report = report if order.dry_run else _coded(report, order)
    with nullcontext() if order.dry_run else lock.held(order.folder):
        manifest = Manifest.read(order.folder)
        with resting():
            found = plan(report, asked, remembered(order, report), timeout, manifest.entries)
        if order.dry_run:
            with settled():
                outcomes = _foreseen(report, asked, found, manifest, order)
        else:
            with settled(), hired(jobs, timeout) as home, _making(cluster, timeout, home) as crew:
                outcomes = _made(report, asked, found, manifest, order, progress, crew, home)
            if before is not None and sheets is not None:
                kept.write(order.folder, order.project.programme, sheets, before)
    ordered = tuple(sorted(_drawable(outcomes, found), key=lambda each: each.path))
    skipped, programme = tuple(found.skipped.values()), order.project.programme
    findings = (*report.findings, *_typefaces(programme, ordered))
    built = Built(findings, ordered, skipped, order.folder, programme, lambda: report, asked.single)
    return built, named | found.memory.files()


def _drawable(outcomes: Sequence[Outcome], found: Plan) -> Iterator[Outcome]:
    """The outcomes without those of figures of a document that has none: that is nothing to mend, so it is left out."""
    for each in outcomes:
        if each.fault is not None and each.fault.code == "no-figures":
            draft = found.dues[each.path].draft
            found.skip(Skipped(draft.kind.id, named(draft.case), "nothing-to-draw", {}, wrong=False))
        else:
            yield each


def _typefaces(programme: Programme, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """What stands in for another typeface in the PDFs that are made."""
    if any(each.state == MADE and each.path.endswith(".pdf") for each in outcomes):
        yield from typefaces.missing(programme.templates)


def wished(order: Order) -> Wish:
    """The wish in full. Raises ``PemdocsError`` for what there is not."""
    wanted = Wanted(None if order.pack_size is None else int(order.pack_size * MEGABYTE), order.password)
    templates = order.project.programme.templates
    single = single_kind(order.template, order.table, templates) if order.template else None
    return wish(order.project, order.kinds, order.cases, order.languages, order.formats, wanted, single)


@resting()
def _sheets(order: Order) -> dict[str, Known] | None:
    """The sheets of the last check, where what is remembered counts."""
    return kept.read(order.folder, order.project.programme) if order.cache else None


def read(order: Order, sheets: Sheets | None = None) -> tuple[Report, frozenset[str]]:
    """The check of the project, and the names of the files that it looked for beside the workbook.

    ``sheets`` are those of the last check, and become those of this one.
    """
    with beside.gathering() as named:
        report = examine(order.project, as_of=order.as_of, sheets=_sheets(order) if sheets is None else sheets)
    return report, frozenset(named)


def _coded(report: Report, order: Order) -> Report:
    """The check with a code for each person who is quoted; where none can be kept, they are quoted without one."""
    quoted: Any = report.dataset.table("quotes")
    people = (each.person.record.id for each in quoted if each.person is not None)
    with suppress(OSError):
        codes = pseudonyms.assign(order.project.folder, people)
        return replace(report, dataset=replace(report.dataset, pseudonyms=codes))
    return report


def remembered(order: Order, report: Report) -> Memory:
    """What earlier builds have read, held against what the workbook says now."""
    return Memory(memories.read(order.folder) if order.cache else {}, report.dataset)


def _making(cluster: str, timeout: float, home: Crew) -> AbstractContextManager[Crew]:
    """Who makes the documents: the workers of a cluster, else those at home."""
    return clustered(cluster, timeout, program) if cluster else nullcontext(home)


def _foreseen(report: Report, asked: Wish, found: Plan, manifest: Manifest, order: Order) -> list[Outcome]:
    folder, force = order.folder, order.force
    outcomes, why = [], {}
    for each in sift(found.dues.values(), manifest, folder, force=force):
        if isinstance(each, Job):
            why[each.path] = reasons(found.dues[each.path], manifest)
            each = Outcome(each.path, MADE, reasons=why[each.path])
        outcomes.append(each)
    states = {each.path: each.state for each in outcomes}
    bound = list(dossiers(report, asked, found, folder, states))
    return outcomes + foresee(bound, states, manifest, folder, found.memory, why, force=force)


def _made(
    report: Report,
    asked: Wish,
    found: Plan,
    manifest: Manifest,
    order: Order,
    progress: Progress | None,
    crew: Crew,
    home: Crew,
) -> list[Outcome]:
    """What became of the documents and the packs; however this ends, the account is written."""
    folder, force = order.folder, order.force
    placing.sweep(folder)
    try:
        sifted = sift(found.dues.values(), manifest, folder, force=force)
        outcomes = write(sifted, manifest, folder, _counting(progress, len(found.dues)), force, crew)
        states = {each.path: each.state for each in outcomes}
        bound = list(dossiers(report, asked, found, folder, states))
        outcomes += pack_all(bound, states, manifest, folder, found.memory, home, force=force)
        keeping.keep(report, outcomes, folder)
        _sign(manifest, report)
    finally:
        fault = _close(manifest, folder)
        with suppress(OSError):
            published.keep(order.project.folder, _versions(found, manifest))
        _remember(found, manifest, order)
    return [*outcomes, *fault]


def _counting(progress: Progress | None, of: int) -> Callable[[int], object]:
    return (lambda done: progress(done, of)) if progress else lambda _done: None


def _sign(manifest: Manifest, report: Report) -> None:
    """Enter how far the signatures of each document are."""
    told: dict[tuple[str, str], list[str]] = {}
    for each in states(report.dataset, {entry.kind for entry in manifest.entries.values()}):
        told.setdefault((each.document, each.case), []).append(each.state)
    for path, entry in manifest.entries.items():
        found = told.get((entry.kind, entry.case), [])
        state = min(found, key=STATES.index, default="")
        if entry.signature != state:
            manifest.entries[path] = replace(entry, signature=state)


def _versions(found: Plan, manifest: Manifest) -> Iterator[Kept]:
    """The publications that were made, or stood as they would be made, each with what it relies on."""
    for path, due in found.dues.items():
        entry, uses = manifest.entries.get(path), due.draft.uses
        if entry is not None and entry.version and uses is not None and entry.fingerprint == due.fingerprint:
            on, cards = consents.clock().isoformat(), entry.format == CARDS
            shown, media = (due.draft.carded, (consents.SOCIAL,)) if cards else (uses, ())
            yield Kept(entry.version, entry.kind, entry.case, entry.languages, on, shown, media)


def _remember(found: Plan, manifest: Manifest, order: Order) -> None:
    """Keep what the documents had read that are entered as they would be made now."""
    folder = order.folder
    for path, due in found.dues.items():
        entry = manifest.entries.get(path)
        if due.draft.states and entry is not None and entry.fingerprint == due.fingerprint:
            due.learn()
    if found.memory.learnt:
        forgotten = {} if order.cache else memories.read(folder)
        documents = {**forgotten, **found.memory.documents}
        there = {path: known for path, known in documents.items() if (folder / path).parent.is_dir()}
        memories.write(folder, there)


def _close(manifest: Manifest, folder: Path) -> list[Outcome]:
    """Write the account; where it cannot be written, its journal stands for it, and that is told."""
    try:
        manifest.write(folder)
    except OSError as error:
        return [Outcome(manifests.FILE, FAILED, placing.unwritten(error, manifests.FILE))]
    return []
