"""Turn a project into its documents: what must be made, what is still current, who makes it, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pemdocs import kinds as kind_folder
from pemdocs import layout, resources, theme
from pemdocs import manifest as manifests
from pemdocs.checking import Report, at_fault, examine
from pemdocs.dataset import Dataset, Linked
from pemdocs.facts import stage_number
from pemdocs.kinds import Kind
from pemdocs.make import FORMATS, Job, fingerprint, make_all
from pemdocs.manifest import Entry, Manifest, digest
from pemdocs.model import Page, PemdocsError
from pemdocs.project import Languages, Project, open_project, versions_of
from pemdocs.schema import STAGES
from pemdocs.theme import Theme
from pemdocs.view import View

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""

MADE, CURRENT, EDITED, FAILED = "made", "current", "edited", "failed"
"""What became of a document: written; the same as before; changed by a person, so left alone; could not be made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. ``path`` is relative to the output folder; ``fault`` names what stopped it."""

    path: str
    state: str
    fault: PemdocsError | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case of which a kind was not made: ``code`` and ``facts`` say why; ``wrong`` if it needs mending."""

    kind: str
    case: str
    code: str
    facts: dict[str, object]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Built:
    """The result of ``build``: the check it began with, each document's outcome, each case left out."""

    report: Report
    outcomes: tuple[Outcome, ...]
    skipped: tuple[Skipped, ...]
    out: Path

    @property
    def clean(self) -> bool:
        """Whether everything that was due is there and nothing asks for mending."""
        trouble = any(outcome.state in (EDITED, FAILED) for outcome in self.outcomes)
        return not trouble and not any(each.wrong for each in self.skipped) and not self.report.counts["error"]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for; empty means everything."""

    kinds: tuple[str, ...]
    cases: tuple[str, ...]
    languages: tuple[Languages, ...]
    formats: tuple[str, ...]


def build(
    target: Path | str,
    *,
    kinds: Sequence[str] = (),
    cases: Sequence[str] = (),
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    out: Path | str | None = None,
    dry_run: bool = False,
    force: bool = False,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the documents of a project folder or a workbook.

    ``kinds``, ``cases``, ``languages`` (``fr``, ``fr+en``) and ``formats`` (``docx``, ``pdf``) choose; empty means all,
    for languages those of the project. A case with errors is left out and named, the rest goes on. A document that is
    current is not made again; one that a person has edited is not overwritten without ``force``. With ``dry_run``
    nothing is written. Raises ``PemdocsError`` for misuse and for input that cannot be read.
    """
    project = open_project(Path(target))
    wish = _wish(project, kinds, cases, languages, formats)
    report = examine(project, as_of=as_of)
    _known_cases(report.dataset, wish)
    folder = Path(out) if out else project.out
    jobs, failed, skipped = _jobs(report, wish)
    manifest = Manifest.read(folder)
    due, outcomes = _sift(jobs, manifest, folder, force)
    outcomes += failed
    if dry_run:
        outcomes += [Outcome(job.path, MADE) for job in due]
    else:
        outcomes += _write(due, manifest, folder, progress)
    return Built(report, tuple(sorted(outcomes, key=lambda each: each.path)), tuple(skipped), folder)


def _wish(
    project: Project, kinds: Sequence[str], cases: Sequence[str], languages: Sequence[str], formats: Sequence[str]
) -> _Wish:
    for kind in kinds:
        kind_folder.load(kind)
    for format in formats:
        if format not in FORMATS:
            raise PemdocsError("unknown-format", format=format, known=", ".join(FORMATS))
    offered = tuple(kind for kind in project.programme.kinds if kind in kind_folder.available())
    versions = tuple(versions_of(each, project.programme) for each in languages) or project.languages
    return _Wish(_once(kinds) or offered, tuple(cases), _once(versions), _once(formats) or tuple(FORMATS))


def _once(wishes: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(wishes))


def _known_cases(dataset: Dataset, wish: _Wish) -> None:
    tables = {kind_folder.load(kind).table for kind in wish.kinds}
    known = [case.record.id for table in sorted(tables) for case in dataset.table(table)]
    for case in wish.cases:
        if case not in known:
            raise PemdocsError("unknown-case", case=case, known=", ".join(known[:20]))


def _jobs(report: Report, wish: _Wish) -> tuple[list[Job], list[Outcome], list[Skipped]]:
    """What can be made, what cannot be laid out, and what is left out."""
    house = resources.folder("templates") / "house" / "theme.toml"
    found: list[Job | Outcome] = []
    skipped: list[Skipped] = []
    for kind in map(kind_folder.load, wish.kinds):
        for case in report.dataset.table(kind.table):
            if wish.cases and case.record.id not in wish.cases:
                continue
            reason = _reason(kind, case, report)
            if reason:
                skipped.append(reason)
            else:
                found += _of_case(kind, case, wish, theme.load(house, kind.folder / "theme.toml"))
    failed = [each for each in found if isinstance(each, Outcome)]
    return [each for each in found if isinstance(each, Job)], failed, skipped


def _reason(kind: Kind, case: Linked, report: Report) -> Skipped | None:
    """Why a kind cannot be made of a case, or is not due yet."""
    there = at_fault(case, report.faulty)
    if there:
        places = sorted({f"{f.sheet}!{f.cell}" for f in report.findings
                         if f.severity == "error" and (f.table, f.sheet, f.row) in there})  # fmt: skip
        facts: dict[str, object] = {"count": len(places), "places": ", ".join(places[:5])}
        return Skipped(kind.id, case.record.id, "case-has-errors", facts, wrong=True)
    lacking = [need for need in kind.needs if not _filled(case, need)]
    missing = [need for need in lacking if need.rpartition(".")[0] not in lacking]
    if not missing:
        return None
    due = case.record.table != "partnerships" or stage_number(case) >= STAGES.index(kind.from_stage)
    code = "case-lacks" if due else "case-waits"
    return Skipped(kind.id, case.record.id, code, {"missing": tuple(missing), "table": kind.table}, wrong=due)


def _filled(case: Linked, path: str) -> bool:
    found: Any = case
    for step in path.split("."):
        found = getattr(found, step) if found else None
    return found not in (None, {}, ())


def _of_case(kind: Kind, case: Linked, wish: _Wish, style: Theme) -> Iterator[Job | Outcome]:
    stylesheets = tuple(path.read_text("utf-8") for path in kind.stylesheets)
    for languages in wish.languages:
        page = _laid_out(kind, case, languages, style)
        stem = f"{kind.file.format(case=case.record.id)}.{'-'.join(languages)}"
        for format in wish.formats:
            path = f"{kind.id}/{case.record.id}/{stem}.{format}"
            if isinstance(page, PemdocsError):
                yield Outcome(path, FAILED, page)
            else:
                yield Job(path, kind.id, case.record.id, format, page, style, stylesheets if format == "pdf" else ())


def _laid_out(kind: Kind, case: Linked, languages: Languages, style: Theme) -> Page | PemdocsError:
    try:
        return layout.lay_out(View(kind, case, languages), style)
    except PemdocsError as fault:
        return fault
    except Exception as error:  # a fault of ours in one document must not cost the others
        return PemdocsError("document-failed", reason=type(error).__name__)


def _sift(jobs: Sequence[Job], manifest: Manifest, folder: Path, force: bool) -> tuple[list[Job], list[Outcome]]:
    """What is to be made, and what became of the rest."""
    due: list[Job] = []
    outcomes: list[Outcome] = []
    for job in jobs:
        entry, file = manifest.entries.get(job.path), folder / job.path
        untouched = entry is not None and _digest(file) == entry.sha256
        if not force and untouched and entry is not None and entry.fingerprint == fingerprint(job):
            outcomes.append(Outcome(job.path, CURRENT))
        elif file.exists() and not untouched and not force:
            outcomes.append(Outcome(job.path, EDITED))
        else:
            due.append(job)
    return due, outcomes


def _digest(file: Path) -> str:
    """The digest of a file; the empty text where it is not there or cannot be read, as while Word holds it."""
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""


def _write(due: Sequence[Job], manifest: Manifest, folder: Path, progress: Progress | None) -> list[Outcome]:
    outcomes = []
    for number, (job, made) in enumerate(make_all(due), start=1):
        if isinstance(made, PemdocsError):
            outcomes.append(Outcome(job.path, FAILED, made))
        else:
            content, pages = made
            outcomes.append(_store(job, content, pages, manifest, folder))
        if progress:
            progress(number, len(due))
    try:
        manifest.write(folder)
    except OSError as error:
        raise PemdocsError("not-written", file=manifests.FILE, reason=error.strerror or "") from error
    return outcomes


def _store(job: Job, content: bytes, pages: int | None, manifest: Manifest, folder: Path) -> Outcome:
    try:
        manifest.store(folder, job.path, content)
    except OSError as error:
        return Outcome(job.path, FAILED, PemdocsError("not-written", file=job.path, reason=error.strerror or ""))
    manifest.entries[job.path] = Entry(
        path=job.path,
        kind=job.kind,
        case=job.case,
        languages=job.page.languages,
        format=job.format,
        sha256=digest(content),
        pages=pages,
        fingerprint=fingerprint(job),
    )
    return Outcome(job.path, MADE)
