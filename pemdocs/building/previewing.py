"""Turn a kind into documents of made-up data, so that its author sees the worst that a layout can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pemdocs.building import samples
from pemdocs.building.outcome import FAILED, MADE, Outcome
from pemdocs.building.samples import SAMPLES
from pemdocs.checking.examination import examine
from pemdocs.data.dataset import Linked, tellable
from pemdocs.model import PemdocsError
from pemdocs.page.proofreading import declared
from pemdocs.page.view import View
from pemdocs.project import kinds, placing, settings
from pemdocs.project import programme as programmes
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.project.settings import Languages, versions_of
from pemdocs.writing import make
from pemdocs.writing.make import FORMATS, Job

FOLDER = "preview"
"""Where previews go, in the output folder of the project."""


def preview(
    kind: str,
    target: Path | str = ".",
    *,
    cases: Sequence[str] = (),
    languages: Sequence[str] = (),
    formats: Sequence[str] = ("pdf",),
    out: Path | str | None = None,
) -> tuple[Outcome, ...]:
    """Build a kind of a project with data made from the schemas, into ``out/preview`` of the project.

    ``cases`` are of ``longest``, ``shortest``, ``empty`` and ``hostile`` (default: all), or ids of the workbook, whose
    documents are then made whatever ``check`` says of them; ``languages`` are versions such as ``fr`` or ``fr+nl``
    (default: the first of the programme)::

        for outcome in pemdocs.preview("partnership-charter", "my-cohort", cases=["longest"]):
            print(outcome.path, outcome.fault)

    An earlier preview is written over. Raises ``PemdocsError``: ``unknown-kind``, ``unknown-case``, ``unknown-format``,
    ``unknown-language``, those of ``placing.unwritten``, and faults of the templates.
    """
    templates, named, folder = settings.templates_in(Path(target))
    programme = programmes.load(named or programmes.available(templates)[0], folder, templates)
    loaded = kinds.load(kind, templates)
    if fault := declared.fault(loaded):
        raise fault
    for format in formats:
        if format not in FORMATS:
            raise PemdocsError("unknown-format", format=format, known=", ".join(FORMATS))
    versions = [versions_of(each, programme) for each in languages] or [(programme.languages[0],)]
    found: list[Job | Outcome] = []
    for name in dict.fromkeys(cases or SAMPLES):
        for version in dict.fromkeys(loaded.versions(each) for each in versions):
            case = _case(loaded, programme, name, version, Path(target))
            found += _jobs(loaded, case, name, version, formats)
    place = Path(out) if out else settings.out_of(folder) / FOLDER
    jobs = [each for each in found if isinstance(each, Job)]
    made = zip(jobs, make.make_all(jobs), strict=True)
    outcomes = [*(each for each in found if isinstance(each, Outcome)), *_written(made, place)]
    return tuple(sorted(outcomes, key=lambda each: each.path))


def _case(kind: Kind, programme: Programme, name: str, version: Languages, target: Path) -> Linked:
    """The record that a preview is about: made up, or the workbook's."""
    if name in SAMPLES:
        return samples.dataset(kind, programme, name, version).table(kind.table)[0]
    there = examine(settings.open_project(target)).dataset.table(kind.table)
    for each in there:
        if each.record.id == name:
            return each
    known = [*SAMPLES, *(each.record.id for each in there if tellable(each.record.id, each.table))]
    raise PemdocsError("unknown-case", case=name, known=", ".join(known[:20]))


def _jobs(kind: Kind, case: Linked, name: str, version: Languages, formats: Sequence[str]) -> Iterator[Job | Outcome]:
    """One document in its formats, laid out, or what keeps it from being."""
    page = make.laid_out(View(kind, case, version))
    for format in formats:
        if format not in kind.formats:
            continue
        path = f"{kind.id}/{name}.{'-'.join(version)}.{format}"
        if isinstance(page, PemdocsError):
            yield Outcome(path, FAILED, page)
        else:
            yield replace(make.job(kind, case.record.id, page, format), path=path)


def _written(made: Iterable[tuple[Job, make.Made | PemdocsError]], place: Path) -> Iterator[Outcome]:
    for job, result in made:
        if isinstance(result, PemdocsError):
            yield Outcome(job.path, FAILED, result)
            continue
        try:
            placing.put(place / job.path, result[0])
        except OSError as error:
            yield Outcome(job.path, FAILED, placing.unwritten(error, job.path))
        else:
            yield Outcome(job.path, MADE)
